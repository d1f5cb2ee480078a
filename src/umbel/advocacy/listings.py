"""Advocacy as pages and print lay it out."""

from itertools import chain
from typing import Any

from django.db.models import QuerySet

from umbel.advocacy.models import (
    Appointment,
    Ask,
    Campaign,
    JointLetter,
    Pillar,
    PolicyFile,
    Position,
    Seat,
    SeatMeeting,
)
from umbel.core import chronology, registry
from umbel.core.periods import Period
from umbel.core.registry import Beside
from umbel.network.models import UmbrellaMembership


def beside(pks: list[int], audiences: frozenset[str]) -> dict[int, Beside]:
    """Return the owners of the campaigns of others that steps serve and some audiences may see, by primary key."""
    owners: dict[int, dict[str, None]] = {}
    rows = Campaign.objects.of_others().filter(campaignact__in=pks, audience__in=audiences).order_by()
    named = rows.filter(owner__audience__in=audiences).values_list("pk", "campaignact", "owner__name")
    for _row, pk, name in sorted(named):
        owners.setdefault(pk, {})[name] = None
    return {pk: Beside((), tuple(names)) for pk, names in owners.items()}


def pillars(period: Period) -> list[dict[str, Any]]:
    """Return the pillars with their files; files of no pillar come last under the key "".

    `[{"key", "name", "centre", "files": [{"key", "name", "proposer", "stage", "stance", "standing", "asks", "concerns",
    "months": [12 counts], "figure"}]}]`
    """
    dates = chronology.by_topic(period)
    files: dict[int | None, list[dict[str, Any]]] = {}
    for file in PolicyFile.objects.select_related("proposed_by").prefetch_related("asks"):
        files.setdefault(file.pillar_id, []).append(_file(file, [day.month or 0 for day in dates.get(file.key, [])]))
    found = [
        {"key": pillar.key, "name": pillar.name, "centre": pillar.centre, "files": files.get(pillar.pk, [])}
        for pillar in Pillar.objects.all()
    ]
    return [*found, {"key": "", "name": "", "centre": "", "files": files.get(None, [])}]


def _file(file: PolicyFile, months: list[int]) -> dict[str, Any]:
    asks = list(file.asks.all())
    return {
        "key": file.key,
        "name": file.name,
        "proposer": file.proposed_by.name if file.proposed_by else file.author,
        "stage": file.stage,
        "stance": file.stance,
        "standing": file.standing,
        "asks": [ask.text for ask in asks if ask.kind == Ask.Kind.ASK],
        "concerns": [ask.text for ask in asks if ask.kind == Ask.Kind.CONCERN],
        "months": [months.count(month) for month in range(1, 13)],
        "figure": f"advocacy.acts_of.{file.key}",
    }


def positions(period: Period) -> list[dict[str, Any]]:
    """Return positions with the line of their file: `[{"key", "date", "kind", "title", "file", "stance", ...}]`."""
    lines = {file.pk: file for file in PolicyFile.objects.prefetch_related("asks")}
    rows = []
    for position in Position.objects.within(period).prefetch_related("topics"):
        file = next((lines[topic.pk] for topic in position.topics.all() if topic.pk in lines), None)
        asks = list(file.asks.all()) if file else []
        wanted = [ask.text for ask in asks if ask.kind == Ask.Kind.ASK] or [
            ask.text for ask in asks if ask.kind == Ask.Kind.CONCERN
        ]
        rows.append(
            {
                "key": position.key,
                "date": position.date,
                "kind": position.get_kind_display(),
                "title": position.title,
                "file": file.name if file else "",
                "stance": file.stance if file else "",
                "standing": file.standing if file else "",
                "points": wanted,
                "has_page": position.has_page,
            }
        )
    return rows


