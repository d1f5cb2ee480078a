"""The page of an organisation: who it is, who speaks for it, what it took part in, what we told of it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from umbel.core.codes import activity
from umbel.core.models import Alias
from umbel.core.names import AliasQuerySet
from umbel.core.translations.saying import localise, said
from umbel.network.models import Membership, Organisation, OrganisationLink, Post
from umbel.network.rules import today
from umbel.website.pages.parts import LASTING, TOLD, YEARLY, parts_of
from umbel.website.telling import Line, country, date, domain, initials, is_in_force, line, may_see, span, words

SHOWN = 12
LINKED = 200


def members_only(user: Any) -> Any:
    """Return the organisations that are or were members, as far as the user may see them."""
    return Organisation.objects.visible_to(user).filter(pk__in=Membership.objects.values("organisation"))


def page(row: Organisation, year: int, last: int, user: Any) -> dict[str, Any]:
    """Return what `website/organisation.html` shows: the activities of a `year`; `last` is the latest to choose."""
    terms = list(Membership.objects.visible_to(user).filter(organisation=row).select_related("category"))
    parts = parts_of(row.pk, year, user)
    posts = Post.objects.visible_to(user).in_force(today()).filter(organisation=row).select_related("person")
    tied = Q(child=row) | Q(parent=row)
    links = list(OrganisationLink.objects.visible_to(user).filter(tied).select_related("child", "parent")[:LINKED])
    is_member = bool(terms)
    localise([row, row.enterprise_type, *(term.category for term in terms)])
    yearly = [part for part in parts if part["place"] == YEARLY]
    return {
        "record": row,
        "title": row.name,
        "long_name": row.long_name if row.long_name != row.name else "",
        "kind": _("Member") if is_member else capfirst(str(row.get_kind_display())),
        "icon": "building-2",
        "initials": initials(row.name),
        "country": country(row.country),
        "description": words(row, "description") if row.description else None,
        "badges": list(_standing(terms)),
        "facts": [fact for fact in _facts(row, terms) if fact],
        "people": [{"name": post.person.name, "url": post.person.get_absolute_url(), "title": post.title,
                    "since": span(post.start, post.end)} for post in posts],
        "year": year,
        "years": [number for number in (year - 1, year, year + 1) if number <= last],
        "sat": [part for part in yearly if part["is_person"]],
        "took_part": [part for part in yearly if not part["is_person"]],
        "told": [part for part in reversed(parts) if part["place"] == TOLD][:SHOWN],
        "lasting": [part for part in parts if part["place"] == LASTING],
        "above": list(_others(links, row, "parent", user)),
        "below": list(_others(links, row, "child", user)),
        "is_member": is_member,
        "alone": row.is_unaffiliated,
    }  # fmt: skip


def _standing(terms: Iterable[Membership]) -> Iterable[dict[str, str]]:
    """Yield the category that a member holds today; of a former one since when it is none."""
    day = today().on
    for term in terms:
        begun = term.start is None or term.start.first_day <= day
        is_over = term.end is not None and term.end.last_day < day
        if begun and not is_over:
            if term.category:
                yield {"text": said(term.category, "name").text, "state": "is-ok"}
        elif is_over:
            yield {"text": _("Member until %(date)s") % {"date": date(term.end)}, "state": ""}


def _facts(row: Organisation, terms: Iterable[Membership]) -> Iterable[dict[str, Any] | None]:
    if any(is_in_force(term.start, term.end) and not term.category for term in terms):
        yield {"label": _("Category"), "text": ""}
    if row.website:
        yield {"label": _("Site"), "link": domain(row.website)}
    yield _fact(
        pgettext("of an organisation", "Seat"), ", ".join(part for part in (row.city, country(row.country)) if part)
    )
    yield _fact(_("Works in"), str(row.get_scope_display()) if row.scope != Organisation.Scope.NATIONAL else "")
    yield _fact(_("Founded"), date(row.founded))
    yield _fact(_("Type of enterprise"), said(row.enterprise_type, "name").text if row.enterprise_type else "")
    yield _fact(_("Activity"), activity(*row.activity.split(":", 1)).title if row.activity else "")
    yield _fact(_("Member"), "; ".join(told for term in terms if (told := _term(term))))
    yield _fact(_("Also written"), ", ".join(_spellings(row)))


def _fact(label: str, text: str) -> dict[str, Any] | None:
    return {"label": label, "text": capfirst(text)} if text else None


def _term(term: Membership) -> str:
    told = span(term.start, term.end)
    return f"{said(term.category, 'name').text}, {told}" if term.category and told else told


def _spellings(row: Organisation) -> list[str]:
    found: AliasQuerySet = Alias.objects.of(row)
    return [alias.name for alias in found]


def _others(links: Iterable[OrganisationLink], row: Organisation, end: str, user: Any) -> Iterable[Line]:
    """Yield the organisations at the other ends of links, with the nature of the tie."""
    near = "child_id" if end == "parent" else "parent_id"
    for link in links:
        if getattr(link, near) == row.pk and may_see(other := getattr(link, end), user):
            yield line(other, meta=capfirst(str(link.get_kind_display())), date=None)
