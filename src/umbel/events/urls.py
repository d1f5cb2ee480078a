from django.urls import path

from umbel.events import views

urlpatterns = [
    path("my/events/<slug:key>/registration/", views.registration, name="events.registration"),
    path("my/registrations/<int:pk>/withdraw/", views.withdraw, name="events.registration.withdraw"),
]
