"""Reads the rows of an upload, one at a time, as texts: from CSV, or from the first sheet of a workbook with any."""

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import IO, Any

from django.utils.translation import gettext as _

from umbel.core.imports.files import Nature, UnreadableError, check_extent
from umbel.core.imports.models import ImportJob

Numbered = tuple[int, list[str]]
"""A row with its number in the file: of its first line in CSV, of the row in a sheet; both count from 1."""


@contextmanager
def table(file: IO[bytes], nature: Nature) -> Iterator[Iterator[Numbered]]:
    """Give the rows of a file, the header first; rows without any cell are left out. Raises `UnreadableError`."""
    file.seek(0)
    if nature.format == "xlsx":
        yield _sheet_rows(file)
        return
    text = io.TextIOWrapper(
        io.BufferedReader(_Unclosed(file)), "utf-8-sig" if nature.encoding == "utf-8" else nature.encoding, newline=""
    )
    try:
        yield _lines(text, nature.delimiter)
    finally:
        text.detach()


class _Unclosed(io.RawIOBase):
    """A file as text readers want it, which they do not close."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        block = self.file.read(len(buffer))
        buffer[: len(block)] = block
        return len(block)


def _lines(text: Iterable[str], delimiter: str) -> Iterator[Numbered]:
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    line, rows = 1, 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows += 1
                check_extent(rows, len(cells))
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        told = _("The table breaks off at line %(line)d: %(why)s. Perhaps a quotation mark is not closed there.")
        raise UnreadableError(told % {"line": line, "why": error}) from error


def _sheet_rows(file: IO[bytes]) -> Iterator[Numbered]:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 -- a process pays that reads workbooks

    try:
        with CalamineWorkbook.from_filelike(file) as book:
            sheet = _first_sheet(book)
            first = (sheet.start or (0, 0))[0] + 1
            for number, cells in enumerate(sheet.iter_rows(), first):
                texts = [as_text(cell) for cell in cells]
                if any(texts):
                    yield number, texts
    except CalamineError as error:
        raise UnreadableError(_("The workbook cannot be read: %s") % error) from error


def _first_sheet(book: Any) -> Any:
    """Return the first sheet that holds anything."""
    for index in range(len(book.sheet_names)):
        sheet = book.get_sheet_by_index(index)
        if sheet.height:
            return sheet
    raise UnreadableError(_("The workbook has no sheet with rows."))


def as_text(value: Any) -> str:
    """Return a typed cell of a workbook as a person would have written it in a text file: 2024-12-11, 3411, true."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def examine_head(file: IO[bytes], nature: Nature, few: int = 3) -> tuple[list[str], list[list[str]], int]:
    """Return the headers, the first rows below them and the number of rows. Raises `UnreadableError`."""
    with table(file, nature) as rows:
        _number, found = next(rows, (0, []))
        headers = [" ".join(header.split()) for header in found]
        while headers and not headers[-1]:
            headers.pop()
        if not headers:
            raise UnreadableError(_("The first row of the table has to name its columns."))
        samples: list[list[str]] = []
        total = 0
        for _number, cells in rows:
            total += 1
            if len(samples) < few:
                samples.append([cell[:80] for cell in cells[: len(headers)]])
    if doubled := sorted({header for header in headers if header and headers.count(header) > 1}):
        raise UnreadableError(_("Two columns have the same name: %s. Give each its own.") % ", ".join(doubled))
    if not total:
        raise UnreadableError(_("The table has a first row that names its columns, and no row below it."))
    return headers, samples, total


def rows_of(job: ImportJob, file: IO[bytes]) -> Iterator[Numbered]:
    """Yield the rows of a job's file below the header."""
    with table(file, Nature(job.format, job.encoding, job.delimiter)) as rows:
        next(rows, None)
        yield from rows
