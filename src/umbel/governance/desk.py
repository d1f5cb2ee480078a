"""What the desk shows of the statutes' life: bodies with their mandates, statutory meetings."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from umbel.core.crud.columns import Column
from umbel.core.crud.filters import Filter, Rows, read_day
from umbel.core.crud.sections import Section, View, extend, section
from umbel.core.names import fold
from umbel.events.desk import FORM, GATHERING, GatheringSection, without_us
from umbel.events.models import Event, EventPartner, Speaker
from umbel.governance.models import Body, Mandate, Meeting
from umbel.network.models import Organisation, Person


@dataclass(frozen=True)
class OnBoard(Filter):
    """People with a mandate on the board on a day, or organisations for which one is held; `path` leads to them."""

    widget: str = "text"
    path: str = ""

    def narrow(self, rows: Rows, value: str, _user: Any) -> Rows:
        mandates = Mandate.objects.board().in_force(read_day(value)).filter(**{f"{self.path}__isnull": False})
        return rows.filter(pk__in=mandates.values(self.path))


for model, path in ((Organisation, "organisation"), (Person, "person")):
    asked = OnBoard("board", _("On the board on"), widget="none", path=path)
    extend(model, filters=[asked], views=[View(_("On the board"), "board=today")])


def holders(numbers: Sequence[int], _user: Any) -> dict[str, dict[int, Any]]:
    """Return how many mandates are in force today in bodies."""
    today = Mandate.objects.in_force(read_day("today")).filter(body__in=numbers)
    return {"holders": Counter(today.values_list("body", flat=True))}


MEETINGS = {
    Body.Kind.BOARD: (
        "board meeting", "meeting of the board", "réunion du conseil", "conseil d'administration",
        "reunión del consejo", "consejo rector", "riunione del consiglio", "consiglio di amministrazione",
        "posiedzenie zarządu",
    ),
    Body.Kind.ASSEMBLY: (
        "general assembly", "assemblée générale", "asamblea general", "assemblea generale", "walne zgromadzenie",
    ),
}  # fmt: skip


@section
class BodySection(Section):
    model = Body
    slug = "bodies"
    label = _("Bodies and mandates")
    group, place, icon = "network", 40, "gavel"
    columns = ("name", "kind", "mandate_years", Column("holders", _("mandates today"), kind="number", load=holders))
    order = "name"
    form = ("name", "kind", "mandate_years", "audience")
    parts = (Mandate,)
    few = True


@section
class MandateSection(Section):
    model = Mandate
    slug = "mandates"
    icon = "armchair"
    columns = ("person", "role", "organisation", "body", "start", "end")
    wanted = ("start",)
    sub = "role"
    filters = ("body", "role", "organisation", "in_force")
    views = (View(_("Today"), "on=today"), View(_("Without a beginning"), "without=start"))
    order = "person"
    form = ("body", "person", "organisation", "role", "start", "end", "order")
    bulk = ("role",)


@section
class MeetingSection(GatheringSection):
    model = Meeting
    slug = "statutory-meetings"
    group, place, icon = "network", 50, "vote"
    columns = ("title", "date", "body", "part", "format", "place", "country")
    wanted = ("date",)
    end, sub = "date", "body"
    filters = ("body", "date", "format")
    views = (View(_("No date"), "without=date"),)
    order = "-date"
    form = ("title", "body", *FORM[1:])
    parts = (EventPartner, Speaker)
    bulk = ("audience",)
    captures = ("statutory meeting", *(word for words in MEETINGS.values() for word in words))
    takes = {"body": _("of"), **GATHERING}

    def completed(self, told: dict[str, list[Any]], names: Any) -> dict[str, list[Any]]:
        """Take the only body of the kind that the line speaks of, where it names none itself."""
        line = f" {fold(names.line)} "
        kinds = [kind for kind, words in MEETINGS.items() if any(f" {fold(word)} " in line for word in words)]
        bodies = list(Body.objects.visible_to(names.user).filter(kind__in=kinds)[:2])
        body = told.get("body") or (bodies if len(bodies) == 1 else [])
        return without_us(told) | {"body": body, "kind": [Event.Kind.STATUTORY.value]}
