"""Who speaks for whom in the network."""

from django.utils import timezone

from umbel.accounts.models import User
from umbel.core.periods import Period
from umbel.network.models import Membership, Post


def speaks_for_member(user: User) -> bool:
    """Tell whether the user holds a post today in an organisation that is a member today."""
    today = Period.year(timezone.localdate().year).as_at(timezone.localdate())
    members = Membership.objects.in_force(today).values("organisation")
    return Post.objects.in_force(today).filter(person__user=user, organisation__in=members).exists()
