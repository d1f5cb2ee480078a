from django.urls import path

from umbel.website import views

urlpatterns = [
    path("", views.home, name="website.home"),
    path("colours.css", views.colours, name="website.colours"),
    path("year/<int:year>/", views.year, name="website.year.show"),
    path("year/<int:year>.csv", views.listing, name="website.year.listing"),
    path("records/<str:type>/<str:handle>/", views.record, name="website.record.show"),
]
