from django.urls import path

from umbel.website.styleguide import views

urlpatterns = [path("", views.show, name="styleguide")]
