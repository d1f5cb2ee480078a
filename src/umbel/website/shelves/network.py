"""Members, other organisations, people."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, Prefetch
from django.http import QueryDict
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from umbel.core.charts import Caption, MapWords, ScreenPalette, country_map
from umbel.core.crud.columns import Column
from umbel.core.crud.filters import Filter, Option, Rows
from umbel.core.formatting import number, reading_language
from umbel.core.models import MembershipCategory
from umbel.core.records import is_in_force
from umbel.core.translations.marks import filled, joined
from umbel.core.translations.saying import said
from umbel.governance.models import Mandate
from umbel.network.models import Membership, Organisation, Person, Post
from umbel.network.rules import today
from umbel.website.filters import ByKey, Countries, Kinds
from umbel.website.freshness import kept
from umbel.website.own import confederation
from umbel.website.pages import organisations, people
from umbel.website.shelf import PublicListing, Shelf, shelf
from umbel.website.telling import Line, country, line, may_see, name_of, tongue_of, wording

YEARS = range(1800, 2201)


class Categories(ByKey):
    """The category that a member holds today."""

    def narrow(self, rows: Rows, value: str, _user: Any) -> Rows:
        terms = Membership.objects.in_force(today()).filter(category__key=value)
        return rows.filter(pk__in=terms.values("organisation"))


class OfMembers(Countries):
    """The country of a member, of those that the map shows."""

    def options(self, user: Any) -> Sequence[Option]:
        return [(each["code"], each["name"]) for each in kept("members map", lambda: members_map(user))["countries"]]


def members_today(user: Any) -> Any:
    return Organisation.objects.visible_to(user).members(today())


class Organisations(Shelf):
    """Organisations of any standing: their pages are alike."""

    model = Organisation
    columns: ClassVar[Sequence[str | Column]] = ("name", "long_name", "kind", "country", "city", "website")
    template = "website/organisation.html"
    finder = gettext_lazy("Name")

    def known(self, user: Any) -> Any:
        terms = Membership.objects.filter(organisation=OuterRef("pk"))
        found = Organisation.objects.visible_to(user).annotate(has_been_member=Exists(terms))
        return found.select_related("enterprise_type")

    def address_of(self, row: Any) -> str:
        has_been = getattr(row, "has_been_member", None)
        if has_been is None:
            has_been = row.memberships.exists()
        slug = "members" if has_been else "organisations"
        return reverse("website.shelf.show", args=[slug, row.key])

    def page(self, row: Any, user: Any, address: QueryDict) -> dict[str, Any]:
        own = confederation()
        now = own.reporting_year if own else today().on.year
        return organisations.page(
            row, _year(address) or now, max(now, today().on.year), user, is_whole="all" in address
        )


def _year(address: QueryDict) -> int:
    """Return the year that an address asks for, 0 for none."""
    asked = address.get("year", "")
    return int(asked) if asked.isdecimal() and int(asked) in YEARS else 0


@shelf
class Members(Organisations):
    """The members of today; the pages of former ones stand here too."""

    slug = "members"
    group = "members"
    label = gettext_lazy("Members")
    about = gettext_lazy("The organisations that make up the confederation, as of today.")
    columns = ("name", "long_name", "country", "city", "website")
    filters = (
        OfMembers("country", gettext_lazy("Country")),
        Categories("category", gettext_lazy("Category"), model=MembershipCategory),
    )
    fetched = (Prefetch("memberships", Membership.objects.select_related("category"), to_attr="terms"),)
    rows_template = "website/_members.html"
    side_template = "website/_members_map.html"

    def rows(self, user: Any) -> Any:
        return members_today(user)

    def every(self, user: Any) -> Any:
        return organisations.members_only(user)

    def ends(self, rows: Sequence[Any]) -> Iterable[Any]:
        return [term.category for row in rows for term in row.terms]

    def tell(self, rows: Sequence[Any], _user: Any) -> list[Line]:
        day, here = today().on, self.url
        return [_member(row, day, here) for row in rows]

    def beside(self, listing: PublicListing, user: Any) -> dict[str, Any]:
        return {"map": kept("members map", lambda: members_map(user)), "chosen": listing.value_of("country")}


def _member(row: Any, day: Any, here: str) -> Line:
    terms = [term for term in row.terms if is_in_force(term.start, term.end, day)]
    category = next((said(term.category, "name") for term in terms if term.category), None)
    return {
        "text": row.name,
        "url": f"{here}{row.key}/",
        "long_name": row.long_name if row.long_name != row.name else "",
        "meta": ", ".join(part for part in (row.city, country(row.country)) if part),
        "category": category.text if category else "",
        "category_tongue": tongue_of(category) if category else "",
    }


def members_map(user: Any) -> dict[str, Any]:
    """Return the map of the members, and how many there are in each country, by name."""
    codes = list(members_today(user).order_by().values_list("country", flat=True))
    found = {code: codes.count(code) for code in sorted(set(codes)) if code}
    others, heads = codes.count(""), (_("Country"), _("Members"))
    caption = Caption(
        _("Members by country"),
        heads=heads,
        number=lambda value: number(value, language=reading_language()),
        empty=_("no data"),
    )
    words = MapWords(unnamed=_("no member"), elsewhere=_("Not on the map"))
    names = {code: country(code) for code in found}
    made = country_map(found, names=names, caption=caption, palette=ScreenPalette(), hatched=(), words=words)
    listed = sorted((names[code], code, number) for code, number in found.items())
    rows = [(name, number) for name, _code, number in listed]
    rows += [(_("Of no single country"), others)] if others else []
    return {
        "drawing": {"svg": made.svg, "title": made.title, "rows": [], "table": reverse("website.members.map")},
        "table": {"columns": heads, "rows": rows},
        "countries": [
            {"name": name, "code": code, "count": count, "query": f"?country={code}"} for name, code, count in listed
        ],
        "number": len(codes),
        "others": others,
    }


@shelf
class OtherOrganisations(Organisations):
    """Everybody else on record: partners, institutions, enterprises."""

    slug = "organisations"
    label = gettext_lazy("Organisations")
    about = gettext_lazy("Partners, institutions, enterprises: whom the confederation has to do with.")
    filters = (
        Kinds("kind", gettext_lazy("Kind"), path="kind", choices=tuple(Organisation.Kind.choices)),
        Countries("country", gettext_lazy("Country"), rows=Organisation.objects.visible_to),
    )

    def tell(self, rows: Sequence[Any], _user: Any) -> list[Line]:
        return [
            line(row, meta=", ".join(filter(None, (capfirst(str(row.get_kind_display())), country(row.country)))))
            for row in rows
        ]

    def rows(self, user: Any) -> Any:
        return Organisation.objects.visible_to(user).exclude(pk__in=Membership.objects.values("organisation"))


@shelf
class People(Shelf):
    """People with a function in the network or in an institution."""

    slug = "people"
    model = Person
    group = "about"
    label = gettext_lazy("People")
    about = gettext_lazy("Who holds which function, in the confederation, its members and beyond.")
    columns = ("name",)
    filters: ClassVar[Sequence[str | Filter]] = (
        Countries(
            "country",
            gettext_lazy("Country of the organisation"),
            lookup="posts__organisation__country",
            rows=Person.objects.visible_to,
        ),
    )
    fetched = (
        Prefetch("mandates", queryset=Mandate.objects.select_related("body", "organisation")),
        Prefetch("posts", queryset=Post.objects.select_related("organisation")),
    )
    rows_template = "website/_people.html"
    template = "website/person.html"
    finder = gettext_lazy("Name")

    def ends(self, rows: Sequence[Any]) -> Iterable[Any]:
        return [end for row in rows for end in (*row.posts.all(), *(held.body for held in row.mandates.all()))]

    def tell(self, rows: Sequence[Any], user: Any) -> list[Line]:
        return [line(row, initials=people.initials(row.name), meta=_functions(row, user)) for row in rows]

    def page(self, row: Any, user: Any, address: QueryDict) -> dict[str, Any]:
        return people.page(row, _year(address), user)


def _functions(row: Person, user: Any) -> str:
    """Return the functions that a person holds today: "President of the Board; Secretary General, CECOP"."""
    day = today().on
    held = [each for each in (*row.mandates.all(), *row.posts.all()) if is_in_force(each.start, each.end, day)]
    return joined("; ", dict.fromkeys(_function(each, user) for each in held))


def _seat(held: Mandate, user: Any) -> str:
    """Return a mandate in words: "President, Board, for Legacoop"."""
    told = joined(", ", (capfirst(str(held.get_role_display())), name_of(held.body)))
    if held.organisation is None or not may_see(held.organisation, user):
        return told
    return filled(_("%(seat)s, for %(organisation)s"), seat=told, organisation=str(held.organisation))


def _function(held: Any, user: Any) -> str:
    if isinstance(held, Mandate):
        return _seat(held, user) if may_see(held.body, user) else ""
    title = wording(held, "title", capital=False)
    return joined(", ", (title, str(held.organisation))) if may_see(held.organisation, user) else title
