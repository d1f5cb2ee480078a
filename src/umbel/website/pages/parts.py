"""What an organisation took part in, from all tables that name it: one query."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from django.db import connection
from django.db.models import CharField, F, QuerySet, TextChoices, Value
from django.db.models.functions import Cast
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from umbel.advocacy.models import Campaign, Engagement, PolicyFile, Position, Seat, Signatory
from umbel.communication.models import Portrayal, Video
from umbel.core.audience import audiences_of
from umbel.core.dates import PartialDate
from umbel.core.periods import Period
from umbel.core.records import address
from umbel.events.models import EventPartner
from umbel.governance.models import Mandate
from umbel.groups.models import Participant
from umbel.network.models import UmbrellaMembership
from umbel.projects.models import Grant, Project
from umbel.website.telling import Line, calling, date, foreign, titles

YEARLY, TOLD, LASTING = "yearly", "told", "lasting"
Rows = Callable[[Any, Period], QuerySet[Any]]


@dataclass(frozen=True, eq=False)
class Part:
    """One way in which records name an organisation.

    `link` leads from a row to the organisation, `to` to the record that is shown ("event"; "" for the row itself),
    `title` to what it is called; `role` names the field that says what the organisation was in it, a value of
    `roles`. `place` tells where it stands on the page, `when` is the field of its date or start.
    """

    model: Any
    link: str
    kind: Any
    icon: str
    place: str = YEARLY
    to: str = ""
    title: str = "title"
    role: str = ""
    roles: type[TextChoices] | None = None
    when: str = ""
    lasts: bool = False

    def rows(self, pk: int, period: Period, audiences: frozenset[str], number: int) -> QuerySet[Any]:
        """Return the rows that name the organisation and that audiences see: number, role, key, pk, title, date."""
        paths = {self.model.audience_path, *([f"{self.to}__audience"] if self.to else [])}
        rows = self.model.objects.filter(**{self.link: pk}, **{f"{path}__in": sorted(audiences) for path in paths})
        if self.place == YEARLY:
            rows = rows.overlapping(period) if self.lasts else rows.filter(**{f"{self.when}__within": period})
        text, inner = CharField(), f"{self.to}__" if self.to else ""
        told = {
            "told_part": Value(str(number), output_field=text),
            "told_role": Cast(F(self.role), text) if self.role else Value("", output_field=text),
            "told_key": Cast(F(f"{inner}key"), text),
            "told_pk": F(f"{inner}pk"),
            "told_title": Cast(F(self.title), text),
            "told_on": Cast(F(self.when), text) if self.when else Value("", output_field=text),
        }
        found: QuerySet[Any] = rows.order_by().annotate(**told).values_list(*told)
        return found

    @property
    def target(self) -> Any:
        """The model of the record that is shown."""
        return self.model._meta.get_field(self.to).related_model if self.to else self.model

    @property
    def is_text(self) -> bool:
        """Whether what the record is called, or what we are in it, is in a language."""
        return self.is_translated or self.title in self.model.translated

    @property
    def is_translated(self) -> bool:
        return self.title.split("__")[-1] == calling(self.target)

    @cached_property
    def label(self) -> str:
        """The kind of the record that is shown, as addresses name it."""
        return str(self.target._meta.label_lower)

    def line(self, role: str, key: str, title: str, day: str | None, tongue: str) -> Line:
        known = PartialDate.parse(day) if day else None
        return {
            "text": title,
            "tongue": tongue,
            "is_person": self.to == "person",
            "url": address(self.label, key),
            "date": known,
            "when": date(known),
            "kind": _kind(self, get_language()),
            "icon": self.icon,
            "meta": _role(self, role, get_language()) if role else "",
            "place": self.place,
        }


@cache
def _kind(part: Part, _language: str) -> str:
    return capfirst(str(part.kind))


@cache
def _role(part: Part, role: str, _language: str) -> str:
    return capfirst(str(dict(part.roles.choices)[role])) if part.roles else ""


PARTS = (
    Part(Mandate, "organisation", _("Seat in a body"), "armchair", to="person", title="person__name", role="role",
         roles=Mandate.Role, when="start", lasts=True),
    Part(EventPartner, "organisation", _("Event"), "calendar", to="event", title="event__title", role="role",
         roles=EventPartner.Role, when="event__date"),
    Part(Signatory, "organisation", _("Joint letter"), "handshake", to="letter", title="letter__title",
         when="letter__date"),
    Part(Participant, "organisation", _("Group"), "users", to="group", title="group__name", when="start", lasts=True),
    Part(Engagement, "institution", _("Meeting with us"), "messages-square", when="date"),
    Part(Position, "addressed_to", _("Position addressed to it"), "file-pen-line", when="date"),
    Part(Portrayal, "organisation", _("Article"), "book-open", TOLD, to="story", title="story__title",
         when="story__date"),
    Part(Video, "about", _("Video"), "video", TOLD, when="date"),
    Part(UmbrellaMembership, "body", _("We are there"), "layers", LASTING, to="body", title="standing", when="start"),
    Part(Seat, "body", _("Our seat there"), "armchair", LASTING, title="name"),
    Part(PolicyFile, "proposed_by", _("Policy file it proposed"), "landmark", LASTING, title="name", when="start"),
    Part(Campaign, "owner", _("Campaign"), "megaphone", LASTING, title="name", when="start"),
    Part(Project, "coordinator", _("Project it coordinates"), "layers", LASTING, title="name", when="start"),
    Part(Grant, "funder", _("Grant"), "award", LASTING, title="name"),
)  # fmt: skip


ANYBODY = -1
ANY_YEAR, YEAR_AFTER = "0001", "0002"


@lru_cache(maxsize=32)
def _union(audiences: frozenset[str]) -> tuple[str, tuple[Any, ...]]:
    """Return all parts as SQL with parameters, for nobody in the year 1: putting it together takes long."""
    found = [part.rows(ANYBODY, Period.year(1), audiences, number) for number, part in enumerate(PARTS)]
    sql, params = found[0].union(*found[1:], all=True).query.sql_with_params()
    return sql, tuple(params)


def _bound(value: Any, pk: int, year: int) -> Any:
    """Return a parameter of the union for an organisation and a year."""
    if value == ANYBODY:
        return pk
    if isinstance(value, str) and value[:4] in (ANY_YEAR, YEAR_AFTER):
        return f"{year + int(value[:4]) - 1:04}{value[4:]}"
    return value


def parts_of(pk: int, year: int, user: Any) -> list[Line]:
    """Return what an organisation took part in, of the year where that is dated, and what lasts; by date."""
    sql, params = _union(audiences_of(user))
    with connection.cursor() as cursor:
        cursor.execute(sql, [_bound(value, pk, year) for value in params])
        rows = cursor.fetchall()
    told = [(PARTS[int(number)], *more) for number, *more in rows]
    known = titles((part.label, pk) for part, _role, _key, pk, *_rest in told if part.is_translated)
    lines = []
    for part, role, key, pk, title, day in told:
        text = known.get((part.label, pk), "")
        tongue = foreign() if part.is_text and not text else ""
        lines.append(part.line(role, key, text or title, day, tongue))
    return sorted(lines, key=lambda told: (str(told["date"] or ""), told["text"]))
