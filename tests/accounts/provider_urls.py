"""The addresses of a site where people sign in through an identity provider."""

from allauth.socialaccount.providers.openid_connect.urls import urlpatterns as provider
from django.urls import include, path

from umbel.urls import urlpatterns as others

urlpatterns = [path("account/", include(provider)), *others]
