from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from umbel.accounts.seats import sits_in
from umbel.core import changelog
from umbel.core.audience import Role

# What somebody needs who has to set up a second step first: that, proving the e-mail, and the way out.
OPEN_NAMES = {
    "account_confirm_email",
    "account_email",
    "account_email_verification_sent",
    "account_logout",
    "account_reauthenticate",
    "website.colours",
}
SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class SignedChanges:
    """Signs what a request changes with the e-mail of the user who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in {"GET", "HEAD"} or not request.user.is_authenticated:
            return self.get_response(request)
        with changelog.by(request.user.get_username()):
            return self.get_response(request)


class SecondFactor:
    """Leads users of certain roles and seats (`UMBEL_MFA_ROLES`) to the set-up of a second step until they have one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        name = (request.resolver_match and request.resolver_match.url_name) or ""
        if not settings.MFA_ROLES or name.startswith("mfa_") or name in OPEN_NAMES:
            return None
        return redirect("mfa_index") if lacks_second_factor(request.user) else None


def lacks_second_factor(user: Any) -> bool:
    """Tell whether a user has to set up a second step before anything else; superusers are administrators."""
    if not user.is_authenticated:
        return False
    roles = {user.role, Role.ADMINISTRATOR} if user.is_superuser else {user.role}
    is_asked = not settings.MFA_ROLES.isdisjoint(roles) or sits_in(settings.MFA_ROLES, user)
    return is_asked and not is_mfa_enabled(user, SECOND_FACTORS)
