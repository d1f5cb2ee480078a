"""A calendar entry (.ics) or an e-mail (.eml) that is dropped on the desk: its title, date, place and people."""

from dataclasses import dataclass
from datetime import date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar

LARGEST = 2 * 1024 * 1024
PEOPLE = 200


@dataclass(frozen=True)
class Parcel:
    """What a file tells of an act: `people` by the names they carry, or their addresses where they carry none."""

    title: str
    day: date | None
    ends: date | None
    place: str
    people: tuple[str, ...]


def open_parcel(name: str, content: bytes) -> Parcel:
    """Read a calendar entry or an e-mail. Raises `ValidationError` that says what is wrong with the file."""
    if len(content) > LARGEST:
        raise ValidationError(_("“%(name)s” is larger than 2 MB.") % {"name": name})
    if content.lstrip()[:15].upper() == b"BEGIN:VCALENDAR":
        return _calendar(name, content)
    if name.lower().endswith(".eml"):
        return _letter(name, content)
    raise ValidationError(_("“%(name)s” is neither a calendar entry (.ics) nor an e-mail (.eml).") % {"name": name})


def _calendar(name: str, content: bytes) -> Parcel:
    try:
        events = Calendar.from_ical(content).walk("VEVENT")
    except (ValueError, IndexError, KeyError) as error:
        raise ValidationError(_("“%(name)s” cannot be read as a calendar entry.") % {"name": name}) from error
    if len(events) != 1:
        raise ValidationError(
            _("“%(name)s” holds %(number)s entries; drop a file with one.") % {"name": name, "number": len(events)}
        )
    event = events[0]
    start, end = _day(event.get("DTSTART")), _day(event.get("DTEND"))
    addresses = [event.get("ORGANIZER"), *_several(event.get("ATTENDEE"))]
    people = [_called(address) for address in addresses if address is not None]
    return Parcel(
        _line(event.get("SUMMARY")), start, _last(start, end, event), _line(event.get("LOCATION")), _once(people)
    )


def _day(field: Any) -> date | None:
    moment = getattr(field, "dt", None)
    if isinstance(moment, datetime):
        return timezone.localtime(moment).date() if moment.tzinfo else moment.date()
    return moment if isinstance(moment, date) else None


def _last(start: date | None, end: date | None, event: Any) -> date | None:
    """Return the last day of an entry of several days; the end of a whole day is the day after it."""
    if start is None or end is None or end <= start:
        return None
    is_whole = not isinstance(event["DTEND"].dt, datetime)
    last = date.fromordinal(end.toordinal() - 1) if is_whole else end
    return last if last > start else None


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
