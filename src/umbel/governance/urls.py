from django.urls import path, re_path

from umbel.governance import views

urlpatterns = [
    path("my/votes/", views.votes, name="governance.vote.list"),
    path("my/votes/<slug:key>/", views.vote, name="governance.vote.show"),
    path("desk/polls/<int:pk>/result/", views.outcome, name="governance.poll.result"),
    path("desk/polls/<int:pk>/result.csv", views.table, name="governance.poll.table"),
    re_path(r"^desk/polls/(?P<pk>\d+)/(?P<verb>close|withdraw)/$", views.end, name="governance.poll.end"),
]
