"""What is filtered, as a file: CSV for machines and XLSX for people, written row by row."""

import csv
import io
import tempfile
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any

from umbel.core.crud.columns import Column, teller
from umbel.core.crud.listing import Listing
from umbel.core.crud.table import loaded_for, places_of

FORMULA = ("=", "+", "-", "@", "\t", "\r")
CHUNK = 4000
BYTES = 1 << 16


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: one that begins like it gets an apostrophe."""
    return f"'{text}" if text.startswith(FORMULA) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    return text[1:].replace(".", "", 1).isdecimal()


def as_csv(listing: Listing) -> Iterator[bytes]:
    """Yield the rows of a listing as CSV (UTF-8 with a mark, so that spreadsheets read it), names of columns on top.

    Values stand as they are stored: codes, ISO dates, numbers with a point.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow(["id", *(column.name for column in listing.columns)])
    yield from _drained(buffer)
    for rows in batches(listing, listing.columns):
        writer.writerows([[_plain(value) for value in row] for row in rows])
        yield from _drained(buffer)


def batches(listing: Listing, columns: Sequence[Column]) -> Iterator[list[list[Any]]]:
    """Yield the rows of a listing with their number and a value for each of some columns, `CHUNK` rows at a time."""
    places = places_of(columns)
    rows = listing.values(columns).iterator(chunk_size=CHUNK)
    while batch := list(islice(rows, CHUNK)):
        loaded = loaded_for(columns, [row[0] for row in batch], listing.user)
        told = list(zip(columns, places, strict=True))
        yield [
            [row[0], *(loaded[column.name].get(row[0]) if column.load else row[place] for column, place in told)]
            for row in batch
        ]


def _plain(value: Any) -> Any:
    if value is None or value.__class__ is int:
        return value
    text = str(value)
    return harmless(text) if text and text[0] in FORMULA else text


def _drained(buffer: io.StringIO) -> Iterator[bytes]:
    yield buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()


def as_xlsx(listing: Listing) -> Iterator[bytes]:
    """Yield the rows of a listing as a workbook: labels on top, values in the reader's words, text never a formula."""
    import xlsxwriter  # noqa: PLC0415 -- 3 MB, which a process pays that writes workbooks

    with tempfile.TemporaryFile() as file:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(file, options)
        _fill(book, listing)
        book.close()
        file.seek(0)
        while block := file.read(BYTES):
            yield block


def _fill(book: Any, listing: Listing) -> None:
    sheet = book.add_worksheet(str(listing.section.name)[:31])
    head = book.add_format({"bold": True})
    for place, column in enumerate(listing.columns):
        sheet.set_column(place, place, 40 if place == 0 else 18)
        sheet.write_string(0, place, column.head, head)
    writers = [_cell_writer(sheet, column, listing.language) for column in listing.columns]
    for number, row in enumerate(chain.from_iterable(batches(listing, listing.columns)), 1):
        for place, write in enumerate(writers):
            write(number, place, row[place + 1])


def _cell_writer(sheet: Any, column: Column, language: str) -> Any:
    if column.is_number:
        return lambda row, place, value: value is not None and sheet.write_number(row, place, value)
    tell = teller(column, language)
    return lambda row, place, value: sheet.write_string(row, place, tell(value))
