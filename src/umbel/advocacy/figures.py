"""Figures of advocacy that follow from rows: one for each pillar, file, seat, letter, person."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from umbel.advocacy.models import Appointment, JointLetter, Pillar, PolicyFile, Position, Seat, SeatMeeting
from umbel.core.audience import Audience
from umbel.core.chronology import SERVING, sources_of_topics
from umbel.core.folds import Latest
from umbel.core.periods import Period
from umbel.core.registry import Breakdown, Figure, Part, Ratio
from umbel.core.translations.saying import named
from umbel.network.models import Person

ACROSS = "across"


def positions(kind: str, period: Period) -> QuerySet[Any]:
    return Position.objects.filter(kind=kind).within(period)


def board_seats(period: Period) -> QuerySet[Any]:
    return Appointment.objects.on_boards().in_force(period).select_related("seat", "holder")


SEATS = Breakdown(board_seats, "holder__key")
FILES = Breakdown(lambda _period: PolicyFile.objects.all(), "pillar__key")
LETTERS = Breakdown(lambda period: JointLetter.objects.within(period), "key")
MEETINGS = Breakdown(lambda period: SeatMeeting.objects.within(period), "seat__key")
TERMS = Breakdown(lambda period: Appointment.objects.within(period), "seat__key")


def seats_by_person() -> Iterator[Figure]:
    holders = Person.objects.filter(pk__in=Appointment.objects.on_boards().values("holder")).order_by("key")
    for person in holders:
        yield Figure(
            f"advocacy.external_seats.{person.key}",
            _("Seats on boards of umbrella bodies, %s") % person.name,
            SEATS.part(person.key),
            rule=_("Terms of this person in force at the end of the period."),
            audience=person.audience,
        )


def files_by_pillar() -> Iterator[Figure]:
    headings = [(row.key, name, row.audience) for row, name in named(Pillar.objects.all())]
    for key, name, audience in [*headings, (ACROSS, _("across the pillars"), Audience.PUBLIC)]:
        yield Figure(
            f"advocacy.files.{key}",
            _("Policy files, %s") % name,
            FILES.part(None if key == ACROSS else key),
            rule=_("Policy files that stand under this heading."),
            audience=audience,
        )


def acts_by_pillar_and_file() -> Iterator[Figure]:
    """Activities that serve a file, and those that serve any file of a pillar."""
    sources = sources_of_topics()

    def serving(*keys: str) -> Part:
        return Part(SERVING, (keys, frozenset[str]().union(*(sources.get(key, set()) for key in keys))))

    files: dict[int, list[str]] = {}
    for file, name in named(PolicyFile.objects.all()):
        files.setdefault(file.pillar_id, []).append(file.key)
        yield Figure(
            f"advocacy.acts_of.{file.key}",
            _("Activities on %s") % name,
            serving(file.key),
            rule=_("Entries of the year at a glance that serve the file."),
            audience=file.audience,
        )
        yield Figure(
            f"advocacy.share_of.{file.key}",
            _("Share of all activities, %s") % name,
            derived=Ratio(f"advocacy.acts_of.{file.key}", "chronicle.entries", 100),
            unit="%",
            digits=1,
            rule=_("Entries that serve the file over all entries of the year at a glance."),
            audience=file.audience,
        )
    for pillar, heading in named(Pillar.objects.filter(pk__in=[pk for pk in files if pk])):
        yield Figure(
            f"advocacy.acts.{pillar.key}",
            _("Activities, %s") % heading,
            serving(*files[pillar.pk]),
            rule=_("Entries of the year at a glance that serve at least one file of the pillar."),
            audience=pillar.audience,
        )


def signatories() -> Iterator[Figure]:
    numbered = JointLetter.objects.exclude(signatories_number=None)
    for letter, title in named(numbered.defer("lead", "text"), "title"):
        yield Figure(
            f"advocacy.signatories.{letter.key}",
            _("Signatories, %s") % title,
            LETTERS.part(letter.key),
            fold=Latest("signatories_number"),
            reported=True,
            is_floor=letter.signatories_bound == JointLetter.Bound.OVER,
            rule=_("The number that the letter gives, ourselves among them."),
            audience=letter.audience,
        )


def seat_meetings() -> Iterator[Figure]:
    met = Seat.objects.filter(pk__in=SeatMeeting.objects.values("seat")).order_by("order", "key")
    for seat, name in named(met):
        yield Figure(
            f"advocacy.seat_meetings.{seat.key}",
            _("Meetings, %s") % name,
            MEETINGS.part(seat.key),
            rule=_("One row, one meeting."),
            audience=seat.audience,
        )


def terms_of_seats() -> Iterator[Figure]:
    """For how many years, and for which renewal, an appointment was made, where it says so."""

    termed = Appointment.objects.exclude(years=None)
    for seat, name in named(Seat.objects.filter(pk__in=termed.values("seat"))):
        for part, label in (("years", _("Years of the appointment, %s")), ("renewal", _("Which renewal, %s"))):
            yield Figure(
                f"advocacy.seat_{part}.{seat.key}",
                label % name,
                TERMS.part(seat.key),
                fold=Latest(part),
                rule=_("As the appointment of the period says."),
                audience=seat.audience,
            )
