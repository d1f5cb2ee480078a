from django.urls import path

from umbel.core.outbox import views

urlpatterns = [
    path("", views.index, name="desk.outbox"),
    path("<int:pk>/", views.show, name="desk.outbox.show"),
    path("<int:pk>/html/", views.html, name="desk.outbox.html"),
    path("<int:pk>/resend/", views.send_again, name="desk.outbox.resend"),
]
