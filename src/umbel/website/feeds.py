"""A list of the site as a file: a table for machines, feeds for readers, a calendar."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from umbel.core.changelog import Change
from umbel.core.crud.export import harmless
from umbel.core.dates import PartialDate
from umbel.core.formatting import reading_language
from umbel.core.records import address
from umbel.website.own import confederation
from umbel.website.shelf import PublicListing
from umbel.website.telling import may_see

ITEMS = 100
DAYS_AT_MOST = 2_000
CHUNK = 1_000
ONE_DAY = timedelta(days=1)


def at_site(path: str) -> str:
    """Return a path of the site as a whole address."""
    return f"{settings.SITE_URL}{iri_to_uri(path)}"


def _feed_title(listing: PublicListing) -> str:
    own = confederation()
    name = str(listing.section.name)
    return f"{own.name}: {name}" if own else name


def as_csv(listing: PublicListing) -> Iterator[str]:
    """Yield all rows of a list as CSV: key, what it is called, then fields as they are stored; last the address."""
    columns = [column for column in listing.section.shown if column.path]
    kind = listing.section.model._meta.label_lower
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["key", *(column.name for column in columns), "url"])
    rows = listing.rows().values_list("key", *(column.path for column in columns))
    for number, (key, *values) in enumerate(rows.iterator(chunk_size=CHUNK), 1):
        told = ["" if value is None else harmless(str(value)) for value in values]
        writer.writerow([key, *told, at_site(address(kind, key))])
        if number % CHUNK == 0:
            yield _drained(buffer)
    yield _drained(buffer)


def _drained(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _items(listing: PublicListing) -> Iterator[dict[str, Any]]:
    """Yield the first records of a list as lines with their whole addresses."""
    rows = list(listing.with_ends()[:ITEMS])
    for row, told in zip(rows, listing.section.tell(rows, listing.user), strict=True):
        yield {
            **told,
            "url": at_site(told["url"]),
            "topics": _topics(row, listing.user),
            "day": getattr(row, "date", None),
        }


def _topics(row: Any, user: Any) -> list[str]:
    known = getattr(row, "_prefetched_objects_cache", {}).get("topics", ())
    return [str(topic) for topic in known if may_see(topic, user)]


def _instant(day: PartialDate | None) -> datetime | None:
    return datetime.combine(day.first_day, time(), UTC) if day else None


def _told(item: Mapping[str, Any]) -> str:
    """Return one sentence on an item: its kind, place, and what stands beside its title."""
    return ", ".join(str(part) for part in (item.get("kind"), item.get("meta")) if part)


def as_json(listing: PublicListing) -> Iterator[str]:
    """Yield a list as JSON Feed 1.1; a date that is known to the month or the year stands as `_date` alone."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _feed_title(listing),
        "home_page_url": at_site(listing.section.url + listing.address(page="").removesuffix("?")),
        "feed_url": at_site(listing.file("json")),
        "language": reading_language(),
        "items": [_json_item(item) for item in _items(listing)],
    }
    yield json.dumps(feed, ensure_ascii=False)


def _json_item(item: Mapping[str, Any]) -> dict[str, Any]:
    told = {"id": item["url"], "url": item["url"], "title": item["text"], "content_text": _told(item) or item["text"]}
    if day := item["day"]:
        told |= {"date_published": f"{day.first_day.isoformat()}T00:00:00Z"} if day.precision == "day" else {}
        told["_date"] = str(day)
    return {**told, **({"tags": item["topics"]} if item["topics"] else {})}


class AtomFeed(Atom1Feed):
    """An Atom feed whose entries say the date as far as it is known."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item.get("known_date"):
            handler.addQuickElement("category", "", {"scheme": at_site("/#date"), "term": item["known_date"]})


def as_atom(listing: PublicListing) -> Iterator[str]:
    """Yield the first records of a list as an Atom feed."""
    changed = Change.objects.order_by("-pk").values_list("at", flat=True).first() or datetime(1970, 1, 1, tzinfo=UTC)
    feed = AtomFeed(
        title=_feed_title(listing),
        link=at_site(listing.section.url + listing.address(page="").removesuffix("?")),
        description=str(listing.section.about),
        language=reading_language(),
        feed_url=at_site(listing.file("atom")),
    )
    for item in _items(listing):
        at = _instant(item["day"])
        feed.add_item(
            title=item["text"],
            link=item["url"],
            description=_told(item),
            unique_id=item["url"],
            pubdate=at,
            updateddate=at or changed,
            categories=item["topics"],
            known_date=str(item["day"] or ""),
        )
    yield feed.writeString("utf-8")


def as_ics(listing: PublicListing) -> Iterator[str]:
    """Yield the acts of a list that have a day as a calendar; how many have none is said in its description."""
    rows = list(listing.rows()[:DAYS_AT_MOST])
    dated = [row for row in rows if row.date and row.date.precision == "day"]
    calendar = Calendar()
    calendar.add("prodid", "-//Umbel//site//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _feed_title(listing))
    if left := len(rows) - len(dated):
        told = _("%(count)s more without a day are left out.") % {"count": left}
        calendar.add("x-wr-caldesc", told)
    stamp = datetime.combine(date(1970, 1, 1), time(), UTC)
    for row in dated:
        calendar.add_component(_event(row, stamp))
    yield calendar.to_ical().decode()


def _event(row: Any, stamp: datetime) -> Event:
    """Return an act as an event that lasts whole days; its identifier stays the same for ever."""
    event = Event()
    event.add("uid", f"{row._meta.label_lower}.{row.key}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", stamp)
    event.add("summary", row.title)
    event.add("dtstart", row.date.first_day)
    last = getattr(row, "ends", None)
    event.add("dtend", (last.last_day if last else row.date.last_day) + ONE_DAY)
    if row.place:
        event.add("location", row.place)
    event.add("url", at_site(row.get_absolute_url()))
    return event


Writer = Callable[[PublicListing], Iterator[str]]
WRITERS: dict[str, Writer] = {"csv": as_csv, "json": as_json, "atom": as_atom, "ics": as_ics}
