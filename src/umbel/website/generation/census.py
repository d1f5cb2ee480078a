"""A network with its history: members that came and went, what is affiliated to them, other spellings of names."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from umbel.core.codes import activities
from umbel.core.dates import PartialDate
from umbel.core.models import EnterpriseType
from umbel.network.models import Membership, MembershipChange, Organisation, OrganisationLink
from umbel.website.generation import network
from umbel.website.generation.plan import Plan
from umbel.website.generation.shelf import Shelf
from umbel.website.generation.sizes import Size
from umbel.website.generation.tongues import homes

Kind, Change = Organisation.Kind, MembershipChange.Kind

SLICE = 5_000
CATEGORY_WEIGHTS = (0.75, 0.17, 0.08)
FOUNDERS, CAME_BACK, CHANGED_CATEGORY = 0.55, 0.02, 0.06
WITH_ACRONYM, WITH_OTHER_NAME = 0.6, 0.05
WITH_ACTIVITY = 0.6
WITH_SECOND_PARENT, MOVED, LEFT = 0.03, 0.04, 0.05


@dataclass
class Census:
    """Organisations by primary key, the country of each, and today's members by country; former members apart."""

    members: list[int] = field(default_factory=list)
    former: list[int] = field(default_factory=list)
    enterprises: list[int] = field(default_factory=list)
    countries: dict[int, str] = field(default_factory=dict)
    by_country: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


def fill(plan: Plan, shelf: Shelf, size: Size) -> Census:
    census = Census()
    _members(plan, shelf, size, census)
    types = list(EnterpriseType.objects.all())
    codes = [f"nace2.1:{code}" for code, line in activities("nace2.1").items() if line.level == "class"]
    for start in range(0, size.affiliated, SLICE):
        rows = [_organisation(plan, Kind.ENTERPRISE) for _ in range(min(SLICE, size.affiliated - start))]
        for row in rows:
            row.enterprise_type, row.activity = plan.one(types), plan.one(codes) if plan.chance(WITH_ACTIVITY) else ""
        census.enterprises += _stored(shelf, rows, census)
        shelf.add([link for row in rows for link in _links(plan, row, census)])
        shelf.call([(row, row.name.replace(",", " –")) for row in rows if plan.chance(WITH_OTHER_NAME)])
    return census


def _stored(shelf: Shelf, rows: list[Organisation], census: Census) -> list[int]:
    census.countries.update({row.pk: row.country for row in shelf.add(rows)})
    return [row.pk for row in rows]


def _organisation(plan: Plan, kind: str) -> Organisation:
    country, tongue = plan.weighed(homes())
    place = tongue.place(plan)
    name = tongue.organisation(plan, tongue.member if kind == Kind.FEDERATION else tongue.cooperative, place)
    key = plan.key("organisation", name)
    return Organisation(
        key=key,
        name=name,
        kind=kind,
        country=country,
        city=place,
        website=f"https://{key}.example.org",
        founded=PartialDate(plan.dice.randint(1890, plan.first_year - 1)),
    )


def _members(plan: Plan, shelf: Shelf, size: Size, census: Census) -> None:
    rows = [_organisation(plan, Kind.FEDERATION) for _ in range(size.members + size.former)]
    pks = _stored(shelf, rows, census)
    census.members, census.former = pks[: size.members], pks[size.members :]
    for pk in census.members:
        census.by_country[census.countries[pk]].append(pk)
    shelf.call([(row, _acronym(row.name)) for row in rows if plan.chance(WITH_ACRONYM)])
    known = (category.pk for category in network.categories(shelf))
    categories = dict(zip(known, CATEGORY_WEIGHTS, strict=False))
    former = set(census.former)
    terms = [(pk, term) for pk in pks for term in _terms(plan, categories, has_left=pk in former)]
    shelf.add(
        [
            Membership(organisation_id=pk, category_id=term.category, start=term.start, end=term.end)
            for pk, term in terms
        ]
    )
    shelf.add([change for pk, term in terms for change in _changes(plan, pk, term)])


def _acronym(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isalpha()).upper()


@dataclass(frozen=True)
class Term:
    """A stretch of a membership; `follows` one in another category, `is_left` when nothing follows it."""

    category: int
    start: PartialDate
    end: PartialDate | None = None
    follows: bool = False
    is_left: bool = True


def _terms(plan: Plan, categories: dict[int, float], *, has_left: bool) -> Iterator[Term]:
    """Yield the terms of a member, one after the other; the last is open unless the member has left."""
    first, last = plan.first_year, plan.year
    start = plan.between(first - 25, first - 1) if plan.chance(FOUNDERS) else plan.between(first, last - 1)
    category, follows = plan.weighed(categories), False
    if plan.chance(CAME_BACK):
        gone = plan.between(start.year - 4, start.year - 2)
        yield Term(category, plan.between(gone.year - 8, gone.year - 1), gone)
    if start.year < last - 2 and plan.chance(CHANGED_CATEGORY):
        year = plan.dice.randint(start.year + 2, last - 1)
        yield Term(category, start, PartialDate(year - 1, 12, 31), is_left=False)
        start, category, follows = PartialDate(year, 1, 1), plan.weighed(categories), True
    yield Term(category, start, plan.between(max(first, start.year + 1), last) if has_left else None, follows)


def _changes(plan: Plan, member: int, term: Term) -> Iterator[MembershipChange]:
    """Yield the acts on a term that lie in the years of the plan: application, decision, entry; or change; or exit."""
    told = []
    if term.start.year > plan.first_year:
        year = term.start.year - 1
        told = [
            (Change.APPLICATION, PartialDate(year, 3), ""),
            (Change.DECISION, PartialDate(year, 11), "Board"),
            (Change.ENTRY, term.start, ""),
        ]
        if term.follows:
            told = [(Change.CATEGORY, term.start, "Board")]
    if term.end and term.is_left and term.end.year >= plan.first_year:
        told.append((Change.EXIT, term.end, ""))
    for kind, date, decided_by in told:
        yield MembershipChange(organisation_id=member, kind=kind, date=date, decided_by=decided_by)


def _links(plan: Plan, child: Organisation, census: Census) -> Iterator[OrganisationLink]:
    """Yield the ties of a cooperative to members, mostly of its country; a few have two, or another than at first."""
    near = census.by_country.get(child.country) or census.members
    start = plan.between(plan.first_year - 15, plan.year - 2)
    parent = plan.often(near)
    if plan.chance(MOVED):
        moved = plan.between(start.year + 1, plan.year - 1)
        yield _link(child, parent, start, moved)
        start, parent = PartialDate(moved.year + 1), plan.often(near)
    yield _link(child, parent, start, plan.between(start.year + 1, plan.year) if plan.chance(LEFT) else None)
    if plan.chance(WITH_SECOND_PARENT):
        other = plan.one(census.members)
        if other != parent:
            yield _link(child, other, plan.between(plan.first_year, plan.year), None)


def _link(child: Organisation, parent: int, start: PartialDate, end: PartialDate | None) -> OrganisationLink:
    kind = OrganisationLink.Kind.AFFILIATED
    return OrganisationLink(child_id=child.pk, parent_id=parent, kind=kind, start=start, end=end)
