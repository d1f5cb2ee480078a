"""A list of the site as a file: a table for machines, feeds for readers, a calendar."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from umbel.core import calendars
from umbel.core.changelog import Change
from umbel.core.crud.columns import Column
from umbel.core.crud.export import batches, harmless
from umbel.core.dates import PartialDate
from umbel.core.formatting import reading_language
from umbel.core.head import at_site
from umbel.core.records import address
from umbel.website.own import confederation
from umbel.website.shelf import PublicListing
from umbel.website.telling import called, opening, tongue_of

CHUNK = 1_000


def as_csv(listing: PublicListing) -> Iterator[str]:
    """Yield all rows of a list as CSV: key, what it is called, then fields as they are stored; last the address."""
    columns = [column for column in listing.section.shown if column.path or column.load]
    kind = listing.section.model._meta.label_lower
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["key", *(column.name for column in columns), "url"])
    for number, (key, *values) in enumerate(_values(listing, columns), 1):
        told = ["" if value is None else harmless(str(value)) for value in values]
        writer.writerow([key, *told, at_site(address(kind, key))])
        if number % CHUNK == 0:
            yield _drained(buffer)
    yield _drained(buffer)


def _values(listing: PublicListing, columns: Sequence[Column]) -> Iterator[Sequence[Any]]:
    """Yield the rows of a list as values: their key, then the columns; those with a `load` cost time, others do not."""
    if not any(column.load for column in columns):
        yield from listing.values(columns, "key").iterator(chunk_size=CHUNK)
        return
    for rows in batches(listing, [Column("key", "", "key"), *columns]):
        yield from (values for _number, *values in rows)


def _drained(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


@dataclass(frozen=True)
class Item:
    """One thing that a file tells: what it is called, where it stands on the site, when it was or will be.

    `tongue` is the language of the text where that is not the reader's, `told` a sentence on it, `uid` what calendars
    know it by for ever, `ends` the last day where it lasts several.
    """

    text: str
    path: str
    date: PartialDate | None = None
    tongue: str = ""
    told: str = ""
    topics: Sequence[str] = ()
    uid: str = ""
    ends: PartialDate | None = None
    place: str = ""

    @property
    def url(self) -> str:
        return at_site(self.path)


@dataclass(frozen=True)
class Feed:
    """What a file tells: its title, what it is about, the path of its page and of its own, the items in their order."""

    title: str
    about: str
    page: str
    path: str
    items: Sequence[Item]


def titled(name: str) -> str:
    """Return the title of a feed: whose it is, and what it tells."""
    own = confederation()
    return f"{own.name}: {name}" if own else name


def of_act(row: Any) -> Item:
    """Return an act as a calendar shows it."""
    told = called(row)
    return Item(
        told.text,
        row.get_absolute_url(),
        row.date,
        tongue_of(told),
        opening(row).get("lead", ""),
        uid=f"{row._meta.label_lower}.{row.key}",
        ends=getattr(row, "ends", None),
        place=getattr(row, "place", ""),
    )


def as_json(feed: Feed) -> str:
    """Return a feed as JSON Feed 1.1; a date that is known to the month or the year stands as `_date` alone."""
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": at_site(feed.page),
        "feed_url": at_site(feed.path),
        "language": reading_language(),
        "items": [_json_item(item) for item in feed.items],
    }
    return json.dumps(told, ensure_ascii=False)


def _json_item(item: Item) -> dict[str, Any]:
    told = {"id": item.url, "url": item.url, "title": item.text, "content_text": item.told or item.text}
    if day := item.date:
        told |= {"date_published": f"{day.first_day.isoformat()}T00:00:00Z"} if day.precision == "day" else {}
        told["_date"] = str(day)
    more = {"tags": list(item.topics), "language": item.tongue}
    return {**told, **{name: value for name, value in more.items() if value}}


class AtomFeed(Atom1Feed):
    """An Atom feed whose entries say the date as far as it is known, and their language where it is another one."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["tongue"]} if item.get("tongue") else {}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item.get("known_date"):
            handler.addQuickElement("category", "", {"scheme": at_site("/#date"), "term": item["known_date"]})


def as_atom(feed: Feed) -> str:
    """Return a feed as Atom."""
    changed = Change.objects.order_by("-pk").values_list("at", flat=True).first() or datetime(1970, 1, 1, tzinfo=UTC)
    made = AtomFeed(
        title=feed.title,
        link=at_site(feed.page),
        description=feed.about,
        language=reading_language(),
        feed_url=at_site(feed.path),
    )
    for item in feed.items:
        at = datetime.combine(item.date.first_day, time(), UTC) if item.date else None
        made.add_item(
            title=item.text,
            link=item.url,
            description=escape(item.told),  # readers take it for HTML
            unique_id=item.url,
            pubdate=at,
            updateddate=at or changed,
            categories=item.topics,
            known_date=str(item.date or ""),
            tongue=item.tongue,
        )
    text: str = made.writeString("utf-8")
    return text


def as_ics(feed: Feed) -> str:
    """Return the items that have a day as a calendar; how many have none is said in its description."""
    dated = [(item, item.date) for item in feed.items if item.date and item.date.precision == "day"]
    left = len(feed.items) - len(dated)
    about = _("%(count)s more without a day are left out.") % {"count": left} if left else ""
    return calendars.as_ics(dated, feed.title, about)


WRITERS: dict[str, Callable[[Feed], str]] = {"json": as_json, "atom": as_atom, "ics": as_ics}
