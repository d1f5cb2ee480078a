"""Writes what a checked import says, all of it in one transaction, with a line of the change log for each row."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from umbel.core import changelog
from umbel.core.bulk import AT_ONCE, batches, change
from umbel.core.changelog import Change, snapshot
from umbel.core.imports.kinds import Kind
from umbel.core.imports.lines import made
from umbel.core.imports.models import ImportJob, ImportRow
from umbel.core.imports.standing import standing
from umbel.core.imports.tables import Note, Tables

AT_A_TIME = 1000
NEEDED = ("id", "number", "state", "record", "handle", "text", "before", "after")
State = ImportRow.State
Progress = Callable[[int], None]
ACTS = {State.NEW: Change.Act.ADD, State.CHANGED: Change.Act.CHANGE}


class ChangedSinceError(Exception):
    """Records are no longer as the check, or the import, left them; `texts` names the first of them."""

    def __init__(self, texts: list[str]) -> None:
        super().__init__(", ".join(texts))
        self.texts = texts


def rows_of(job: ImportJob, *states: str) -> Iterator[list[ImportRow]]:
    """Yield the noted rows of a job in batches, in the order of the file, with the fields `NEEDED`."""
    last = 0
    while True:
        rows = job.rows.filter(state__in=states, number__gt=last).order_by("number").values(*NEEDED)
        some = [made(ImportRow, values) for values in rows[:AT_A_TIME]]
        if not some:
            return
        yield some
        last = some[-1].number


def write(job: ImportJob, kind: Kind, progress: Progress) -> None:
    """Write the new and the changed records of a job, inside the caller's transaction.

    Raises `ChangedSinceError` where a record is no longer as the check saw it, and for what the database refuses.
    """
    tables, done = Tables(kind), 0
    for some in rows_of(job, State.NEW, State.CHANGED):
        new = [row for row in some if row.state == State.NEW]
        altered = [row for row in some if row.state == State.CHANGED]
        refuse_changed(kind, altered, "before")
        try:
            _insert(tables, new)
            tables.bring([(row.target, row.before, row.after) for row in altered])
        except IntegrityError as error:
            raise ChangedSinceError([_("the database refuses it: %s") % error]) from error
        log(tables, job.who, [(row, ACTS[State(row.state)]) for row in some])
        done += len(some)
        progress(done)


def _insert(tables: Tables, rows: list[ImportRow]) -> None:
    if not rows:
        return
    numbers = tables.insert([row.after for row in rows])
    for row, number in zip(rows, numbers, strict=True):
        row.record = number
    change(ImportRow, [ImportRow._meta.get_field("record")], [(row.pk, row.record) for row in rows])


def refuse_changed(kind: Kind, rows: list[ImportRow], side: str) -> None:
    """Raise `ChangedSinceError` unless the records of rows hold what one side of the rows (before, after) says."""
    if gone := [row.text for row, held in held_by(kind, rows) if held is None or _differs(row, side, held)]:
        raise ChangedSinceError(gone)


def _differs(row: ImportRow, side: str, held: dict[str, Any]) -> bool:
    told: dict[str, Any] = getattr(row, side)
    # A new row leaves out the lists that are empty.
    names = held if row.state == State.NEW else told
    return any(held.get(name) != told.get(name, []) for name in names if name != "folded")


def held_by(kind: Kind, rows: Iterable[ImportRow]) -> Iterator[tuple[ImportRow, dict[str, Any] | None]]:
    """Yield rows with what their records hold at present, lists and spellings included; `None` for one that is gone."""
    for some in batches(rows, AT_ONCE):
        numbers = [row.target for row in some]
        known = kind.model._base_manager.in_bulk(numbers)
        lists = standing(kind, known)
        for row in some:
            found = known.get(row.target)
            yield row, snapshot(found) | lists[row.target] if found is not None else None


def log(tables: Tables, who: str, told: Iterable[tuple[ImportRow, str]]) -> None:
    """Add the lines of the change log on rows and what was done to each; what the tables noted follows its row."""
    notes: dict[int, list[Note]] = {}
    for note in tables.notes:
        notes.setdefault(note.owner, []).append(note)
    tables.notes = []
    lines: list[Change] = []
    signed = {"at": timezone.now(), "who": who, "type": tables.kind.name}
    for row, act in told:
        about = signed | {"record": row.handle or str(row.target), "text": row.text}
        before, after = _touched(tables.values_of(row.before), tables.values_of(row.after))
        if before or after:
            lines.append(made(Change, about | {"act": act, "before": before, "after": after}))
        for note in notes.get(row.target, ()):
            about_note = about | _own(note)
            lines.append(made(Change, about_note | {"act": note.act, "before": note.before, "after": note.after}))
    changelog.write(lines)


def _touched(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Keep what differs, as the log does for a single record: nothing before and nothing after are alike."""
    names = {name for name in before | after if before.get(name) != after.get(name)}
    return {name: before[name] for name in names & before.keys()}, {name: after[name] for name in names & after.keys()}


def _own(note: Note) -> dict[str, str]:
    """Return what the line on another spelling is about, if not its record."""
    if note.alias is None:
        return {}
    number, name = note.alias
    return {"type": "core.alias", "record": str(number), "text": name}
