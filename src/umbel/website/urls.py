from django.urls import path, register_converter

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


register_converter(ShelfConverter, "shelf")

urlpatterns = [
    path("", views.home, name="website.home"),
    path("colours.css", views.colours, name="website.colours"),
    path("robots.txt", sitemap.robots, name="website.robots"),
    path("sitemap.xml", sitemap.index, name="website.sitemap.index"),
    path("sitemaps/<slug:name>-<int:number>.xml", sitemap.part, name="website.sitemap.part"),
    path("search/", search.show, name="website.search"),
    path("search.json", search.listing, name="website.search.listing"),
    path("search/suggest/", search.suggest, name="website.search.suggest"),
    path("year/<int:year>/", views.year, name="website.year.show"),
    path("year/<int:year>.csv", views.listing, name="website.year.listing"),
    path("records/<str:type>/<str:handle>/", views.record, name="website.record.show"),
    path("about/", views.about_us, name="website.about"),
    path("board/", views.board, name="website.board"),
    path("staff/", views.staff, name="website.staff"),
    path("umbrellas/", views.umbrellas, name="website.umbrellas"),
    path("<shelf:shelf>/", views.shelf, name="website.shelf.list"),
    path("<shelf:shelf>.<str:form>", views.shelf_file, name="website.shelf.file"),
    path("<shelf:shelf>/<str:handle>/", views.item, name="website.shelf.show"),
]
