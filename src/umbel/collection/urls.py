from django.urls import path

from umbel.collection.views import desk, own

urlpatterns = [
    path("my/rounds/", own.rounds, name="collection.own.list"),
    path("my/rounds/<slug:round_key>/<slug:key>/", own.answer, name="collection.own.answer"),
    path("my/rounds/<slug:round_key>/<slug:key>/take-back/", own.take_back, name="collection.own.take_back"),
    path("desk/rounds/<int:pk>/returns/", desk.answers, name="collection.round.answers"),
    path("desk/returns/<int:pk>/", desk.show, name="collection.return.show"),
    path("desk/returns/<int:pk>/decide/", desk.decide, name="collection.return.decide"),
]
