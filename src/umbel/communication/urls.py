from django.urls import path

from umbel.communication import views

urlpatterns = [
    path("newsletters/subscribe/", views.subscribe, name="communication.subscribe"),
    path("newsletters/subscribe/sent/", views.sent, name="communication.subscribe.sent"),
    path("newsletters/confirm/<str:token>/", views.confirm, name="communication.confirm"),
    path("newsletters/leave/<str:token>/", views.leave, name="communication.leave"),
    path("desk/subscribers/", views.readers, name="communication.readers"),
    path("desk/newsletters/<int:pk>/recipients/", views.recipient_list, name="communication.recipients"),
    path("desk/newsletters/<int:pk>/recipients.csv", views.recipient_file, name="communication.recipients.file"),
]
