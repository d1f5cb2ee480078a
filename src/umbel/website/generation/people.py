"""People of a network with its history: the secretariat, people in office, representatives, the Board."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from umbel.core.audience import Audience
from umbel.core.dates import PartialDate
from umbel.governance.models import Body, Mandate
from umbel.groups.models import Group, Participant
from umbel.network.models import Contact, Organisation, Person, Post
from umbel.website.generation.census import Census
from umbel.website.generation.network import BOARD_SIZE, STAFF, mandate_role
from umbel.website.generation.plan import Plan
from umbel.website.generation.shelf import Shelf
from umbel.website.generation.sizes import Size
from umbel.website.generation.tongues import homes, spoken
from umbel.website.generation.words import FUNCTIONS, PARTIES

SLICE = 5_000
INTERNS_A_YEAR = 3
IN_A_GROUP = (15, 5)
STAFF_YEARS, POST_YEARS, TERM = 5, 7, 4
IN_OFFICE, AT_MEMBERS = 0.03, 0.5
UNLISTED, WITH_SECOND_POST, WITH_ALIAS = 0.6, 0.25, 0.04
WITH_CONTACT, SHOWN = 0.7, 0.6


@dataclass
class Crowd:
    """People by primary key, those first who appear most; who represents which member today, and works for us."""

    people: list[int] = field(default_factory=list)
    representatives: list[tuple[int, int]] = field(default_factory=list)
    affiliates: list[tuple[int, int]] = field(default_factory=list)
    staff: list[int] = field(default_factory=list)


def fill(plan: Plan, shelf: Shelf, size: Size, census: Census, own: Organisation, others: list[Organisation]) -> Crowd:
    crowd = Crowd()
    _secretariat(plan, shelf, size, crowd, own)
    offices = [organisation.pk for organisation in others if organisation.kind == Organisation.Kind.INSTITUTION]
    while (missing := size.people - len(crowd.people)) > 0:
        seats = [_seat(plan, census, offices) for _ in range(min(SLICE, missing))]
        people = _stored(plan, shelf, [census.countries.get(seat, "") for seat in seats], crowd)
        posts = [
            post for person, seat in zip(people, seats, strict=True) for post in _posts(plan, person, seat, offices)
        ]
        shelf.add(posts)
        _note(crowd, census, posts)
    return crowd


def _stored(plan: Plan, shelf: Shelf, countries: list[str], crowd: Crowd) -> list[Person]:
    """Make somebody with a name of each country, "" standing for any; most representatives are told to members only."""
    people = []
    for country in countries:
        tongue = plan.one(spoken(country)) if country else plan.weighed(homes())[1]
        name = tongue.person(plan)
        audience = Audience.MEMBERS if country and plan.chance(UNLISTED) else Audience.PUBLIC
        people.append(Person(key=plan.key("person", name), name=name, audience=audience))
    shelf.add(people)
    shelf.call(
        [(person, " ".join(reversed(person.name.rsplit(" ", 1)))) for person in people if plan.chance(WITH_ALIAS)]
    )
    shelf.add([_contact(plan, person) for person in people if plan.chance(WITH_CONTACT)])
    crowd.people += [person.pk for person in people]
    return people


def _contact(plan: Plan, person: Person) -> Contact:
    """Make an address that somebody shows to the secretariat alone, or agreed to show to members."""
    is_shown = plan.chance(SHOWN)
    return Contact(
        person=person,
        kind=Contact.Kind.EMAIL,
        value=f"{person.key}@example.org",
        audience=Audience.MEMBERS if is_shown else Audience.SECRETARIAT,
        consented_on=PartialDate(plan.year) if is_shown else None,
        recorded_on=PartialDate(plan.year),
    )


def _seat(plan: Plan, census: Census, offices: list[int]) -> int:
    """Return where somebody sits: in an institution, at a member or at what is affiliated to one."""
    if plan.chance(IN_OFFICE):
        return plan.one(offices)
    return plan.often(census.members) if plan.chance(AT_MEMBERS) else plan.one(census.enterprises)


def _posts(plan: Plan, person: Person, seat: int, offices: list[int]) -> Iterator[Post]:
    """Yield the posts of a person one after the other; the last may be over too."""
    is_in_office = seat in offices
    kind = Post.Kind.OFFICE if is_in_office else Post.Kind.REPRESENTATIVE
    party = plan.one(PARTIES) if is_in_office else ""
    start = plan.between(plan.first_year - 5, plan.year - 2)
    if plan.chance(WITH_SECOND_POST):
        end = plan.between(start.year + 1, plan.year - 1)
        yield _post(person, seat, kind, plan.one(FUNCTIONS), (start, end), party)
        start = PartialDate(end.year + 1)
    yield _post(person, seat, kind, plan.one(FUNCTIONS), (start, plan.after(start, POST_YEARS)), party)


def _post(
    person: Person, seat: int, kind: str, title: str, term: tuple[PartialDate, PartialDate | None], party: str
) -> Post:
    start, end = term
    return Post(person=person, organisation_id=seat, kind=kind, title=title, party=party, start=start, end=end)


def _note(crowd: Crowd, census: Census, posts: list[Post]) -> None:
    members, enterprises = set(census.members), set(census.enterprises)
    open_ones = [(post.person_id, post.organisation_id) for post in posts if post.end is None]
    crowd.representatives += [pair for pair in open_ones if pair[1] in members]
    crowd.affiliates += [pair for pair in open_ones if pair[1] in enterprises]


def _secretariat(plan: Plan, shelf: Shelf, size: Size, crowd: Crowd, own: Organisation) -> None:
    """Fill each desk of the secretariat through the years, and have interns each year."""
    terms = [(at, start, end) for at in range(size.staff) for start, end in _turns(plan)]
    interns = [(PartialDate(year, 2), PartialDate(year, 7)) for year in plan.span for _ in range(INTERNS_A_YEAR)]
    people = _stored(plan, shelf, [""] * (len(terms) + len(interns)), crowd)
    posts = [
        Post(
            person=person, organisation=own, kind=Post.Kind.STAFF, title=_title(at), start=start, end=end, order=at + 1
        )
        for person, (at, start, end) in zip(people, terms, strict=False)
    ]
    crowd.staff = [post.person_id for post in posts if post.end is None]
    shelf.add(posts)
    shelf.add(
        [
            Post(person=person, organisation=own, kind=Post.Kind.INTERN, title="Intern", start=start, end=end)
            for person, (start, end) in zip(people[len(terms) :], interns, strict=True)
        ]
    )


def _title(at: int) -> str:
    return STAFF[at] if at < len(STAFF) else STAFF[1 + at % (len(STAFF) - 1)]


def _turns(plan: Plan) -> Iterator[tuple[PartialDate, PartialDate | None]]:
    """Yield the terms of those who sat at one desk, until today."""
    start = plan.between(plan.first_year - STAFF_YEARS, plan.first_year)
    while (end := plan.after(start, STAFF_YEARS)) is not None:
        yield start, end
        start = plan.between(end.year + 1, end.year + 1) if end.year < plan.year else PartialDate(plan.year, 12, 31)
        if start.year >= plan.year:
            break
    yield start, None


def seat_board(plan: Plan, shelf: Shelf, board: Body, crowd: Crowd) -> None:
    """Elect the Board every four years from those who represent members."""
    shelf.add(
        [
            Mandate(
                body=board,
                person_id=person,
                organisation_id=member,
                order=order,
                role=mandate_role(order),
                start=PartialDate(year, 6),
                end=PartialDate(year + TERM, 6) if year + TERM <= plan.year else None,
            )
            for year in range(plan.first_year - 2, plan.year + 1, TERM)
            for order, (person, member) in enumerate(plan.some(_delegates(crowd), BOARD_SIZE, BOARD_SIZE), start=1)
        ]
    )


def _delegates(crowd: Crowd) -> list[tuple[int, int]]:
    """Return one representative of each member, sixty at most."""
    first = {member: person for person, member in reversed(crowd.representatives)}
    return [(person, member) for member, person in list(first.items())[-60:]]


def join_groups(plan: Plan, shelf: Shelf, groups: list[Group], crowd: Crowd) -> None:
    """Let representatives of members take part in each group."""
    shelf.add(
        [
            Participant(group=group, person_id=person, organisation_id=organisation, start=group.start, end=group.end)
            for group in groups
            for person, organisation in plan.some(crowd.representatives, *IN_A_GROUP)
        ]
    )
