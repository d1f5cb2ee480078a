"""The audit of a year: printed numbers against the records, and what the records themselves leave open."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from umbel.core import chronology, formatting, registry
from umbel.core.audience import audience_of, audiences_of
from umbel.core.dates import PartialDate
from umbel.core.figures import Row, Value
from umbel.core.periods import Period
from umbel.reports import proofreading
from umbel.reports.citing import printed
from umbel.reports.claims import Finding, State, conflicts, judge_all
from umbel.reports.editions import drift, latest
from umbel.reports.models import Chapter, Mention, Report

STATES = {
    State.CONTRADICTS: gettext_lazy("Contradicts"),
    State.ROUNDING: gettext_lazy("Contradicts unless cut off"),
    State.DOUBLED: gettext_lazy("Printed differently elsewhere"),
    State.MISSING: gettext_lazy("No record"),
    State.AGREES: gettext_lazy("Agrees"),
}

SLOW = frozenset({"spelling", "repeated"})


@dataclass(frozen=True)
class Answer:
    """A check with what it found."""

    key: str
    label: str
    hint: str
    findings: list[registry.Finding]
    hidden: int = 0


def claims(
    report: Report, user: Any = None, figure: str = "", known: Mapping[str, registry.Figure] | None = None
) -> list[dict[str, Any]]:
    """Return the claims of a report with what the records say, those of one figure where it is named (`judge_all`).

    `[{"key", "place", "statement", "printed", "recorded", "state", "state_label", "agrees", "figure", "rule",
    "note", "only_here": [rows], "only_there": [rows], "against": text}]`; the rows are those in one counting rule and
    not in the other, where two claims of one measure are held against two figures.
    """
    findings = judge_all(report, figure, known)
    clashes = conflicts(finding.claim for finding in findings)
    rows = []
    for finding in findings:
        measure = finding.claim.measure
        others = [other for other in findings if measure and other.claim.measure == measure and other is not finding]
        against = others if measure in clashes else []
        rows.append({**_claim(finding, formatting.reading_language()), **_difference(finding, others, against, user)})
    return rows


def _claim(finding: Finding, language: str) -> dict[str, Any]:
    claim, value = finding.claim, finding.value
    number = claim_text(finding, language)
    return {
        "key": claim.key,
        "place": claim.place,
        "statement": claim.statement,
        "printed": _("over %s") % number if claim.is_floor else number,
        "recorded": printed(value, language) if value and value.value is not None else "",
        "state": finding.state.value,
        "state_label": str(STATES[finding.state]),
        "agrees": finding.state is State.AGREES,
        "figure": claim.figure,
        "rule": str(value.figure.rule) if value else "",
        "note": " ".join(filter(None, [claim.note, _reason(finding, language)])),
    }


def claim_text(finding: Finding, language: str) -> str:
    """Return the number of a claim as the formatter prints it; a year has no thousands."""
    claim, value = finding.claim, finding.value
    if claim.unit == "year":
        return str(int(claim.value))
    unit, signed = (value.figure.unit, value.figure.is_change) if value else ("", False)
    return formatting.figure(claim.value, unit, claim.digits, language, signed=signed)


def _reason(finding: Finding, language: str) -> str:
    if finding.state is State.ROUNDING and finding.value and finding.value.value is not None:
        exact = formatting.number(finding.value.value, 3, language)
        return _("Exactly %(exact)s: the printed number results only when decimals are cut off.") % {"exact": exact}
    if finding.state is State.MISSING and finding.value is None:
        return (
            _("No figure has the key “%s”.") % finding.claim.figure
            if finding.claim.figure
            else _("No figure measures this.")
        )
    return ""


def _difference(finding: Finding, others: list[Finding], against: list[Finding], user: Any) -> dict[str, Any]:
    """Return the rows in one counting rule and not in the other, and what clashes with a claim elsewhere."""
    language = formatting.reading_language()
    told = ", ".join(f"{other.claim.place}: {claim_text(other, language)}" for other in against)
    rival = next((other for other in others if other.claim.figure != finding.claim.figure), None)
    if rival is None or finding.value is None or rival.value is None:
        return {"only_here": [], "only_there": [], "against": told}
    here, there = _rows(finding.value, user), _rows(rival.value, user)
    return {
        "only_here": [row for url, row in here.items() if url not in there],
        "only_there": [row for url, row in there.items() if url not in here],
        "against": told,
    }


def _rows(value: Value, user: Any) -> dict[str, Row]:
    """Return the records behind a value that a user may see, by address; evidence stands for the record it names."""
    mine = audiences_of(user)
    named = [getattr(row, "record", None) or row for row in value.rows()]
    rows = [Row.of(record) for record in named if audience_of(record) in mine]
    return {row.url: row for row in rows}


def checks(report: Report | None, period: Period, user: Any = None, is_quick: bool = False) -> list[Answer]:
    """Return the checks of all apps with what they found, those that found something first.

    A finding on a row that the user may not see is counted as `hidden`. `is_quick` leaves out what needs all figures of
    the year or the whole directory: what changed since the last edition, which figure a typed number could be, names
    spelt another way, fragments said twice.
    """
    answers = [
        Answer(check.key, str(check.label), str(check.hint), list(check.find(period))) for check in registry.checks()
    ]
    answers += [_undated(period), _outside(period)]
    if report:
        answers += [
            _told_not_listed(report, user),
            _listed_not_told(report, user),
            *_proofread(report, is_quick),
        ]
        answers += [] if is_quick else [_changed_since(report)]
    return sorted((_seen(answer, user) for answer in answers), key=lambda answer: not answer.findings)


def _changed_since(report: Report) -> Answer:
    edition = latest(report)
    hint = _("Print an erratum, or freeze another edition.") if edition else _("Freeze the report when it goes out.")
    findings = list(drift(edition)) if edition else [registry.Finding(_("Nothing is frozen yet."), ())]
    return Answer("editions.drift", _("Changes since the last frozen edition"), hint, findings)


def _proofread(report: Report, is_quick: bool) -> Iterator[Answer]:
    typed = partial(proofreading.typed_numbers, is_suggesting=not is_quick)
    for key, label, hint, find in (
        ("unknown", _("Figures that no app declares"), _("Correct the key."), proofreading.unknown_figures),
        ("typed", _("Numbers typed in texts"), _("Cite the figure instead."), typed),
        ("ageing", _("Words that age"), _("Name the year or the date."), proofreading.ageing_words),
        ("repeated", _("Fragments said twice"), _("Keep one of them."), proofreading.repeated_fragments),
        ("spelling", _("Names spelt another way"), _("Write the name of the directory."), proofreading.other_spellings),
    ):
        if not (is_quick and key in SLOW):
            yield Answer(f"texts.{key}", label, hint, list(find(report)))


def _seen(answer: Answer, user: Any) -> Answer:
    mine = audiences_of(user)
    seen = [
        finding
        for finding in answer.findings
        if all(isinstance(row, Row) or audience_of(row) in mine for row in finding.rows)
    ]
    return replace(answer, findings=seen, hidden=len(answer.findings) - len(seen))


def _undated(period: Period) -> Answer:
    """Records dated to the year only, and listed ones without any date, which no figure of any year counts."""
    findings = []
    years = [PartialDate(year) for year in range(period.start.year, period.end.year + 1)]
    coarse, dateless = Q(date__in=years) & Q(date__within=period), Q(date=None, in_review=True)
    for source in registry.entries():
        for act in source.rows().filter(coarse | dateless):
            text = _("“%s” has no month.") if act.date else _("“%s” has no date and stands in no year.")
            findings.append(registry.Finding(text % act, (act,)))
    return Answer(
        "records.undated",
        _("Records without a date finer than the year"),
        _("Enter the month or the day."),
        findings,
    )


def _outside(period: Period) -> Answer:
    """Records told in the report of a year and dated in another one."""
    told, findings = _told(Chapter.objects.filter(report__year=period.end.year)), []
    for kind, chapters in groupby(sorted(told), key=itemgetter(0)):
        for record in _dated_outside(apps.get_model(kind), [pk for _kind, pk in chapters], period):
            for chapter in told[kind, record.pk]:
                text = _("“%(record)s”, told in “%(chapter)s”, is dated %(date)s.") % {
                    "record": record,
                    "chapter": chapter,
                    "date": record.date,
                }
                findings.append(registry.Finding(text, (record,)))
    return Answer(
        "records.outside",
        _("Records dated outside the year"),
        _("Check the date, or tell it in the other year's report."),
        findings,
    )


def _dated_outside(model: Any, keys: list[int], period: Period) -> Any:
    """Return the records of a kind, of some by primary key, that are dated and not in a period."""
    if not any(field.name == "date" for field in model._meta.concrete_fields):
        return []
    return model.objects.filter(pk__in=keys).exclude(Q(date=None) | Q(date__within=period))


def _told(chapters: QuerySet[Chapter]) -> dict[tuple[str, int], list[Chapter]]:
    """Return in which of some chapters records are told, by their kind (`events.event`) and primary key."""
    known, told = chapters.in_bulk(), defaultdict(list)
    mentions = Mention.objects.filter(chapter__in=known)
    for number, pk, chapter in mentions.values_list("content_type_id", "object_id", "chapter_id"):
        kind = ContentType.objects.get_for_id(number)
        told[f"{kind.app_label}.{kind.model}", pk].append(known[chapter])
    return told


def _told_not_listed(report: Report, user: Any) -> Answer:
    told, findings = _told(report.chapters.all()), []
    lines = chronology.bare_lines(report.period, user, listed=False)
    found = chronology.records([line for line in lines if (line.source.name, line.pk) in told])
    for key, act in found.items():
        names = formatting.join([f"“{chapter}”" for chapter in told[key]])
        text = _("“%(act)s” is told in %(chapters)s.") % {"act": act, "chapters": names}
        findings.append(registry.Finding(" ".join(filter(None, [text, act.review_note])), (act,)))
    return Answer(
        "records.unlisted",
        _("Activities told in chapters and absent from the year at a glance"),
        _("List them, or say why not."),
        findings,
    )


def _listed_not_told(report: Report, user: Any) -> Answer:
    told, text = _told(report.chapters.all()), _("“%s” stands in no chapter.")
    lines = chronology.bare_lines(report.period, user)
    untold = (line for line in lines if (line.source.name, line.pk) not in told)
    rows = (Row(line.source.name, line.key, line.title, line.url) for line in untold)
    return Answer(
        "records.untold",
        _("Activities in the year at a glance and told in no chapter"),
        _("Tell them, or leave them to the listing."),
        [registry.Finding(text % row.text, (row,)) for row in rows],
    )


def totals(rows: list[dict[str, Any]]) -> dict[str, int]:
    """Return the number of claims in each state."""
    return {state.value: sum(row["state"] == state.value for row in rows) for state in STATES}
