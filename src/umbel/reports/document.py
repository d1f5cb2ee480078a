"""The report as one document: what the web page and the PDF both place, with every text ready to print."""

from base64 import b64encode
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from umbel.core import chronology, formatting, logo
from umbel.core.chronicle import LABELS
from umbel.core.models import Confederation, EnterpriseType
from umbel.core.palette import print_palette
from umbel.core.periods import Period
from umbel.core.registry import FAMILIES
from umbel.reports.audit import claim_text
from umbel.reports.citing import Citations
from umbel.reports.claims import Finding, State, conflicts, judge_all
from umbel.reports.drawings import Artist
from umbel.reports.layouts import LAYOUTS
from umbel.reports.layouts.desk import Desk
from umbel.reports.layouts.glance import draw_months
from umbel.reports.models import Chapter, Report
from umbel.reports.prose import paragraphs
from umbel.reports.words import as_dict as words

Document = dict[str, Any]


def build(report: Report, user: Any = None, medium: str = "web") -> Document:
    """Return the document of a report as a user may see it, for "web" or "print".

    A plain dict that JSON can hold; its figures are evaluated for the year of the report by the confederation's
    rounding rule. Raises `DeclarationError` when a text cites a figure that no app declares.
    """
    with translation.override(report.language):
        return _build(report, user, medium)


def _build(report: Report, user: Any, medium: str) -> Document:
    own = Confederation.current()
    palette = print_palette(own.primary_colour, own.accent_colour)
    artist = Artist(medium, palette, report.language, report.year)
    desk = desk_for(own, report.period, user, artist)
    desk.spotlight = report.spotlight.key if report.spotlight else ""
    chapters = [_chapter(chapter, desk) for chapter in report.chapters.prefetch_related("passages")]
    each = desk.artist.cover([desk.month(number)[:3].upper() for number in range(1, 13)], desk.lines)
    document = {
        "title": report.title,
        "year": report.year,
        "language": report.language,
        "published": desk.date(report.published),
        "published_iso": report.published.last_day.isoformat() if report.published else "",
        "site": settings.SITE_URL,
        "header": f"{own.name} {report.title} {report.year}",
        "words": words(),
        "dot": _("Each dot is one activity, on the ray of its month.")
        if each == 1
        else _("Each dot stands for up to %s activities, on the ray of its month.") % each,
        "confederation": _confederation(own, report.language),
        "logo": _logo(own),
        "palette": palette,
        "notice": report.notice,
        "credits": _credits(report, own, desk),
        "funding": _funding(report),
        "families": [
            {"key": key, "label": desk.labels[key], "fig": desk.fig(f"chronicle.family.{key}")} for key in FAMILIES
        ],
        "chapters": chapters,
    }
    findings = judge_all(report, known=desk.citations.known, values=desk.citations.values)
    desk.citations.remarks = remarks(findings, report.language)
    return {**document, "drawings": desk.artist.drawn, "figures": desk.citations.as_dict()}


def desk_for(own: Confederation, period: Period, user: Any, artist: Artist) -> Desk:
    """Return the working place of somebody who makes pages on a period, in the language of the artist."""
    language = artist.language
    lines = chronology.lines(period, user)
    return Desk(period, language, Citations(period, language), artist, lines, labels(own))


def months(own: Confederation, period: Period, user: Any) -> Document:
    """Return the drawing of the activities of a year by month alone, in the reader's language."""
    desk = desk_for(own, period, user, Artist("web", {}, formatting.reading_language(), period.end.year))
    found: Document = desk.artist.drawn[draw_months(desk)]
    return found


def labels(own: Confederation) -> dict[str, str]:
    """Return the words that layouts need, in the active language."""
    return {
        **{family: str(LABELS[family]) for family in FAMILIES},
        "videos": _("Videos"),
        "confederation": own.name,
    }


def _chapter(chapter: Chapter, desk: Desk) -> dict[str, Any]:
    return {
        "key": chapter.key,
        "layout": chapter.layout,
        "title": chapter.title,
        "contents_line": chapter.contents_line,
        "passages": {
            passage.slot: {
                "title": passage.title,
                "signed_by": passage.signed_by,
                "paragraphs": paragraphs(passage.text, desk.citations),
            }
            for passage in chapter.passages.all()
        },
        "data": LAYOUTS[chapter.layout](desk),
    }


def remarks(findings: list[Finding], language: str) -> dict[str, str]:
    """Return, by figure, what a report printed that the records do not say: "9 printed (grant)"."""
    clashes = conflicts(finding.claim for finding in findings)
    told: dict[str, list[str]] = {}
    for finding in findings:
        if finding.value is None or finding.state is State.AGREES:
            continue
        claims = clashes.get(finding.claim.measure, []) if finding.state is State.DOUBLED else [finding.claim]
        others = {claim.pk for claim in claims if claim.value != finding.value.value}
        for other in findings:
            if other.claim.pk in others:
                values = {"value": claim_text(other, language), "place": other.claim.place}
                told.setdefault(finding.value.figure.key, []).append(_("%(value)s printed, %(place)s") % values)
    return {key: "; ".join(texts) for key, texts in told.items()}


def _confederation(own: Confederation, language: str) -> dict[str, Any]:
    return {
        "key": own.key,
        "name": own.name,
        "long_name": own.long_name,
        "street": own.street,
        "postcode": own.postcode,
        "city": own.city,
        "country": formatting.country(own.country, language) if own.country else "",
        "website": own.website,
        "purpose": own.purpose,
        "types": [kind.name for kind in EnterpriseType.objects.all()],
    }


def _logo(own: Confederation) -> str:
    """Return the logo as PNG in base64, "" without one that can be drawn."""
    mark = logo.mark_of(own)
    try:
        return b64encode(logo.drawn(own.logo.name, mark, "bar")).decode() if mark else ""
    except logo.UNREADABLE:
        return ""


def _credits(report: Report, own: Confederation, desk: Desk) -> list[dict[str, str]]:
    people: dict[str, list[str]] = {}
    for credit in report.credits.select_related("person"):
        people.setdefault(credit.role, []).append(credit.person.name)
    language = formatting.language_name(report.language, report.language)
    rows = [
        (_("Author"), ", ".join(people.get("author", []))),
        (_("Co-editors"), ", ".join(people.get("co-editor", []))),
        (_("Design"), report.design),
        (_("Photographs"), report.photographs),
        (_("Published"), ", ".join(filter(None, [desk.date(report.published), language]))),
        (_("Copyright"), f"© {report.published.year} {own.name}" if report.published else ""),
    ]
    return [{"label": label, "text": text} for label, text in rows if text]


def _funding(report: Report) -> dict[str, Any] | None:
    if not report.funder:
        return None
    return {
        "title": _("Funded by the %s") % report.funder,
        "text": report.funding_notice,
        "is_eu": report.funder == "European Union",
    }
