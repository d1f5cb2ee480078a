"""Empty tables to fill in, one for each kind, and tables that go back with what is wrong in them."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from umbel.core.crud.export import harmless
from umbel.core.imports.kinds import Kind, allowed_values, hint, is_required, label
from umbel.core.imports.models import ImportJob, ImportRow

WIDE = 22
ROWS_AT_ONCE = 500


def blank_csv(kind: Kind) -> bytes:
    """Return a table with nothing but the names of the columns (UTF-8 with a mark, which spreadsheets want)."""
    return _csv([[label(kind, name) for name in kind.columns]], mark=True)


def blank_workbook(kind: Kind) -> bytes:
    """Return a workbook: a sheet to fill in, and one that says what each column takes."""
    import xlsxwriter  # noqa: PLC0415 -- 3 MB, which a process pays that writes workbooks

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        # Texts stay texts: a spreadsheet would make a date of 2024-12 and a number of 0123.
        text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet(_("Records"))
        sheet.set_column(0, len(kind.columns) - 1, WIDE, text)
        sheet.freeze_panes(1, 0)
        for index, name in enumerate(kind.columns):
            sheet.write_string(0, index, label(kind, name), bold)
        values = book.add_worksheet(_("Allowed values"))
        values.set_column(0, 4, WIDE, wrap)
        for line, cells in enumerate(_values(kind)):
            for index, cell in enumerate(cells):
                values.write_string(line, index, cell, wrap if line else bold)
    return buffer.getvalue()


def _values(kind: Kind) -> Iterator[list[str]]:
    yield [_("Column"), _("Field"), _("Needed"), _("Value"), _("Meaning")]
    for name, column in kind.columns.items():
        head = [label(kind, name), name, _("yes") if is_required(column) else ""]
        listed = allowed_values(column)
        for value, text in listed:
            yield [*head, value, text]
        if not listed:
            yield [*head, "", hint(column)]


def annotated(job: ImportJob) -> Iterator[bytes]:
    """Yield the rows of a job that have errors or are held back as CSV, what is wrong first, then the row."""
    yield _csv([[_("Row"), _("Problem"), *map(harmless, job.headers)]], mark=True)
    states = (ImportRow.State.ERROR, ImportRow.State.HELD)
    rows = job.rows.filter(state__in=states).order_by("number")
    lines = ([str(row.number), _told(row), *map(harmless, row.cells)] for row in rows.iterator(ROWS_AT_ONCE))
    for line in lines:
        yield _csv([line])


def _told(row: ImportRow) -> str:
    if row.state == ImportRow.State.HELD:
        return harmless(_("looks like %s") % row.likeness.get("text", ""))
    return harmless("; ".join(f"{column}: {text}" if column else text for column, _value, text in row.problems))


def _csv(rows: list[list[str]], mark: bool = False) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode("utf-8-sig" if mark else "utf-8")
