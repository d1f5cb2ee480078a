"""Notes what an examination found, row by row, so that exactly this is written, and can be undone."""

import json
from collections import Counter

from umbel.core.bulk import pour
from umbel.core.imports.examining import UNCHANGED
from umbel.core.imports.lines import Line
from umbel.core.imports.models import ImportJob, ImportRow

State = ImportRow.State
NAMES = (
    "job",
    "number",
    "state",
    "record",
    "handle",
    "text",
    "before",
    "after",
    "problems",
    "cells",
    "likeness",
)
NOTHING, NONE = "{}", "[]"
SHOWN = (State.ERROR, State.HELD)
"""States of rows that go back to whoever sent them, with their cells."""


def stage(job: ImportJob, lines: list[Line]) -> Counter[str]:
    """Store the rows that are not as the records already are, and return how many there are of each state."""
    fields = [ImportRow._meta.get_field(name) for name in NAMES]
    pour(ImportRow, fields, [_row(job, line) for line in lines if line.state != UNCHANGED])
    return Counter(line.state for line in lines)


def _row(job: ImportJob, line: Line) -> list[object]:
    is_written = line.state in (State.NEW, State.CHANGED)
    instance = line.instance
    return [
        job.pk,
        line.number,
        line.state,
        line.existing.pk if line.existing is not None else None,
        str(getattr(instance, "key", "") or "")[:100],
        str(instance)[:400] if instance is not None else "",
        json.dumps(line.before) if is_written and line.before else NOTHING,
        json.dumps(line.after) if is_written else NOTHING,
        json.dumps(line.problems) if line.problems else NONE,
        json.dumps(line.cells) if line.state in SHOWN else NONE,
        json.dumps(line.likeness) if line.likeness else NOTHING,
    ]
