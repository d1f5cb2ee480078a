"""Freezes reports: figures, rows and texts are kept as they stand, unless one measure has two values."""

import json
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from umbel.core import changelog, chronology
from umbel.core.audience import Operator
from umbel.core.work import is_staffed
from umbel.reports import document, grants, tables
from umbel.reports.actions import data_files
from umbel.reports.editions import contradictions, latest, seal
from umbel.reports.layouts.length import LONG_YEAR
from umbel.reports.models import Edition, GrantReport, Report


class ContradictionError(Exception):
    """A report states two values of one measure; `told` names each with the places that state them."""

    def __init__(self, told: list[str]) -> None:
        super().__init__("; ".join(told))
        self.told = told


@transaction.atomic
def freeze(report: Report, *, by: str, anyway: bool = False) -> Edition:
    """Store the figures of a report with the rows, texts and rules behind them, and the report as visitors see it.

    It becomes the next edition. Raises `ContradictionError` where one measure has two values, unless `anyway`.
    """
    _refuse_contradictions(report, anyway)
    _wait_for(report)
    with translation.override(report.language):
        entries = tables.figures_json(report.period, Operator())
        printed = {
            "web": _without_live_tables(document.build(report)),
            "print": document.build(report, medium="print"),
            "files": data_files(report),
        }
    figures = [{**entry, "rows": _kept(entry["rows"])} for entry in entries if entry["value"] is not None]
    text, last = json.dumps(printed, ensure_ascii=False), latest(report)
    return Edition.objects.create(
        report=report,
        number=last.number + 1 if last else 1,
        frozen_at=timezone.now(),
        frozen_by=by,
        figures=figures,
        printed=text,
        hash=seal(figures, text),
    )


@transaction.atomic
def freeze_grant(grant: Any, year: int, *, by: str, anyway: bool = False) -> GrantReport:
    """Store a year of a grant as its funder reads it, as the next edition.

    Raises `ContradictionError` where the report of the year states two values of one measure, unless `anyway`, and
    `LookupError` where the grant has no work programme for the year.
    """
    _refuse_contradictions(Report.objects.filter(year=year).first(), anyway)
    _wait_for(grant)
    text = json.dumps(grants.build(grant.key, year), ensure_ascii=False)
    last = GrantReport.objects.filter(grant=grant, year=year).order_by("-number").first()
    return GrantReport.objects.create(
        grant=grant,
        year=year,
        number=last.number + 1 if last else 1,
        frozen_at=timezone.now(),
        frozen_by=by,
        printed=text,
        hash=seal([], text),
    )


def _wait_for(row: Any) -> None:
    """Wait until nobody else freezes the same, so that each edition has a number of its own."""
    list(type(row)._base_manager.select_for_update().filter(pk=row.pk).values_list("pk"))


def _refuse_contradictions(report: Report | None, anyway: bool = False) -> None:
    if not anyway and (told := contradictions(report)):
        raise ContradictionError(told)


def _without_live_tables(doc: document.Document) -> document.Document:
    """Return a document whose drawings do not lead to the tables of today."""
    drawings = {name: {**drawing, "table": ""} for name, drawing in doc["drawings"].items()}
    return {**doc, "drawings": drawings}


def _kept(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return rows without their addresses, which belong to the site and not to the record."""
    return [{name: row[name] for name in ("type", "id", "text")} for row in rows]


def start(report: Report, by: str) -> UUID | None:
    """Freeze a report by a worker, and return its task (id); at once where none lives and the year is short.

    Raises `ContradictionError` where one measure has two values.
    """
    _refuse_contradictions(report)
    is_short = chronology.tally(report.period).get("chronicle.entries", 0) <= LONG_YEAR
    if is_short and not is_staffed():
        with changelog.by(by):
            freeze(report, by=by)
        return None
    return UUID(freeze_report.enqueue(report.pk, by).id)


@task()
def freeze_report(number: int, by: str) -> None:
    """Freeze a report (id), as a task of a worker."""
    with changelog.by(by):
        freeze(Report.objects.get(pk=number), by=by)


def is_under_way(number: UUID) -> bool:
    """Tell whether a worker still has to freeze, by the id of its task."""
    waiting = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    return bool(DBTaskResult.objects.filter(id=number, status__in=waiting).exists())


def has_failed(number: UUID) -> bool:
    return bool(DBTaskResult.objects.filter(id=number, status=TaskResultStatus.FAILED).exists())
