"""The confederation, the organisations around it, their people, its Board, as large as the acts of a year need."""

from dataclasses import dataclass
from functools import cached_property

from umbel.core.dates import PartialDate
from umbel.core.models import Confederation, EnterpriseType, MembershipCategory
from umbel.governance.models import Body, Mandate
from umbel.network.models import Membership, Organisation, OrganisationLink, Person, Post, UmbrellaMembership
from umbel.website.generation.plan import Plan
from umbel.website.generation.shelf import Shelf
from umbel.website.generation.words import CITIES, COUNTRIES, FAMILY, FEATURES, GIVEN, TRADES, nth

Kind = Organisation.Kind

BOARD_SIZE = 21
STAFF = ("Secretary General", "Policy officer", "Communication officer", "Project officer", "Statistician", "Assistant")
CATEGORIES = ("Full members", "Associated members", "Observers")
TYPES = ("Cooperatives",)
OTHERS = {
    Kind.INSTITUTION: ("Directorate for {}", 0.002, 4, 30),
    Kind.UMBRELLA: ("World Council of {} Work", 0.0005, 3, 8),
    Kind.NETWORK: ("{} Network", 0.002, 3, 40),
    Kind.UNION: ("{} Workers' Union", 0.001, 2, 20),
    Kind.UNIVERSITY: ("University of {}", 0.001, 2, 20),
}
"""Kinds of others with a pattern for the name, their share of the acts and bounds."""


@dataclass(frozen=True)
class Network:
    """Who is there to take part in acts; of whom there are many the primary keys, those first who do the most."""

    members: list[int]
    enterprises: list[int]
    others: list[Organisation]
    people: list[int]
    board: Body
    assembly: Body

    def of(self, kind: str) -> list[Organisation]:
        return [organisation for organisation in self.others if organisation.kind == kind]

    @cached_property
    def institutions(self) -> list[Organisation]:
        return self.of(Kind.INSTITUTION)

    @cached_property
    def partners(self) -> list[list[int]]:
        """Circles from which the partners of events come, one as often as the other."""
        return [self.members, [organisation.pk for organisation in self.others], self.members, self.enterprises]


def is_made(plan: Plan) -> bool:
    """Tell whether this year of this seed was generated before."""
    return Organisation.objects.filter(key=f"organisation-{plan.mark}-1").exists()


def fill(plan: Plan, shelf: Shelf) -> Network:
    own = confederation(plan, shelf)
    federations = shelf.add([_federation(plan, at) for at in range(plan.portion(0.01, 6, 600))])
    others = umbrellas_and_others(plan, shelf)
    enterprises = shelf.add(_enterprises(plan, len(federations) + len(others)))
    people = shelf.add(_people(plan))
    shelf.add(_memberships(plan, federations, categories(shelf)))
    shelf.add(_links(plan, enterprises, federations))
    shelf.add(_posts(plan, own, people))
    board, assembly = (body(plan, shelf, kind) for kind in (Body.Kind.BOARD, Body.Kind.ASSEMBLY))
    if not board.mandates.exists():
        shelf.add(_mandates(plan, board, people, federations))
    members, companies, persons = ([row.pk for row in rows] for rows in (federations, enterprises, people))
    return Network(members, companies, others, persons, board, assembly)


def confederation(plan: Plan, shelf: Shelf) -> Organisation:
    """Return the confederation as an organisation; it and its types of enterprise are made where they are missing."""
    if not Confederation.objects.exists():
        shelf.add(
            [
                Confederation(
                    key="confederation",
                    name="Confederation",
                    long_name="Confederation of made-up cooperatives",
                    city="Brussels",
                    country="BE",
                    purpose="Stands for a confederation wherever only size matters.",
                    reporting_year=plan.year,
                )
            ]
        )
    if not EnterpriseType.objects.exists():
        shelf.add([EnterpriseType(key=name.lower(), name=name, order=at) for at, name in enumerate(TYPES, start=1)])
    found: Organisation | None = Organisation.objects.filter(kind=Kind.SELF).first()
    if found is not None:
        return found
    own = Organisation(key="confederation", name="Confederation", kind=Kind.SELF, scope="european", country="BE")
    return shelf.add([own])[0]


def categories(shelf: Shelf) -> list[MembershipCategory]:
    """Return the categories of membership; they are made where there are none."""
    return list(MembershipCategory.objects.all()) or shelf.add(
        [
            MembershipCategory(key=name.lower().replace(" ", "-"), name=name, order=order)
            for order, name in enumerate(CATEGORIES, start=1)
        ]
    )


