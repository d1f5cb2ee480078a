"""What the pages of acts and of what lasts have in common: head, facts, sections, what cites the record."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from umbel.advocacy.models import Evidence
from umbel.core.models import Alias, Topic
from umbel.core.records import Act, Named
from umbel.projects.models import Proof
from umbel.reports.models import Mention
from umbel.website import records
from umbel.website.telling import Line, date, kind_of, line, may_see, where

Fact = dict[str, Any]


def fact(label: str, text: Any = "", rows: Iterable[Line | None] = ()) -> Fact | None:
    """Return a fact of a page: a label with a text or with links; nothing where there is neither."""
    found = [row for row in rows if row]
    if not text and not found:
        return None
    return {"label": label, "text": capfirst(str(text)), "rows": found}


def section(title: str, lines: Iterable[Line | None], **more: Any) -> dict[str, Any] | None:
    """Return a part of a page with its lines; nothing where there is none."""
    found = [told for told in lines if told]
    return {"title": title, "lines": found, **more} if found else None


def item(row: Any, user: Any, **parts: Any) -> dict[str, Any]:
    """Return what `website/item.html` shows of a record; of `parts`, what is empty is left out.

    `facts`, `sections` and `asides` are lists; `crumbs` lead to the page; `lede` is what the record says of itself.
    """
    kind = kind_of(row)
    derived = [fact(capfirst(str(label)), value) for label, value in row.derived_facts()]
    parts["facts"] = [*parts.get("facts", ()), *derived]
    for name in ("facts", "sections", "asides", "badges", "crumbs"):
        parts[name] = [part for part in parts.get(name, ()) if part]
    day = getattr(row, "date", None)
    is_act = isinstance(row, Act)
    return {
        "record": row,
        "title": str(row),
        "kind": capfirst(str(kind.label)),
        "icon": kind.icon,
        "family": kind.family,
        "when": date(day),
        "undated": is_act and (day is None or day.precision == "year"),
        "no_page": is_act and not row.has_page,
        **parts,
        "asides": [*parts["asides"], *cited(row, user)],
    }


def place(row: Act) -> Fact | None:
    return fact(_("Place"), where(row))


def spellings(row: Named) -> Fact | None:
    return fact(_("Also written"), ", ".join(alias.name for alias in Alias.objects.of(row)))


def topics(row: Act, user: Any) -> list[Line]:
    """Return the files and campaigns that an act serves."""
    found = Topic.objects.visible_to(user).filter(pk__in=row.topics.values("pk"))
    rows = [records.whole(topic) for topic in found.select_related("policyfile", "campaign")]
    return [line(topic, record=topic) for topic in rows]


def serves(row: Act, user: Any) -> dict[str, Any] | None:
    return section(_("Files and campaigns"), topics(row, user))


def link(row: Any, user: Any, **more: Any) -> Line | None:
    """Return a record that another one names, as a link; nothing where there is none, or none that one may see."""
    return line(records.whole(row), **more) if may_see(row, user) else None


def cited(row: Any, user: Any) -> list[dict[str, Any]]:
    """Return where a record is told and of what it is evidence."""
    kinds = [ContentType.objects.get_for_model(model) for model in (type(row), *row._meta.get_parent_list())]
    here = {"content_type__in": kinds, "object_id": row.pk}
    mentions = Mention.objects.visible_to(user).filter(**here).select_related("chapter__report")
    claims = Evidence.objects.visible_to(user).filter(**here).select_related("outcome")
    proofs = Proof.objects.visible_to(user).filter(**here).select_related("deliverable__heading__grant")
    told = [_chapter(mention.chapter) for mention in mentions]
    proved = [line(claim.outcome, meta=_("Outcome")) for claim in claims]
    proved += [_deliverable(proof.deliverable) for proof in proofs]
    return [part for part in (section(_("Told in"), told), section(_("Evidence for"), proved)) if part]


def _chapter(chapter: Any) -> Line:
    report = chapter.report
    return {"text": str(chapter), "url": reverse("reports.report.show", args=[report.year]), "meta": str(report)}


def _deliverable(deliverable: Any) -> Line:
    return {"text": str(deliverable), "url": deliverable.heading.grant.get_absolute_url(), "meta": _("Line of a grant")}
