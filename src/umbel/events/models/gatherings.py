"""Gatherings that anyone can hold, and the part that the confederation had in them."""

from datetime import date
from typing import Any, ClassVar, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from umbel.core.codes import COUNTRIES
from umbel.core.constraints import in_order, once
from umbel.core.dates import PartialDateField
from umbel.core.models import ActQuerySet, Named, Part, RecordQuerySet
from umbel.core.periods import Period
from umbel.core.records import ToldAct, is_over, not_over
from umbel.network.models import Organisation, Person


class Series(Named):
    """Gatherings that come back, such as learning sessions."""

    shelf = "series"
    translated = ("name",)

    organiser = models.ForeignKey(Organisation, verbose_name=_("with"), null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ["name"]
        verbose_name = _("series of events")
        verbose_name_plural = _("series of events")


class Edition(Part):
    """A year of a series, with its theme; the first one is new."""

    audience_path = "series__audience"
    translated = ("theme",)

    series = models.ForeignKey(Series, verbose_name=_("series"), on_delete=models.CASCADE, related_name="editions")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    theme = models.CharField(_("theme"), max_length=200, blank=True)

    class Meta:
        ordering = ["series", "year"]
        verbose_name = _("edition of a series")
        verbose_name_plural = _("editions of series")
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="one_edition_a_year")]

    def __str__(self) -> str:
        return f"{self.series} {self.year}"

    @property
    def handle(self) -> str:
        return f"{self.series.key}-{self.year}"


def _is_ahead(day: date) -> models.Q:
    """Return the condition that an event is not over; what began before last year is not looked at."""
    coarse = (f"{day:%Y}", f"{day:%Y-%m}")
    begins = models.Q(date__gte=day.isoformat()) | models.Q(date__in=coarse)
    goes_on = models.Q(ends__gte=day.isoformat()) | models.Q(ends__in=coarse)
    return models.Q(date__gte=f"{day.year - 1:04}") & (begins | goes_on)


class EventQuerySet(ActQuerySet):
    """Events by our own part and by type."""

    def held(self) -> Self:
        """Keep what we organised, co-organised or hosted."""
        return self.filter(part__in=Event.OWN_PARTS)

    def ahead(self, day: date) -> Self:
        """Keep what is to come or goes on; what is known to the month or year stays until that is over."""
        return self.filter(_is_ahead(day))

    def over(self, day: date) -> Self:
        """Keep what has ended before a day, the opposite of `ahead`; what has no date is neither."""
        return self.exclude(_is_ahead(day)).exclude(date=None)

    def taking_registrations(self, day: date) -> Self:
        """Keep those for which members register on a day: the last day to do so is not over, nor is the event."""
        last = not_over("registration_to", day.isoformat())
        return self.exclude(registration_to=None).filter(last, _is_ahead(day) | models.Q(date=None))

    def attended(self) -> Self:
        """Keep gatherings of others, open to more than a circle we sit in, in which we took part."""
        return self.filter(kind__in=Event.OPEN_KINDS).exclude(part__in=Event.OWN_PARTS)

    def public_gatherings(self) -> Self:
        """Keep what we held and announced on a page: neither projects' meetings nor internal ones."""
        return self.held().filter(has_page=True).exclude(kind__in=Event.INTERNAL_KINDS)

    def for_others(self) -> Self:
        """Keep events in which we took part on behalf of another body."""
        return self.filter(on_behalf_of__isnull=False).distinct()

    def sessions(self) -> Self:
        return self.filter(kind=Event.Kind.SESSION)

    def visits(self) -> Self:
        return self.filter(kind=Event.Kind.VISIT)


