"""Who comments on drafts, today."""

from typing import Any

from umbel.advocacy.models import Comment
from umbel.core.records import RecordQuerySet
from umbel.network.models import Organisation
from umbel.network.rules import own_organisations


def speaks_for(user: Any) -> list[Organisation]:
    """Return the members for which a user speaks today: their comments are the organisation's."""
    own: list[Any] = own_organisations(user)
    return [organisation for organisation in own if organisation.is_member]


def own_comments(user: Any) -> RecordQuerySet:
    """Return the comments of the members for which a user speaks, on drafts that the user sees."""
    found: RecordQuerySet = Comment.objects.visible_to(user).filter(organisation__in=speaks_for(user))
    return found
