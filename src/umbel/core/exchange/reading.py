"""Reads the files of a directory, YAML or CSV, as rows of cells that know their lines."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from umbel.core.exchange.cells import Cell, Mapping
from umbel.core.exchange.problems import Place, Problem, allowed
from umbel.core.exchange.sheets import Sheet

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NULL = "tag:yaml.org,2002:null"


@dataclass
class Source:
    """A file that has been read: its name, its sheet, its rows; `is_whole` where nothing in it was unreadable."""

    file: str
    sheet: Sheet
    rows: list[Mapping]
    is_flat: bool
    is_whole: bool


class Reader:
    """Reads the files of one directory; `problems` fills with what cannot be read."""

    def __init__(self, directory: Path, sheets: Iterable[Sheet]) -> None:
        self.directory = directory
        self.sheets = {sheet.name: sheet for sheet in sheets}
        self.problems: list[Problem] = []

    def read(self) -> list[Source]:
        """Return what the files hold, in the order of the sheets."""
        found: dict[str, Path] = {}
        for path in sorted(self.directory.iterdir()):
            if path.is_dir() or path.name.startswith((".", "README")):
                continue
            if path.stem not in self.sheets or path.suffix not in (".yaml", ".csv"):
                files = allowed(sheet.file for sheet in self.sheets.values())
                self._tell(path, 0, _("there is no such file; allowed: %s") % files)
            elif path.stem in found:
                self._tell(path, 0, _("says the same as %s; keep one of them") % found[path.stem].name)
            else:
                found[path.stem] = path
        return [self._source(sheet, found[name]) for name, sheet in self.sheets.items() if name in found]

    def _source(self, sheet: Sheet, path: Path) -> Source:
        is_flat = path.suffix == ".csv"
        try:
            text = path.read_bytes().decode("utf-8-sig")
            rows = list(self._table(sheet, path, text) if is_flat else self._document(path, text))
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            self._tell(path, line, _("is not in UTF-8; save the file as UTF-8 (in a spreadsheet: “CSV UTF-8”)"))
            rows = []
        is_whole = all(problem.place.file != path.name for problem in self.problems)
        return Source(path.name, sheet, rows, is_flat, is_whole)

    def _tell(self, path: Path, line: int, text: str, field: str = "") -> None:
        self.problems.append(Problem(Place(path.name, line, field), text))

    def _table(self, sheet: Sheet, path: Path, text: str) -> Iterator[Mapping]:
        lines = self._lines(path, text)
        header = next(lines, None)
        if header is None:
            return
        names = [name.strip() for name in header[1]]
        if len(names) == 1 and ";" in names[0]:
            self._tell(path, header[0], _("columns are separated by commas here, not by semicolons"))
            return
        for name in {name for name in names if names.count(name) > 1}:
            self._tell(path, header[0], _("the column stands twice"), name)
        unknown = [name for name in names if name not in sheet.flat_fields]
        for name in unknown:
            self._tell(path, header[0], _("there is no such field; allowed: %s") % allowed(sheet.flat_fields), name)
        for line, cells in [] if unknown else lines:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(names):
                told = _("%(found)d cells for %(wanted)d columns; put quotes round a text with a comma")
                self._tell(path, line, told % {"found": len(cells), "wanted": len(names)})
                continue
            pairs = zip(names, cells, strict=True)
            yield Mapping(line, {name: Cell(line, cell.strip() or None, is_flat=True) for name, cell in pairs})

    def _lines(self, path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        line = 1
        try:
            for cells in reader:
                yield line, cells
                line = reader.line_num + 1
        except csv.Error as error:
            self._tell(path, line, _("is not a table: %s") % error)

    def _document(self, path: Path, text: str) -> Iterator[Mapping]:
        try:
            node = yaml.compose(text, Loader=Loader)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            told = getattr(error, "problem", None) or getattr(error, "reason", None) or error
            self._tell(path, mark.line + 1 if mark else 0, _("is not YAML: %s") % told)
            return
        if node is None:
            return
        whole = self._cell(path, node)
        items = whole.value if isinstance(whole.value, list) else [whole]
        for item in items:
            if isinstance(item.value, Mapping):
                yield item.value
            else:
                self._tell(path, item.line, _("write a list of rows, each with its fields: “- key: …”"))

    def _cell(self, path: Path, node: Any, line: int = 0) -> Cell:
        line = line or node.start_mark.line + 1
        if isinstance(node, yaml.SequenceNode):
            return Cell(line, [self._cell(path, item) for item in node.value])
        if isinstance(node, yaml.MappingNode):
            return Cell(line, self._mapping(path, node))
        return Cell(line, None if node.tag == NULL else node.value)

    def _mapping(self, path: Path, node: Any) -> Mapping:
        cells: dict[str, Cell] = {}
        for key, value in node.value:
            line, name = key.start_mark.line + 1, str(key.value)
            if name in cells:
                told = _("the field stands twice in this row, first in line %d")
                self._tell(path, line, told % cells[name].line, name)
            else:
                cells[name] = self._cell(path, value, line)
        return Mapping(node.start_mark.line + 1, cells)
