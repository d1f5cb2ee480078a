"""What governance asks of those who vote: open polls in which they have not said anything yet."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from umbel.core.formatting import join, reading_language
from umbel.governance.models import Poll, Voter
from umbel.governance.rules import own_votes
from umbel.governance.voting import draw_roll
from umbel.network.todo import Todo, asks


@asks
def open_polls(user: Any, _organisations: Sequence[Any]) -> Iterable[Todo]:
    """Yield the open polls in which a vote of the user, or of an organisation of theirs, is not cast.

    Whoever looks first after a poll has opened has its roll drawn up.
    """
    open_now = list(Poll.objects.visible_to(user).open(timezone.now()))
    if not open_now:
        return
    for poll in open_now:
        if not poll.drawn_at:
            draw_roll(poll)
    votes = Voter.objects.filter(own_votes(user), poll__in=open_now, ballot=None)
    waiting: dict[Poll, list[str]] = {}
    for vote in votes.select_related("poll", "organisation", "mandate__person"):
        waiting.setdefault(vote.poll, []).append(str(vote))
    for poll, names in waiting.items():
        yield Todo(
            _("Vote on “%(question)s”") % {"question": poll},
            reverse("governance.vote.show", args=[poll.key]),
            _("Vote"),
            "vote",
            about=join(names, reading_language()),
            until=poll.closes_on,
        )
