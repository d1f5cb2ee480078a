"""How much is made, for when, and the dice that decide."""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from umbel.core.dates import PartialDate

T = TypeVar("T")

# Shares of dates known to the day and to the month; the others are known to the year.
TO_THE_DAY, TO_THE_MONTH = 0.95, 0.045


@dataclass
class Plan:
    """The size, the year and the seed of a generation; every choice is taken from its own dice."""

    records: int
    year: int
    seed: int
    numbers: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def __post_init__(self) -> None:
        self.dice = random.Random(self.mark)  # noqa: S311 -- made-up rows, not secrets

    @property
    def mark(self) -> str:
        """What every key holds, so that several generations can stand side by side."""
        return f"{self.year}-{self.seed}"

    def key(self, noun: str) -> str:
        """Return the next key of a noun: `event-2024-1-17`."""
        self.numbers[noun] += 1
        return f"{noun}-{self.mark}-{self.numbers[noun]}"

    def portion(self, share: float, least: int, most: int) -> int:
        """Return so large a share of the records, within bounds."""
        return max(least, min(most, round(self.records * share)))

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

    def weighed(self, weights: dict[T, float]) -> T:
        return self.dice.choices(list(weights), list(weights.values()))[0]

    def date(self) -> PartialDate:
        """Return a date of the year, sometimes known to the month or to the year only."""
        day = date(self.year, 1, 1) + timedelta(days=self.dice.randrange(365))
        known = self.dice.random()
        if known < TO_THE_DAY:
            return PartialDate.of(day)
        return PartialDate(self.year, day.month) if known < TO_THE_DAY + TO_THE_MONTH else PartialDate(self.year)

    def before(self, years: int) -> PartialDate:
        """Return a month of the years before."""
        return PartialDate(self.year - self.dice.randint(1, years), self.dice.randint(1, 12))
