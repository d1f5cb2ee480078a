"""Sessions, visits and parts taken for others, as pages and print lay them out."""

from typing import Any

from django.db.models import OuterRef, Subquery

from umbel.core.periods import Period
from umbel.core.registry import Beside
from umbel.events.models import Edition, Event, EventPartner, Speaker
from umbel.network.models import Organisation


def beside(pks: list[int], audiences: frozenset[str]) -> dict[int, Beside]:
    """Return the partners of events by primary key, those that some audiences may see."""
    partners: dict[int, list[str]] = {}
    # Not as a join, and sorted here: for many events SQLite would read all organisations for each of them.
    name = Organisation.objects.filter(pk=OuterRef("organisation"), audience__in=audiences).values("name")
    found = EventPartner.objects.filter(event__in=pks).order_by().annotate(named=Subquery(name))
    for _row, pk, named in sorted(found.values_list("pk", "event_id", "named")):
        if named is not None:
            partners.setdefault(pk, []).append(named)
    return {pk: Beside((), tuple(names)) for pk, names in partners.items()}


def sessions(period: Period) -> list[dict[str, Any]]:
    """Return the editions of series with sessions in the period.

    `[{"series", "theme", "countries": [codes], "sessions": [{"key", "title", "date", "format", "partners"}]}]`
    """
    editions = Edition.objects.filter(year=period.end.year, events__kind=Event.Kind.SESSION).distinct()
    return [
        {
            "series": edition.series.name,
            "theme": edition.theme,
            "countries": sorted({row.country for row in edition.attendances.all()}),
            "sessions": [_event(event) for event in edition.events.all()],
        }
        for edition in editions.select_related("series").prefetch_related(
            "attendances", "events__partners__organisation"
        )
    ]


def visits(period: Period) -> list[dict[str, Any]]:
    """Return the visits paid in the period: `[{"key", "title", "date", "place", "country", "note", "partners"}]`."""
    found = Event.objects.visits().within(period).prefetch_related("partners__organisation")
    return [_event(event) for event in found]


def first_editions(period: Period) -> list[dict[str, Any]]:
    """Return the events of first editions, which are new in the period."""
    found = Event.objects.within(period).filter(edition__number=1)
    return [_event(event) for event in found.prefetch_related("partners__organisation")]


def on_behalf(period: Period) -> list[dict[str, Any]]:
    """Return events in which we spoke for another body: as `visits`, with `"on_behalf_of"` and `"people"` (names)."""
    found = Event.objects.for_others().within(period)
    found = found.prefetch_related("partners__organisation", "on_behalf_of", "speakers__person")
    return [
        {
            **_event(event),
            "on_behalf_of": [body.name for body in event.on_behalf_of.all()],
            "people": [row.person.name for row in event.speakers.all() if row.role == Speaker.Role.REPRESENTATIVE],
        }
        for event in found
    ]


def _event(event: Event) -> dict[str, Any]:
    return {
        "key": event.key,
        "title": event.title,
        "date": event.date,
        "place": event.place,
        "country": event.country,
        "format": event.format,
        "note": event.note,
        "partners": [{"name": row.organisation.name, "role": row.role} for row in event.partners.all()],
    }
