"""One archive of everything: each table as lines of JSON, each uploaded file, a manifest that tells both.

It holds values as Python knows them and not as a database stores them, so that what SQLite held PostgreSQL takes. Not
in it are sessions and secrets of the installation, and what is made anew or kept for days only.
"""

import base64
import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from umbel import __version__
from umbel.core.bulk import batches

FORMAT = 1
MANIFEST = "manifest.json"
ROWS_AT_ONCE = 2_000
BLOCK = 1 << 20

LEFT_OUT = frozenset(
    {
        "sessions.session",
        "usersessions.usersession",
        "account.emailconfirmation",
        "socialaccount.socialapp",
        "socialaccount.socialtoken",
        "core.mail",
        "core.searchentry",
        "core.spelling",
        "core.submission",
        "core.worker",
        "django_tasks_database.dbtaskresult",
    }
)
"""Labels of the tables that a backup leaves out."""

Model = type[models.Model]


class BackupError(Exception):
    """A backup that cannot be written; the message says why."""


@dataclass
class Manifest:
    """What an archive holds: rows and columns by table, files by name, each with its size and SHA-256 (hex)."""

    format: int = FORMAT
    umbel: str = __version__
    made_at: str = ""
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(table["rows"] for table in self.tables.values())


def tables() -> dict[str, Model]:
    """Return the models whose tables are backed up, by label; tables of links are among them."""
    found = {model._meta.label_lower: model for model in apps.get_models(include_auto_created=True)}
    return {
        label: model
        for label, model in found.items()
        if label not in LEFT_OUT and model._meta.managed and not model._meta.proxy
    }


def columns(model: Model) -> list[Any]:
    """Return the fields that stand in the model's own table."""
    return list(model._meta.local_concrete_fields)


def back_up(path: Path) -> Manifest:
    """Write everything into a new archive that its owner alone may read; the site may go on meanwhile.

    Raises `BackupError` where the file exists. A file that is not finished is called `.part` and is no backup.
    """
    if path.exists():
        raise BackupError(_("%s exists: give each backup a name of its own.") % path)
    manifest = Manifest(made_at=timezone.now().isoformat())
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            with one_moment():
                for label, model in tables().items():
                    manifest.tables[label] = _write_table(archive, label, model)
            for name in files():
                with suppress(FileNotFoundError):
                    manifest.files[name] = _write_file(archive, name)
            archive.writestr(MANIFEST, json.dumps(vars(manifest), ensure_ascii=False, indent=1))
        os.fsync(file.fileno())
    part.rename(path)
    return manifest


@contextmanager
def one_moment() -> Iterator[None]:
    """Read the database as it is at one moment, whatever others write meanwhile; they need not wait."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        # A transaction that only reads; those of Django keep other writers out from their first line.
        cursor.execute("BEGIN")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _write_table(archive: zipfile.ZipFile, label: str, model: Model) -> dict[str, Any]:
    names = [each.attname for each in columns(model)]
    digest, count = hashlib.sha256(), 0
    rows = model._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=ROWS_AT_ONCE)
    with archive.open(table_name(label), "w", force_zip64=True) as out:
        for some in batches(rows, ROWS_AT_ONCE):
            lines = "".join(f"{json.dumps(row, default=_plain, ensure_ascii=False)}\n" for row in some).encode()
            digest.update(lines)
            out.write(lines)
            count += len(some)
    return {"rows": count, "columns": names, "sha256": digest.hexdigest()}


def table_name(label: str) -> str:
    """Return the name of a table in the archive."""
    return f"tables/{label}.jsonl"


def file_name(name: str) -> str:
    """Return the name of an uploaded file in the archive."""
    return f"files/{name}"


def _plain(value: Any) -> Any:
    """Return a value as JSON holds it, without losing a microsecond or a decimal."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(bytes(value)).decode()
    return str(value)


def files(folder: str = "") -> Iterator[str]:
    """Yield the names of all uploaded files, as records name them."""
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    for name in sorted(names):
        yield f"{prefix}{name}"
    for each in sorted(folders):
        yield from files(f"{prefix}{each}")


def _write_file(archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    with default_storage.open(name, "rb") as file, archive.open(file_name(name), "w", force_zip64=True) as out:
        for block in blocks(file):
            digest.update(block)
            out.write(block)
            size += len(block)
    return {"size": size, "sha256": digest.hexdigest()}


def blocks(file: IO[bytes] | Any) -> Iterator[bytes]:
    """Yield the contents of a file bit by bit."""
    while block := file.read(BLOCK):
        yield block
