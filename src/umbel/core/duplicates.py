"""Records that look like one another: names that differ by case, accents, word order or a plural."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from umbel.core.names import Alias, fold
from umbel.core.records import Named

PAIRS_SHOWN = 200
LONG_ENOUGH = 4


def likeness(name: str) -> frozenset[str]:
    """Return what a name is compared by: its words, folded, without the s of a plural."""
    words = fold(name).split()
    return frozenset(word[:-1] if len(word) > LONG_ENOUGH and word.endswith("s") else word for word in words)


def alike(rows: models.QuerySet[Any]) -> Iterator[list[int]]:
    """Yield the numbers of rows whose names or other spellings look alike, two or more at a time."""
    found: dict[frozenset[str], set[int]] = defaultdict(set)
    for pk, name in rows.order_by().values_list("pk", "name"):
        found[likeness(name)].add(pk)
    kind = ContentType.objects.get_for_model(rows.model)
    spellings = Alias.objects.filter(content_type=kind, object_id__in=rows.order_by().values("pk"))
    for pk, name in spellings.values_list("object_id", "name"):
        found[likeness(name)].add(pk)
    for words, numbers in sorted(found.items(), key=lambda pair: sorted(pair[0])):
        if len(numbers) > 1 and words:
            yield sorted(numbers)


def like(row: Named, rows: models.QuerySet[Any]) -> list[Any]:
    """Return the other rows of a set that look like one."""
    numbers = {pk for group in alike(rows) if row.pk in group for pk in group} - {row.pk}
    return list(rows.filter(pk__in=numbers))
