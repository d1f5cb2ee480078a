"""How far a step has got while its transaction is open: in a file, because nobody else sees into the transaction."""

import time
from contextlib import suppress

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from umbel.core.imports.models import FOLDER, ImportJob

EVERY = 0.5
"""Seconds between two notes."""


class Progress:
    """Notes the number of rows done, not more often than is of use."""

    def __init__(self, job: ImportJob) -> None:
        self.path = _path(job.pk)
        self._next = time.monotonic() + EVERY

    def __call__(self, done: int) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + EVERY
            default_storage.delete(self.path)
            default_storage.save(self.path, ContentFile(str(done).encode()))

    def forget(self) -> None:
        default_storage.delete(self.path)


def rows_done(job: ImportJob) -> int:
    """Return the number of rows that the present step has done."""
    with suppress(FileNotFoundError, ValueError), default_storage.open(_path(job.pk)) as file:
        return int(file.read())
    return job.done


def _path(number: int) -> str:
    return f"{FOLDER}/{number}.progress"