class Event(ToldAct):
    """A gathering on one or several days: a conference, a session, a visit, a meeting."""

    shelf = "events"
    translated = ("title", "lead", "text", "note")

    class Kind(models.TextChoices):
        CONFERENCE = "conference", _("conference")
        WEBINAR = "webinar", _("webinar")
        WORKSHOP = "workshop", _("workshop")
        SEMINAR = "seminar", _("seminar")
        HEARING = "hearing", _("hearing")
        DEBATE = "debate", _("debate")
        MEETING = "meeting", _("meeting")
        ASSEMBLY = "assembly", _("assembly of another body")
        SUMMIT = "summit", _("summit")
        OBSERVANCE = "observance", _("day of observance")
        SESSION = "session", _("learning session")
        ORIENTATION = "orientation", _("members' visit to the institutions")
        VISIT = "visit", _("visit paid")
        VISITOR = "visitor", _("visit received")
        LAUNCH = "launch", _("launch")
        TRAINING = "training", _("training")
        STATUTORY = "statutory", _("statutory meeting")
        GROUP = "group", _("working group")
        STEERING = "steering", _("steering committee")
        EXPERTS = "experts", _("expert group")
        JURY = "jury", _("jury")
        PROJECT = "project", _("project meeting")

    class Part(models.TextChoices):
        ORGANISER = "organiser", _("organiser")
        CO_ORGANISER = "co-organiser", _("co-organiser")
        HOST = "host", _("host")
        SPEAKER = "speaker", _("speaker")
        MODERATOR = "moderator", _("moderator")
        CONTRIBUTOR = "contributor", _("contributor")
        DELEGATE = "delegate", _("delegate")
        MEMBER = "member", _("member")
        ATTENDEE = "attendee", _("attendee")

    class Format(models.TextChoices):
        UNKNOWN = "", _("not recorded")
        ONSITE = "onsite", _("on site")
        ONLINE = "online", _("online")
        HYBRID = "hybrid", _("on site and online")

    OWN_PARTS = (Part.ORGANISER, Part.CO_ORGANISER, Part.HOST)
    OPEN_KINDS = (
        Kind.CONFERENCE,
        Kind.WEBINAR,
        Kind.WORKSHOP,
        Kind.SEMINAR,
        Kind.HEARING,
        Kind.DEBATE,
        Kind.MEETING,
        Kind.ASSEMBLY,
        Kind.SUMMIT,
        Kind.OBSERVANCE,
    )
    INTERNAL_KINDS = (
        Kind.PROJECT,
        Kind.TRAINING,
        Kind.GROUP,
        Kind.STEERING,
        Kind.VISIT,
        Kind.VISITOR,
        Kind.LAUNCH,
    )

    kind = models.CharField(_("type"), max_length=16, choices=Kind)
    part = models.CharField(_("own part"), max_length=16, choices=Part)
    format = models.CharField(_("format"), max_length=16, choices=Format, default=Format.UNKNOWN, blank=True)
    ends = PartialDateField(_("last day"), null=True, blank=True, db_index=True)
    edition = models.ForeignKey(
        Edition,
        verbose_name=_("edition of a series"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
    )
    within = models.ForeignKey(
        "self",
        verbose_name=_("within"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="items",
    )
    note = models.CharField(_("note"), max_length=400, blank=True)
    registration_to = PartialDateField(
        _("registration until"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("The last day on which members register. Without it nobody registers."),
    )
    places = models.PositiveSmallIntegerField(
        _("places"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("How many people can come; whoever registers later waits. Without a number there is no limit."),
    )
    on_behalf_of = models.ManyToManyField(
        Organisation, verbose_name=_("on behalf of"), blank=True, related_name="spoken_for"
    )

    objects: ClassVar[Any] = EventQuerySet.as_manager()

    class Meta:
        ordering = ["date", "key"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            in_order("event_ends_after_start", "date", "ends"),
        ]

    def is_past(self, day: date) -> bool:
        return is_over(self.ends or self.date, day)

    def takes_registrations(self, day: date) -> bool:
        """Tell whether members register for it on a day, as `taking_registrations` does of many."""
        return self.registration_to is not None and not is_over(self.registration_to, day) and not self.is_past(day)

    def people_registered(self) -> int:
        number: int = self.registrations.registered().count()
        return number

    def places_left(self) -> int | None:
        """Return how many places are free, `None` where there is no limit."""
        return None if self.places is None else max(0, self.places - self.people_registered())


class EventPartner(Part):
    """Another organisation's part in an event."""

    audience_path = "event__audience"
    date_path = "event__date"

    class Role(models.TextChoices):
        ORGANISER = "organiser", _("organiser")
        CO_ORGANISER = "co-organiser", _("co-organiser")
        HOST = "host", _("host")
        INSTITUTION = "institution", _("institution concerned")
        SPEAKER = "speaker", _("sent a speaker")
        GUEST = "guest", _("guest")
        PARTNER = "partner", _("partner")

    event = models.ForeignKey(Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="parts_in_events"
    )
    role = models.CharField(_("part"), max_length=16, choices=Role, default=Role.PARTNER)

    class Meta:
        ordering = ["event", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "organisation", "role"], name="partner_once_a_role")]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.get_role_display()}"


class Speaker(Part):
    """A person who spoke, hosted or moderated, with the function held that day."""

    audience_path = "event__audience"
    date_path = "event__date"
    translated = ("function",)

    class Role(models.TextChoices):
        SPEAKER = "speaker", _("speaker")
        HOST = "host", _("host")
        MODERATOR = "moderator", _("moderator")
        REPRESENTATIVE = "representative", _("our representative")

    event = models.ForeignKey(Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="speakers")
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="appearances")
    role = models.CharField(_("part"), max_length=16, choices=Role, default=Role.SPEAKER)
    function = models.CharField(_("function that day"), max_length=200, blank=True)
    party = models.CharField(_("political group that day"), max_length=50, blank=True)

    class Meta:
        ordering = ["event", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "person", "role"], name="speaker_once_a_role")]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"


class AttendanceQuerySet(RecordQuerySet):
    """Attendances by what was attended."""

    def at_sessions(self, period: Period) -> Self:
        """Keep those at editions of the period's year that held learning sessions."""
        editions = Edition.objects.filter(year=period.end.year, events__kind=Event.Kind.SESSION)
        return self.filter(edition__in=editions).select_related("edition__series")


class Attendance(Part):
    """Who took part in an edition of a series: at least the country is known."""

    audience_path = "edition__series__audience"

    edition = models.ForeignKey(
        Edition, verbose_name=_("edition of a series"), on_delete=models.CASCADE, related_name="attendances"
    )
    country = models.CharField(_("country"), max_length=2, choices=COUNTRIES)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True, on_delete=models.PROTECT
    )

    objects: ClassVar[Any] = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "country"]
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [*once("attendance_once", "edition", "country", optional="organisation")]

    def __str__(self) -> str:
        return f"{self.get_country_display()}, {self.edition}"
