"""Frozen editions: what was printed stays as it was, what changed since is told beside it."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from umbel.core.audience import Operator
from umbel.core.figures import evaluate
from umbel.core.formatting import join
from umbel.core.models import current_rounding
from umbel.core.registry import DeclarationError, Finding, get_figure
from umbel.reports import tables
from umbel.reports.models import Edition, Report

SHOWN = 5


@transaction.atomic
def freeze(report: Report, *, by: str) -> Edition:
    """Store the figures of a report with the rows, texts and rules behind them, as the next edition.

    The hash (SHA-256, hex) is over the figures as canonical JSON, so that two equal years have equal hashes.
    """
    entries = tables.figures_json(report.period, Operator())
    figures = [{**entry, "rows": _kept(entry["rows"])} for entry in entries if entry["value"] is not None]
    last = report.editions.order_by("-number").first()
    return Edition.objects.create(
        report=report,
        number=last.number + 1 if last else 1,
        frozen_at=timezone.now(),
        frozen_by=by,
        figures=figures,
        hash=seal(figures),
    )


def _kept(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return rows without their addresses, which belong to the site and not to the record."""
    return [{name: row[name] for name in ("type", "id", "text")} for row in rows]


def seal(figures: list[dict[str, Any]]) -> str:
    """Return the hash of the figures of an edition."""
    return hashlib.sha256(json.dumps(figures, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def drift(edition: Edition) -> Iterator[Finding]:
    """Tell what would be printed differently today: value then and now, rows that came and went."""
    if seal(edition.figures) != edition.hash:
        yield Finding(_("The figures of edition %s were altered after it was frozen.") % edition.number, (edition,))
    rule = current_rounding()
    for then in edition.figures:
        try:
            now = tables.figure_entry(evaluate(get_figure(then["key"]), edition.report.period, rule), Operator())
        except DeclarationError:
            yield Finding(_("%(label)s: printed %(then)s, no longer on record.") % _told(then, None), (edition,))
            continue
        came, went = _only(now, then), _only(then, now)
        if now["value"] != then["value"] or came or went:
            changes = [_("new: %s") % row for row in came[:SHOWN]] + [_("gone: %s") % row for row in went[:SHOWN]]
            text = _("%(label)s: printed %(then)s, now %(now)s.") % _told(then, now)
            yield Finding(" ".join([text, join(changes)]).strip(), (edition,))


def _told(then: dict[str, Any], now: dict[str, Any] | None) -> dict[str, Any]:
    return {"label": then["label"], "then": then["value"], "now": now["value"] if now else ""}


def _only(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """Return the texts of rows that the first entry has and the second has not."""
    known = {(row["type"], row["id"]) for row in other["rows"]}
    return [f"“{row['text']}”" for row in one["rows"] if (row["type"], row["id"]) not in known]
