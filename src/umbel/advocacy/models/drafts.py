"""What is put before the members before the confederation says it, and what they say of it."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from umbel.advocacy.models.acts import Position
from umbel.core.audience import Audience
from umbel.core.constraints import in_order
from umbel.core.crud.seen import seen_at
from umbel.core.dates import PartialDateField, present_day
from umbel.core.models import Named, Part, RecordQuerySet
from umbel.core.periods import Period
from umbel.core.records import Told, is_over, not_over
from umbel.network.models import Membership, Organisation, OrganisationQuerySet, Person

READERS = [(audience, audience.label) for audience in (Audience.MEMBERS, Audience.BOARD, Audience.SECRETARIAT)]
"""Before whom a draft can be put, or who prepares it; what is for everybody is a position."""

WANTING = ("change", "objection")
"""The kinds of comment that want something: they say what, and are answered."""


class DraftQuerySet(RecordQuerySet):
    """Drafts by whether comments are taken, and by who has commented."""

    def open(self, period: Period) -> Self:
        """Keep the drafts on which comments are taken on the day of the period's as-of instant."""
        day = period.on.isoformat()
        return self.filter(not_over("comments_to", day), comments_from__lte=day)

    def closed(self, period: Period) -> Self:
        """Keep the drafts whose last day for comments is over on that day."""
        return self.exclude(not_over("comments_to", period.on.isoformat()))

    def with_answers(self) -> Self:
        """Tell of each draft how many organisations have commented (`with_organisations`)."""
        return self.annotate(with_organisations=models.Count("comments__organisation", distinct=True))

    def answered_by(self, organisations: list[int]) -> Self:
        """Tell of each draft which of some organisations have commented: a row for each of them, one of `None`."""
        if not organisations:
            return self.annotate(answering=models.Value(None, output_field=models.BigIntegerField()))
        own = models.FilteredRelation("comments", condition=models.Q(comments__organisation__in=organisations))
        return self.annotate(own=own, answering=models.F("own__organisation"))

    def consulted(self, position: Position, user: Any) -> Self:
        """Return the drafts of a position, a row for each organisation that has commented and that a user may see.

        `member` is the key of the organisation and `member_name` its name; `None` on a row without one.
        """
        is_seen = seen_at("comments__organisation", Organisation, user)
        keys, names = (
            models.Case(models.When(is_seen, then=models.F(f"comments__organisation__{field}")))
            for field in ("key", "name")
        )
        rows = self.filter(position=position).annotate(member=keys, member_name=names)
        return rows.only("key", "name", "audience", "approved_on", "approved_by")


class Draft(Told, Named):
    """A text that is put before the members until a day, and may become a position."""

    searched = ("lead", "text")
    translated = ("name", "lead", "text")

    audience = models.CharField(_("audience"), max_length=16, choices=READERS, default=Audience.MEMBERS)
    topics = models.ManyToManyField("core.Topic", verbose_name=_("files and campaigns"), blank=True)
    version = models.PositiveSmallIntegerField(
        _("version"),
        default=1,
        help_text=_("Raise it when the text changes: each comment says which version it is about."),
    )
    comments_from = PartialDateField(_("comments from"), null=True, blank=True)
    comments_to = PartialDateField(_("comments until"), null=True, blank=True, db_index=True)
    position = models.ForeignKey(
        Position,
        verbose_name=_("position that came of it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="drafts",
        help_text=_("Its page then names the members who were consulted."),
    )
    approved_on = PartialDateField(_("approved on"), null=True, blank=True)
    approved_by = models.CharField(
        _("approved by"), max_length=200, blank=True, help_text=_("The body that did: Board, General Assembly.")
    )

    objects: ClassVar[Any] = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-comments_to", "name"]
        verbose_name = pgettext_lazy("before the members", "draft")
        verbose_name_plural = pgettext_lazy("before the members", "drafts")
        constraints = [in_order("draft_closes_after_opening", "comments_from", "comments_to")]

    def get_absolute_url(self) -> str:
        return reverse("advocacy.draft.show", args=[self.key])

    def has_begun(self, day: date) -> bool:
        """Tell whether comments are taken on a day, or were before; a draft without a first day is in preparation."""
        return self.comments_from is not None and self.comments_from.first_day <= day

    def is_open(self, day: date) -> bool:
        """Tell whether comments are taken on a day, as `open` does of rows."""
        return self.has_begun(day) and not is_over(self.comments_to, day)

    def silent(self) -> OrganisationQuerySet:
        """Return the members that have said nothing: those in force today, or on the last day if that is over."""
        day = timezone.localdate()
        if self.comments_to is not None:
            day = min(day, self.comments_to.last_day)
        members = Membership.objects.in_force(Period.year(day.year).as_at(day))
        asked = Organisation.objects.filter(pk__in=members.values("organisation"))
        found: OrganisationQuerySet = asked.exclude(pk__in=self.comments.values("organisation"))
        return found


class CommentQuerySet(RecordQuerySet):
    """Comments by what they say."""

    def unanswered(self) -> Self:
        """Keep those that want something and of which is not said what became of it."""
        return self.filter(state=Comment.State.OPEN, kind__in=WANTING)


class Comment(Part):
    """What a member says of a draft, or of a passage in it; that it has no remark is said too."""

    audience_path = "draft__audience"

    class Kind(models.TextChoices):
        SUPPORT = "support", _("support")
        CHANGE = "change", _("change wanted")
        OBJECTION = "objection", _("objection")
        NONE = "none", _("no remark")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("of a comment", "open")
        TAKEN = "taken", _("taken up")
        PARTLY = "partly", _("partly taken up")
        REFUSED = "refused", _("not taken up")

    draft = models.ForeignKey(
        Draft,
        verbose_name=pgettext_lazy("before the members", "draft"),
        on_delete=models.CASCADE,
        related_name="comments",
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="comments"
    )
    person = models.ForeignKey(
        Person,
        verbose_name=_("written by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="comments",
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.CHANGE)
    passage = models.CharField(
        _("passage"),
        max_length=200,
        blank=True,
        help_text=_("Which part it is about: “Paragraph 3”. Without one it is about the whole text."),
    )
    text = models.TextField(_("comment"), blank=True)
    suggestion = models.TextField(
        _("suggestion"), blank=True, help_text=_("How the passage should read instead, word for word.")
    )
    version = models.PositiveSmallIntegerField(_("on version"), default=1)
    date = PartialDateField(_("written on"), default=present_day)
    state = models.CharField(_("what became of it"), max_length=16, choices=State, default=State.OPEN)
    answer = models.TextField(
        _("answer"), blank=True, help_text=_("Why, in a few words: everybody who sees the draft reads it.")
    )

    objects: ClassVar[Any] = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["draft", "date", "pk"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind__in=WANTING, text=""),
                name="comment_says_what_is_wanted",
                violation_error_message=_("Say in a few words what should change, or what you object to."),
            ),
            models.UniqueConstraint(
                fields=["draft", "organisation", "passage"],
                name="comment_once_a_passage",
                violation_error_message=_("Your organisation has commented on this passage: change that comment."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("%(organisation)s on “%(draft)s”") % {"organisation": self.organisation, "draft": self.draft})

    @property
    def is_answer_due(self) -> bool:
        """Whether it wants something and is not said what became of it, as `unanswered` keeps rows."""
        return self.state == self.State.OPEN and self.kind in WANTING

    def get_absolute_url(self) -> str:
        return f"{self.draft.get_absolute_url()}#comment-{self.pk}"
