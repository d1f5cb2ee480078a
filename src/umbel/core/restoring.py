"""Brings back what `umbel backup` wrote: into an instance where nothing has begun, on either database, as a whole."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils.translation import gettext as _

from umbel.core import search
from umbel.core.backup import (
    FORMAT,
    MANIFEST,
    ROWS_AT_ONCE,
    Manifest,
    Model,
    blocks,
    columns,
    file_name,
    table_name,
    tables,
)
from umbel.core.bulk import batches, pour, storable
from umbel.core.changelog import Change
from umbel.core.models import Confederation


class RestoreError(Exception):
    """A backup that cannot be brought back; the message says why and what to do."""


def restore(path: Path) -> Manifest:
    """Bring everything back from an archive and make the search index anew.

    Raises `RestoreError` where the instance is in use or the archive is none, is damaged, or holds other tables than
    this version of Umbel; nothing is then changed.
    """
    _refuse_filled()
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = read_manifest(archive)
            _refuse_other_tables(manifest)
            written: list[str] = []
            try:
                with transaction.atomic():
                    _fill(archive, manifest)
                    for name, told in manifest.files.items():
                        _bring_file(archive, name, told["sha256"], written)
            except BaseException:
                for name in written:
                    default_storage.delete(name)
                raise
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError) as error:
        raise RestoreError(_("%s is no backup, or it is damaged.") % path) from error
    search.rebuild()
    return manifest


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    told = json.loads(archive.read(MANIFEST))
    if told["format"] != FORMAT:
        raise RestoreError(_("The backup was written by Umbel %s: restore it with that version.") % told["umbel"])
    return Manifest(**told)


def _refuse_filled() -> None:
    if Confederation.objects.exists() or get_user_model().objects.exists() or Change.objects.exists():
        raise RestoreError(
            _(
                "This instance is in use, and a restore writes into an empty one only. Name another folder in "
                "UMBEL_HOME, or another database in UMBEL_DATABASE_URL, and restore there."
            )
        )


def _refuse_other_tables(manifest: Manifest) -> None:
    here = {label: [each.attname for each in columns(model)] for label, model in tables().items()}
    there = {label: table["columns"] for label, table in manifest.tables.items()}
    if here != there:
        differing = sorted(label for label in here.keys() | there.keys() if here.get(label) != there.get(label))
        told = {"version": manifest.umbel, "tables": ", ".join(differing[:5])}
        raise RestoreError(
            _(
                "The backup was written by Umbel %(version)s, whose tables were others (%(tables)s). Restore it with "
                "that version, then bring that instance up to date."
            )
            % told
        )


def _fill(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Put the rows of the archive in the place of what a new database comes with."""
    models = tables()
    with connection.cursor() as cursor:
        for model in models.values():
            cursor.execute(" ".join(["DELETE FROM", connection.ops.quote_name(model._meta.db_table)]))
    for label, model in models.items():
        fields, rows = columns(model), _rows(archive, label, manifest.tables[label])
        turns = [_turn(each) for each in fields]
        for some in batches(rows, ROWS_AT_ONCE):
            pour(model, fields, [[turn(value) for turn, value in zip(turns, row, strict=True)] for row in some])
    _continue_numbering(list(models.values()))
    ContentType.objects.clear_cache()


def _rows(archive: zipfile.ZipFile, label: str, told: dict[str, Any]) -> Iterator[list[Any]]:
    """Yield the rows of a table. Raises `RestoreError` at its end where they are not those that were written."""
    digest, count = hashlib.sha256(), 0
    with archive.open(table_name(label)) as lines:
        for line in lines:
            digest.update(line)
            count += 1
            yield json.loads(line)
    if (count, digest.hexdigest()) != (told["rows"], told["sha256"]):
        raise RestoreError(_("The backup is damaged: %s is not what was written.") % label)


def _turn(field: Any) -> Callable[[Any], Any]:
    """Return the function that makes of a value of the archive what the database driver takes."""
    store = storable(field)
    return lambda value: value if value is None else store(field.to_python(value))


def _continue_numbering(models: list[Model]) -> None:
    """Let new rows be numbered after those that were brought back; SQLite does so by itself."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _bring_file(archive: zipfile.ZipFile, name: str, expected: str, written: list[str]) -> None:
    """Store a file under its name; one that is there already must be the same. Raises `RestoreError`."""
    with archive.open(file_name(name)) as file:
        if not default_storage.exists(name):
            written.append(default_storage.save(name, File(file)))
    with default_storage.open(name, "rb") as stored:
        digest = hashlib.sha256()
        for block in blocks(stored):
            digest.update(block)
    if digest.hexdigest() != expected:
        raise RestoreError(_("The file %s is not what was written, or another one is in its place.") % name)
