"""What a member answers to a round: a return, with a value for each indicator and year."""

from decimal import Decimal
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from umbel.collection.models.rounds import RECEIVED, Round, RoundIndicator
from umbel.core.audience import Audience
from umbel.core.dates import PartialDate, PartialDateField
from umbel.core.models import Kept, Part, RecordQuerySet
from umbel.network.models import Organisation


class ReturnQuerySet(RecordQuerySet):
    """Returns by what became of them."""

    def received(self) -> Self:
        """Keep those that their organisations have sent, and that were not handed back."""
        return self.filter(state__in=RECEIVED)


class ReturnManager(models.Manager.from_queryset(ReturnQuerySet)):  # type: ignore[misc]  # -- made while running
    """Returns with the round and the organisation by which each is called."""

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("round", "organisation")


class Return(Kept):
    """What one organisation answers to one round: seen by those who speak for it, and by the secretariat."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("return", "draft")
        SENT = "sent", pgettext_lazy("return", "sent")
        ACCEPTED = "accepted", pgettext_lazy("return", "accepted")
        HANDED_BACK = "handed-back", pgettext_lazy("return", "handed back")

    audience = models.CharField(_("audience"), max_length=16, choices=Audience, default=Audience.PARTICIPANTS)
    round = models.ForeignKey(Round, verbose_name=_("round"), on_delete=models.PROTECT, related_name="returns")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="returns"
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    reason = models.CharField(_("why it was handed back"), max_length=300, blank=True)
    sent_on = PartialDateField(_("sent on"), null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sent by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    note = models.TextField(_("note"), max_length=2000, blank=True)

    objects: ClassVar[Any] = ReturnManager()

    class Meta:
        ordering = ["round", "organisation__name"]
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        constraints = [models.UniqueConstraint(fields=["round", "organisation"], name="return_once_a_round")]

    def __str__(self) -> str:
        return f"{self.round}, {self.organisation}"

    @property
    def is_received(self) -> bool:
        return self.state in RECEIVED

    @property
    def is_changeable(self) -> bool:
        """Whether its organisation may change it today: while the round is open, and whenever it was handed back."""
        is_begun = self.state == self.State.DRAFT and self.round.is_open(timezone.localdate())
        return is_begun or self.state == self.State.HANDED_BACK

    @property
    def can_be_taken_back(self) -> bool:
        return self.state == self.State.SENT and self.round.is_open(timezone.localdate())

    def send(self, by: Any) -> None:
        """Hand it to the secretariat. Raises `ValidationError` where it is not with its organisation."""
        self._pass_on(self.State.SENT, self.State.DRAFT, self.State.HANDED_BACK)
        self.reason, self.sent_by = "", by
        self.sent_on = PartialDate.of(timezone.localdate())
        self.save()

    def take_back(self) -> None:
        """Make it a draft again. Raises `ValidationError` once it is accepted or the round is over."""
        if not self.can_be_taken_back:
            self._refuse()
        self.state = self.State.DRAFT
        self.save()

    def accept(self) -> None:
        """Take it as it is. Raises `ValidationError` where nobody has sent it."""
        self._pass_on(self.State.ACCEPTED, self.State.SENT)
        self.save()

    def reopen(self) -> None:
        """Take the acceptance back. Raises `ValidationError` where it is not accepted."""
        self._pass_on(self.State.SENT, self.State.ACCEPTED)
        self.save()

    def hand_back(self, reason: str) -> None:
        """Let its organisation change it. Raises `ValidationError` without a reason, or where nobody has sent it."""
        if not reason.strip():
            raise ValidationError(gettext("Say why, in a few words: whoever sent it reads that."))
        self._pass_on(self.State.HANDED_BACK, self.State.SENT, self.State.ACCEPTED)
        self.reason = reason.strip()[:300]
        self.save()

    def _pass_on(self, to: str, *before: str) -> None:
        if self.state not in before:
            self._refuse()
        self.state = to

    def _refuse(self) -> None:
        told = gettext("That is no longer possible: the return is in the state “%(state)s”.")
        raise ValidationError(told % {"state": self.get_state_display()})


class ValueQuerySet(RecordQuerySet):
    """Values by the organisation that gave them, in whichever round."""

    def told_before(self, answer: Return) -> Self:
        """Keep what the organisation of a return said of the same indicators in earlier rounds, the latest last."""
        if answer.round.collected_from is None:
            return self.none()
        earlier = self.filter(
            of_return__organisation=answer.organisation_id,
            of_return__state__in=RECEIVED,
            of_return__round__collected_from__lt=answer.round.collected_from,
            asked__indicator__in=answer.round.indicators.values("indicator"),
        )
        return earlier.order_by("of_return__round__collected_from", "pk")


class Value(Part):
    """What a return says of an indicator in a year: a number, a text, or that it is not available."""

    audience_path = "of_return__audience"

    of_return = models.ForeignKey(Return, verbose_name=_("return"), on_delete=models.CASCADE, related_name="values")
    asked = models.ForeignKey(
        RoundIndicator, verbose_name=_("indicator"), on_delete=models.PROTECT, related_name="values"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.DecimalField(_("number"), max_digits=20, decimal_places=4, null=True, blank=True)
    text = models.CharField(_("text"), max_length=500, blank=True)
    is_unavailable = models.BooleanField(_("not available"), default=False)
    is_confirmed = models.BooleanField(
        pgettext_lazy("of a value", "confirmed"),
        default=False,
        help_text=_("It at least doubles or halves, and that is right."),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects: ClassVar[Any] = ValueQuerySet.as_manager()

    class Meta:
        ordering = ["of_return", "asked__indicator__order", "asked__indicator__name", "year"]
        verbose_name = _("value")
        verbose_name_plural = _("values")
        constraints = [
            models.UniqueConstraint(fields=["of_return", "asked", "year"], name="value_once_a_year"),
            models.CheckConstraint(
                condition=models.Q(is_unavailable=False) | models.Q(number=None, text=""),
                name="value_or_not_available",
                violation_error_message=_("Give a value, or say that it is not available; not both."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked}, {self.year}"

    @property
    def content(self) -> Decimal | int | str | None:
        """What it says, a number without needless decimals."""
        return plain(self.number) if self.number is not None else self.text or None

    def clean(self) -> None:
        if self.asked_id and self.of_return_id and self.asked.round_id != self.of_return.round_id:
            raise ValidationError({"asked": _("The round of this return does not ask for that.")})


def plain(number: Decimal) -> Decimal | int:
    """Return a number without needless decimals: 12.5000 as 12.5, 12.0000 as 12."""
    return int(number) if number == number.to_integral_value() else number.normalize()
