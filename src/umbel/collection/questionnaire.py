"""What a round asks an organisation: indicators down, years across, with what was said before."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from umbel.collection.models import Indicator, Return, RoundIndicator, Value
from umbel.collection.numbers import Number, write
from umbel.core.formatting import reading_language
from umbel.core.translations.saying import localise, said


@dataclass(frozen=True)
class Cell:
    """An indicator in a year: what the return says of it, what an earlier round said of that year and the one before.

    `name` stands for it in the form.
    """

    indicator: Indicator
    asked: RoundIndicator
    year: int
    value: Value | None
    last: Value | None
    year_before: Value | None

    @property
    def name(self) -> str:
        return f"{self.asked.pk}-{self.year}"

    @property
    def label(self) -> str:
        return f"{said(self.indicator, 'name').text}, {self.year}"

    @property
    def is_text(self) -> bool:
        return self.indicator.kind == Indicator.Kind.TEXT

    @property
    def told(self) -> str:
        """What the return says, as the reader writes it."""
        return tell(self.value)

    @property
    def told_last(self) -> str:
        return tell(self.last)


@dataclass(frozen=True)
class Question:
    """An indicator with a cell for each year, in the reader's language."""

    indicator: Indicator
    cells: list[Cell]

    @property
    def name(self) -> str:
        return said(self.indicator, "name").text

    @property
    def unit(self) -> str:
        """In what the answer is: its own unit, else what its kind of answer says."""
        own = said(self.indicator, "unit").text
        return own or self.indicator.sign

    @property
    def explanation(self) -> str:
        return said(self.indicator, "explanation").text


class Questionnaire:
    """What a return is asked; read with three queries, whatever its size, and one for translations."""

    def __init__(self, answer: Return) -> None:
        self.answer = answer
        self.years = list(answer.round.years)

    @cached_property
    def questions(self) -> list[Question]:
        asked = list(self.answer.round.indicators.select_related("indicator"))
        localise(row.indicator for row in asked)
        told = self.answer.values.all() if self.answer.pk else ()
        stored = {(value.asked_id, value.year): value for value in told}
        earlier = Value.objects.told_before(self.answer).select_related("asked")
        before = {(value.asked.indicator_id, value.year): value for value in earlier}
        return [
            Question(
                row.indicator,
                [
                    Cell(
                        row.indicator,
                        row,
                        year,
                        stored.get((row.pk, year)),
                        before.get((row.indicator_id, year)),
                        before.get((row.indicator_id, year - 1)),
                    )
                    for year in self.years
                ],
            )
            for row in asked
        ]

    @property
    def cells(self) -> Iterator[Cell]:
        for question in self.questions:
            yield from question.cells


def number_of(value: Value | None) -> Number | None:
    """Return the number that a value says, `None` for a text and for nothing."""
    content: Any = value.content if value is not None else None
    return None if isinstance(content, str) else content


def tell(value: Value | None) -> str:
    """Return what a value says as the reader writes it, "" for nothing."""
    if value is None or value.content is None:
        return ""
    number = number_of(value)
    return str(value.text) if number is None else write(number, reading_language())
