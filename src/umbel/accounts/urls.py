from allauth.account import urls as account
from allauth.mfa import urls as mfa
from allauth.socialaccount import urls as providers
from allauth.usersessions import urls as sessions
from django.conf import settings
from django.urls import include, path

from umbel.accounts import views

urlpatterns = [
    path("", views.home, name="accounts.home"),
    path("language/", views.speak, name="accounts.language"),
    path("sessions/<int:pk>/end/", views.end_session, name="accounts.session.end"),
    path("", include(account.urlpatterns)),
    path("second-step/", include(mfa.urlpatterns)),
    path("sessions/", include(sessions.urlpatterns)),
    path("providers/", include(providers.urlpatterns)),
    path("as/", views.sign_in_as, name="accounts.demo.sign_in_as"),
]
if settings.OIDC:
    urlpatterns.append(path("", include("allauth.socialaccount.providers.openid_connect.urls")))
