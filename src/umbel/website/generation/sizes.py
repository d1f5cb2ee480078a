"""The two sizes of a confederation with its whole history."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """How many organisations and people there are, and how many years of records.

    `members` are members in the last year, `former` have left before; `affiliated` are affiliated to members.
    `records` acts are made in each of the years, `staff` is the size of the secretariat.
    """

    name: str
    members: int
    former: int
    affiliated: int
    people: int
    years: int
    records: int
    staff: int


OFFICE = Size("office", members=27, former=3, affiliated=720, people=2_000, years=5, records=400, staff=9)
FEDERATION = Size(
    "federation", members=5_000, former=250, affiliated=45_000, people=50_000, years=20, records=10_000, staff=60
)
SIZES = {size.name: size for size in (OFFICE, FEDERATION)}
