"""What the desk shows of what is told: stories with whom they are about, videos, the press."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from umbel.communication.models import ArticleSeries, Portrayal, PressItem, Story, Video
from umbel.core.crud.columns import Column
from umbel.core.crud.sections import Section, View, section
from umbel.core.crud.seen import seen_at
from umbel.network.models import Organisation

WHERE = ("place", "country")
NO_DATE = View(_("No date"), "without=date")


def portrayed(numbers: Sequence[int], user: Any) -> dict[str, dict[int, Any]]:
    """Return the organisations that stories are about, those that a person may see."""
    found: dict[int, list[str]] = {}
    named = Portrayal.objects.filter(seen_at("organisation", Organisation, user), story__in=numbers).order_by("pk")
    for number, name in named.values_list("story", "organisation__name"):
        found.setdefault(number, []).append(name)
    return {"about": {number: ", ".join(names) for number, names in found.items()}}


@section
class StorySection(Section):
    model = Story
    slug = "stories"
    captures = ("story", "article", "interview", "reportage", "artículo", "articolo", "artykuł")
    takes = {"portrayals.organisation": _("about"), "topics": _("about")}
    group, place, icon = "voice", 10, "book-open"
    columns = ("title", "date", "series", Column("about", _("about"), load=portrayed), "occasion", "in_review")
    wanted = ("date",)
    end, sub = "date", "series"
    filters = ("series", "topics", "date")
    views = (NO_DATE,)
    order = "-date"
    form = ("title", "date", "series", "audience", "opens_on", "lead", "text", "occasion", "topics", *WHERE)
    parts = (Portrayal,)


@section
class PortrayalSection(Section):
    model = Portrayal
    slug = "portrayals"
    label = _("Organisations told about")
    icon = "building-2"
    columns = ("organisation", "story", "story__date")
    bulk = ()


@section
class VideoSection(Section):
    model = Video
    slug = "videos"
    captures = ("video", "vidéo", "vídeo", "film")
    takes = {"about": _("about"), "topics": _("about")}
    group, place, icon = "voice", 20, "video"
    columns = ("title", "date", "language", "about", "in_review")
    wanted = ("date",)
    end, sub = "date", "about"
    filters = ("topics", "about", "date")
    views = (NO_DATE,)
    order = "-date"
    form = ("title", "date", "language", "audience", "opens_on", "address", "lead", "text", "about", "topics", *WHERE)


@section
class PressItemSection(Section):
    model = PressItem
    slug = "press"
    label = _("Press")
    group, place, icon = "voice", 50, "newspaper"
    columns = ("title", "date", "outlet", "language", "country")
    wanted = ("date",)
    end, sub = "date", "outlet"
    filters = ("country", "topics", "date")
    views = (NO_DATE,)
    order = "-date"
    form = ("title", "outlet", "date", "language", "audience", "address", "topics", *WHERE)
    captures = ("interview", "press", "presse", "prensa", "stampa", "prasa")
    takes = {"topics": _("about")}


@section
class ArticleSeriesSection(Section):
    model = ArticleSeries
    slug = "series-of-articles"
    group, place, icon = "settings", 65, "book-open"
    columns = ("name", "rule")
    order = "name"
    form = ("name", "audience", "rule")
    few = True
