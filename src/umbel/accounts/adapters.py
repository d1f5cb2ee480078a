"""What django-allauth asks about this house: nobody registers alone, mail carries the confederation's name."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext

from umbel.accounts.doors import door_of
from umbel.core.models import Confederation


def house_name() -> str:
    own = Confederation.objects.first()
    return own.name if own else "Umbel"


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by e-mail for those who were invited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return door_of(request.user)

    def is_reauthentication_required(self, **_kwargs: Any) -> bool:
        """Ask again who it is before the ways to sign in are changed, unless that was shown minutes ago."""
        shown = get_authentication_records(context.request, context.request.user)
        return all(time.time() - record["at"] > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT for record in shown)

    def format_email_subject(self, subject: str) -> str:
        return f"{house_name()}: {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        super().send_mail(template_prefix, email, {**context, "house": house_name()})


class SecondFactorAdapter(DefaultMFAAdapter):
    """Names the house in the app that shows the codes."""

    def get_totp_issuer(self) -> str:
        return house_name()

    def generate_authenticator_name(self, _user: Any, _type: Any) -> str:
        return gettext("My device")


class ProviderAdapter(DefaultSocialAccountAdapter):
    """An identity provider signs in whoever has an account here already, by an e-mail that it has verified."""

    def is_open_for_signup(self, request: HttpRequest, _login: Any) -> bool:
        return False
