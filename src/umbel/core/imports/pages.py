"""What the pages of the wizard show of an import."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from umbel.core.exchange.columns import Column
from umbel.core.imports.files import ENCODINGS, FALLBACK
from umbel.core.imports.kinds import Kind, hint, is_required, kind_of, label, parts_for
from umbel.core.imports.models import ImportJob, ImportRow
from umbel.core.imports.progress import rows_done
from umbel.core.imports.telling import Teller

SHOWN, SAMPLE = 100, 12
State = ImportJob.State
COUNTED = ("new", "changed", "unchanged", "held", "left", "error")


def template(job: ImportJob) -> str:
    """Return the name of the page for the state of a job."""
    if job.is_running:
        return "running"
    return {State.MAPPING: "mapping", State.EXAMINED: "report"}.get(State(job.state), "result")


def line(job: ImportJob) -> dict[str, Any]:
    """Return an import as the list of them shows it."""
    kind = kind_of(job.kind)
    return {"job": job, "kind": kind.label if kind else job.kind, "counts": counts(job), "tone": _tone(job)}


def _tone(job: ImportJob) -> str:
    if job.problem:
        return "is-danger"
    return {State.DONE: "is-ok", State.UNDONE: "is-warn"}.get(State(job.state), "is-info")


def counts(job: ImportJob) -> list[dict[str, Any]]:
    """Return the numbers of rows by what becomes of them, those that are none left out but for new and changed."""
    labels = {
        "new": pgettext("rows", "new"),
        "changed": pgettext("rows", "changed"),
        "unchanged": _("unchanged"),
        "held": _("held back"),
        "left": _("left out"),
        "error": _("with errors"),
    }
    numbers = job.counts
    shown = [name for name in COUNTED if numbers.get(name) or name in ("new", "changed")]
    return [{"name": name, "label": labels[name], "number": numbers.get(name, 0)} for name in shown] if numbers else []


def stages(job: ImportJob) -> list[dict[str, str]]:
    """Return the steps of the wizard, those done and the present one marked."""
    order = [_("File"), _("Columns"), _("Check"), _("Written")]
    now = {State.MAPPING: 1, State.EXAMINING: 2, State.EXAMINED: 2}.get(State(job.state), 3)
    is_over = job.state in (State.DONE, State.UNDONE)
    marks = ["done" if index < now or is_over else "now" if index == now else "" for index in range(len(order))]
    return [{"label": name, "mark": mark} for name, mark in zip(order, marks, strict=True)]


def page(job: ImportJob, kind: Kind, user: Any) -> dict[str, Any]:
    """Return what the page of an import shows, by its state."""
    shared = {"job": job, "kind": kind, "stages": stages(job), "counts": counts(job)}
    if job.is_running:
        return shared | progress(job)
    if job.state == State.MAPPING:
        return shared | _mapping(job, kind)
    may_undo = job.state == State.DONE and not job.erased_at and user.has_perm(kind.model.get_perm("delete"))
    return shared | _report(job, kind, user) | {"may_undo": may_undo}


def progress(job: ImportJob) -> dict[str, Any]:
    return {"job": job, "done": min(rows_done(job), job.total) if job.is_running else job.total}


@dataclass(frozen=True)
class Matched:
    """A column of the file, its first values, the field it stands for."""

    index: int
    header: str
    values: list[str]
    field: str


def _mapping(job: ImportJob, kind: Kind) -> dict[str, Any]:
    matched = [
        Matched(
            index, header, [row[index] for row in job.samples if index < len(row) and row[index]], job.mapping[index]
        )
        for index, header in enumerate(job.headers)
    ]
    return {
        "matched": matched,
        "fields": [_field(kind, name, column, job.mapping) for name, column in kind.columns.items()],
        "missing": [label(kind, name) for name in _missing(job, kind)],
        "is_guess": job.encoding == FALLBACK,
        "encodings": ENCODINGS if job.format == "csv" else (),
        "delimiter": {"\t": _("tabs"), ",": _("commas"), ";": _("semicolons"), "|": _("bars")}.get(job.delimiter, ""),
    }


def _missing(job: ImportJob, kind: Kind) -> list[str]:
    """The columns without which no new record can be made."""
    needed = [name for name, column in kind.columns.items() if is_required(column) and name not in job.mapping]
    return [name for name in needed if not (name == "key" and kind.naming)]


def _field(kind: Kind, name: str, column: Column, mapping: list[str]) -> dict[str, Any]:
    needed = is_required(column) and not (name == "key" and kind.naming)
    return {"name": name, "label": label(kind, name), "needed": needed, "hint": hint(column), "taken": name in mapping}


def _report(job: ImportJob, kind: Kind, user: Any) -> dict[str, Any]:
    teller = Teller(kind, user)
    rows = {state: list(_rows(job, state)) for state in ImportRow.State.values}
    headers = {name: header for header, name in zip(job.headers, job.mapping, strict=True) if name}
    wrong = [_wrong(row, headers, kind) for row in rows["error"][:SHOWN]]
    return {
        "wrong": wrong,
        "common": Counter((one["column"], one["text"]) for row in wrong for one in row["problems"]).most_common(5),
        "held": [*rows["held"], *rows["left"]][:SHOWN],
        "fresh": [{"row": row, "values": teller.held(row.after)} for row in rows["new"]],
        "altered": [{"row": row, "values": teller.differing(row)} for row in rows["changed"]],
        "unmatched": [header for header, name in zip(job.headers, job.mapping, strict=True) if not name],
        "ways": ImportJob.Alike.choices,
        "chosen": job.decisions,
        "may_write": bool(job.counts.get("new") or job.counts.get("changed")),
        "records": _address(kind),
        "parts": [(part.label, _address(part)) for part in parts_for(user, kind)],
    }


def _rows(job: ImportJob, state: str) -> Any:
    return job.rows.filter(state=state).order_by("number")[: SHOWN if state in ("error", "held", "left") else SAMPLE]


def _wrong(row: ImportRow, headers: dict[str, str], kind: Kind) -> dict[str, Any]:
    problems = [
        {"column": headers.get(name, label(kind, name) if name else ""), "value": value, "text": text}
        for name, value, text in row.problems
    ]
    return {"row": row, "problems": problems}


def _address(kind: Kind) -> str:
    return reverse("desk.import.new") + f"?kind={kind.name}"
