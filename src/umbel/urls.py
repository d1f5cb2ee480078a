from django.conf import settings
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("account/", include("umbel.accounts.urls")),
    path("", include("umbel.network.urls")),
    path("", include("umbel.events.urls")),
    path("", include("umbel.website.member.urls")),
    path("desk/", include("umbel.website.desk_urls")),
    path("desk/outbox/", include("umbel.core.outbox.urls")),
    path("", include("umbel.communication.urls")),
    path("", include("umbel.advocacy.urls")),
    path("", include("umbel.collection.urls")),
    path("", include("umbel.governance.urls")),
    path("", include("umbel.website.editing.urls")),
    path("desk/", include("umbel.core.imports.urls")),
    path("desk/", include("umbel.core.crud.urls")),
    path("files/", include("umbel.core.crud.file_urls")),
    path("", include("umbel.reports.urls")),
    path("", include("umbel.website.starting.urls")),
    path("styleguide/", include("umbel.website.styleguide.urls")),
    path("", include("umbel.website.urls")),
    path("", include("umbel.website.editing.page_urls")),
]
if settings.ENGINE_ROOM:
    urlpatterns.insert(0, path("engine-room/", admin.site.urls))
