from django.urls import path

from umbel.website import views

urlpatterns = [
    path("", views.home, name="website.home"),
    path("records/<str:type>/<slug:handle>/", views.record, name="website.record.show"),
]