def umbrellas_and_others(plan: Plan, shelf: Shelf) -> list[Organisation]:
    """Make institutions, umbrellas, unions and the like, and the confederation's membership in the umbrellas."""
    others = shelf.add(
        [
            _organisation(plan, kind, pattern.format(nth(at, FEATURES)[0]))
            for kind, (pattern, share, least, most) in OTHERS.items()
            for at in range(plan.portion(share, least, most))
        ]
    )
    umbrellas = [organisation for organisation in others if organisation.kind == Kind.UMBRELLA]
    shelf.add(
        [
            UmbrellaMembership(body=umbrella, standing="member", order=order, start=plan.before(15))
            for order, umbrella in enumerate(umbrellas, start=1)
        ]
    )
    return others


def _federation(plan: Plan, at: int) -> Organisation:
    country, trade = nth(at, COUNTRIES, TRADES)
    row = _organisation(plan, Kind.FEDERATION, f"Federation of {trade} Cooperatives, {CITIES[country]}")
    row.country, row.city = country, CITIES[country]
    return row


def _enterprises(plan: Plan, already: int) -> list[Organisation]:
    number = max(6, plan.portion(0.2, 12, 10**6) - already)
    names = (nth(at, FEATURES, TRADES) for at in range(number))
    return [_organisation(plan, Kind.ENTERPRISE, f"{feature} {trade} Cooperative") for feature, trade in names]


def _organisation(plan: Plan, kind: str, name: str) -> Organisation:
    country = plan.one(COUNTRIES)
    return Organisation(
        key=plan.key("organisation", name),
        name=name,
        kind=kind,
        country=country,
        city=CITIES[country],
        founded=plan.before(60),
    )


def _people(plan: Plan) -> list[Person]:
    found = (nth(at, GIVEN, FAMILY) for at in range(plan.portion(0.05, 30, 50_000)))
    return [Person(key=plan.key("person"), name=" ".join(words)) for words in found]


def _memberships(plan: Plan, members: list[Organisation], known: list[MembershipCategory]) -> list[Membership]:
    """One term for each federation; some began in the year, a few are over."""
    terms = []
    for member in members:
        term = Membership(organisation=member, category=plan.one(known), start=plan.before(20))
        if plan.chance(0.05):
            term.end = PartialDate(plan.year, plan.dice.randint(1, 12))
        elif plan.chance(0.05):
            term.start = PartialDate(plan.year, plan.dice.randint(1, 12))
        terms.append(term)
    return terms


def _links(plan: Plan, enterprises: list[Organisation], members: list[Organisation]) -> list[OrganisationLink]:
    return [
        OrganisationLink(
            child=child, parent=plan.one(members), kind=OrganisationLink.Kind.AFFILIATED, start=plan.before(30)
        )
        for child in enterprises
    ]


def _posts(plan: Plan, own: Organisation, people: list[Person]) -> list[Post]:
    staff = [
        Post(person=person, organisation=own, kind=Post.Kind.STAFF, title=title, start=plan.before(8), order=order)
        for order, (title, person) in enumerate(zip(STAFF, people, strict=False), start=1)
    ]
    interns = [
        Post(
            person=person,
            organisation=own,
            kind=Post.Kind.INTERN,
            title="Intern",
            start=PartialDate(plan.year, 2),
            end=PartialDate(plan.year, 7),
        )
        for person in people[len(STAFF) : len(STAFF) + 3]
    ]
    return staff + interns


def body(plan: Plan, shelf: Shelf, kind: str) -> Body:
    """Return the body of a kind, made where it is missing."""
    found: Body | None = Body.objects.filter(kind=kind).first()
    if found is not None:
        return found
    return shelf.add([Body(key=plan.key(kind, kind), name=str(Body.Kind(kind).label), kind=kind, mandate_years=4)])[0]


def mandate_role(order: int) -> str:
    """Return the role of the so-many-th on the Board: President, Treasurer, two Vice Presidents, members."""
    roles = (Mandate.Role.PRESIDENT, Mandate.Role.TREASURER, Mandate.Role.VICE_PRESIDENT, Mandate.Role.VICE_PRESIDENT)
    return roles[order - 1] if order <= len(roles) else Mandate.Role.MEMBER


def _mandates(plan: Plan, board: Body, people: list[Person], members: list[Organisation]) -> list[Mandate]:
    return [
        Mandate(
            body=board,
            person=person,
            organisation=plan.one(members),
            order=order,
            role=mandate_role(order),
            start=PartialDate(plan.year - 2, 6),
            end=PartialDate(plan.year + 2, 6),
        )
        for order, person in enumerate(people[-BOARD_SIZE:], start=1)
    ]
