from django.urls import path, re_path

from umbel.network.views import fees, invitations, own, reviewing, users

urlpatterns = [
    path("desk/users/", users.users, name="network.user.list"),
    path("desk/users/invite/", users.invite_user, name="network.user.invite"),
    path("desk/users/<int:pk>/", users.user, name="network.user.edit"),
    path("desk/erasures/", users.erasures, name="network.erasure.list"),
    path("my/invitations/", invitations.own, name="network.invitation.own"),
    re_path(r"^invitations/(?P<pk>\d+)/(?P<verb>resend|withdraw)/$", invitations.act, name="network.invitation.act"),
    path("account/invitations/<str:token>/", invitations.accept, name="network.invitation.accept"),
    path("my/organisation/<slug:key>/edit/", own.edit, name="network.own.edit"),
    path("my/organisation/<slug:key>/people/add/", own.colleague, name="network.own.colleague"),
    path("my/proposals/<int:pk>/withdraw/", own.withdraw, name="network.own.withdraw"),
    path("my/posts/<int:pk>/", own.post, name="network.own.post"),
    path("my/contacts/", own.contacts, name="network.own.contacts"),
    path("my/fees/", fees.own, name="network.own.fees"),
    path("my/fees/statement.csv", fees.own_statement, name="network.own.statement"),
    path("desk/fees/call/", fees.call, name="network.fee.call"),
    path("desk/fees/paid/", fees.paid, name="network.fee.paid"),
    path("desk/fees/paid/undo/", fees.unpaid, name="network.fee.unpaid"),
    path("desk/proposals/", reviewing.proposals, name="network.proposal.list"),
    path("desk/proposals/<int:pk>/", reviewing.decide, name="network.proposal.decide"),
    path("desk/self-service/", reviewing.rules, name="network.rules"),
]
