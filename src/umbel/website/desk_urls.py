from django.urls import path

from umbel.website import desk_views

urlpatterns = [
    path("", desk_views.home, name="desk.home"),
    path("due/", desk_views.due, name="desk.due"),
    path("changes/", desk_views.changes, name="desk.changes"),
]
