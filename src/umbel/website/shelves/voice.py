"""What the confederation publishes: stories, videos, newsletters, publications, documents; what the press says."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import Prefetch
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from umbel.communication.models import ArticleSeries, Issue, Newsletter, Portrayal, PressItem, Story, Video
from umbel.core.crud.columns import Column
from umbel.core.prose.pictures import Picture
from umbel.library.desk import languages
from umbel.library.models import Document, Publication
from umbel.website.filters import ByKey, Countries, Kinds, Languages, Occurring, OfTopic, Years
from umbel.website.pages import acts, works
from umbel.website.pages.attached import illustrated, pictures
from umbel.website.shelf import Shelf, shelf
from umbel.website.shelves.advocacy import Acts, Lasting
from umbel.website.telling import Line, act, countries, line, may_see, seen, wording

TOPIC = OfTopic("topic", _("File or campaign"))


@shelf
class Stories(Acts):
    slug = "stories"
    model = Story
    group = "voice"
    label = _("Stories")
    about = _("Articles about enterprises and people in the network.")
    columns = ("title", "date", "series")
    fetched = ("topics", Prefetch("portrayals", queryset=Portrayal.objects.select_related("organisation")))
    filters = (
        ByKey("series", _("Series"), lookup="series", model=ArticleSeries),
        Years("year", _("Year"), model=Story),
        Countries("country", _("Country"), lookup="portrayals__organisation__country", rows=Story.objects.visible_to),
        TOPIC,
    )
    rows_template = "website/_cards.html"
    per = 24

    def rows(self, user: Any) -> models.QuerySet[Any]:
        return illustrated(super().rows(user), user)

    def tell(self, rows: Sequence[Any], user: Any) -> list[Line]:
        photos = pictures(rows)
        return [self._card(row, user, photos.get(row.pk)) for row in rows]

    def _card(self, row: Any, user: Any, photo: Picture | None) -> Line:
        shown = seen(row.portrayals.all(), user, "organisation")
        where = countries(one.organisation.country for one in shown)
        return {**act(row), "meta": where, "photo": photo, "picture": acts.picture(row.key)}

    def page(self, row: Any, user: Any, _address: QueryDict) -> dict[str, Any]:
        return acts.story(row, user)


@shelf
class SeriesOfArticles(Lasting):
    slug = "stories/series"
    model = ArticleSeries
    group = ""
    label = _("Series of articles")
    about = _("Articles with one rule.")
    columns = ("name", "rule")

    def tell(self, rows: Sequence[Any], _user: Any) -> list[Line]:
        return [line(row, meta=wording(row, "rule")) for row in rows]

    def page(self, row: Any, user: Any, _address: QueryDict) -> dict[str, Any]:
        return works.articles(row, user)


@shelf
class Videos(Acts):
    slug = "videos"
    model = Video
    group = "voice"
    label = _("Videos")
    about = _("Films that the confederation published.")
    columns = ("title", "date", "language")
    related = ("about",)
    filters = (Years("year", _("Year"), model=Video), TOPIC)
    rows_template = "website/_cards.html"
    per = 24

    def rows(self, user: Any) -> models.QuerySet[Any]:
        return illustrated(super().rows(user), user)

    def tell(self, rows: Sequence[Any], user: Any) -> list[Line]:
        photos = pictures(rows)
        return [self._card(row, user, photos.get(row.pk)) for row in rows]

    def _card(self, row: Any, user: Any, photo: Picture | None) -> Line:
        about = str(row.about) if may_see(row.about, user) else ""
        return {**act(row), "meta": about, "photo": photo, "picture": acts.picture(row.key)}

    def page(self, row: Any, user: Any, _address: QueryDict) -> dict[str, Any]:
        return acts.video(row, user)


@shelf
class Newsletters(Acts):
    slug = "newsletters"
    model = Issue
    group = "voice"
    label = _("Newsletters")
    about = _("The archive of issues.")
    columns = ("title", "newsletter", "number", "date")
    related = ("newsletter",)
    filters = (
        ByKey("newsletter", _("Newsletter"), lookup="newsletter", model=Newsletter),
        Years("year", _("Year"), model=Issue),
    )

    def tell(self, rows: Sequence[Any], user: Any) -> list[Line]:
        return [{**act(row), "kind": str(row.newsletter) if may_see(row.newsletter, user) else ""} for row in rows]

    def page(self, row: Any, user: Any, _address: QueryDict) -> dict[str, Any]:
        return acts.issue(row, user)


@shelf
class Press(Acts):
    slug = "press"
    model = PressItem
    group = "voice"
    label = _("In the press")
    about = _("What newspapers and stations said of the confederation.")
    columns = ("title", "outlet", "language", "date")
    filters = (Years("year", _("Year"), model=PressItem), TOPIC)

    def tell(self, rows: Sequence[Any], _user: Any) -> list[Line]:
        return [{**act(row), "kind": row.outlet} for row in rows]

    def page(self, row: Any, user: Any, _address: QueryDict) -> dict[str, Any]:
        return acts.press(row, user)


@shelf
class Publications(Acts):
    slug = "publications"
    model = Publication
    group = "publications"
    label = _("Publications")
    about = _("Studies, reports and statistics, in the languages in which they appeared.")
    columns = ("title", "kind", "date", "subject", Column("languages", _("languages"), load=languages), "licence")
    fetched = ("topics", "versions")
    filters = (
        Kinds("kind", _("Kind"), path="kind", choices=tuple(Publication.Kind.choices)),
        Years("year", _("Year"), model=Publication),
        Languages("language", _("Language"), lookup="versions__language", rows=Publication.objects.visible_to),
        Occurring("licence", _("Licence"), lookup="licence", rows=Publication.objects.visible_to),
        TOPIC,
    )
    rows_template = "website/_publications.html"
    template = "website/publication.html"

    def tell(self, rows: Sequence[Any], _user: Any) -> list[Line]:
        return [
            {
                **act(row),
                "kind": capfirst(str(row.get_kind_display())),
                "subject": wording(row, "subject"),
                "languages": [one.language for one in row.versions.all()],
            }
            for row in rows
        ]

    def page(self, row: Any, user: Any, _address: QueryDict) -> dict[str, Any]:
        return acts.publication(row, user)


@shelf
class Documents(Shelf):
    slug = "documents"
    model = Document
    group = "publications"
    label = _("Documents")
    about = _("Papers and files that stand behind the records.")
    columns = ("title", "language", "address")
    ordering = ("title", "pk")
    template = "website/item.html"

    def page(self, row: Any, user: Any, _address: QueryDict) -> dict[str, Any]:
        return acts.document(row, user)
