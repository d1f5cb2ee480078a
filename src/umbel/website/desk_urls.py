from django.urls import path

from umbel.website import desk_views

urlpatterns = [path("", desk_views.home, name="desk.home")]
