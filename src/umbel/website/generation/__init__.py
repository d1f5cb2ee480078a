"""A made-up year of a large confederation, or its whole history, for speed and for tests; nothing in it is true."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.utils import timezone

from umbel.core import changelog, registry, search
from umbel.core.changelog import Change
from umbel.core.models import Confederation
from umbel.network.models import Organisation, Person
from umbel.website.generation import acts, asked, channels, grants, history, network, report, subjects
from umbel.website.generation.plan import Plan
from umbel.website.generation.shelf import Shelf
from umbel.website.generation.sizes import Size

AUTHOR = "umbel generate"


class OccupiedError(Exception):
    """Acts are on record, or this very year of this seed is."""


def generate(records: int, year: int, seed: int, *, add: bool = False) -> dict[str, int]:
    """Make `records` acts in a year with all that they need and return the number of rows by model label.

    The same seed gives the same rows. What a confederation has once (itself, its categories, Board, channels, report of
    the year) is made where it is missing. The change log gets one line for the whole. Raises `OccupiedError` when acts
    are on record and `add` is not set, or when they were made with the same year and seed.
    """
    plan = Plan(records, year, seed)
    if network.is_made(plan):
        raise OccupiedError(f"The year {year} was already generated with seed {seed}: choose another with --seed.")
    if not add and any(entry.rows().exists() for entry in registry.entries()):
        raise OccupiedError("Acts are on record already: take an empty database, or --add to make more among them.")
    with _stored(plan, f"{records} acts made up for {year}, seed {seed}") as shelf:
        _fill(plan, shelf)
    return shelf.stored


def generate_size(size: Size, year: int, seed: int, tell: Callable[[str], object]) -> dict[str, int]:
    """Make a confederation of a size with all its years up to `year`; return the number of rows by model label.

    The same seed gives the same rows. `tell` is called with a line on each step. Only one line of the change log tells
    of it. Raises `OccupiedError` when anything is on record.
    """
    occupied = [entry.rows().model for entry in registry.entries()] + [Confederation, Organisation, Person]
    if any(model._base_manager.exists() for model in occupied):
        raise OccupiedError("Records are there already: a whole confederation is made in an empty database only.")
    plan = Plan(size.records, year, seed, years=size.years, mark=size.name, alone=True)
    with _stored(plan, f"{size.name} with {size.years} years up to {year} made up, seed {seed}") as shelf:
        history.fill(plan, shelf, size, tell)
    return shelf.stored


@contextmanager
def _stored(plan: Plan, told: str) -> Iterator[Shelf]:
    """Store what is put on the shelf, all or nothing, with one line in the log."""
    shelf = Shelf()
    with transaction.atomic():
        yield shelf
        search.rebuild()
        changelog.write([_line(plan, told, shelf.stored)])
    with connection.cursor() as cursor:
        # So many rows at once mislead the planner of queries until the tables are looked at anew.
        cursor.execute("ANALYZE")


def _fill(plan: Plan, shelf: Shelf) -> None:
    around = network.fill(plan, shelf)
    frame = subjects.fill(plan, shelf, around)
    done = acts.fill(plan, shelf, around, frame)
    channels.open_channels(plan, shelf)
    channels.fill(plan, shelf, frame, done)
    grants.fill(plan, shelf, frame, done)
    asked.fill(plan, shelf, around, done)
    report.fill(plan, shelf, done)


def _line(plan: Plan, told: str, stored: dict[str, int]) -> Change:
    return Change(
        at=timezone.now(),
        who=AUTHOR,
        act=Change.Act.ADD,
        type="website.generation",
        record=plan.mark,
        text=told,
        after=dict(stored),
    )
