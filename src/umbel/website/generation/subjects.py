"""What acts are about and belong to: policy files, campaigns, groups, seats, projects, series."""

from dataclasses import dataclass

from umbel.advocacy.models import Ask, Campaign, Milestone, Pillar, PolicyFile, Seat
from umbel.collection.models import Indicator
from umbel.communication.models import ArticleSeries, Newsletter
from umbel.core.dates import PartialDate
from umbel.core.models import Topic
from umbel.events.models import Attendance, Edition, Series
from umbel.groups.models import Group, GroupOutput
from umbel.network.models import Organisation
from umbel.projects.models import Grant, Project, ProjectCountry, ProjectPhase
from umbel.website.generation.network import Network
from umbel.website.generation.plan import Plan, in_force
from umbel.website.generation.shelf import Shelf
from umbel.website.generation.words import COUNTRIES, FEATURES, INSTRUMENTS, SUBJECTS, TRADES, nth

PILLARS = ("A fair framework", "Strong enterprises", "Rights at work")
PHASES = ("Preparation", "Research", "Trial", "Dissemination")
INDICATORS = ("Members", "Enterprises", "Jobs", "Turnover", "Women on boards")
FILE_LIFE, CAMPAIGN_LIFE, GROUP_LIFE, PROJECT_LIFE, GRANT_LIFE = 8, 3, 7, 3, 4


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
    grants: list[Grant]
    indicators: list[Indicator]

    @property
    def topics(self) -> list[Topic]:
        return [*self.files, *self.campaigns]

    def of(self, year: int) -> "Frame":
        """Return what was there in one year."""
        return Frame(
            files=in_force(self.files, year, FILE_LIFE),
            campaigns=in_force(self.campaigns, year),
            groups=in_force(self.groups, year),
            seats=self.seats,
            projects=in_force(self.projects, year),
            editions=[edition for edition in self.editions if edition.year == year],
            series=self.series,
            newsletters=self.newsletters,
            grants=[grant for grant in self.grants if grant.first_year <= year <= grant.last_year],
            indicators=self.indicators,
        )


def fill(plan: Plan, shelf: Shelf, network: Network) -> Frame:
    return Frame(
        files=_files(plan, shelf, network),
        campaigns=_campaigns(plan, shelf),
        groups=_groups(plan, shelf),
        seats=_seats(plan, shelf, network),
        projects=_projects(plan, shelf, network),
        editions=_editions(plan, shelf),
        series=shelf.add(
            [
                ArticleSeries(
                    key=plan.key("series", f"{name} stories"),
                    name=f"{name} stories",
                    rule="One article, one cooperative.",
                )
                for name in FEATURES[:3]
            ]
        ),
        newsletters=shelf.add(
            [
                Newsletter(
                    key=plan.key("newsletter", f"{readers.value} newsletter"),
                    name=f"{readers.label} newsletter".capitalize(),
                    readers=readers.value,
                )
                for readers in Newsletter.Readers
            ]
        ),
        grants=shelf.add(_grants(plan, network)),
        indicators=shelf.add(
            [
                Indicator(key=plan.key("indicator", name), name=name, order=order)
                for order, name in enumerate(INDICATORS, start=1)
            ]
        ),
    )


def _named(at: int, noun: str) -> str:
    """Return the name of a campaign or project: "Amber Campaign", once all words are taken "Amber Bakery Campaign"."""
    word, trade = nth(at, FEATURES, TRADES)
    return f"{word} {noun}" if at < len(FEATURES) else f"{word} {trade} {noun}"


def _campaigns(plan: Plan, shelf: Shelf) -> list[Campaign]:
    campaigns = []
    for at in range(plan.lasting(plan.portion(0.0005, 1, 10), CAMPAIGN_LIFE)):
        name, start = _named(at, "Campaign"), plan.before(2)
        end = plan.after(start, CAMPAIGN_LIFE)
        campaigns.append(Campaign(key=plan.key("campaign", name), name=name, start=start, end=end))
    return shelf.add(campaigns)


def _files(plan: Plan, shelf: Shelf, network: Network) -> list[PolicyFile]:
    pillars = shelf.add(
        [
            Pillar(key=plan.key("pillar", name), name=name, centre=plan.one(SUBJECTS), order=order)
            for order, name in enumerate(PILLARS, start=1)
        ]
    )
    number = plan.lasting(plan.portion(0.004, 6, len(SUBJECTS)), FILE_LIFE)
    files = shelf.add([_file(plan, network, pillars, at) for at in range(number)])
    shelf.add(
        [
            Ask(
                file=file,
                kind=plan.one(Ask.Kind.values),
                text=f"A place for {subject}",
                status=plan.one(Ask.Status.values),
            )
            for file in files
            for subject in plan.some(SUBJECTS, 3, 1)
        ]
    )
    shelf.add(
        [
            Milestone(file=file, institution=file.proposed_by, title=f"Step on {subject}", date=_step(plan, file))
            for file in files
            for subject in plan.some(SUBJECTS, 3)
        ]
    )
    return files


