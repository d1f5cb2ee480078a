from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.translation import gettext_lazy as _

from umbel.accounts.seats import SEATS
from umbel.core.audience import Role


class AccountsConfig(AppConfig):
    name = "umbel.accounts"
    verbose_name = _("accounts")


@register()
def mfa_roles_are_roles(**_kwargs: Any) -> list[CheckMessage]:
    """Tell of a role or seat in `UMBEL_MFA_ROLES` that there is not: it would protect nobody."""
    unknown = sorted(settings.MFA_ROLES - set(Role.values) - SEATS)
    return [Error(f"UMBEL_MFA_ROLES names a role that there is not: {role}", id="accounts.E001") for role in unknown]
