"""How much is made, for when, and the dice that decide."""

import copy
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from typing import Self, TypeVar

from django.utils.text import slugify

from umbel.core.dates import PartialDate
from umbel.core.names import fold

T = TypeVar("T")

# Shares of dates known to the day and to the month; the others are known to the year.
TO_THE_DAY, TO_THE_MONTH = 0.95, 0.045

# How busy the months are, January first, and how much of it a day of the weekend has.
MONTHS = (0.8, 1.0, 1.15, 1.05, 1.1, 1.2, 0.8, 0.3, 1.15, 1.3, 1.3, 0.85)
WEEKEND = 0.15
SLUG_LENGTH = 70


@dataclass
class Plan:
    """The size, the years and the seed of a generation; every choice is taken from its own dice.

    `records` acts are made in each of so many `years`, the last of which is `year`. `mark` is what every key holds, so
    that several generations can stand side by side; one that is `alone` in its database makes keys of names.
    """

    records: int
    year: int
    seed: int
    years: int = 1
    mark: str = ""
    alone: bool = False
    numbers: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def __post_init__(self) -> None:
        self.mark = self.mark or f"{self.year}-{self.seed}"
        self.dice = random.Random(f"{self.mark}-{self.seed}")  # noqa: S311 -- made-up rows, not secrets
        self._count_days()

    def _count_days(self) -> None:
        days = [date(self.year, 1, 1) + timedelta(days=number) for number in range(365)]
        self._days = [PartialDate.of(day) for day in days]
        weights = (MONTHS[day.month - 1] * (WEEKEND if day.weekday() > 4 else 1) for day in days)
        self._weights = list(accumulate(weights))

    @property
    def first_year(self) -> int:
        return self.year - self.years + 1

    @property
    def span(self) -> range:
        """The years in which acts lie."""
        return range(self.first_year, self.year + 1)

    def of(self, year: int) -> Self:
        """Return the part of the plan that is about one year, with the same dice."""
        part = copy.copy(self)
        part.year, part.years, part.mark = year, 1, str(year)
        part._count_days()
        return part

    def aside(self, noun: str) -> Self:
        """Return the same plan with dice of its own: what is made with them changes nothing else."""
        part = copy.copy(self)
        part.dice = random.Random(f"{self.mark}-{self.seed}-{noun}")  # noqa: S311 -- made-up rows, not secrets
        return part

    def key(self, noun: str, name: str = "") -> str:
        """Return the next key of a noun, `event-2024-1-17`, or one from a name, with a number where it is taken."""
        stem = slugify(fold(name))[:SLUG_LENGTH].strip("-") if self.alone and name else f"{noun}-{self.mark}"
        stem = stem or noun
        self.numbers[stem] += 1
        return stem if self.alone and name and self.numbers[stem] == 1 else f"{stem}-{self.numbers[stem]}"

    def portion(self, share: float, least: int, most: int) -> int:
        """Return so large a share of the records of a year, within bounds."""
        return max(least, min(most, round(self.records * share)))

    def lasting(self, number: int, life: int) -> int:
        """Return how many things are made so that `number` of them are there at a time, each for `life` years."""
        return round(number * (1 + (self.years - 1) / life))

    def shares(self, weights: dict[str, float]) -> dict[str, int]:
        """Part the records by weights; the numbers add up to them exactly (largest remainders)."""
        whole = sum(weights.values())
        exact = {name: self.records * weight / whole for name, weight in weights.items()}
        parted = {name: int(number) for name, number in exact.items()}
        missing = self.records - sum(parted.values())
        for name in sorted(exact, key=lambda name: parted[name] - exact[name])[:missing]:
            parted[name] += 1
        return parted

    def chance(self, probability: float) -> bool:
        return self.dice.random() < probability

    def one(self, rows: Sequence[T]) -> T:
        return self.dice.choice(rows)

    def some(self, rows: Sequence[T], most: int, least: int = 0) -> list[T]:
        """Return between `least` and `most` different rows, or as many as there are."""
        return self.dice.sample(rows, min(len(rows), self.dice.randint(least, most)))

    def often(self, rows: Sequence[T]) -> T:
        """Return a row; the nearer to the front, the more often: the first hundredth has a tenth of the choices."""
        return rows[int(len(rows) * self.dice.random() ** 2)]

    def weighed(self, weights: dict[T, float]) -> T:
        return self.dice.choices(list(weights), list(weights.values()))[0]

    def date(self) -> PartialDate:
        """Return a date of the year, sometimes known to the month or to the year only; summers are quiet."""
        [day] = self.dice.choices(self._days, cum_weights=self._weights)
        known = self.dice.random()
        if known < TO_THE_DAY:
            return day
        return PartialDate(self.year, day.month) if known < TO_THE_DAY + TO_THE_MONTH else PartialDate(self.year)

    def between(self, first: int, last: int) -> PartialDate:
        """Return a day of the years from `first` to `last`."""
        dice = self.dice
        return PartialDate(dice.randint(first, max(first, last)), dice.randint(1, 12), dice.randint(1, 28))

    def before(self, years: int) -> PartialDate:
        """Return a month of the plan's years but the last, or of so many years before them."""
        return PartialDate(self.year - self.dice.randint(1, years + self.years - 1), self.dice.randint(1, 12))

    def after(self, start: PartialDate, life: int) -> PartialDate | None:
        """Return a month about `life` years after a start, or None where that lies beyond the plan's years."""
        year = start.year + self.dice.randint(max(1, life // 2), life + life // 2)
        return PartialDate(year, self.dice.randint(1, 12)) if year <= self.year else None


def in_force(rows: Sequence[T], year: int, life: int = 100) -> list[T]:
    """Keep the rows with `start` and `end`, or of so many years, that were there in a year; all where none was."""

    def lasts(row: T) -> bool:
        start, end = getattr(row, "start", None), getattr(row, "end", None)
        return (start is None or start.year <= year <= start.year + life) and (end is None or end.year >= year)

    return [row for row in rows if lasts(row)] or list(rows)
