"""What the desk shows of the collection: rounds with the indicators that they ask for, returns with their values."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from umbel.collection.models import Indicator, Return, Round, RoundIndicator, Value
from umbel.collection.models.rounds import RECEIVED
from umbel.core.crud.columns import Column
from umbel.core.crud.filters import Flag, Link
from umbel.core.crud.sections import Button, Section, View, section
from umbel.core.crud.seen import seen_at
from umbel.network.models import Organisation

BY, ABOUT = "of_return__organisation", "asked__indicator"


@section
class RoundSection(Section):
    model = Round
    slug = "rounds"
    group, place, icon = "work", 90, "table-2"
    columns = ("name", "collected_from", "collected_to", "method", "publication")
    wanted = ("publication",)
    end, sub = "collected_to", "publication"
    filters = ("collected_from", "audience")
    order = "-collected_from"
    form = (
        "name", "collected_from", "collected_to", "first_year", "last_year", "audience", "method", "publication",
    )  # fmt: skip
    parts = (RoundIndicator,)
    few = True

    def buttons(self, row: Any, _user: Any) -> Sequence[Button]:
        """Return the way to the returns of a round that is answered in a form, with how many are in."""
        if not row.years:
            return ()
        told = now("%(received)s of %(members)s returns") % row.response()._asdict()
        return (Button(told, "inbox", reverse("collection.round.answers", args=[row.pk])),)


@section
class IndicatorSection(Section):
    model = Indicator
    slug = "indicators"
    group, place, icon = "work", 91, "chart-column"
    columns = ("name", "kind", "unit", "order", "audience")
    filters = ("kind", "audience")
    order = "order"
    form = ("name", "kind", "unit", "explanation", "order", "audience")
    more = ("key", "spellings")
    few = True


@section
class RoundIndicatorSection(Section):
    model = RoundIndicator
    slug = "indicators-of-rounds"
    label = _("Indicators asked")
    icon = "chart-column"
    columns = ("indicator", "round")
    filters = ("round", "indicator")
    bulk = ()


@section
class ReturnSection(Section):
    """Members answer, the secretariat accepts or hands back: nobody else writes into a return."""

    model = Return
    slug = "returns"
    group, place, icon = "work", 92, "inbox"
    columns = ("organisation", "round", "state", "sent_on", "note")
    end, sub = "state", "round"
    filters = ("round", "state", "organisation", "sent_on")
    views = (View(_("To look at"), "state=sent"), View(_("Handed back"), "state=handed-back"))
    order = "-sent_on"
    parts = ()
    bulk = ()
    is_fixed = True


def _told(rows: Sequence[int], user: Any) -> dict[str, dict[int, Any]]:
    """Return the numbers of some values without needless decimals, and in what each of them is."""
    found = Value.objects.visible_to(user).filter(seen_at(ABOUT, Indicator, user), pk__in=rows)
    values = list(found.select_related(ABOUT))
    return {
        "value": {value.pk: value.content for value in values if value.number is not None},
        "unit": {value.pk: value.asked.indicator.unit or value.asked.indicator.sign for value in values},
    }


@section
class ValueSection(Section):
    model = Value
    slug = "values"
    label = _("Values told in returns")
    icon = "table-2"
    columns = (
        Column("organisation", _("organisation"), f"{BY}__name", sort=f"{BY}__folded"),
        Column("indicator", _("indicator"), f"{ABOUT}__name", sort=f"{ABOUT}__folded"),
        Column("year", _("year"), "year", kind="year", sort="year"),
        Column("value", _("value"), kind="number", load=_told),
        "text",
        Column("unit", _("unit"), load=_told),
        "is_unavailable", "note",
    )  # fmt: skip
    extra = ("of_return__round__name", "of_return__state", f"{BY}__country")
    end, sub = "value", "indicator"
    filters = (
        Link("round", _("round"), path="of_return__round", model=Round, few=True),
        Flag("received", _("Received"), condition=Q(of_return__state__in=RECEIVED)),
        Link("organisation", _("organisation"), widget="text", path=BY, model=Organisation),
        "is_unavailable",
    )
    bulk = ()
    is_fixed = True
