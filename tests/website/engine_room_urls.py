"""The addresses of a site whose engine room is switched on."""

from django.contrib import admin
from django.urls import path

from umbel.urls import urlpatterns as public

urlpatterns = [path("engine-room/", admin.site.urls), *public]
