"""What a body votes on by name, who is on the roll, and what each said."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Self

import rules
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from umbel.accounts.models import User
from umbel.core.audience import Audience, keeper_of
from umbel.core.dates import PartialDate
from umbel.core.models import Named, Part, RecordQuerySet
from umbel.core.prose.fields import ProseField
from umbel.governance import counting
from umbel.governance.models.bodies import Body, Mandate, Meeting
from umbel.network.models import Organisation

ANNOUNCED = (Audience.PUBLIC, Audience.MEMBERS, Audience.PARTICIPANTS, Audience.BOARD)
"""The audiences to which those who vote belong; a poll for another one is still being prepared."""
OUTCOMES = {"carried": _("carried"), "lost": _("not carried"), "quorum": _("no quorum")}


class InstantField(models.DateTimeField[Any, Any]):
    """An instant to the minute, in the time of the confederation."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateTimeField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        return super().formfield(**{"widget": widget, **kwargs})


class PollQuerySet(RecordQuerySet):
    """Polls by their state at an instant."""

    def announced(self) -> Self:
        """Keep what those who vote are told of."""
        return self.filter(audience__in=ANNOUNCED, withdrawn_at=None)

    def coming(self, now: datetime) -> Self:
        return self.announced().filter(opens_at__gt=now, closed_at=None)

    def open(self, now: datetime) -> Self:
        return self.announced().filter(opens_at__lte=now, closes_at__gt=now, closed_at=None)

    def closed(self, now: datetime) -> Self:
        return self.announced().filter(models.Q(closes_at__lte=now) | models.Q(closed_at__lte=now))

    def prepared(self) -> Self:
        return self.exclude(audience__in=ANNOUNCED).filter(withdrawn_at=None)

    def withdrawn(self) -> Self:
        return self.exclude(withdrawn_at=None)

    def undrawn(self, now: datetime) -> Self:
        """Keep what has opened and has no roll yet."""
        return self.announced().filter(opens_at__lte=now, drawn_at=None)

    def in_state(self, state: str, now: datetime) -> Self:
        """Keep the polls in a state (`Poll.State`), the set form of `Poll.state_at`."""
        kept = {
            Poll.State.PREPARED: self.prepared,
            Poll.State.COMING: lambda: self.coming(now),
            Poll.State.OPEN: lambda: self.open(now),
            Poll.State.CLOSED: lambda: self.closed(now),
            Poll.State.WITHDRAWN: self.withdrawn,
        }
        found: Self = kept[Poll.State(state)]()
        return found

    def results(self) -> dict[int, counting.Result]:
        """Return what came of each poll so far, by its number, with one query for all rolls."""
        polls, said = list(self), defaultdict(list)
        roll = Voter.objects.filter(poll__in=[poll.pk for poll in polls]).order_by()
        for number, choice in roll.values_list("poll", "ballot__choice"):
            said[number].append(choice)
        return {poll.pk: counting.count(said[poll.pk], poll.majority, poll.quorum_percent) for poll in polls}


@rules.predicate
def has_no_roll(_user: Any, poll: Any) -> bool:
    """Tell whether a poll has not opened yet; one that has is withdrawn, but stays on record."""
    return poll is None or poll.drawn_at is None


