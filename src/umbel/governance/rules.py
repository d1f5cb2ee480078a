"""Who governs."""

from django.utils import timezone

from umbel.accounts.models import User
from umbel.core.periods import Period
from umbel.governance.models import Mandate


def sits_on_board(user: User) -> bool:
    """Tell whether the user holds a mandate on the Board today."""
    today = Period.year(timezone.localdate().year).as_at(timezone.localdate())
    return bool(Mandate.objects.board().in_force(today).filter(person__user=user).exists())
