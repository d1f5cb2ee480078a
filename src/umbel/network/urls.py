from django.urls import path, re_path

from umbel.network.views import invitations, users

urlpatterns = [
    path("desk/users/", users.users, name="network.user.list"),
    path("desk/users/invite/", users.invite_user, name="network.user.invite"),
    path("desk/users/<int:pk>/", users.user, name="network.user.edit"),
    path("my/invitations/", invitations.own, name="network.invitation.own"),
    re_path(r"^invitations/(?P<pk>\d+)/(?P<verb>resend|withdraw)/$", invitations.act, name="network.invitation.act"),
    path("account/invitations/<str:token>/", invitations.accept, name="network.invitation.accept"),
]
