"""The change log as the desk reads it: what a person may see of it, told by lines or gathered into acts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import groupby
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from umbel.accounts.models import User
from umbel.core.changelog import Change
from umbel.core.crud.filters import number_in, read_date
from umbel.core.records import Record, address, seen_by
from umbel.core.wastebasket import known_to

READ, MOST_READ = 400, 2000
GATHERED_SHOWN = 8
PER_PAGE = 50
LOADED = "load "


@dataclass(frozen=True)
class Gathered:
    """What one author did at a time: to one record, which is named, or to several of a kind."""

    who: str
    what: str
    named: str
    url: str
    at: datetime


class Log:
    """The lines that an address asks for (`?who=&kind=&day=&before=`), within a person's rights, the last one first."""

    def __init__(self, asked: QueryDict, user: Any) -> None:
        self.user, self.error = user, ""
        self.who, self.kind, self.day = (asked.get(name, "").strip()[:100] for name in ("who", "kind", "day"))
        self.before = number_in(asked.get("before", ""))
        self.lines, self.next = self._page()

    def _asked(self) -> QuerySet[Change]:
        found = Change.objects.order_by("-pk")
        if self.who:
            named = User.objects.filter(name__icontains=self.who).values("email")
            found = found.filter(Q(who__icontains=self.who) | Q(who__in=named))
        if self.kind:
            found = found.filter(type=self.kind)
        if self.before is not None:
            found = found.filter(pk__lt=self.before)
        try:
            return found.filter(at__range=_span(self.day)) if self.day else found
        except ValidationError as error:
            self.error = " ".join(error.messages)
            return found.none()

    def _page(self) -> tuple[list[Change], int | None]:
        """Return at most fifty lines and where the next page begins, `None` at the end of the log."""
        asked, read, last = self._asked(), 0, None
        lines: list[Change] = []
        while len(lines) < PER_PAGE and read < MOST_READ:
            found = list((asked.filter(pk__lt=last) if last else asked)[: PER_PAGE * 2])
            if not found:
                return lines, None
            for line, is_seen in zip(found, seen(found, self.user), strict=True):
                last, read = line.pk, read + 1
                lines += [line] if is_seen else []
                if len(lines) == PER_PAGE:
                    break
        return lines, last

    @property
    def next_url(self) -> str:
        """The address of the lines before these, "" at the end."""
        return self._url(before=self.next) if self.next is not None else ""

    @property
    def first_url(self) -> str:
        """The address of the latest lines."""
        return self._url()

    def _url(self, **place: Any) -> str:
        asked = {"who": self.who, "kind": self.kind, "day": self.day, **place}
        return "?" + urlencode({name: value for name, value in asked.items() if value})


def _span(text: str) -> tuple[datetime, datetime]:
    """Return the first and the last instant of a day, a month or a year. Raises `ValidationError` for other text."""
    day = read_date(text)
    bounds = (datetime.combine(day.first_day, time.min), datetime.combine(day.last_day, time.max))
    first, last = (timezone.make_aware(bound) for bound in bounds)
    return first, last


def seen(lines: Sequence[Change], user: Any) -> list[bool]:
    """Tell of each line whether a person may see the record that it is about; one query for each kind of record.

    A line on a deletion is seen by whoever saw the record before; other lines on records that are gone by nobody.
    """
    handles: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        handles[line.type].add(line.record)
    there = {kind: seen_by(user, kind, records) for kind, records in handles.items()}
    gone = {line.pk for line in known_to(user, [line for line in lines if line.act == Change.Act.DELETE])}
    return [line.pk in gone if line.act == Change.Act.DELETE else line.record in there[line.type] for line in lines]


def _model(kind: str) -> Any:
    """Return the model of records that a line names by its label; `None` for what is no record, or none any more."""
    try:
        model = apps.get_model(kind)
    except LookupError:
        return None
    return model if issubclass(model, Record) else None


def names_of(lines: Iterable[Change]) -> dict[str, str]:
    """Return what the people are called who signed lines with their e-mail."""
    signed = {line.who for line in lines}
    return dict(User.objects.filter(email__in=signed).exclude(name="").values_list("email", "name"))


def place_of(line: Change) -> str:
    """Return the page of the record that a line is about, "" where it was deleted."""
    return "" if line.act == Change.Act.DELETE else address(line.type, line.record)


def latest(user: Any) -> list[Gathered]:
    """Return the latest changes of what a person may see, those that belong together as one."""
    lines = list(Change.objects.order_by("-pk").defer("after", "previous", "hash")[:READ])
    names = names_of(lines)
    groups = [list(group) for _key, group in groupby(lines, key=_together)]
    told: list[Gathered] = []
    while groups and len(told) < GATHERED_SHOWN:
        near, groups = groups[:GATHERED_SHOWN], groups[GATHERED_SHOWN:]
        asked = [line for group in near if not _is_bulk(group) for line in group]
        visible = {line.pk for line, is_seen in zip(asked, seen(asked, user), strict=True) if is_seen}
        for group in near:
            is_whole = len(lines) < READ or group[-1] is not lines[-1]
            told += _gathered(group, names, visible, is_whole)
    return told[:GATHERED_SHOWN]


def _together(line: Change) -> tuple[Any, ...]:
    """Return what lines have in common that are told as one: a load or a command; what a person did within an hour."""
    at = timezone.localtime(line.at)
    if line.who.startswith(LOADED):
        return line.who, at.date()
    if "@" not in line.who:
        return line.who, line.act, at.date()
    return line.who, line.act, line.type, at.date(), at.hour


def _is_bulk(lines: list[Change]) -> bool:
    """Tell whether lines are the work of a command, which is told by number and names no record."""
    return "@" not in lines[0].who and len(lines) > 1


def _gathered(lines: list[Change], names: dict[str, str], visible: set[int], is_whole: bool) -> Iterator[Gathered]:
    """Yield lines that belong together as one, nothing where they are about what the person may not see."""
    first = lines[0]
    who = names.get(first.who, first.who)
    if _is_bulk(lines):
        what = _loaded(lines, is_whole) if first.who.startswith(LOADED) else _several(first, len(lines))
        yield Gathered(who, what, "", _page_of(who=first.who), first.at)
        return
    mine = [line for line in lines if line.pk in visible]
    records = {line.record for line in mine}
    if len(records) == 1:
        yield Gathered(who, first.get_act_display(), mine[0].text, place_of(mine[0]), mine[0].at)
    elif mine:
        what = _("%(act)s %(number)s %(kind)s") % {
            "act": first.get_act_display(),
            "number": len(records),
            "kind": _model(first.type)._meta.verbose_name_plural,
        }
        yield Gathered(who, what, "", _page_of(who=first.who, kind=first.type), mine[0].at)


def _loaded(lines: list[Change], is_whole: bool) -> str:
    """Say how much a load brought; of one that goes on before the lines that were read only that it is more."""
    told = {"name": lines[0].who.removeprefix(LOADED), "number": len(lines)}
    text = _("Loaded %(name)s: %(number)s records") if is_whole else _("Loaded %(name)s: more than %(number)s records")
    return text % told


def _several(line: Change, number: int) -> str:
    return _("%(act)s %(number)s records") % {"act": line.get_act_display(), "number": number}


def _page_of(**asked: str) -> str:
    return f"{reverse('desk.changes')}?{urlencode(asked)}"
