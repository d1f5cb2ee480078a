"""What members were asked in a made-up year: a vote, a draft, returns of a round, fees, places at events."""

from datetime import UTC, datetime, timedelta

from umbel.advocacy.models import Comment, Draft, Position
from umbel.collection.models import Return, Round, RoundIndicator, Value
from umbel.core.dates import PartialDate
from umbel.events.models import Registration
from umbel.governance.models import Ballot, Poll, Resolution, Voter
from umbel.network.models import Fee
from umbel.website.generation.acts import Done
from umbel.website.generation.network import Network
from umbel.website.generation.plan import Plan
from umbel.website.generation.shelf import Shelf

ASKED = 200
"""So many members at most are on a roll, or answer."""
TOOK_PART, PAID = 0.8, 0.97
CHOICES = {Ballot.Choice.FOR: 0.8, Ballot.Choice.AGAINST: 0.12, Ballot.Choice.ABSTAIN: 0.08}
COMMENTS = {Comment.Kind.SUPPORT: 0.5, Comment.Kind.NONE: 0.3, Comment.Kind.CHANGE: 0.2}
FEES = (600, 1200, 2500)
OPEN_FOR = timedelta(days=14)


def fill(plan: Plan, shelf: Shelf, around: Network, done: Done) -> None:
    plan, members = plan.aside("asked"), around.members[:ASKED]
    _vote(plan, shelf, around, members)
    _draft(plan, shelf, members, done["position"])
    for collection in Round.objects.filter(publication__in=done["publication"]):
        _returns(plan, shelf, collection, members)
    _fees(plan, shelf, around.members)
    for event in done["event"][:3]:
        people = plan.some(around.people, 20, 5)
        shelf.add([Registration(event=event, person_id=person) for person in people])


def _vote(plan: Plan, shelf: Shelf, around: Network, members: list[int]) -> None:
    opens = datetime(plan.year, 6, 3, 8, tzinfo=UTC)
    told = {"body": around.assembly, "opens_at": opens, "closes_at": opens + OPEN_FOR, "drawn_at": opens}
    [poll] = shelf.add([Poll(key=plan.key("poll"), name=f"Budget of {plan.year + 1}", quorum_percent=50, **told)])
    roll = shelf.add([Voter(poll=poll, organisation_id=member) for member in members])
    cast = [voter for voter in roll if plan.chance(TOOK_PART)]
    shelf.add([Ballot(voter=voter, choice=plan.weighed(CHOICES), cast_at=opens) for voter in cast])
    if poll.result.is_carried:
        adopted = {"number": f"{plan.year}/1", "body": around.assembly, "date": PartialDate(plan.year, 6, 17)}
        shelf.add([Resolution(key=plan.key("resolution"), name=poll.name, poll=poll, **adopted)])


def _draft(plan: Plan, shelf: Shelf, members: list[int], positions: list[Position]) -> None:
    told = {
        "name": f"Priorities for {plan.year + 1}",
        "text": "<p>What members want the institutions to do next.</p>",
        "comments_from": PartialDate(plan.year, 2, 1),
        "comments_to": PartialDate(plan.year, 3, 1),
        "position": positions[0] if positions else None,
        "approved_on": PartialDate(plan.year, 3, 15),
        "approved_by": "Board",
    }
    [draft] = shelf.add([Draft(key=plan.key("draft"), **told)])
    heard = [member for member in members if plan.chance(TOOK_PART)]
    shelf.add([_comment(plan, draft, member) for member in heard])


def _comment(plan: Plan, draft: Draft, member: int) -> Comment:
    kind, date = plan.weighed(COMMENTS), PartialDate(plan.year, 2, plan.dice.randint(1, 28))
    text = "Name the smallest among us too." if kind == Comment.Kind.CHANGE else ""
    return Comment(draft=draft, organisation_id=member, kind=kind, text=text, date=date)


def _returns(plan: Plan, shelf: Shelf, collection: Round, members: list[int]) -> None:
    day = PartialDate(plan.year, 2, 15)
    answering = [member for member in members if plan.chance(TOOK_PART)]
    told = {"round": collection, "state": Return.State.ACCEPTED, "sent_on": day}
    answers = shelf.add([Return(organisation_id=member, **told) for member in answering])
    asked = list(RoundIndicator.objects.filter(round=collection))
    shelf.add(
        [
            Value(of_return=answer, asked=each, year=plan.year - 1, number=plan.dice.randint(1, 9_000))
            for answer in answers
            for each in asked
        ]
    )


def _fees(plan: Plan, shelf: Shelf, members: list[int]) -> None:
    due = PartialDate(plan.year, 3, 31)
    paid = [PartialDate(plan.year, 3, plan.dice.randint(1, 31)) if plan.chance(PAID) else None for _member in members]
    shelf.add(
        [
            Fee(organisation_id=member, year=plan.year, amount=plan.one(FEES), due_on=due, paid_on=day)
            for member, day in zip(members, paid, strict=True)
        ]
    )