def _file(plan: Plan, network: Network, pillars: list[Pillar], at: int) -> PolicyFile:
    subject, instrument = nth(at, SUBJECTS, INSTRUMENTS)
    name = subject.capitalize() if at < len(SUBJECTS) else f"{subject.capitalize()}, {instrument}"
    return PolicyFile(
        key=plan.key("file", name),
        name=name,
        pillar=None if plan.chance(0.1) else plan.one(pillars),
        order=at,
        proposed_by=plan.one(network.institutions),
        instrument=instrument,
        stance=plan.one(PolicyFile.Stance.values),
        standing=f"More for {plan.one(SUBJECTS)}",
        start=plan.before(5),
    )


def _step(plan: Plan, file: PolicyFile) -> PartialDate:
    """Return the day of a step: in the year of the plan, or in the years after a file was proposed."""
    if plan.years == 1 or file.start is None:
        return plan.date()
    return plan.between(file.start.year + 1, min(plan.year, file.start.year + FILE_LIFE))


def _groups(plan: Plan, shelf: Shelf) -> list[Group]:
    groups = []
    for at in range(plan.lasting(plan.portion(0.002, 3, 30), GROUP_LIFE)):
        subject, feature = nth(at, SUBJECTS, FEATURES)
        name = f"Group on {subject}" if at < len(SUBJECTS) else f"{feature} group on {subject}"
        start = plan.before(6)
        kind = Group.Kind.STEERING if at % 6 == 5 else Group.Kind.WORKING
        end = plan.after(start, GROUP_LIFE) if plan.years > 1 else None
        groups.append(Group(key=plan.key("group", name), name=name, subject=subject, start=start, end=end, kind=kind))
    shelf.add(groups)
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
    seats = [
        Seat(
            key=plan.key("seat", f"Seat on {SUBJECTS[at]}"),
            name=f"Seat on {SUBJECTS[at]}",
            kind=outside[at % len(outside)],
            body=plan.one(network.institutions),
            order=at,
        )
        for at in range(plan.portion(0.002, 4, 24))
    ]
    boards = [
        Seat(
            key=plan.key("seat", f"Board of {body.name}"),
            name=f"Board of {body.name}",
            kind=Seat.Kind.BOARD,
            body=body,
            order=100 + at,
        )
        for at, body in enumerate(network.of(Organisation.Kind.UMBRELLA))
    ]
    return shelf.add(seats + boards)


def _projects(plan: Plan, shelf: Shelf, network: Network) -> list[Project]:
    number = plan.lasting(plan.portion(0.001, 2, 12), PROJECT_LIFE)
    projects = shelf.add([_project(plan, network, at) for at in range(number)])
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


def _project(plan: Plan, network: Network, at: int) -> Project:
    word, trade = nth(at, FEATURES, TRADES)
    name = f"Project {word}" if at < len(FEATURES) else f"Project {word} {trade}"
    start = plan.before(2)
    return Project(
        key=plan.key("project", name),
        name=name,
        role=plan.one(Project.Role.values),
        headline="Learning together",
        subject=plan.one(SUBJECTS),
        programme="A programme of the Union",
        coordinator_id=plan.often(plan.one(network.partners)),
        start=start,
        end=PartialDate(start.year + plan.dice.randint(2, 4), 12),
    )


def _editions(plan: Plan, shelf: Shelf) -> list[Edition]:
    """Series of learning sessions, an edition of each in each year, and who takes part."""
    series = shelf.add(
        [
            Series(key=plan.key("gathering", f"Learning on {subject}"), name=f"Learning on {subject}")
            for subject in SUBJECTS[:3]
        ]
    )
    editions = shelf.add(
        [
            Edition(series=each, year=year, number=number, theme=plan.one(SUBJECTS))
            for each in series
            for number, year in enumerate(plan.span, start=1)
        ]
    )
    shelf.add(
        [Attendance(edition=edition, country=code) for edition in editions for code in plan.some(COUNTRIES, 10, 4)]
    )
    return editions


def _grants(plan: Plan, network: Network) -> list[Grant]:
    """Return framework grants of four years, one after the other; the last year is the third of the last."""
    first_years = range(plan.year - 2, plan.first_year - GRANT_LIFE, -GRANT_LIFE)
    return [
        Grant(
            key=plan.key("grant", f"Framework grant {year}"),
            name=f"Framework grant {year}",
            funder=network.institutions[0],
            programme="A programme of the Union",
            strand="Networks",
            first_year=year,
            last_year=year + GRANT_LIFE - 1,
            amount=900_000,
        )
        for year in first_years
    ]
