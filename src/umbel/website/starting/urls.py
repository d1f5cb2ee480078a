from django.urls import path

from umbel.website.starting import views

urlpatterns = [
    path("start/", views.start, name="starting.start"),
    path("start/colours.css", views.colours, name="starting.colours"),
    path("start/aside/", views.put_aside, name="starting.aside"),
    path("start/<str:slug>/", views.step, name="starting.step"),
]
