"""A confederation of a size with all its years: its network first, then one year of acts after the other."""

from collections.abc import Callable

from umbel.governance.models import Body
from umbel.website.generation import (
    acts,
    asked,
    census,
    channels,
    grants,
    network,
    papers,
    people,
    report,
    subjects,
    users,
)
from umbel.website.generation.network import Network
from umbel.website.generation.plan import Plan
from umbel.website.generation.shelf import Shelf
from umbel.website.generation.sizes import Size
from umbel.website.generation.subjects import Frame

Tell = Callable[[str], object]


def fill(plan: Plan, shelf: Shelf, size: Size, tell: Tell) -> None:
    """Make everything; `tell` is called with a line for each step."""
    own, others = network.confederation(plan, shelf), network.umbrellas_and_others(plan, shelf)
    found = census.fill(plan, shelf, size)
    tell(f"network: {len(found.members) + len(found.former):,} members, {len(found.enterprises):,} affiliated")
    crowd = people.fill(plan, shelf, size, found, own, others)
    board, assembly = (network.body(plan, shelf, kind) for kind in (Body.Kind.BOARD, Body.Kind.ASSEMBLY))
    people.seat_board(plan, shelf, board, crowd)
    around = Network(found.members, found.enterprises, others, crowd.people, board, assembly)
    frame = subjects.fill(plan, shelf, around)
    people.join_groups(plan, shelf, frame.groups, crowd)
    users.fill(plan, shelf, crowd, board, around.institutions[0])
    channels.open_channels(plan, shelf)
    tell(f"people: {len(crowd.people):,}")
    for year in plan.span:
        _year(plan.of(year), shelf, around, frame.of(year))
        tell(f"{year}: {plan.records:,} acts")


def _year(plan: Plan, shelf: Shelf, around: Network, frame: Frame) -> None:
    done = acts.fill(plan, shelf, around, frame)
    channels.fill(plan, shelf, frame, done)
    grants.fill(plan, shelf, frame, done)
    papers.fill(plan, shelf, frame, done)
    asked.fill(plan, shelf, around, done)
    report.fill(plan, shelf, done)
    papers.print_numbers(plan, shelf, around.people)
