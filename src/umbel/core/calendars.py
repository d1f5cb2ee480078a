"""Calendars as Outlook, Google Calendar and telephones read them: iCalendar (RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings

from umbel.core.dates import PartialDate

ONE_DAY = timedelta(days=1)
STAMP = datetime.combine(date(1970, 1, 1), time(), UTC)


class Entry(Protocol):
    """What a calendar shows on a day; `uid` is what calendars know it by for ever.

    `tongue` is the language of the text where that is not the reader's, `told` a sentence on it, `ends` the last day
    where it lasts several.
    """

    @property
    def uid(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def tongue(self) -> str: ...
    @property
    def told(self) -> str: ...
    @property
    def ends(self) -> PartialDate | None: ...
    @property
    def place(self) -> str: ...


@dataclass(frozen=True)
class Invitation:
    """One gathering, as an entry of a calendar that goes out alone."""

    uid: str
    text: str
    url: str
    place: str = ""
    ends: PartialDate | None = None
    tongue: str = ""
    told: str = ""


def as_ics(dated: Iterable[tuple[Entry, PartialDate]], title: str = "", about: str = "") -> str:
    """Return entries, each with its day, as a calendar with a title and what it is about."""
    from icalendar import Calendar, Event  # noqa: PLC0415 -- 4 MB, which a process pays that writes or reads calendars

    calendar = Calendar()
    calendar.add("prodid", "-//Umbel//site//EN")
    calendar.add("version", "2.0")
    for name, text in (("x-wr-calname", title), ("x-wr-caldesc", about)):
        if text:
            calendar.add(name, text)
    for entry, day in dated:
        calendar.add_component(_filled(Event(), entry, day))
    return str(calendar.to_ical(), "utf-8")


def _filled(event: Any, entry: Entry, day: PartialDate) -> Any:
    """Return an event of a calendar filled with an entry; it lasts whole days and its identifier stays for ever."""
    event.add("uid", f"{entry.uid}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", STAMP)
    event.add("summary", entry.text, parameters={"language": entry.tongue} if entry.tongue else {})
    if entry.told:
        event.add("description", entry.told)
    event.add("dtstart", day.first_day)
    event.add("dtend", (entry.ends or day).last_day + ONE_DAY)
    if entry.place:
        event.add("location", entry.place)
    event.add("url", entry.url)
    return event
