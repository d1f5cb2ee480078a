"""What a reader is told of polls: their own votes in them, how many have voted, and once it is over who voted what."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from umbel.core.crud.seen import seen
from umbel.governance.models import Poll, Voter
from umbel.governance.rules import own_votes

SHOWN = 50


def listed(user: Any) -> dict[str, list[dict[str, Any]]]:
    """Return the polls that a user sees by state: those that are open or announced, and what came of the latest."""
    now = timezone.now()
    mine = Poll.objects.visible_to(user)
    open_now, coming = mine.open(now).order_by("closes_at"), mine.coming(now).order_by("opens_at")
    past = mine.closed(now)[:SHOWN]
    rows = [*open_now.select_related("body"), *coming.select_related("body"), *past.select_related("body")]
    own = own_votes_in(rows, user)
    results = Poll.objects.filter(pk__in=[row.pk for row in rows if row.is_closed]).results()
    told: dict[str, list[dict[str, Any]]] = {"open": [], "coming": [], "closed": []}
    for row in rows:
        told[row.state].append({"poll": row, "own": own[row.pk], "result": results.get(row.pk)})
    return told


def own_votes_in(polls: Sequence[Poll], user: Any) -> dict[int, list[Voter]]:
    """Return the votes that are the user's to cast, by the number of the poll, each with what it said."""
    found: dict[int, list[Voter]] = defaultdict(list)
    votes = Voter.objects.filter(own_votes(user), poll__in=[poll.pk for poll in polls])
    for vote in votes.select_related("organisation", "mandate__person", "ballot__cast_by"):
        found[vote.poll_id].append(vote)
    return found


def about(poll: Poll, user: Any) -> dict[str, Any]:
    """Return what is told of one poll: how many have voted while it is open, once it is closed the result and the roll.

    What anybody said is told to nobody before, the secretariat among them.
    """
    result = poll.result if poll.drawn_at else None
    return {
        "poll": poll,
        "turnout": result if poll.state in (Poll.State.OPEN, Poll.State.CLOSED) else None,
        "result": result if poll.is_closed else None,
        "roll": roll(poll, user) if poll.is_closed else [],
    }


def roll(poll: Poll, user: Any) -> list[Any]:
    """Return the roll of a closed poll by name; whom the reader may not see has none.

    Of each vote is known what it is called (`told`); `ballot` is what it said.
    """
    called = Coalesce(seen("organisation__name", Voter, user), seen("mandate__person__name", Voter, user))
    found = Voter.objects.filter(Q(poll=poll) & Q(poll__in=Poll.objects.closed(timezone.now())))
    return list(found.annotate(told=called).select_related("ballot").order_by("told", "pk"))
