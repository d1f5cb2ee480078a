"""A calendar entry (.ics) or an e-mail (.eml) that is dropped on the desk: its title, date, place and people."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

LARGEST = 2 * 1024 * 1024
PEOPLE = 200
OUTLOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file of Outlook begins (MS-CFB, 2.2)."""


@dataclass(frozen=True)
class Parcel:
    """What a file tells of an act: `people` by the names they carry, or their addresses where they carry none.

    `hours` are those of its beginning and end, as "10:00–16:30" or "10:00", "" where it tells none.
    """

    title: str
    day: date | None
    ends: date | None
    place: str
    people: tuple[str, ...]
    hours: str = ""


def open_parcel(name: str, content: bytes) -> Parcel:
    """Read a calendar entry or an e-mail. Raises `ValidationError` that says what is wrong with the file."""
    if len(content) > LARGEST:
        raise ValidationError(_("“%(name)s” is larger than 2 MB.") % {"name": name})
    if content.lstrip()[:15].upper() == b"BEGIN:VCALENDAR":
        return _calendar(name, content)
    if name.lower().endswith(".eml"):
        return _letter(name, content)
    if content.startswith(OUTLOOK) or name.lower().endswith(".msg"):
        raise ValidationError(
            _(
                "“%(name)s” is a message in Outlook’s own format. Save it in Outlook as .eml, or a calendar entry as "
                ".ics (File, Save as), and drop that file."
            )
            % {"name": name}
        )
    raise ValidationError(_("“%(name)s” is neither a calendar entry (.ics) nor an e-mail (.eml).") % {"name": name})


def _calendar(name: str, content: bytes) -> Parcel:
    from icalendar import Calendar  # noqa: PLC0415 -- 4 MB, which a process pays that writes or reads calendars

    try:
        events = Calendar.from_ical(content).walk("VEVENT")
    except (ValueError, IndexError, KeyError) as error:
        raise ValidationError(_("“%(name)s” cannot be read as a calendar entry.") % {"name": name}) from error
    if len(events) != 1:
        raise ValidationError(
            _("“%(name)s” holds %(number)s entries; drop a file with one.") % {"name": name, "number": len(events)}
        )
    event = events[0]
    start, end = _moment(event, "DTSTART"), _end(event)
    addresses = [event.get("ORGANIZER"), *_several(event.get("ATTENDEE"))]
    people = [_called(address) for address in addresses if address is not None]
    return Parcel(
        _line(event.get("SUMMARY")),
        _day(start),
        _last(start, end),
        _line(event.get("LOCATION")),
        _once(people),
        "–".join(dict.fromkeys(filter(None, (_hour(start), _hour(end))))),
    )


def _moment(event: Any, name: str) -> date | None:
    """Return the instant that a field of an entry says, the day where it has no hour; `None` where it is unreadable."""
    try:
        moment = getattr(event.get(name), "dt", None)
    except ValueError:  # what icalendar says of a field that it could not read
        return None
    return moment if isinstance(moment, date) else None


def _end(event: Any) -> date | None:
    """Return when an entry ends, by its end or by how long it takes (RFC 5545, 3.6.1)."""
    if (end := _moment(event, "DTEND")) is not None:
        return end
    try:
        start, length = _moment(event, "DTSTART"), getattr(event.get("DURATION"), "dt", None)
        return start + length if start is not None and isinstance(length, timedelta) else None
    except (ValueError, OverflowError):
        return None


def _day(moment: date | None) -> date | None:
    return _here(moment).date() if isinstance(moment, datetime) else moment


def _here(moment: datetime) -> datetime:
    return timezone.localtime(moment) if moment.tzinfo else moment


def _hour(moment: date | None) -> str:
    """Return the hour as the clock shows it where it happens; one told in UTC as it is here."""
    if not isinstance(moment, datetime):
        return ""
    return f"{_here(moment) if moment.tzname() == 'UTC' else moment:%H:%M}"


def _last(start: date | None, end: date | None) -> date | None:
    """Return the last day of an entry of several days; what ends with a day, or at midnight, ends the day before."""
    first, after = _day(start), _day(end)
    if first is None or end is None or after is None or after <= first:
        return None
    last = _day(end - (timedelta(seconds=1) if isinstance(end, datetime) else timedelta(days=1)))
    return last if last is not None and last > first else None


def _several(field: Any) -> list[Any]:
    return field if isinstance(field, list) else [field]


def _called(address: Any) -> str:
    return _line(address.params.get("CN")) or str(address).removeprefix("mailto:").removeprefix("MAILTO:")


def _letter(name: str, content: bytes) -> Parcel:
    letter = message_from_bytes(content, policy=policy.default)
    if not isinstance(letter, EmailMessage) or not (letter["From"] or letter["Subject"]):
        raise ValidationError(_("“%(name)s” cannot be read as an e-mail.") % {"name": name})
    written = [str(value) for header in ("From", "To", "Cc") for value in letter.get_all(header, [])]
    people = [_line(called) or address for called, address in getaddresses(written)]
    return Parcel(_line(letter["Subject"]), _sent(letter), None, "", _once(people))


def _sent(letter: EmailMessage) -> date | None:
    try:
        return parsedate_to_datetime(str(letter["Date"])).date()
    except ValueError:
        return None


def _once(people: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(person for person in people if person))[:PEOPLE]


def _line(text: Any) -> str:
    """Return text of a file as one line without control characters."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in str(text or "")).split())[:400]
