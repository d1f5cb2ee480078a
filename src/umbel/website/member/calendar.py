"""What lies ahead of somebody: meetings of their groups and bodies, gatherings of the confederation, last days."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core import signing
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.formats import get_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from umbel.accounts.models import User
from umbel.core.dates import PartialDate
from umbel.core.formatting import partial_date, reading_language
from umbel.core.translations.saying import localise
from umbel.events.models import Event, Registration
from umbel.governance.rules import mandates_of
from umbel.groups.rules import participations_of
from umbel.network.rules import own_organisations
from umbel.network.todo import Todo, todos
from umbel.website.feeds import Feed, Item, of_act, titled
from umbel.website.telling import called, leaf, where

SALT = "umbel.calendar"
AHEAD = 400
SHOWN, MOST = 200, 2000


@dataclass(frozen=True)
class Entry:
    """Something on a day: an event, or the last day of something that is asked."""

    date: PartialDate
    text: str
    url: str
    meta: str = ""
    is_own: bool = False

    @property
    def leaf(self) -> dict[str, str]:
        return leaf(self.date)


def events_of(user: Any) -> Any:
    """Return the events that concern a user, of those that they may see.

    Meetings of their groups and bodies, gatherings for which they are registered, in which they speak or their
    organisation has a part, and what the confederation holds.
    """
    own = [organisation.pk for organisation in own_organisations(user)]
    theirs = (
        Q(part__in=Event.OWN_PARTS)
        | Q(groupmeeting__group__in=participations_of(user).values("group"))
        | Q(meeting__body__in=mandates_of(user).values("body"))
        | Q(speakers__person__user=user)
        | Q(partners__organisation__in=own)
        | Q(registrations__person__user=user, registrations__state=Registration.State.REGISTERED)
    )
    return Event.objects.visible_to(user).filter(pk__in=Event.objects.filter(theirs).values("pk"))


def ahead(user: Any, today: date, todo: Iterable[Todo] = ()) -> list[Entry]:
    """Return what lies ahead of a user, the nearest first; what is known to the month stays until it is over."""
    last = (today + timedelta(days=AHEAD)).isoformat()
    rows = localise(events_of(user).ahead(today).filter(date__lte=last).order_by("date", "key")[:SHOWN])
    items = [Entry(row.date, called(row).text, row.get_absolute_url(), where(row)) for row in rows]
    ends = [each for each in todo if each.until and each.until.last_day >= today]
    items += [Entry(each.until, each.text, each.url, _("last day"), is_own=True) for each in ends if each.until]
    return sorted(items, key=lambda item: (str(item.date), item.text))


def of_month(user: Any, year: int, month: int, todo: Iterable[Todo]) -> list[Entry]:
    """Return what concerns a user in a month, those first that are known to the month only."""
    name = f"{year}-{month:02}"
    rows = localise(events_of(user).filter(date__startswith=name).order_by("date", "key")[:SHOWN])
    items = [Entry(row.date, called(row).text, row.get_absolute_url(), where(row)) for row in rows]
    ends = [each for each in todo if each.until and str(each.until).startswith(name)]
    items += [Entry(each.until, each.text, each.url, _("last day"), is_own=True) for each in ends if each.until]
    return sorted(items, key=lambda item: (str(item.date), item.text))


def grid(year: int, month: int, items: Iterable[Entry], today: date) -> dict[str, Any]:
    """Return a month as weeks of days, the first day of the week by the reader's language; what is on says where."""
    first = (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7
    found: dict[int, list[Entry]] = {}
    for item in items:
        if item.date.day:
            found.setdefault(item.date.day, []).append(item)
    weeks = calendar.Calendar(first).monthdayscalendar(year, month)
    return {
        "title": partial_date(PartialDate(year, month), reading_language()),
        "heads": [date(2024, 1, 1 + (first + number) % 7) for number in range(7)],
        "weeks": [[_day(number, found, date(year, month, 1), today) for number in week] for week in weeks],
    }


def _day(number: int, found: dict[int, list[Entry]], first: date, today: date) -> dict[str, Any]:
    is_today = bool(number) and first.replace(day=number) == today
    return {"number": number, "items": found.get(number, []), "is_today": is_today}


def address_of(user: User) -> str:
    """Return the path of a user's own calendar: whoever knows it reads what the user may see, without signing in."""
    mark = user.preferences.get("calendar")
    if not mark:
        mark = renew(user)
    return reverse("member.calendar.file", args=[signing.dumps([user.pk, mark], salt=SALT)])


def renew(user: User) -> str:
    """Make the addresses of a user's calendar worthless that were given out so far; return the mark of the next one."""
    mark = get_random_string(12)
    user.preferences = {**user.preferences, "calendar": mark}
    user.save(update_fields=["preferences"])
    return mark


def reader_of(token: str) -> User | None:
    """Return the user of a calendar's address, `None` where it is worthless or the account is closed."""
    try:
        number, mark = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=number, is_active=True).first()
    return user if user is not None and user.preferences.get("calendar") == mark else None


def feed(user: User, today: date, path: str) -> Feed:
    """Return a user's calendar as a feed: events of the last year and ahead, and last days."""
    since = (today - timedelta(days=366)).isoformat()
    rows = localise(events_of(user).filter(date__gte=since).order_by("-date")[:MOST])
    asked = todos(user, own_organisations(user))
    ends = [
        Item(todo.text, todo.url, todo.until, uid=f"todo.{slugify(todo.text)}")
        for todo in asked
        if todo.until and not todo.is_quiet
    ]
    return Feed(titled(_("Calendar")), "", reverse("member.calendar"), path, [*map(of_act, rows), *ends])
