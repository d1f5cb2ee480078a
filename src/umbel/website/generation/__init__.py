"""A made-up year of a large confederation, for speed and for tests; nothing in it is true."""

from django.db import connection, transaction
from django.utils import timezone

from umbel.core import changelog, registry
from umbel.core.changelog import Change
from umbel.website.generation import acts, channels, grants, network, report, subjects
from umbel.website.generation.plan import Plan
from umbel.website.generation.shelf import Shelf

AUTHOR = "umbel generate"


class OccupiedError(Exception):
    """Acts are on record, or this very year of this seed is."""


def generate(records: int, year: int, seed: int, *, add: bool = False) -> dict[str, int]:
    """Make `records` acts in a year with all that they need and return the number of rows by model label.

    The same seed gives the same rows. What a confederation has once (itself, its categories, Board, channels, report of
    the year) is made where it is missing. The change log gets one line for the whole. Raises `OccupiedError` when acts
    are on record and `add` is not set, or when they were made with the same year and seed.
    """
    plan, shelf = Plan(records, year, seed), Shelf()
    if network.is_made(plan):
        raise OccupiedError(f"The year {year} was already generated with seed {seed}: choose another with --seed.")
    if not add and any(entry.rows().exists() for entry in registry.entries()):
        raise OccupiedError("Acts are on record already: take an empty database, or --add to make more among them.")
    with transaction.atomic():
        _fill(plan, shelf)
        changelog.write([_line(plan, shelf.stored)])
    with connection.cursor() as cursor:
        # So many rows at once mislead the planner of queries until the tables are looked at anew.
        cursor.execute("ANALYZE")
    return shelf.stored


def _fill(plan: Plan, shelf: Shelf) -> None:
    people = network.fill(plan, shelf)
    frame = subjects.fill(plan, shelf, people)
    done = acts.fill(plan, shelf, people, frame)
    channels.fill(plan, shelf, done)
    grants.fill(plan, shelf, people, done)
    report.fill(plan, shelf, done)


def _line(plan: Plan, stored: dict[str, int]) -> Change:
    return Change(
        at=timezone.now(),
        who=AUTHOR,
        act=Change.Act.ADD,
        type="website.generation",
        record=plan.mark,
        text=f"{plan.records} acts made up for {plan.year}, seed {plan.seed}",
        after=dict(stored),
    )
