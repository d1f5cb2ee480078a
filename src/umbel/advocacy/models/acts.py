"""What the confederation did towards institutions: positions, letters, meetings, seats, acts of campaigns."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from umbel.core.constraints import in_order
from umbel.core.dates import PartialDateField
from umbel.core.models import Act, ActQuerySet, Named, Part
from umbel.core.periods import Period
from umbel.core.records import Addressed, ToldAct, not_over
from umbel.events.models import Event
from umbel.network.models import Organisation, Person


class Seat(Named):
    """A place in a body of others: expert group, dialogue, board of an umbrella, jury."""

    shelf = "seats"
    searched = ("subjects",)
    translated = ("name", "subjects")

    class Kind(models.TextChoices):
        EXPERTS = "experts", _("expert group")
        DIALOGUE = "dialogue", _("stakeholder dialogue")
        BOARD = "board", _("umbrella board")
        JURY = "jury", _("jury")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    body = models.ForeignKey(
        Organisation,
        verbose_name=_("body"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="seats",
    )
    on_behalf_of = models.ForeignKey(
        Organisation,
        verbose_name=_("on behalf of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="seats_for",
    )
    subjects = models.CharField(_("works on"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("seat")
        verbose_name_plural = _("seats")


class PositionQuerySet(ActQuerySet):
    """Positions by kind."""

    def papers(self) -> Self:
        """Keep what counts as a policy position paper: reactions, opinions and papers, not contributions."""
        return self.exclude(kind=Position.Kind.CONTRIBUTION)

    def contributions(self) -> Self:
        return self.filter(kind=Position.Kind.CONTRIBUTION)


class Position(ToldAct):
    """What the confederation said on a policy file."""

    shelf = "positions"

    class Kind(models.TextChoices):
        REACTION = "reaction", _("reaction")
        OPINION = "opinion", _("opinion")
        CONTRIBUTION = "contribution", _("contribution")
        PAPER = "paper", _("paper")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    addressed_to = models.ForeignKey(
        Organisation,
        verbose_name=_("addressed to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="positions_received",
    )
    seat = models.ForeignKey(
        Seat,
        verbose_name=_("through the seat"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="positions",
    )

    objects: ClassVar[Any] = PositionQuerySet.as_manager()

    class Meta:
        ordering = ["date", "key"]
        verbose_name = _("position")
        verbose_name_plural = _("positions")


class JointLetter(Addressed, ToldAct):
    """A text signed together with others; whatever a chapter calls it, it is one act with one form."""

    shelf = "joint-letters"
    searched = ("lead", "text", "subject")
    translated = ("title", "lead", "text", "subject")

    class Form(models.TextChoices):
        LETTER = "letter", _("joint letter")
        STATEMENT = "statement", _("joint statement")
        CALL = "call", _("joint call")

    class Bound(models.TextChoices):
        UNKNOWN = "", _("not recorded")
        EXACT = "exact", _("exactly")
        OVER = "over", _("over")

    class OwnPart(models.TextChoices):
        INITIATOR = "initiator", _("initiator")
        SIGNATORY = "signatory", _("signatory")

    form = models.CharField(_("form"), max_length=16, choices=Form, default=Form.LETTER)
    own_part = models.CharField(_("own part"), max_length=16, choices=OwnPart, default=OwnPart.SIGNATORY)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    signatories_bound = models.CharField(_("number of signatories is"), max_length=8, choices=Bound, blank=True)
    signatories_number = models.PositiveIntegerField(_("signatories, ourselves among them"), null=True, blank=True)

    class Meta:
        ordering = ["date", "key"]
        verbose_name = _("joint letter")
        verbose_name_plural = _("joint letters")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(signatories_bound="", signatories_number=None)
                | (~models.Q(signatories_bound="") & models.Q(signatories_number__isnull=False)),
                name="signatories_number_has_bound",
                violation_error_message=_("Say whether the number of signatories is exact or a lower bound."),
            )
        ]


class Addressee(Part):
    """Somebody to whom a joint letter is addressed, an organisation on record or described in words."""

    audience_path = "letter__audience"
    date_path = "letter__date"
    translated = ("name",)

    letter = models.ForeignKey(
        JointLetter, verbose_name=_("joint letter"), on_delete=models.CASCADE, related_name="addressees"
    )
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        ordering = ["letter", "pk"]
        constraints = [models.UniqueConstraint(fields=["letter", "name"], name="addressee_once_a_letter")]

    def __str__(self) -> str:
        return self.name


class Signatory(Part):
    """An organisation known to have signed a joint letter."""

    audience_path = "letter__audience"
    date_path = "letter__date"

    letter = models.ForeignKey(
        JointLetter, verbose_name=_("joint letter"), on_delete=models.CASCADE, related_name="signatories"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="letters_signed"
    )

    class Meta:
        ordering = ["letter", "organisation__name"]
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        constraints = [models.UniqueConstraint(fields=["letter", "organisation"], name="signatory_once_a_letter")]

    def __str__(self) -> str:
        return str(self.organisation)


class Engagement(Act):
    """A meeting of ours with an institution, or with somebody in office."""

    shelf = "engagements"
    searched = ("subject",)
    translated = ("title", "subject", "level")

    institution = models.ForeignKey(
        Organisation, verbose_name=_("institution"), on_delete=models.PROTECT, related_name="engagements"
    )
    level = models.CharField(_("level"), max_length=100, blank=True)
    subject = models.CharField(_("subject"), max_length=300, blank=True)

    class Meta:
        ordering = ["date", "key"]
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")


class CampaignAct(Act):
    """A dated step of a campaign: its launch, the day we joined it."""

    shelf = "campaign-acts"

    class Kind(models.TextChoices):
        LAUNCH = "launch", _("launch")
        JOINED = "joined", _("joined")
        ACT = "act", _("act")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind)

    class Meta:
        ordering = ["date", "key"]
        verbose_name = _("act of a campaign")
        verbose_name_plural = _("acts of campaigns")


class AppointmentQuerySet(ActQuerySet):
    """Appointments as acts of a year and as terms in force on a day."""

    def on_boards(self) -> Self:
        return self.filter(seat__kind=Seat.Kind.BOARD)

    def in_force(self, period: Period) -> Self:
        day = period.on.isoformat()
        begun = models.Q(date=None) | models.Q(date__lte=day)
        return self.filter(begun, not_over("end", day))


class Appointment(Act):
    """A term on a seat; the day of its date is the election or appointment."""

    shelf = "appointments"

    seat = models.ForeignKey(Seat, verbose_name=_("seat"), on_delete=models.CASCADE, related_name="terms")
    holder = models.ForeignKey(
        Person,
        verbose_name=_("holder"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="seats",
    )
    years = models.PositiveSmallIntegerField(_("for how many years"), null=True, blank=True)
    renewal = models.PositiveSmallIntegerField(_("which renewal"), null=True, blank=True)
    end = PartialDateField(_("to"), null=True, blank=True)

    objects: ClassVar[Any] = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["date", "key"]
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [in_order("appointment_ends_after_start", "date")]

    def derived_facts(self) -> list[tuple[Any, Any]]:
        """Return which term on the seat this is, counted from the terms on record."""
        terms = list(Appointment.objects.filter(seat=self.seat_id).order_by("date", "key").values_list("pk", flat=True))
        return [(_("term on record, number"), terms.index(self.pk) + 1)]


class SeatMeeting(Event):
    """A meeting of a body in which we have a seat."""

    seat = models.ForeignKey(Seat, verbose_name=_("seat"), on_delete=models.PROTECT, related_name="meetings")

    class Meta:
        verbose_name = _("meeting on a seat")
        verbose_name_plural = _("meetings on seats")
