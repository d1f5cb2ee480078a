from django.conf import settings
from django.contrib import admin
from django.urls import include, path

urlpatterns = [path("", include("umbel.reports.urls")), path("", include("umbel.website.urls"))]
if settings.ENGINE_ROOM:
    urlpatterns.append(path("engine-room/", admin.site.urls))
