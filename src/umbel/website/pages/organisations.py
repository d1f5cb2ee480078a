"""The page of an organisation: who it is, who speaks for it, what it took part in, what we told of it."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from umbel.core.audience import audiences_of
from umbel.core.codes import activity
from umbel.core.merging import spellings
from umbel.core.models import Alias
from umbel.core.names import AliasQuerySet
from umbel.core.records import address, is_in_force, is_over
from umbel.core.translations.marks import Marked, joined
from umbel.core.translations.saying import localise
from umbel.network.models import Membership, Organisation, OrganisationLink, Post
from umbel.network.rules import today
from umbel.website.pages.parts import LASTING, TOLD, YEARLY, parts_of
from umbel.website.telling import Line, country, date, domain, initials, name_of, span, wording, words

SHOWN = 12
"""How many lines of a part the page shows unless all are asked for."""


def members_only(user: Any) -> Any:
    """Return the organisations that are or were members, as far as the user may see them."""
    return Organisation.objects.visible_to(user).filter(pk__in=Membership.objects.values("organisation"))


def page(row: Organisation, year: int, last: int, user: Any, *, is_whole: bool = False) -> dict[str, Any]:
    """Return what `website/organisation.html` shows: the activities of a `year`; `last` is the latest to choose.

    Of long parts the page shows the first lines, of `is_whole` all.
    """
    shown = None if is_whole else SHOWN
    terms = list(Membership.objects.visible_to(user).filter(organisation=row).select_related("category"))
    parts = parts_of(row.pk, year, user)
    posts = Post.objects.visible_to(user).in_force(today()).filter(organisation=row).select_related("person")
    people = list(posts[: shown and shown + 1])
    above, below = _tied(row, user)
    is_member = bool(terms)
    localise([row, row.enterprise_type, *(term.category for term in terms), *people])
    yearly = [part for part in parts if part["place"] == YEARLY]
    took_part = [part for part in yearly if not part["is_person"]]
    return {
        "record": row,
        "title": row.name,
        "long_name": row.long_name if row.long_name != row.name else "",
        "kind": _("Member") if is_member else capfirst(str(row.get_kind_display())),
        "icon": "building-2",
        "initials": initials(row.name),
        "logo": _logo(row),
        "country": country(row.country),
        "description": words(row, "description") if row.description else None,
        "badges": list(_standing(terms)),
        "facts": [fact for fact in _facts(row, terms) if fact],
        "people": [_holder(post) for post in people[:shown]],
        "more_people": shown and len(people) > shown,
        "year": year,
        "years": [number for number in (year - 1, year, year + 1) if number <= last],
        "sat": [part for part in yearly if part["is_person"]],
        "took_part": took_part[:shown],
        "more": shown and len(took_part) > shown,
        "told": [part for part in reversed(parts) if part["place"] == TOLD][:shown],
        "lasting": [part for part in parts if part["place"] == LASTING],
        "above": above,
        "below": below[:shown],
        "more_below": shown and len(below) > shown,
        "is_member": is_member,
        "alone": row.is_unaffiliated,
    }  # fmt: skip


def _holder(post: Post) -> dict[str, str]:
    return {
        "name": post.person.name,
        "url": post.person.get_absolute_url(),
        "title": wording(post, "title", capital=False),
        "since": span(post.start, post.end),
    }


def _logo(row: Organisation) -> str:
    """Return the address of the logo, another one for each file; "" without one."""
    if not row.logo.name:
        return ""
    url = reverse("desk.file.show", args=[row._meta.label_lower, row.pk, "logo"])
    return f"{url}?{urlencode({'file': PurePath(row.logo.name).name})}"


def _standing(terms: Iterable[Membership]) -> Iterable[dict[str, str]]:
    """Yield the category that a member holds today; of a former one since when it is none."""
    day = today().on
    for term in terms:
        if is_in_force(term.start, term.end, day) and term.category:
            yield {"text": name_of(term.category), "state": "is-ok"}
        elif is_over(term.end, day):
            yield {"text": _("Member until %(date)s") % {"date": date(term.end)}, "state": ""}


def _facts(row: Organisation, terms: Iterable[Membership]) -> Iterable[dict[str, Any] | None]:
    if any(is_in_force(term.start, term.end, today().on) and not term.category for term in terms):
        yield {"label": _("Category"), "text": ""}
    if row.website:
        yield {"label": _("Site"), "link": domain(row.website)}
    yield _fact(
        pgettext("of an organisation", "Seat"), ", ".join(part for part in (row.city, country(row.country)) if part)
    )
    yield _fact(_("Works in"), str(row.get_scope_display()) if row.scope != Organisation.Scope.NATIONAL else "")
    yield _fact(_("Founded"), date(row.founded))
    yield _fact(_("Type of enterprise"), wording(row.enterprise_type, "name") if row.enterprise_type else "")
    yield _fact(_("Activity"), activity(*row.activity.split(":", 1)).title if row.activity else "")
    yield _fact(_("Member"), joined("; ", map(_term, terms)))
    yield _fact(_("Also written"), ", ".join(spellings(_aliases(row))))


def _fact(label: str, text: str) -> dict[str, Any] | None:
    return {"label": label, "text": text if isinstance(text, Marked) else capfirst(text)} if text else None


def _term(term: Membership) -> str:
    told = span(term.start, term.end)
    return joined(", ", (wording(term.category, "name"), told)) if term.category and told else told


def _aliases(row: Organisation) -> list[str]:
    found: AliasQuerySet = Alias.objects.of(row)
    return [alias.name for alias in found]


def _tied(row: Organisation, user: Any) -> tuple[list[Line], list[Line]]:
    """Return the organisations above and below one, with the nature of the tie."""
    seen = {f"{end}__audience__in": audiences_of(user) for end in ("child", "parent")}
    found = OrganisationLink.objects.filter(Q(child=row) | Q(parent=row), **seen)
    kinds = {value: capfirst(str(label)) for value, label in OrganisationLink.Kind.choices}
    above: list[Line] = []
    below: list[Line] = []
    for child, kind, *parent_and_child in found.values_list(
        "child", "kind", "parent__key", "parent__name", "child__key", "child__name"
    ):
        end, (key, name) = (above, parent_and_child[:2]) if child == row.pk else (below, parent_and_child[2:])
        end.append({"text": name, "url": address("network.organisation", key), "meta": kinds[kind]})
    return above, below
