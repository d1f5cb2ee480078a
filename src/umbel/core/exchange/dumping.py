"""Writes the records into the files from which they can be loaded again."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from umbel.core.exchange.problems import allowed
from umbel.core.exchange.sheets import Sheet, every_sheet
from umbel.core.exchange.stock import Stock
from umbel.core.exchange.writing import Line, as_csv, as_yaml


class DumpError(Exception):
    """The directory cannot take the files."""


@dataclass
class Dumped:
    """What a dump wrote: the number of rows by file; `lost` names rows that refer to records that are gone."""

    files: dict[str, int] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)


def dump(directory: Path) -> Dumped:
    """Write a file for each kind of record that has rows; users and passwords are no such kind.

    The same records give the same bytes. Rows that name a record which is gone are left out and told as `lost`.
    Raises `DumpError` when the directory holds files that would be loaded beside the written ones.
    """
    done, texts, sheets = Dumped(), {}, every_sheet()
    with transaction.atomic():
        stock = Stock()
        for sheet in sheets:
            rows = _rows(sheet, stock, stock.rows(sheet.model).values(), done.lost)
            if rows:
                done.files[sheet.file] = len(rows)
                texts[sheet.file] = _text(sheet, rows)
    others = {f"{sheet.name}{suffix}" for sheet in sheets for suffix in (".yaml", ".csv")} - texts.keys()
    directory.mkdir(parents=True, exist_ok=True)
    if left := sorted(path.name for path in directory.iterdir() if path.name in others):
        told = _("%(directory)s also holds %(files)s, which this dump would not write: choose an empty directory")
        raise DumpError(told % {"directory": directory, "files": allowed(left)})
    for name, text in texts.items():
        (directory / name).write_bytes(text.encode())
    return done


def _text(sheet: Sheet, rows: list[Line]) -> str:
    return as_csv(rows, sheet.flat_fields) if sheet.format == "csv" else as_yaml(rows, sheet.single)


def _rows(sheet: Sheet, stock: Stock, instances: Any, lost: list[str]) -> list[Any]:
    rows = []
    for instance in instances:
        try:
            row = _row(sheet, stock, instance, lost)
        except KeyError:
            lost.append(f"{instance._meta.verbose_name} {instance.pk}")
            continue
        lone = sheet.lone_column
        rows.append(row[lone.name] if lone else row)
    return rows


def _row(sheet: Sheet, stock: Stock, instance: Any, lost: list[str]) -> Line:
    row: Line = {}
    for column in sheet.columns.values():
        content = column.content(instance, stock)
        is_told = sheet.format == "csv" or column.name in sheet.key or not column.is_default(instance)
        if content and is_told:
            row[column.name] = content
    for part in sheet.parts:
        if listed := _rows(part, stock, stock.parts(part, instance.pk), lost):
            row[part.name] = listed
    return row
