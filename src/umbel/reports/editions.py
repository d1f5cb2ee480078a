"""Frozen editions: what was printed stays as it was, what changed since is told beside it."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from umbel.core.audience import Operator, audience_of, audiences_of
from umbel.core.changelog import Change
from umbel.core.figures import Row, Value, evaluate
from umbel.core.formatting import NO_DATA, join, number
from umbel.core.models import current_rounding
from umbel.core.records import seen_by
from umbel.core.registry import DeclarationError, Finding, get_figure
from umbel.core.wastebasket import known_to
from umbel.reports import tables
from umbel.reports.citing import printed
from umbel.reports.claims import conflicts
from umbel.reports.models import Edition, Report

SHOWN = 5

Entry = dict[str, Any]


@dataclass(frozen=True)
class Difference:
    """A figure that would be printed differently today: both numbers, and the rows that a user may see."""

    key: str
    label: str
    then: str
    now: str
    came: list[Row]
    went: list[dict[str, str]]
    hidden: int = 0
    """How many rows came and went that the user may not see."""

    @property
    def more(self) -> int:
        """How many rows a page leaves out that shows the first ones."""
        return sum(max(0, len(rows) - SHOWN) for rows in (self.came, self.went))


def seal(figures: list[Entry], printed: str = "") -> str:
    """Return the SHA-256 (hex) over the figures of an edition as canonical JSON, and over what was printed."""
    body = json.dumps(figures, sort_keys=True, ensure_ascii=False) + printed
    return hashlib.sha256(body.encode()).hexdigest()


def latest(report: Report) -> Edition | None:
    found: Edition | None = report.editions.order_by("-number").first()
    return found


def editions_of(report: Report) -> Any:
    """Return the editions of a report without their contents, the last one first; `is_whole`: texts were kept too."""
    return _bare(report.editions.all())


def with_editions(reports: Any) -> Any:
    """Return reports with their editions, as `editions_of` gives them, under `bare_editions`: one query more."""
    return reports.prefetch_related(Prefetch("editions", _bare(Edition.objects.all()), to_attr="bare_editions"))


def _bare(editions: Any) -> Any:
    return editions.order_by("-number").defer("figures", "printed").annotate(is_whole=Q(printed__gt=""))


def contradictions(report: Report | None) -> list[str]:
    """Return the measures of which a report states two values, each with the places that state them."""
    if report is None:
        return []
    return [
        _("%(measure)s: %(stated)s")
        % {
            "measure": measure,
            "stated": join(
                [f"{number(claim.value, claim.digits, report.language)} ({claim.place})" for claim in claims]
            ),
        }
        for measure, claims in conflicts(report.claims.all()).items()
    ]


def differences(edition: Edition, values: Iterable[Value], user: Any, language: str) -> Iterator[Difference]:
    """Yield what today's values print otherwise than an edition; of rows, those that the user may see."""
    frozen = {entry["key"]: entry for entry in edition.figures}
    public: set[tuple[str, str]] | None = None
    for value in values:
        then = frozen.get(value.figure.key, {"value": None, "rows": []})
        if tables.plain(value) == then["value"]:
            continue
        if public is None:
            public = _seen_then(edition, user)
        yield _difference(value, then, public, user, language)


def gone(edition: Edition, values: Iterable[Value]) -> Iterator[Difference]:
    """Yield the figures of an edition that are among no values of today, because nobody declares them any longer."""
    known = {value.figure.key for value in values}
    for entry in edition.figures:
        if entry["key"] not in known:
            yield Difference(entry["key"], entry["label"], str(entry["value"]), NO_DATA, [], [], 0)


def _difference(value: Value, then: Entry, seen: set[tuple[str, str]], user: Any, language: str) -> Difference:
    mine, known = audiences_of(user), {_identity(row) for row in then["rows"]}
    records = list(value.rows())
    here = {(record._meta.label_lower, record.handle) for record in records}
    new = [record for record in records if (record._meta.label_lower, record.handle) not in known]
    came = [Row.of(record) for record in new if audience_of(record) in mine]
    gone = [row for row in then["rows"] if _identity(row) not in here]
    went = [row for row in gone if _identity(row) in seen]
    before = None if then["value"] is None else Decimal(str(then["value"]))
    return Difference(
        value.figure.key,
        str(value.figure.label),
        printed(replace(value, printed=before), language),
        printed(value, language),
        came,
        went,
        len(new) - len(came) + len(gone) - len(went),
    )


def _identity(row: dict[str, str]) -> tuple[str, str]:
    return row["type"], row["id"]


def _seen_then(edition: Edition, user: Any) -> set[tuple[str, str]]:
    """Return the frozen rows that a user may see: those that were public, and in the secretariat what it saw and sees.

    A row that was deleted since is known by the audience that it had when it went.
    """
    public = json.loads(edition.document.get("files", {}).get("figures.json", "[]"))
    found = {_identity(row) for entry in public for row in entry["rows"]}
    if edition.audience not in audiences_of(user):
        return found
    kinds: dict[str, set[str]] = defaultdict(set)
    for kind, record in {_identity(row) for entry in edition.figures for row in entry["rows"]} - found:
        kinds[kind].add(record)
    for kind, records in kinds.items():
        lines = Change.objects.filter(act=Change.Act.DELETE, type=kind, record__in=records)
        found |= {(kind, line.record) for line in known_to(user, lines)}
        found |= {(kind, record) for record in seen_by(user, kind, records)}
    return found


def drift(edition: Edition) -> Iterator[Finding]:
    """Tell what would be printed differently today: value then and now, rows that came and went."""
    if seal(edition.figures, edition.printed) != edition.hash:
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


def _told(then: Entry, now: Entry | None) -> Entry:
    return {"label": then["label"], "then": then["value"], "now": now["value"] if now else ""}


def _only(one: Entry, other: Entry) -> list[str]:
    """Return the texts of rows that the first entry has and the second has not."""
    known = {_identity(row) for row in other["rows"]}
    return [f"“{row['text']}”" for row in one["rows"] if _identity(row) not in known]
