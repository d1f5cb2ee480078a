"""Groups of members: working groups and steering committees, their meetings and results."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from umbel.core.constraints import in_order, once
from umbel.core.dates import PartialDateField
from umbel.core.models import Named, Part, RecordQuerySet, Topic
from umbel.events.models import Event, EventQuerySet
from umbel.network.models import Organisation, Person


class GroupQuerySet(RecordQuerySet):
    """Groups by kind."""

    def working(self) -> Self:
        return self.filter(kind=Group.Kind.WORKING)


class Group(Named):
    """People from several members who work on a subject."""

    shelf = "groups"
    searched = ("subject",)
    translated = ("name", "subject")

    class Kind(models.TextChoices):
        WORKING = "working", _("working group")
        STEERING = "steering", _("steering committee")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    subject = models.CharField(_("subject"), max_length=400, blank=True)
    topic = models.ForeignKey(
        Topic,
        verbose_name=_("file followed"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="groups",
    )
    start = PartialDateField(_("from"), null=True, blank=True)
    end = PartialDateField(_("to"), null=True, blank=True)

    objects: ClassVar[Any] = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        constraints = [in_order("group_ends_after_start")]


class Participant(Part):
    """A person who takes part in a group for a time, for an organisation."""

    audience_path = "group__audience"
    date_path = "start"

    group = models.ForeignKey(Group, verbose_name=_("group"), on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="group_participations"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="group_participants",
    )
    start = PartialDateField(_("from"), null=True, blank=True)
    end = PartialDateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["group", "person__name"]
        verbose_name = _("participant of a group")
        verbose_name_plural = _("participants of groups")
        constraints = [
            *once("participant_once_a_start", "group", "person", optional="start"),
            in_order("participant_ends_after_start"),
        ]

    def __str__(self) -> str:
        return str(self.person)


class GroupOutput(Part):
    """What a group has produced or decided."""

    audience_path = "group__audience"
    translated = ("text",)

    group = models.ForeignKey(Group, verbose_name=_("group"), on_delete=models.CASCADE, related_name="outputs")
    text = models.CharField(_("text"), max_length=300)
    date = PartialDateField(_("date"))

    class Meta:
        ordering = ["group", "date"]
        verbose_name = _("result of a group")
        verbose_name_plural = _("results of groups")
        constraints = [models.UniqueConstraint(fields=["group", "text"], name="output_once_a_group")]

    def __str__(self) -> str:
        return self.text


class GroupMeetingQuerySet(EventQuerySet):
    """Meetings by kind of group."""

    def of_working_groups(self) -> Self:
        return self.filter(group__kind=Group.Kind.WORKING)


class GroupMeeting(Event):
    """A meeting of a group; its number follows from the meetings before it."""

    group = models.ForeignKey(Group, verbose_name=_("group"), on_delete=models.PROTECT, related_name="meetings")

    objects: ClassVar[Any] = GroupMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting of a group")
        verbose_name_plural = _("meetings of groups")

    @property
    def number(self) -> int:
        """Which meeting of its group this is, from 1: one more than the meetings before it, by date and key."""
        earlier = models.Q(date__lt=self.date) | models.Q(date=self.date, key__lt=self.key)
        return GroupMeeting.objects.filter(earlier, group=self.group_id).count() + 1

    def derived_facts(self) -> list[tuple[Any, Any]]:
        return [(_("meeting of the group, number"), self.number)] if self.date else []