def letters(period: Period) -> list[dict[str, Any]]:
    """Return joint letters: `[{"key", "date", "form", "title", "subject", "addressees", "figure" or None}]`."""
    return [
        {
            "key": letter.key,
            "date": letter.date,
            "form": letter.get_form_display(),
            "title": letter.title,
            "subject": letter.subject,
            "addressees": [row.name for row in letter.addressees.all()],
            "figure": f"advocacy.signatories.{letter.key}" if letter.signatories_number else None,
        }
        for letter in JointLetter.objects.within(period).prefetch_related("addressees")
    ]


def seats(period: Period) -> list[dict[str, Any]]:
    """Return seats outside umbrella boards with what happened there.

    `[{"key", "name", "kind", "holder", "years", "subjects", "activities"}]`; `activities` counts meetings, appointments
    and positions through the seat in the period, and `figure` is the key of the number of meetings where there are any.
    """
    meetings = _by_seat(SeatMeeting.objects.within(period))
    others = _by_seat(Position.objects.exclude(seat=None).within(period), Appointment.objects.within(period))
    found = []
    for seat in Seat.objects.exclude(kind=Seat.Kind.BOARD).prefetch_related("terms__holder"):
        term = next(iter(sorted(seat.terms.all(), key=lambda row: str(row.date or ""), reverse=True)), None)
        acts = [*meetings.get(seat.pk, []), *others.get(seat.pk, [])]
        found.append(
            {
                "key": seat.key,
                "name": seat.name,
                "kind": seat.get_kind_display(),
                "holder": term.holder.name if term and term.holder else "",
                "years": term.years if term else None,
                "subjects": seat.subjects,
                "acts": [{"title": act.title, "date": act.date} for act in sorted(acts, key=lambda act: str(act.date))],
                "figure": f"advocacy.seat_meetings.{seat.key}" if seat.pk in meetings else None,
            }
        )
    return found


def _by_seat(*sets: QuerySet[Any]) -> dict[int, list[Any]]:
    """Return acts by the seat through which they were done, set after set."""
    found: dict[int, list[Any]] = {}
    for act in chain(*sets):
        found.setdefault(act.seat_id, []).append(act)
    return found


def family(period: Period) -> list[dict[str, Any]]:
    """Return umbrella memberships with the seat on each board.

    `[{"body", "key", "standing", "through", "takes_part_in", "seat": None | {"holder", "on_behalf_of", "since"}}]`
    """
    terms = (
        Appointment.objects.on_boards().in_force(period).select_related("seat__body", "seat__on_behalf_of", "holder")
    )
    held = {term.seat.body_id: term for term in terms}
    rows = UmbrellaMembership.objects.in_force(period).select_related("body", "through")
    return [
        {
            "body": row.body.name,
            "key": row.body.key,
            "nature": row.body.description,
            "standing": row.standing,
            "through": row.through.name if row.through else "",
            "takes_part_in": row.takes_part_in,
            "seat": _seat(held.get(row.body_id)),
        }
        for row in rows
    ]


def _seat(term: Appointment | None) -> dict[str, Any] | None:
    if term is None:
        return None
    behalf = term.seat.on_behalf_of
    return {
        "holder": term.holder.name if term.holder else "",
        "on_behalf_of": behalf.name if behalf else "",
        "since": term.date,
    }


def acts_by_topic(period: Period) -> dict[str, list[dict[str, Any]]]:
    """Return the listed acts of the period by file and campaign: `{"care": [{"topic", "title", "date", "kind"}]}`."""
    found: dict[str, list[dict[str, Any]]] = {}
    for source, rows in zip(registry.entries(), chronology.acts(period), strict=True):
        told = rows.filter(topics__isnull=False).order_by()
        columns = ("topics__key", "topics__name", "title", "date", "place", source.column or "pk")
        for key, topic, title, date, place, kind in told.values_list(*columns):
            label = source.kinds[kind if source.column else ""].label
            act = {"topic": topic, "title": title, "date": date, "place": place, "kind": label}
            found.setdefault(key, []).append(act)
    return {key: sorted(acts, key=lambda act: (act["date"], act["title"])) for key, acts in found.items()}
