"""Tells the search which records an import wrote or took away."""

from typing import Any

from django.db import transaction

from umbel.core.bulk import batches
from umbel.core.imports.kinds import Kind
from umbel.core.imports.models import ImportJob, ImportRow
from umbel.core.imports.writing import AT_A_TIME, rows_of
from umbel.core.search.filling import refresh
from umbel.core.search.subjects import is_searched, root_of, wholes


def tell(job: ImportJob, kind: Kind) -> None:
    """Bring the index of the search up to date with the rows that a job wrote or undid."""
    written = (ImportRow.State.NEW, ImportRow.State.CHANGED)
    if is_searched(kind.model):
        numbers = job.rows.filter(state__in=written).order_by("number")
        for few in batches(numbers.values_list("record", flat=True), AT_A_TIME):
            with transaction.atomic():
                refresh(root_of(kind.model), [number for number in few if number])
    for subject, parts in wholes().get(kind.model, ()):
        for some in rows_of(job, *written):
            with transaction.atomic():
                refresh(subject.root, _wholes(some, parts.whole))


def _wholes(rows: list[ImportRow], link: str) -> list[int]:
    """Return the ids of the records to which the rows belong, before or after."""
    told: list[dict[str, Any]] = [side for row in rows for side in (row.before, row.after)]
    return sorted({side[link] for side in told if side.get(link)})
