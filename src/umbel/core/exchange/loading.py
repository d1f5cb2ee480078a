"""Loads a directory of files: all of it or, when anything is wrong, nothing."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from umbel.core import changelog, search
from umbel.core.exchange.checking import check, saving_order
from umbel.core.exchange.filling import Filling
from umbel.core.exchange.problems import LoadError, Place, Problem, allowed
from umbel.core.exchange.reading import Reader, Source
from umbel.core.exchange.rows import Row, every_row
from umbel.core.exchange.sheets import every_sheet
from umbel.core.exchange.stock import Stock
from umbel.core.exchange.storing import Alteration, Removal, alteration, removals, store


@dataclass
class Tally:
    """What became of the rows of a file; `removed` counts parts that the file no longer has."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0

    def add(self, other: "Tally") -> None:
        for name, number in vars(other).items():
            setattr(self, name, getattr(self, name) + number)

    @property
    def total(self) -> int:
        return self.created + self.changed + self.unchanged


@dataclass
class Summary:
    """What a load did, or with `dry_run` would do, by file."""

    files: dict[str, Tally] = field(default_factory=dict)
    dry_run: bool = False

    @property
    def whole(self) -> Tally:
        whole = Tally()
        for tally in self.files.values():
            whole.add(tally)
        return whole

    def as_data(self) -> dict[str, Any]:
        """Return the summary as JSON shows it: files, then the sums of created, changed, unchanged, removed."""
        files = {name: vars(tally) for name, tally in self.files.items()}
        return {"files": files, **vars(self.whole), "dry_run": self.dry_run}


def load(directory: Path, dry_run: bool = False) -> Summary:
    """Bring the records into line with the files of a directory and return what was done, by file.

    Rows are recognised by their key, created, changed or left alone; a part that vanished from its whole is removed;
    a row that vanished from a file is left alone. With `dry_run` all of it is done and undone again.
    Raises `LoadError` with everything that is wrong; the database is then as it was before.
    """
    sheets = every_sheet()
    if not directory.is_dir():
        raise LoadError([Problem(Place(str(directory)), _("there is no such directory"))])
    reader = Reader(directory, sheets)
    sources = reader.read()
    if not sources and not reader.problems:
        told = _("holds no file to load; allowed: %s") % allowed(sheet.file for sheet in sheets)
        raise LoadError([Problem(Place(str(directory)), told)])
    with transaction.atomic():
        with changelog.by(f"load {directory.resolve().name}"[:150]), changelog.gathered(), search.gathered():
            summary = _load(sources, reader.problems)
        if dry_run:
            transaction.set_rollback(True)
    summary.dry_run = dry_run
    return summary


def _load(sources: list[Source], problems: list[Problem]) -> Summary:
    stock = Stock()
    tops = Filling(stock, problems).fill(sources)
    rows = list(every_row(tops))
    gone = [] if problems else list(removals(rows, stock))
    check(rows, {id(removal.instance) for removal in gone}, stock)
    ordered = saving_order(rows)
    if problems:
        raise LoadError(sorted(problems, key=_order(sources)))
    alterations = [alteration(row, stock) for row in ordered]
    summary = _summary(sources, tops, alterations, gone)
    store(alterations, gone)
    return summary


def _order(sources: list[Source]) -> Any:
    files = [source.file for source in sources]

    def order(problem: Problem) -> tuple[int, int]:
        where = problem.place
        return files.index(where.file) if where.file in files else -1, where.line

    return order


def _summary(sources: list[Source], tops: list[Row], alterations: list[Alteration], gone: list[Removal]) -> Summary:
    summary = Summary({source.file: Tally() for source in sources})
    touched = {id(one.row) for one in alterations if one} | {id(removal.row) for removal in gone}
    for removal in gone:
        summary.files[removal.row.file].removed += 1
    for top in tops:
        tally = summary.files[top.file]
        if top.is_new:
            tally.created += 1
        elif any(id(row) in touched for row in every_row([top])):
            tally.changed += 1
        else:
            tally.unchanged += 1
    return summary
