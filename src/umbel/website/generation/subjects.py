"""What acts are about and belong to: policy files, campaigns, groups, seats, projects, series."""

from dataclasses import dataclass

from umbel.advocacy.models import Ask, Campaign, Milestone, Pillar, PolicyFile, Seat
from umbel.communication.models import ArticleSeries, Newsletter
from umbel.core.dates import PartialDate
from umbel.core.models import Topic
from umbel.events.models import Attendance, Edition, Series
from umbel.groups.models import Group, GroupOutput
from umbel.network.models import Organisation
from umbel.projects.models import Project, ProjectCountry, ProjectPhase
from umbel.website.generation.network import Network
from umbel.website.generation.plan import Plan
from umbel.website.generation.shelf import Shelf
from umbel.website.generation.words import COUNTRIES, FEATURES, SUBJECTS, nth

PILLARS = ("A fair framework", "Strong enterprises", "Rights at work")
PHASES = ("Preparation", "Research", "Trial", "Dissemination")


@dataclass(frozen=True)
class Frame:
    """What an act can be about or part of."""

    files: list[PolicyFile]
    campaigns: list[Campaign]
    groups: list[Group]
    seats: list[Seat]
    projects: list[Project]
    editions: list[Edition]
    series: list[ArticleSeries]
    newsletters: list[Newsletter]

    @property
    def topics(self) -> list[Topic]:
        return [*self.files, *self.campaigns]


def fill(plan: Plan, shelf: Shelf, network: Network) -> Frame:
    return Frame(
        files=_files(plan, shelf, network),
        campaigns=shelf.add(
            [
                Campaign(key=plan.key("campaign"), name=f"{nth(at, FEATURES)[0]} Campaign", start=plan.before(2))
                for at in range(plan.portion(0.0005, 1, 10))
            ]
        ),
        groups=_groups(plan, shelf),
        seats=_seats(plan, shelf, network),
        projects=_projects(plan, shelf, network),
        editions=_editions(plan, shelf),
        series=shelf.add(
            [
                ArticleSeries(key=plan.key("series"), name=f"{name} stories", rule="One article, one cooperative.")
                for name in FEATURES[:3]
            ]
        ),
        newsletters=shelf.add(
            [
                Newsletter(
                    key=plan.key("newsletter"), name=f"{readers.label} newsletter".capitalize(), readers=readers.value
                )
                for readers in Newsletter.Readers
            ]
        ),
    )


def _files(plan: Plan, shelf: Shelf, network: Network) -> list[PolicyFile]:
    pillars = shelf.add(
        [
            Pillar(key=plan.key("pillar"), name=name, centre=plan.one(SUBJECTS), order=order)
            for order, name in enumerate(PILLARS, start=1)
        ]
    )
    institutions = network.of(Organisation.Kind.INSTITUTION)
    files = shelf.add(
        [
            PolicyFile(
                key=plan.key("file"),
                name=SUBJECTS[at].capitalize(),
                pillar=None if plan.chance(0.1) else plan.one(pillars),
                order=at,
                proposed_by=plan.one(institutions),
                instrument="directive",
                stance=plan.one(PolicyFile.Stance.values),
                standing=f"More for {plan.one(SUBJECTS)}",
                start=plan.before(5),
            )
            for at in range(plan.portion(0.004, 6, len(SUBJECTS)))
        ]
    )
    shelf.add(
        [
            Ask(file=file, kind=plan.one(Ask.Kind.values), text=f"A place for {subject}")
            for file in files
            for subject in plan.some(SUBJECTS, 3, 1)
        ]
    )
    shelf.add(
        [
            Milestone(file=file, institution=file.proposed_by, title=f"Step on {subject}", date=plan.date())
            for file in files
            for subject in plan.some(SUBJECTS, 3)
        ]
    )
    return files


def _groups(plan: Plan, shelf: Shelf) -> list[Group]:
    groups = shelf.add(
        [
            Group(
                key=plan.key("group"),
                name=f"Group on {SUBJECTS[at]}",
                subject=SUBJECTS[at],
                start=plan.before(6),
                kind=Group.Kind.STEERING if at % 6 == 5 else Group.Kind.WORKING,
            )
            for at in range(plan.portion(0.002, 3, 30))
        ]
    )
    shelf.add(
        [
            GroupOutput(group=group, text=f"Paper on {subject}", date=plan.date())
            for group in groups
            for subject in plan.some(SUBJECTS, 2)
        ]
    )
    return groups


def _seats(plan: Plan, shelf: Shelf, network: Network) -> list[Seat]:
    """Seats in bodies of institutions, and one on the board of each umbrella."""
    outside = [kind for kind in Seat.Kind.values if kind != Seat.Kind.BOARD]
    bodies = network.of(Organisation.Kind.INSTITUTION)
    seats = [
        Seat(
            key=plan.key("seat"),
            name=f"Seat on {SUBJECTS[at]}",
            kind=outside[at % len(outside)],
            body=plan.one(bodies),
            order=at,
        )
        for at in range(plan.portion(0.002, 4, 24))
    ]
    boards = [
        Seat(key=plan.key("seat"), name=f"Board of {body.name}", kind=Seat.Kind.BOARD, body=body, order=100 + at)
        for at, body in enumerate(network.of(Organisation.Kind.UMBRELLA))
    ]
    return shelf.add(seats + boards)


def _projects(plan: Plan, shelf: Shelf, network: Network) -> list[Project]:
    projects = shelf.add(
        [
            Project(
                key=plan.key("project"),
                name=f"Project {nth(at, FEATURES)[0]}",
                role=plan.one(Project.Role.values),
                headline="Learning together",
                subject=plan.one(SUBJECTS),
                programme="A programme of the Union",
                coordinator=plan.one(network.organisations),
                start=plan.before(2),
                end=PartialDate(plan.year + plan.dice.randint(0, 2), 12),
            )
            for at in range(plan.portion(0.001, 2, 12))
        ]
    )
    shelf.add(
        [ProjectCountry(project=project, country=code) for project in projects for code in plan.some(COUNTRIES, 8, 3)]
    )
    shelf.add(
        [
            ProjectPhase(project=project, name=name, order=order)
            for project in projects
            for order, name in enumerate(PHASES, start=1)
        ]
    )
    return projects


def _editions(plan: Plan, shelf: Shelf) -> list[Edition]:
    """Series of learning sessions, this year's edition of each, and who takes part."""
    series = shelf.add([Series(key=plan.key("gathering"), name=f"Learning on {subject}") for subject in SUBJECTS[:3]])
    editions = shelf.add(
        [
            Edition(series=each, year=plan.year, number=number, theme=plan.one(SUBJECTS))
            for number, each in enumerate(series, start=1)
        ]
    )
    shelf.add(
        [Attendance(edition=edition, country=code) for edition in editions for code in plan.some(COUNTRIES, 10, 4)]
    )
    return editions
