"""Papers of each year and what advocacy led to: documents, photographs, consultations, outcomes, printed numbers."""

from django.contrib.contenttypes.models import ContentType

from umbel.advocacy.models import Consultation, Evidence, Outcome, Position
from umbel.core.audience import Audience
from umbel.core.dates import PartialDate
from umbel.library.models import Document, Photo
from umbel.reports.models import Claim, Credit, Report
from umbel.website.generation.acts import Done
from umbel.website.generation.plan import Plan
from umbel.website.generation.shelf import Shelf
from umbel.website.generation.subjects import Frame
from umbel.website.generation.words import ANGLES, FEATURES, LANGUAGES, SUBJECTS, title

DOCUMENTS, PHOTOS = 0.15, 0.05
READERS = {Audience.PUBLIC: 5.0, Audience.MEMBERS: 4.0, Audience.SECRETARIAT: 1.0}
CLAIMS = {
    "network.members": "Members",
    "network.countries": "Countries",
    "advocacy.positions": "Position papers",
    "advocacy.joint_letters": "Joint letters",
    "communication.stories": "Articles",
    "library.publications": "Publications",
}
"""Figures of which the printed report states a number."""


def fill(plan: Plan, shelf: Shelf, frame: Frame, done: Done) -> None:
    shelf.add([_document(plan) for _ in range(plan.portion(DOCUMENTS, 1, 10**6))])
    shelf.add([_photo(plan) for _ in range(plan.portion(PHOTOS, 1, 10**6))])
    shelf.add(
        [
            Consultation(
                key=plan.key("consultation"),
                name=f"Call for views on {file.name.lower()}",
                file=file,
                institution=file.proposed_by,
                opens=PartialDate(plan.year, 2),
                closes=PartialDate(plan.year, 5),
            )
            for file in plan.some(frame.files, len(frame.files) // 2)
        ]
    )
    _outcomes(plan, shelf, frame, done["position"])


def _document(plan: Plan) -> Document:
    key = plan.key("document")
    name = title(plan.one(SUBJECTS), plan.one(ANGLES))
    address = f"https://papers.example.org/{key}.pdf"
    return Document(key=key, title=name, address=address, language=plan.one(LANGUAGES), audience=plan.weighed(READERS))


def _photo(plan: Plan) -> Photo:
    place = plan.one(FEATURES)
    return Photo(key=plan.key("photo"), credit=f"{place} Studio", licence="CC BY 4.0", alternative=f"People at {place}")


def _outcomes(plan: Plan, shelf: Shelf, frame: Frame, positions: list[Position]) -> None:
    """Make a result for some of the files, proved by positions."""
    outcomes = shelf.add(
        [
            Outcome(
                key=plan.key("outcome"),
                claim=f"{file.name}: {plan.one(SUBJECTS)} is in the text",
                file=file,
                date=PartialDate(plan.year),
            )
            for file in plan.some(frame.files, 3, 1)
        ]
    )
    kind = ContentType.objects.get_for_model(Position)
    shelf.add(
        [
            Evidence(outcome=outcome, content_type=kind, object_id=position.pk)
            for outcome in outcomes
            for position in plan.some(positions, 2)
        ]
    )


def print_numbers(plan: Plan, shelf: Shelf, people: list[int]) -> None:
    """Make what the printed report of a year states, and who wrote it."""
    report = Report.objects.get(year=plan.year)
    shelf.add(
        [
            Claim(
                report=report,
                key=f"c{at}",
                place="p. 3",
                statement=words,
                value=plan.dice.randint(5, 500),
                figure=figure,
            )
            for at, (figure, words) in enumerate(CLAIMS.items(), start=1)
        ]
    )
    shelf.add(
        [
            Credit(report=report, role=role, person_id=person, order=order)
            for order, (role, person) in enumerate(zip(Credit.Role.values, people, strict=False), start=1)
        ]
    )