class Poll(Named):
    """A question on which a body votes by name, in writing or in a meeting: the General Assembly by its members, any
    other body by the mandates in it.
    """

    searched = None

    class Majority(models.TextChoices):
        SIMPLE = counting.SIMPLE, _("more votes for than against")
        TWO_THIRDS = counting.TWO_THIRDS, _("two thirds of the votes for and against")
        ABSOLUTE = counting.ABSOLUTE, _("more than half of all who may vote")

    class State(models.TextChoices):
        PREPARED = "prepared", pgettext_lazy("a vote", "in preparation")
        COMING = "coming", pgettext_lazy("a vote", "announced")
        OPEN = "open", pgettext_lazy("a vote", "open")
        CLOSED = "closed", pgettext_lazy("a vote", "closed")
        WITHDRAWN = "withdrawn", pgettext_lazy("a vote", "withdrawn")

    ROLL_RESTS_ON: ClassVar[tuple[str, ...]] = ("body", "opens_at")
    BALLOTS_REST_ON: ClassVar[tuple[str, ...]] = ("name", "text", "meeting", "majority", "quorum_percent")

    audience = models.CharField(
        _("audience"),
        max_length=16,
        choices=Audience,
        default=Audience.PARTICIPANTS,
        help_text=_("Participants are those who vote. As long as it is for the secretariat alone it does not open."),
    )
    name = models.CharField(_("question"), max_length=300)
    body = models.ForeignKey(Body, verbose_name=_("body"), on_delete=models.PROTECT, related_name="polls")
    meeting = models.ForeignKey(
        Meeting,
        verbose_name=_("meeting"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="polls",
        help_text=_("Empty: a vote in writing, without a meeting."),
    )
    text = ProseField(_("text"), blank=True)
    majority = models.CharField(_("majority"), max_length=16, choices=Majority, default=Majority.SIMPLE)
    quorum_percent = models.PositiveSmallIntegerField(
        _("quorum"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text=_("In per cent of the votes on the roll. Empty: of an assembly that of the statutes, else none."),
    )
    opens_at = InstantField(_("opens"))
    closes_at = InstantField(_("closes"), help_text=_("Until this minute votes can be cast and changed."))
    drawn_at = models.DateTimeField(_("roll drawn up"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed early"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(pgettext_lazy("a vote", "withdrawn"), null=True, blank=True, editable=False)

    objects: ClassVar[Any] = PollQuerySet.as_manager()

    class Meta:
        ordering = ["-closes_at", "name"]
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="poll_closes_after_it_opens",
                violation_error_message=_("It closes before it opens."),
            )
        ]
        rules_permissions: ClassVar[dict[str, Any]] = {"delete": keeper_of("governance") & has_no_roll}

    def clean(self) -> None:
        """Refuse what would change a vote under the hands of those who cast it."""
        stored = Poll.objects.filter(pk=self.pk).first() if self.pk else None
        wrong = dict(self._moved(stored)) if stored else {}
        if self.audience == Audience.BOARD and self.body_id and self.body.kind != Body.Kind.BOARD:
            wrong["audience"] = _("Those who vote here do not all sit on the Board: they would not see it.")
        if self.meeting and self.body_id and self.meeting.body_id != self.body_id:
            wrong["meeting"] = _("This is a meeting of another body.")
        if wrong:
            raise ValidationError(wrong)

    def _moved(self, stored: "Poll") -> Iterable[tuple[str, Any]]:
        """Yield the fields that can no longer be changed and were, each with why."""
        changed = [field.name for field in self._meta.concrete_fields if self._differs(stored, field)]
        if stored.drawn_at:
            for name in set(changed).intersection(self.ROLL_RESTS_ON):
                yield name, _("The roll is drawn up: this can no longer be changed. Withdraw the vote and put it anew.")
            if self.audience not in ANNOUNCED:
                yield "audience", _("The vote has opened: those who vote must see it. Withdraw it instead.")
            if "closes_at" in changed and (self.closes_at < stored.closes_at or stored.state != self.State.OPEN):
                yield "closes_at", _("The end can be put off while the vote is open, not brought forward.")
        if stored.drawn_at and Ballot.objects.filter(voter__poll=stored).exists():
            for name in set(changed).intersection(self.BALLOTS_REST_ON):
                yield name, _("Votes are cast: this can no longer be changed. Withdraw the vote and put it anew.")

    def _differs(self, stored: "Poll", field: Any) -> bool:
        return bool(getattr(self, field.attname) != getattr(stored, field.attname))

    def state_at(self, now: datetime) -> "Poll.State":
        """Return the state at an instant: it follows from the clock and is stored nowhere."""
        if self.withdrawn_at:
            return self.State.WITHDRAWN
        if self.audience not in ANNOUNCED:
            return self.State.PREPARED
        if now < self.opens_at and not self.closed_at:
            return self.State.COMING
        return self.State.OPEN if now < self.ends_at else self.State.CLOSED

    @property
    def state(self) -> "Poll.State":
        return self.state_at(timezone.now())

    @property
    def ends_at(self) -> datetime:
        """The instant after which no vote counts: early, or as it was announced."""
        early: datetime | None = self.closed_at
        announced: datetime = self.closes_at
        return min(early, announced) if early else announced

    def derived_facts(self) -> list[tuple[Any, Any]]:
        """Tell the state, and once it is closed what came of it."""
        told: list[tuple[Any, Any]] = [(_("state"), self.state.label)]
        if self.is_closed:
            told.append((_("outcome"), OUTCOMES[self.result.outcome]))
        return told

    @property
    def closes_on(self) -> PartialDate:
        """The day on which it closes, in the time of the confederation."""
        return PartialDate.of(timezone.localdate(self.closes_at))

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @property
    def is_of_members(self) -> bool:
        """Whether organisations vote, not the people in the body."""
        return self.body.kind == Body.Kind.ASSEMBLY

    @property
    def result(self) -> counting.Result:
        """What came of it so far; to be told once it is closed."""
        found: counting.Result = Poll.objects.filter(pk=self.pk).results()[self.pk]
        return found


class Voter(Part):
    """One vote on the roll of a poll: that of a member, or that of a mandate. It has no weight: it is one."""

    audience_path = "poll__audience"

    poll = models.ForeignKey(Poll, verbose_name=_("vote"), on_delete=models.CASCADE, related_name="voters")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="votes",
    )
    mandate = models.ForeignKey(
        Mandate, verbose_name=_("mandate"), null=True, blank=True, on_delete=models.PROTECT, related_name="votes"
    )

    class Meta:
        ordering = ["organisation__name", "mandate__person__name", "pk"]
        verbose_name = _("vote on a roll")
        verbose_name_plural = _("votes on rolls")
        constraints = [
            models.UniqueConstraint(fields=["poll", "organisation"], name="organisation_once_a_roll"),
            models.UniqueConstraint(fields=["poll", "mandate"], name="mandate_once_a_roll"),
            models.CheckConstraint(
                condition=models.Q(organisation=None) ^ models.Q(mandate=None), name="voter_is_member_or_mandate"
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation or self.mandate)


class Ballot(models.Model):
    """What one vote on a roll says, by whom and when. No record of the desk, of its log and its files: while a poll is
    open nobody may learn it there.
    """

    class Choice(models.TextChoices):
        FOR = counting.FOR, pgettext_lazy("a vote", "for")
        AGAINST = counting.AGAINST, pgettext_lazy("a vote", "against")
        ABSTAIN = counting.ABSTAIN, pgettext_lazy("a vote", "abstention")

    voter = models.OneToOneField(
        Voter, verbose_name=_("vote on a roll"), on_delete=models.PROTECT, related_name="ballot"
    )
    choice = models.CharField(_("choice"), max_length=8, choices=Choice)
    cast_by = models.ForeignKey(
        User, verbose_name=_("cast by"), null=True, on_delete=models.SET_NULL, related_name="ballots"
    )
    cast_at = models.DateTimeField(_("cast"), default=timezone.now)

    class Meta:
        ordering = ["voter"]
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")

    def __str__(self) -> str:
        return str(self.voter)
