from django.urls import path

from umbel.core.imports import views

urlpatterns = [
    path("imports/", views.index, name="desk.import.list"),
    path("imports/new/", views.new, name="desk.import.new"),
    path("imports/blank/<str:kind>.<str:format>", views.blank, name="desk.import.blank"),
    path("imports/<int:pk>/", views.show, name="desk.import.show"),
    path("imports/<int:pk>/progress/", views.progress, name="desk.import.progress"),
    path("imports/<int:pk>/errors.csv", views.errors, name="desk.import.errors"),
]
