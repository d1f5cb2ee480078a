"""Gatherings, and what the confederation works on with others: events, projects, groups, bodies, grants."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from umbel.events.models import Event, EventPartner, Series
from umbel.governance.models import Body
from umbel.groups.models import Group
from umbel.projects.models import Grant, Project
from umbel.website.filters import Kinds, OfTopic, Times, Years
from umbel.website.pages import acts, works
from umbel.website.shelf import PublicListing, shelf
from umbel.website.shelves.advocacy import Acts, Lasting
from umbel.website.telling import NEWEST, Line, act, leaf, line, seen, span, where, wording


@shelf
class Events(Acts):
    slug = "events"
    model = Event
    group = "events"
    label = _("Events")
    about = _("Conferences, meetings and visits: what the confederation held, and where it took part.")
    columns = ("title", "kind", "part", "date", "ends", "place", "country", "format")
    fetched = ("topics", Prefetch("partners", queryset=EventPartner.objects.select_related("organisation")))
    filters = (
        Times("when", _("When")),
        Kinds("kind", _("Type"), path="kind", choices=tuple(Event.Kind.choices)),
        Kinds("part", _("Our part"), path="part", choices=tuple(Event.Part.choices)),
        Years("year", _("Year"), model=Event),
        OfTopic("topic", _("File or campaign")),
    )
    rows_template = "website/_events.html"
    whole = ("edition__series", "within", "meeting__body", "groupmeeting__group", "projectmeeting__project",
             "seatmeeting__seat")  # fmt: skip

    def order_of(self, listing: PublicListing) -> Sequence[Any]:
        return ("date", "pk") if listing.value_of("when") == "upcoming" else NEWEST

    def tell(self, rows: Sequence[Any], user: Any) -> list[Line]:
        return [self._event(row, user) for row in rows]

    def _event(self, row: Any, user: Any) -> Line:
        partners = [str(one.organisation) for one in seen(row.partners.all(), user, "organisation")]
        told = act(row)
        part = capfirst(str(row.get_part_display()))
        with_whom = ", ".join(dict.fromkeys(partners))
        return {**told, "leaf": leaf(row.date), "part": part, "partners": with_whom, "meta": where(row)}

    def page(self, row: Any, user: Any, _address: QueryDict) -> dict[str, Any]:
        return acts.event(row, user)


@shelf
class SeriesOfEvents(Lasting):
    slug = "series"
    model = Series
    group = "events"
    label = _("Series")
    about = _("Gatherings that come back.")

    def page(self, row: Any, user: Any, _address: QueryDict) -> dict[str, Any]:
        return works.series(row, user)


@shelf
class Projects(Lasting):
    slug = "projects"
    model = Project
    label = _("Projects")
    about = _("Work with partners on one subject for some years.")
    columns = ("name", "role", "programme", "start", "end", "website")
    filters = (Kinds("role", _("Our role"), path="role", choices=tuple(Project.Role.choices)),)

    def tell(self, rows: Sequence[Any], _user: Any) -> list[Line]:
        return [
            line(row, note=wording(row, "headline" if row.headline else "subject"), meta=span(row.start, row.end))
            for row in rows
        ]

    def page(self, row: Any, user: Any, _address: QueryDict) -> dict[str, Any]:
        return works.project(row, user)


@shelf
class Groups(Lasting):
    slug = "groups"
    model = Group
    label = _("Groups")
    about = _("Where people from several members work on one subject.")
    columns = ("name", "kind", "subject", "start", "end")
    filters = (Kinds("kind", _("Kind"), path="kind", choices=tuple(Group.Kind.choices)),)

    def tell(self, rows: Sequence[Any], _user: Any) -> list[Line]:
        return [line(row, note=wording(row, "subject"), meta=capfirst(str(row.get_kind_display()))) for row in rows]

    def page(self, row: Any, user: Any, _address: QueryDict) -> dict[str, Any]:
        return works.group(row, user)


@shelf
class Bodies(Lasting):
    slug = "bodies"
    model = Body
    group = "about"
    label = _("Bodies")
    about = _("The organs of the confederation under its statutes.")
    columns = ("name", "kind")

    def tell(self, rows: Sequence[Any], _user: Any) -> list[Line]:
        return [line(row, meta=capfirst(str(row.get_kind_display()))) for row in rows]

    def page(self, row: Any, user: Any, _address: QueryDict) -> dict[str, Any]:
        return works.body(row, user)


@shelf
class Grants(Lasting):
    slug = "grants"
    model = Grant
    group = ""
    label = _("Grants")
    about = _("Agreements by which funders pay for the work.")
    columns = ("name", "programme", "first_year", "last_year")
    related = ("funder",)

    def page(self, row: Any, user: Any, _address: QueryDict) -> dict[str, Any]:
        return works.grant(row, user)
