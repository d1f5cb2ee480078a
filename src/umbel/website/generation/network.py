"""The confederation, the organisations around it, their people, its Board."""

from dataclasses import dataclass

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
    """Who is there to take part in acts."""

    organisations: list[Organisation]
    people: list[Person]
    board: Body
    assembly: Body

    def of(self, kind: str) -> list[Organisation]:
        return [organisation for organisation in self.organisations if organisation.kind == kind]


def is_made(plan: Plan) -> bool:
    """Tell whether this year of this seed was generated before."""
    return Organisation.objects.filter(key=f"organisation-{plan.mark}-1").exists()


def fill(plan: Plan, shelf: Shelf) -> Network:
    own = _confederation(plan, shelf)
    organisations = _organisations(plan, shelf)
    people = shelf.add(_people(plan))
    members = [organisation for organisation in organisations if organisation.kind == Kind.FEDERATION]
    shelf.add(_memberships(plan, shelf, members))
    shelf.add(_links(plan, organisations, members))
    shelf.add(_posts(plan, own, people))
    umbrellas = [organisation for organisation in organisations if organisation.kind == Kind.UMBRELLA]
    shelf.add(
        [
            UmbrellaMembership(body=body, standing="member", order=order, start=plan.before(15))
            for order, body in enumerate(umbrellas, start=1)
        ]
    )
    board, assembly = (_body(plan, shelf, kind) for kind in (Body.Kind.BOARD, Body.Kind.ASSEMBLY))
    if not board.mandates.exists():
        shelf.add(_mandates(plan, board, people, members))
    return Network(organisations, people, board, assembly)


def _confederation(plan: Plan, shelf: Shelf) -> Organisation:
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
        shelf.add([EnterpriseType(key="cooperatives", name="Cooperatives", order=1)])
    own = Organisation.objects.filter(kind=Kind.SELF).first()
    return (
        own
        or shelf.add(
            [Organisation(key="confederation", name="Confederation", kind=Kind.SELF, scope="european", country="BE")]
        )[0]
    )


def _organisations(plan: Plan, shelf: Shelf) -> list[Organisation]:
    number = plan.portion(0.2, 12, 10**6)
    rows = [_federation(plan, at) for at in range(plan.portion(0.01, 6, 600))]
    for kind, (pattern, share, least, most) in OTHERS.items():
        for at in range(plan.portion(share, least, most)):
            rows.append(_organisation(plan, kind, pattern.format(nth(at, FEATURES)[0])))
    enterprises = (nth(at, FEATURES, TRADES) for at in range(max(6, number - len(rows))))
    rows += [_organisation(plan, Kind.ENTERPRISE, f"{feature} {trade} Cooperative") for feature, trade in enterprises]
    return shelf.add(rows)


def _federation(plan: Plan, at: int) -> Organisation:
    country, trade = nth(at, COUNTRIES, TRADES)
    row = _organisation(plan, Kind.FEDERATION, f"Federation of {trade} Cooperatives, {CITIES[country]}")
    row.country, row.city = country, CITIES[country]
    return row


def _organisation(plan: Plan, kind: str, name: str) -> Organisation:
    country = plan.one(COUNTRIES)
    return Organisation(
        key=plan.key("organisation"),
        name=name,
        kind=kind,
        country=country,
        city=CITIES[country],
        founded=plan.before(60),
    )


def _people(plan: Plan) -> list[Person]:
    found = (nth(at, GIVEN, FAMILY) for at in range(plan.portion(0.05, 30, 50_000)))
    return [Person(key=plan.key("person"), name=" ".join(words)) for words in found]


def _memberships(plan: Plan, shelf: Shelf, members: list[Organisation]) -> list[Membership]:
    """One term for each federation; some began in the year, a few are over."""
    categories = list(MembershipCategory.objects.all()) or shelf.add(
        [
            MembershipCategory(key=name.lower().replace(" ", "-"), name=name, order=order)
            for order, name in enumerate(CATEGORIES, start=1)
        ]
    )
    terms = []
    for member in members:
        term = Membership(organisation=member, category=plan.one(categories), start=plan.before(20))
        if plan.chance(0.05):
            term.end = PartialDate(plan.year, plan.dice.randint(1, 12))
        elif plan.chance(0.05):
            term.start = PartialDate(plan.year, plan.dice.randint(1, 12))
        terms.append(term)
    return terms


def _links(plan: Plan, organisations: list[Organisation], members: list[Organisation]) -> list[OrganisationLink]:
    enterprises = [organisation for organisation in organisations if organisation.kind == Kind.ENTERPRISE]
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


def _body(plan: Plan, shelf: Shelf, kind: str) -> Body:
    found = Body.objects.filter(kind=kind).first()
    return (
        found or shelf.add([Body(key=plan.key(kind), name=str(Body.Kind(kind).label), kind=kind, mandate_years=4)])[0]
    )


def _mandates(plan: Plan, board: Body, people: list[Person], members: list[Organisation]) -> list[Mandate]:
    seats = people[-BOARD_SIZE:]
    roles = [Mandate.Role.PRESIDENT, Mandate.Role.TREASURER, Mandate.Role.VICE_PRESIDENT, Mandate.Role.VICE_PRESIDENT]
    return [
        Mandate(
            body=board,
            person=person,
            organisation=plan.one(members),
            order=order,
            role=roles[order - 1] if order <= len(roles) else Mandate.Role.MEMBER,
            start=PartialDate(plan.year - 2, 6),
            end=PartialDate(plan.year + 2, 6),
        )
        for order, person in enumerate(seats, start=1)
    ]
