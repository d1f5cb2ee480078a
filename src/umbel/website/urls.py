from django.urls import path, register_converter

from umbel.core.models import Topic
from umbel.website import search, sitemap, views
from umbel.website import shelves as shelves  # puts the shelves up
from umbel.website.shelf import shelves as all_shelves


class ShelfConverter:
    """A shelf of the site, as it stands in an address."""

    regex = "|".join(sorted((shelf.slug for shelf in all_shelves()), key=len, reverse=True))

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class TopicConverter(ShelfConverter):
    """A shelf whose records can each be followed."""

    regex = "|".join(shelf.slug for shelf in all_shelves() if issubclass(shelf.model, Topic))


class OfficeConverter(ShelfConverter):
    """A page of people in office."""

    regex = "|".join(views.OFFICES)


for name, converter in {"shelf": ShelfConverter, "topic": TopicConverter, "office": OfficeConverter}.items():
    register_converter(converter, name)

urlpatterns = [
    path("", views.home, name="website.home"),
    path("colours.css", views.colours, name="website.colours"),
    path("logo/<str:mark>/<str:form>.png", views.logo, name="website.logo"),
    path("robots.txt", sitemap.robots, name="website.robots"),
    path("sitemap.xml", sitemap.index, name="website.sitemap.index"),
    path("sitemaps/<slug:name>-<int:number>.xml", sitemap.part, name="website.sitemap.part"),
    path("search/", search.show, name="website.search"),
    path("search.json", search.listing, name="website.search.listing"),
    path("search.csv", search.table, name="website.search.table"),
    path("search/suggest/", search.suggest, name="website.search.suggest"),
    path("year/<int:year>/", views.year, name="website.year.show"),
    path("year/<int:year>.<str:form>", views.year_file, name="website.year.file"),
    path("records/<str:type>/<str:handle>/", views.record, name="website.record.show"),
    path("about/", views.about_us, name="website.about"),
    path("board/", views.office, {"office": "board"}, name="website.board"),
    path("staff/", views.office, {"office": "staff"}, name="website.staff"),
    path("<office:office>.<str:form>", views.office_file, name="website.office.file"),
    path("umbrellas/", views.umbrellas, name="website.umbrellas"),
    path("umbrellas.<str:form>", views.umbrellas_file, name="website.umbrellas.file"),
    path("figures/<int:year>.atom", views.figures_feed, name="website.figures.feed"),
    path("members/map.csv", views.members_table, name="website.members.map"),
    path("<shelf:shelf>/", views.shelf, name="website.shelf.list"),
    path("<shelf:shelf>.<str:form>", views.shelf_file, name="website.shelf.file"),
    path("<topic:shelf>/<slug:handle>.<str:form>", views.topic_file, name="website.topic.file"),
    path("<shelf:shelf>/<str:handle>/", views.item, name="website.shelf.show"),
]
