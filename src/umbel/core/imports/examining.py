"""The dry run: reads a whole file, tells what each row would do and what is wrong with it, and writes no record."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from umbel.core.bulk import batches
from umbel.core.changelog import snapshot
from umbel.core.exchange.cells import Cell, Misfit
from umbel.core.exchange.columns import KeyColumn, ListColumn, ValueColumn
from umbel.core.exchange.values import settled
from umbel.core.imports.checks import Rules
from umbel.core.imports.finding import Finder
from umbel.core.imports.kinds import Kind, is_required, whole_kind
from umbel.core.imports.lines import Line, folded, made
from umbel.core.imports.matching import Matching
from umbel.core.imports.models import ImportJob, ImportRow
from umbel.core.imports.reading import Numbered
from umbel.core.imports.standing import Lists, standing
from umbel.core.imports.wording import Parser

AT_A_TIME = 1000
"""The number of rows that are in memory at once."""

UNCHANGED = "unchanged"


class Examination:
    """What a job's file says about the records of its kind, row by row."""

    def __init__(self, job: ImportJob, user: Any) -> None:
        self.job = job
        self.kind: Kind = whole_kind(job.kind)
        self.width = len(job.headers)
        columns = self.kind.columns
        self.mapped = {index: columns[name] for index, name in enumerate(job.mapping) if name in columns}
        self.parsers = {name: Parser(one) for name, one in columns.items() if isinstance(one, ValueColumn)}
        self.finder = Finder(user)
        self.matching = Matching(self.kind, self.finder)
        self.rules = Rules(self.kind, self.finder)
        self.defaults = {field.attname: field.get_default() for field in self.kind.model._meta.concrete_fields}
        self.fields = {field.name: field for field in self.kind.model._meta.get_fields()}
        self.attributes = {field.attname: field for field in self.kind.model._meta.concrete_fields}
        given = {column.name for column in self.mapped.values()}
        unkeyed = [name for name in columns if name not in self.kind.key]
        # What is not needed has its default already.
        self.gaps_if_new = [name for name in unkeyed if is_required(columns[name])]
        self.gaps_if_known = [name for name in unkeyed if name in given] if job.empties else []

    def examine(self, rows: Iterable[Numbered]) -> Iterator[list[Line]]:
        """Yield the rows in batches, each with its state."""
        for some in batches(rows, AT_A_TIME):
            lines = [self._line(number, cells) for number, cells in some]
            self._read(lines)
            self.matching.recognise(lines)
            self._decide_alike(lines)
            self._fill(lines)
            yield lines

    def _line(self, number: int, cells: list[str]) -> Line:
        line = Line(number, cells)
        if len(cells) != self.width and (len(cells) < self.width or any(cell.strip() for cell in cells[self.width :])):
            line.is_even = False
            line.problems.append(("", "", self._wrong_width(len(cells))))
        else:
            for index, column in self.mapped.items():
                if text := cells[index].strip():
                    line.given[column.name] = text
        return line

    def _wrong_width(self, found: int) -> str:
        told = _("%(found)d cells for %(wanted)d columns; put quotes round a text that holds the delimiter")
        return told % {"found": found, "wanted": self.width}

    def _read(self, lines: list[Line]) -> None:
        """Read what stands in the cells; what a row is recognised by, also where nothing stands."""
        even = [line for line in lines if line.is_even]
        self._prepare(even)
        for line in even:
            for name in line.given:
                self._read_cell(line, name)
            for name in self.kind.key:
                if name not in line.given and not self.kind.naming:
                    self._read_cell(line, name)

    def _prepare(self, lines: list[Line]) -> None:
        for column in self.mapped.values():
            texts = [text for line in lines if (text := line.given.get(column.name))]
            if isinstance(column, KeyColumn):
                self.finder.prepare(column.model, texts)
            elif isinstance(column, ListColumn):
                items = [item.text for text in texts for item in Cell(0, text, is_flat=True).items]
                self.finder.prepare(column.model, items)

    def _read_cell(self, line: Line, name: str) -> None:
        """Read a cell, or the want of one, into a line."""
        text = line.given.get(name, "")
        parser = self.parsers.get(name)
        if parser is None:
            cell = Cell(line.number, text, is_flat=True) if text else None
            self.kind.columns[name].fill(line, cell, self.finder)  # type: ignore[arg-type]  # -- aliases may be unset
            return
        value = parser(text)
        if isinstance(value, Misfit):
            line.tell(str(value), name)
        else:
            line.values[parser.column.field.attname] = value

    def _decide_alike(self, lines: list[Line]) -> None:
        """Hold back new rows that look like a record, or do with them what was decided."""
        self.matching.liken([line for line in lines if line.is_open and line.existing is None])
        for line in lines:
            if not line.likeness:
                continue
            choice = self.job.decisions.get(str(line.number), self.job.alike)
            is_one = line.alike is not None
            if is_one and (choice == ImportJob.Alike.UPDATE or self._says_nothing_new(line)):
                line.existing = line.alike
                line.values["key"] = line.existing.key
                self.matching.claim(line)
            elif choice == ImportJob.Alike.LEAVE:
                line.state = ImportRow.State.LEFT
            elif choice != ImportJob.Alike.CREATE:
                line.state = ImportRow.State.HELD

    def _says_nothing_new(self, line: Line) -> bool:
        """Whether a row without a key of its own only repeats what is on record under its name."""
        if {"key", "aliases", *line.lists} & line.given.keys():
            return False
        return all(self._is_settled(line.alike, name, value) for name, value in line.values.items() if name != "key")

    def _is_settled(self, row: Any, name: str, value: Any) -> bool:
        return bool(settled(self.attributes[name], getattr(row, name)) == value)

    def _fill(self, lines: list[Line]) -> None:
        """Make the records as they would be, compare them with those on record, check what differs."""
        for line in lines:
            if line.is_even:
                self._read_gaps(line)
        shaped = [line for line in lines if line.is_sound]
        known = standing(self.kind, [line.existing.pk for line in shaped if line.existing is not None])
        for line in shaped:
            self._assign(line)
            self._compare(line, known)
            if line.after:
                self.rules.check_alone(line)
        self.rules.check_together([line for line in shaped if line.is_open and line.after])
        for line in lines:
            line.state = self._state(line)

    def _read_gaps(self, line: Line) -> None:
        """Fill what a new row leaves out; on record it stays, unless empty cells are to empty it."""
        for name in self.gaps_if_new if line.existing is None else self.gaps_if_known:
            if name not in line.given:
                self._read_cell(line, name)

    def _assign(self, line: Line) -> None:
        if line.existing is None:
            line.instance = made(self.kind.model, {**self.defaults, **line.values})
        else:
            line.instance = line.existing
            line.before = snapshot(line.existing)
            for name, value in line.values.items():
                if not self._is_settled(line.instance, name, value):
                    setattr(line.instance, name, value)
        for name, target in line.links.items():
            field = self.fields[name]
            if target.instance is not None and field.concrete:
                field.set_cached_value(line.instance, target.instance)
        if self.kind.is_named:
            line.instance.folded = folded(line.instance.name)
        line.after = snapshot(line.instance)

    def _compare(self, line: Line, known: dict[int, Lists]) -> None:
        """Keep of `before` and `after` what differs; lists and other spellings stand among the values."""
        lists: Lists = {name: sorted(target.number for target in targets) for name, targets in line.lists.items()}
        if line.aliases is not None:
            lists["aliases"] = sorted(line.aliases)
        if line.existing is None:
            line.after |= {name: items for name, items in lists.items() if items}
            return
        was, would = line.before, line.after
        changed = [name for name, value in would.items() if was[name] != value]
        held = known[line.existing.pk]
        differing = [name for name, items in lists.items() if items != held[name]]
        line.before = {name: was[name] for name in changed} | {name: held[name] for name in differing}
        line.after = {name: would[name] for name in changed} | {name: lists[name] for name in differing}

    def _state(self, line: Line) -> str:
        if line.problems:
            return ImportRow.State.ERROR
        if line.state:
            return line.state
        if line.existing is None:
            return ImportRow.State.NEW
        return ImportRow.State.CHANGED if line.after else UNCHANGED
