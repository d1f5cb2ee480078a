"""What the desk shows of the collection: rounds with the indicators that they ask for."""

from django.utils.translation import gettext_lazy as _

from umbel.collection.models import Indicator, Round, RoundIndicator
from umbel.core.crud.sections import Section, section


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
    form = ("name", "collected_from", "collected_to", "audience", "method", "publication")
    parts = (RoundIndicator,)
    few = True


@section
class IndicatorSection(Section):
    model = Indicator
    slug = "indicators"
    group, place, icon = "work", 91, "chart-column"
    columns = ("name", "order", "audience")
    order = "order"
    form = ("name", "order", "audience")
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
