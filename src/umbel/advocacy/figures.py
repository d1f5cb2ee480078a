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
    """One for each person who may be named to everybody, because its label does."""
    held = Appointment.objects.on_boards().filter(holder__audience=Audience.PUBLIC).order_by("holder__key")
    for key, name in held.values_list("holder__key", "holder__name").distinct():
        yield Figure(
            f"advocacy.external_seats.{key}",
            _("Seats on boards of umbrella bodies, %s") % name,
            SEATS.part(key),
            rule=_("Terms of this person in force at the end of the period."),
        )


def files_by_pillar() -> Iterator[Figure]:
    for key, name in [*Pillar.objects.values_list("key", "name"), (ACROSS, _("across the pillars"))]:
        yield Figure(
            f"advocacy.files.{key}",
            _("Policy files, %s") % name,
            FILES.part(None if key == ACROSS else key),
            rule=_("Policy files that stand under this heading."),
        )


def acts_by_pillar_and_file() -> Iterator[Figure]:
    """Activities that serve a file, and those that serve any file of a pillar."""
    sources = sources_of_topics()

    def serving(*keys: str) -> Part:
        return Part(SERVING, (keys, frozenset[str]().union(*(sources.get(key, set()) for key in keys))))

    files: dict[tuple[str, str], list[str]] = {}
    for key, name, pillar, heading in PolicyFile.objects.values_list("key", "name", "pillar__key", "pillar__name"):
        if pillar:
            files.setdefault((pillar, heading), []).append(key)
        yield Figure(
            f"advocacy.acts_of.{key}",
            _("Activities on %s") % name,
            serving(key),
            rule=_("Entries of the year at a glance that serve the file."),
        )
        yield Figure(
            f"advocacy.share_of.{key}",
            _("Share of all activities, %s") % name,
            derived=Ratio(f"advocacy.acts_of.{key}", "chronicle.entries", 100),
            unit="%",
            digits=1,
            rule=_("Entries that serve the file over all entries of the year at a glance."),
        )
    for (pillar, heading), keys in files.items():
        yield Figure(
            f"advocacy.acts.{pillar}",
            _("Activities, %s") % heading,
            serving(*keys),
            rule=_("Entries of the year at a glance that serve at least one file of the pillar."),
        )


def signatories() -> Iterator[Figure]:
    numbered = JointLetter.objects.exclude(signatories_number=None)
    for key, title, bound in numbered.values_list("key", "title", "signatories_bound"):
        yield Figure(
            f"advocacy.signatories.{key}",
            _("Signatories, %s") % title,
            LETTERS.part(key),
            fold=Latest("signatories_number"),
            reported=True,
            is_floor=bound == JointLetter.Bound.OVER,
            rule=_("The number that the letter gives, ourselves among them."),
        )


def seat_meetings() -> Iterator[Figure]:
    met = Seat.objects.filter(meetings__isnull=False).order_by("order", "key")
    for key, name in met.values_list("key", "name").distinct():
        yield Figure(
            f"advocacy.seat_meetings.{key}",
            _("Meetings, %s") % name,
            MEETINGS.part(key),
            rule=_("One row, one meeting."),
        )


def terms_of_seats() -> Iterator[Figure]:
    """For how many years, and for which renewal, an appointment was made, where it says so."""

    for key, name in Seat.objects.filter(terms__years__isnull=False).values_list("key", "name").distinct():
        for part, label in (("years", _("Years of the appointment, %s")), ("renewal", _("Which renewal, %s"))):
            yield Figure(
                f"advocacy.seat_{part}.{key}",
                label % name,
                TERMS.part(key),
                fold=Latest(part),
                rule=_("As the appointment of the period says."),
            )
