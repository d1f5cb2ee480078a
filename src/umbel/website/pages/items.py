"""What the pages of acts and of what lasts have in common: head, facts, sections, what cites the record."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.db.models import CharField, F, IntegerField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from umbel.advocacy.models import Evidence
from umbel.core import merging
from umbel.core.models import Alias, Topic
from umbel.core.records import Act, Named, Told, address, naming
from umbel.core.translations.marks import Marked, joined, marked
from umbel.core.translations.saying import asked_language, localise, said
from umbel.projects.models import Proof
from umbel.reports.models import Mention
from umbel.website import records
from umbel.website.editing.pages import citations
from umbel.website.pages import attached
from umbel.website.telling import (
    Line,
    called,
    date,
    foreign,
    kind_of,
    line,
    may_see,
    titles,
    tongue_of,
    where,
)

Fact = dict[str, Any]
GRANT = "deliverable__heading__grant"
NOTHING, ZERO = Value("", output_field=CharField()), Value(0, output_field=IntegerField())


def fact(label: str, text: Any = "", rows: Iterable[Line | None] = ()) -> Fact | None:
    """Return a fact of a page: a label with a text or with links; nothing where there is neither."""
    found = [row for row in rows if row]
    if not text and not found:
        return None
    return {"label": label, "text": text if isinstance(text, Marked) else capfirst(str(text)), "rows": found}


def section(title: str, lines: Iterable[Line | None], **more: Any) -> dict[str, Any] | None:
    """Return a part of a page with its lines; nothing where there is none."""
    found = [told for told in lines if told]
    return {"title": title, "lines": found, **more} if found else None


def item(row: Any, user: Any, **parts: Any) -> dict[str, Any]:
    """Return what `website/item.html` shows of a record; of `parts`, what is empty is left out.

    `facts`, `sections` and `asides` are lists; `crumbs` lead to the page; `lede` is what the record says of itself.
    """
    localise([row])
    kind, title = kind_of(row), called(row)
    derived = [fact(capfirst(str(label)), value) for label, value in row.derived_facts()]
    parts["facts"] = [*parts.get("facts", ()), *derived]
    for name in ("facts", "sections", "asides", "badges", "crumbs"):
        parts[name] = [part for part in parts.get(name, ()) if part]
    day = getattr(row, "date", None)
    is_act = isinstance(row, Act)
    return {
        "record": row,
        "title": title.text,
        "tongue": tongue_of(title),
        "kind": capfirst(str(kind.label)),
        "icon": kind.icon,
        "family": kind.family,
        "when": date(day),
        "undated": is_act and (day is None or day.precision == "year"),
        "no_page": is_act and not row.has_page,
        "papers": attached.papers(row, user),
        **parts,
        **told(row, user),
        "asides": [*parts["asides"], *cited(row, user)],
    }


def told(row: Any, user: Any) -> dict[str, Any]:
    """Return what is told of a record beside its facts: the introduction, its text, its photographs."""
    if not isinstance(row, Act | Told):
        return {}
    found: dict[str, Any] = {"photos": attached.photographs(row, user)}
    if isinstance(row, Told) and row.lead:
        lead = said(row, "lead")
        found |= {"lede": lead.text, "lede_tongue": tongue_of(lead)}
    if isinstance(row, Told) and row.text:
        has_figures = "data-figure" in said(row, "text").text
        found |= {"has_text": True, "citations": citations() if has_figures else None}
    return found


def outside(label: str, address: str) -> Fact | None:
    """Return the fact that leads to an address outside, called by its host; nothing without an address."""
    if not address:
        return None
    return {"label": label, "link": {"url": address, "text": urlsplit(address).hostname or address}}


def place(row: Act) -> Fact | None:
    return fact(_("Place"), where(row))


def spellings(row: Named) -> Fact | None:
    return fact(_("Also written"), ", ".join(merging.spellings(alias.name for alias in Alias.objects.of(row))))


def topics(row: Act, user: Any) -> list[Line]:
    """Return the files and campaigns that an act serves."""
    found = Topic.objects.visible_to(user).filter(pk__in=row.topics.values("pk"))
    rows = localise(records.whole(topic) for topic in found.select_related("policyfile", "campaign"))
    return [line(topic, record=topic) for topic in rows]


def serves(row: Act, user: Any) -> dict[str, Any] | None:
    return section(_("Files and campaigns"), topics(row, user))


def link(row: Any, user: Any, **more: Any) -> Line | None:
    """Return a record that another one names, as a link; nothing where there is none, or none that one may see."""
    return line(records.whole(row), **more) if may_see(row, user) else None


def cited(row: Any, user: Any) -> list[dict[str, Any]]:
    """Return where a record is told and of what it is evidence: one query, one more in any but the leading language."""
    year = "chapter__report__year"
    kinds: tuple[tuple[Any, ...], ...] = (
        (Mention, "chapter__title", year, F("chapter__report__title"), F(year), "chapter__order"),
        (Evidence, "outcome__claim", "outcome__key", NOTHING, ZERO, "outcome__pk"),
        (Proof, "deliverable__name", f"{GRANT}__key", NOTHING, F("deliverable__heading__order"), "deliverable__order"),
    )
    found, tongue = [], F("chapter__report__language")
    for place, (model, text, handle, title, first, second) in enumerate(kinds):
        columns = {
            "told_place": Value(place, output_field=IntegerField()),
            "told_text": Cast(text, CharField()),
            "told_handle": Cast(handle, CharField()),
            "told_title": Cast(title, CharField()),
            "told_first": Cast(first, IntegerField()),
            "told_second": Cast(second, IntegerField()),
            "told_language": tongue if model is Mention else NOTHING,
            "told_of": Cast(F(model.audience_path.split("__")[0]), IntegerField()),
        }
        rows = model.objects.visible_to(user).filter(**naming(row)).order_by()
        found.append(rows.annotate(**columns).values_list(*columns, "pk"))
    lines = sorted(found[0].union(*found[1:], all=True), key=lambda told: (told[0], *told[4:]))
    proofs = [(*line[:3], line[7]) for line in lines if line[0] > 0]
    known = titles((PROVED[place][0], of) for place, _text, _key, of in proofs)
    told = [_chapter(line[1], line[2], line[3], line[6]) for line in lines if line[0] == 0]
    proved = [_proved(place, text, key, known.get((PROVED[place][0], of), "")) for place, text, key, of in proofs]
    return [part for part in (section(_("Told in"), told), section(_("Evidence for"), proved)) if part]


def _chapter(text: str, year: str, report: str, language: str) -> Line:
    url, tongue = reverse("reports.report.show", args=[int(year)]), "" if language == asked_language() else language
    return {"text": text, "tongue": tongue, "url": url, "meta": joined(" ", (marked(report, tongue), year))}


PROVED = {
    1: ("advocacy.outcome", "advocacy.outcome", gettext_lazy("Outcome")),
    2: ("projects.deliverable", "projects.grant", gettext_lazy("Line of a grant")),
}


def _proved(place: int, text: str, key: str, said_so: str) -> Line:
    _of, kind, meta = PROVED[place]
    tongue = "" if said_so else foreign()
    return {"text": said_so or text, "tongue": tongue, "url": address(kind, key), "meta": str(meta)}
