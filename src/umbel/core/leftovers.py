"""Uploaded files that no record holds any longer: another one took their place, or the record is gone for good."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import PurePath
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone

from umbel.core.imports.models import ImportRow
from umbel.core.merging import Merge
from umbel.core.records import Record
from umbel.core.wastebasket import Deletion

FRESH = timedelta(days=1)
"""A file is sent before its record is stored: for so long it may be that of a record to come."""
OF_A_FORM = re.compile(r"[A-Za-z0-9_-]{22}")
"""The folder in which a form keeps a file; what lies elsewhere was put there by the operator."""


def forget() -> int:
    """Erase uploaded files that nothing holds; return how many those were.

    What the bin, an import or a merge can still bring back stays, and so does what no form has sent.
    """
    left = set(_uploaded()) - set(_held())
    gone = sorted(left - set(_may_come_back())) if left else []
    old = [name for name in gone if default_storage.get_modified_time(name) < timezone.now() - FRESH]
    for name in old:
        default_storage.delete(name)
        with suppress(OSError):
            default_storage.delete(str(PurePath(name).parent))
    return len(old)


def _fields() -> list[Any]:
    """Return the fields of records that hold a file."""
    records = [model for model in apps.get_models() if issubclass(model, Record)]
    return [each for model in records for each in model._meta.local_fields if isinstance(each, models.FileField)]


def _uploaded() -> Iterator[str]:
    """Yield the names of the files that forms have sent."""
    for folder in sorted({str(field.upload_to).strip("/") for field in _fields()}):
        for each in _listed(folder)[0]:
            if OF_A_FORM.fullmatch(each):
                yield from (f"{folder}/{each}/{name}" for name in _listed(f"{folder}/{each}")[1])


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []


def _held() -> Iterator[str]:
    """Yield the names of the files of records."""
    for field in _fields():
        yield from field.model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)


def _may_come_back() -> Iterator[str]:
    """Yield the texts among which are the names of files of records that can still be brought back."""
    kinds = {field.model._meta.label_lower for field in _fields()}
    deletions = Deletion.objects.open()
    kept: list[Iterable[Any]] = [
        deletions.values_list("rows", flat=True).iterator(),
        Merge.objects.filter(deletion__in=deletions).values_list("before", flat=True).iterator(),
        ImportRow.objects.filter(job__kind__in=kinds).values_list("before", "after").iterator(),
    ]
    for values in kept:
        for value in values:
            yield from _texts(value)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
