"""What members do with drafts."""

from typing import Any

from django.db import transaction

from umbel.advocacy.models import Comment, Draft
from umbel.core.dates import present_day
from umbel.network.models import Organisation


@transaction.atomic
def put_comment(comment: Comment, *, by: Any) -> Comment:
    """Store what a member says, on the version as it is now and signed by a user; return it.

    The secretariat looks at it anew. That the member had no remark no longer holds.
    """
    comment.version, comment.date = comment.draft.version, present_day()
    comment.person, comment.state = getattr(by, "person", None), Comment.State.OPEN
    comment.save()
    earlier = Comment.objects.filter(draft=comment.draft, organisation=comment.organisation, kind=Comment.Kind.NONE)
    for each in earlier.exclude(pk=comment.pk):
        each.delete()
    return comment


@transaction.atomic
def say_nothing(draft: Draft, organisation: Organisation, *, by: Any) -> bool:
    """Note that a member has no remark; tell whether that is new. Of one that has commented nothing is noted."""
    if draft.comments.filter(organisation=organisation).exists():
        return False
    put_comment(Comment(draft=draft, organisation=organisation, kind=Comment.Kind.NONE), by=by)
    return True
