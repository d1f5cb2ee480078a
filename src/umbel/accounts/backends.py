"""How somebody signs in with a password. What they may then do follows from rules alone."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model

from umbel.core.remembering import last_seal


class PasswordBackend(AuthenticationBackend):
    """Knows people by e-mail and password and grants nothing, so that no table of permissions is asked."""

    def has_perm(self, _user: Any, _permission: str, _row: Any = None) -> bool:
        return False

    def get_user(self, user_id: Any) -> Any:
        """Return who is signed in, with the state of the records in which they ask (`seal`)."""
        user = get_user_model()._default_manager.annotate(seal=last_seal()).filter(pk=user_id).order_by()[:1]
        return next((one for one in user if self.user_can_authenticate(one)), None)
