"""What the desk shows of the statutes' life: bodies with their mandates, meetings, votes, resolutions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from umbel.core.crud.columns import Column
from umbel.core.crud.filters import Filter, Option, Rows, read_day
from umbel.core.crud.sections import Button, Section, View, extend, section
from umbel.core.names import fold
from umbel.events.desk import FORM, GATHERING, GatheringSection, without_us
from umbel.events.models import Event, EventPartner, Speaker
from umbel.governance.models import Body, Mandate, Meeting, Poll, Resolution, Voter
from umbel.governance.models.polls import OUTCOMES
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
    form = ("body", "person", "organisation", "role", "start", "end", "resolution", "order")
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


@dataclass(frozen=True)
class InState(Filter):
    """Votes in a state, which follows from the clock."""

    is_fixed: bool = True

    def options(self, _user: Any) -> Sequence[Option]:
        return [(value, capfirst(str(label))) for value, label in Poll.State.choices]

    def narrow(self, rows: Rows, value: str, _user: Any) -> Rows:
        if value not in Poll.State.values:
            raise ValidationError(_("“%(value)s” is none of the values of this list.") % {"value": value})
        return rows.filter(pk__in=Poll.objects.in_state(value, timezone.now()).values("pk"))


def standing(numbers: Sequence[int], _user: Any) -> dict[str, dict[int, Any]]:
    """Return the state of polls, how many have voted, and of those that are closed what came of it."""
    polls = list(Poll.objects.filter(pk__in=numbers))
    found: dict[str, dict[int, Any]] = {"state": {}, "turnout": {}, "outcome": {}}
    results = Poll.objects.filter(pk__in=[poll.pk for poll in polls if poll.drawn_at]).results()
    for poll in polls:
        found["state"][poll.pk] = capfirst(str(poll.state.label))
        if result := results.get(poll.pk):
            told = {"cast": result.cast, "entitled": result.entitled}
            found["turnout"][poll.pk] = gettext("%(cast)s of %(entitled)s") % told
            if poll.is_closed:
                found["outcome"][poll.pk] = str(OUTCOMES[result.outcome])
    return found


@section
class PollSection(Section):
    model = Poll
    slug = "polls"
    label = _("Votes")
    group, place, icon = "network", 51, "check"
    columns = (
        "name", "body",
        Column("state", _("state"), load=standing),
        "opens_at", "closes_at",
        Column("turnout", _("have voted"), load=standing),
        Column("outcome", _("outcome"), load=standing),
    )  # fmt: skip
    end, sub = "closes_at", "body"
    filters = (InState("state", _("State")), "body", "majority")
    views = (
        View(pgettext_lazy("votes", "Open"), "state=open"),
        View(pgettext_lazy("votes", "In preparation"), "state=prepared"),
    )
    order = "-closes_at"
    form = ("name", "body", "meeting", "audience", "opens_at", "closes_at", "majority", "quorum_percent", "text")
    parts = ()
    bulk = ()

    @property
    def is_mergeable(self) -> bool:
        """Whether two of them can turn out to be one: each has a roll of its own."""
        return False

    @property
    def import_url(self) -> str:
        """Where tables of them are brought in: nowhere, votes are put here."""
        return ""

    def buttons(self, row: Poll, _user: Any) -> Sequence[Button]:
        return [Button(_("Result and roll"), "vote", reverse("governance.poll.result", args=[row.pk]))]


@section
class VoterSection(Section):
    model = Voter
    slug = "rolls"
    label = _("Rolls")
    icon = "users"
    columns = ("poll", "organisation", "mandate")
    filters = ("poll", "organisation")
    is_fixed = True
    bulk = ()


@section
class ResolutionSection(Section):
    model = Resolution
    slug = "resolutions"
    group, place, icon = "network", 52, "award"
    columns = ("name", "number", "date", "body", "poll", "meeting")
    wanted = ("date",)
    end, sub = "date", "body"
    filters = ("body", "date")
    views = (View(_("No date"), "without=date"),)
    order = "-date"
    form = ("name", "number", "body", "date", "poll", "meeting", "audience", "text")
    parts = ()
