"""What is done with a poll: its roll is drawn up when it opens, votes are cast, it is closed or withdrawn."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from umbel.core.changelog import by
from umbel.core.models import Confederation
from umbel.core.periods import Period
from umbel.governance.models import Ballot, Mandate, Poll, Voter
from umbel.network.models import Membership


def draw_rolls() -> int:
    """Draw up the roll of every poll that has opened and has none yet; return how many those were."""
    return sum(draw_roll(poll) for poll in Poll.objects.undrawn(timezone.now()))


@transaction.atomic
def draw_roll(poll: Poll) -> bool:
    """Freeze who votes, as it is on the day on which the poll opens, and the quorum; tell whether that was to do.

    Whoever joins or leaves later, and statutes that are changed, alter nothing. Two may be at it at once.
    """
    fresh = _locked(poll)
    if fresh.drawn_at or fresh.state not in (Poll.State.OPEN, Poll.State.CLOSED):
        return False
    Voter.objects.bulk_create(_units(fresh))
    if fresh.quorum_percent is None and fresh.is_of_members:
        fresh.quorum_percent = Confederation.objects.values_list("quorum_percent", flat=True).first()
    fresh.drawn_at = timezone.now()
    with by("umbel worker"):
        fresh.save()
    poll.drawn_at, poll.quorum_percent = fresh.drawn_at, fresh.quorum_percent
    return True


def _locked(poll: Poll) -> Poll:
    """Return a poll as it is now, so that nobody closes it or votes in it until the transaction ends."""
    found: Poll = Poll.objects.select_for_update(of=("self",), no_key=True).select_related("body").get(pk=poll.pk)
    return found


def _units(poll: Poll) -> Iterable[Voter]:
    """Yield the votes of a poll: one a member in an assembly, one a mandate in any other body."""
    day = timezone.localdate(poll.opens_at)
    period = Period.year(day.year).as_at(day)
    if poll.is_of_members:
        members = Membership.objects.in_force(period).order_by("organisation").values_list("organisation", flat=True)
        return [Voter(poll=poll, organisation_id=number) for number in members.distinct()]
    return [Voter(poll=poll, mandate=mandate) for mandate in Mandate.objects.in_force(period).filter(body=poll.body)]


@transaction.atomic
def cast(voter: Voter, choice: str, user: Any) -> Ballot:
    """Record what a vote says, or change it; return the ballot.

    Raises `ValidationError` where the poll is not open, or no longer: whoever closes it waits, or was first.
    """
    if not _locked(voter.poll).is_open:
        raise ValidationError(_("The vote is closed. What you chose was not counted."))
    told = {"choice": choice, "cast_by": user, "cast_at": timezone.now()}
    ballot, _is_new = Ballot.objects.update_or_create(voter=voter, defaults=told)
    return ballot


@transaction.atomic
def close(poll: Poll) -> None:
    """Close an open poll before its time. Raises `ValidationError` where it is not open."""
    fresh = _locked(poll)
    if not fresh.is_open:
        raise ValidationError(_("This vote is not open."))
    _stamp(fresh, "closed_at", timezone.now())


@transaction.atomic
def withdraw(poll: Poll) -> None:
    """Take a poll back before it is closed; no ballot is counted. Raises `ValidationError` once it is over."""
    fresh = _locked(poll)
    if fresh.state in (Poll.State.CLOSED, Poll.State.WITHDRAWN):
        raise ValidationError(_("This vote is over: it can no longer be withdrawn."))
    _stamp(fresh, "withdrawn_at", timezone.now())


def _stamp(poll: Poll, field: str, at: datetime) -> None:
    setattr(poll, field, at)
    poll.save(update_fields=[field])
