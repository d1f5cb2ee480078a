from django.urls import path

from umbel.website.editing import figures, links, pages, photos, site, tongues

urlpatterns = [
    path("photos/<int:pk>-<str:mark>-<int:width>.webp", photos.show, name="website.photo.show"),
    path("desk/prose/figures/", figures.find, name="desk.prose.figures"),
    path("desk/prose/photos/", photos.choose, name="desk.prose.photos"),
    path("desk/pages/<int:pk>/preview/", pages.preview, name="desk.page.preview"),
    path("desk/pages/<int:pk>/revisions/", pages.past, name="desk.page.revisions"),
    path("desk/pages/<int:pk>/restore/", pages.restore, name="desk.page.restore"),
    path("desk/site/", site.edit, name="desk.site"),
    path("desk/site/begin/", site.begin, name="desk.site.begin"),
    path("desk/languages/", tongues.index, name="desk.languages"),
    path("desk/languages/<str:kind>/<int:pk>/<str:language>/", tongues.edit, name="desk.languages.edit"),
    path("desk/links/", links.index, name="desk.links"),
]
