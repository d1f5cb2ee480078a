"""The lines of a grant in a year and the records that prove them."""

from django.contrib.contenttypes.models import ContentType

from umbel.projects.models import Deliverable, Heading, Proof
from umbel.website.generation.acts import Done
from umbel.website.generation.plan import Plan
from umbel.website.generation.shelf import Shelf
from umbel.website.generation.subjects import Frame

HEADINGS = {
    "Events": (Heading.Counts.EVENTS, Deliverable.Nature.EVENT, "event"),
    "Publications": (Heading.Counts.PUBLICATIONS, Deliverable.Nature.PUBLICATION, "publication"),
    "Campaigns": (Heading.Counts.ALL, Deliverable.Nature.CAMPAIGN, "campaignact"),
}
"""Headings with what they count, the nature of their lines and the acts that prove them."""


def fill(plan: Plan, shelf: Shelf, frame: Frame, done: Done) -> None:
    grant = frame.grants[0]
    headings = shelf.add(
        [
            Heading(grant=grant, year=plan.year, key=plan.key("heading"), name=name, counts=counts, order=order)
            for order, (name, (counts, *_)) in enumerate(HEADINGS.items(), start=1)
        ]
    )
    for heading in headings:
        _lines(plan, shelf, heading, done)


def _lines(plan: Plan, shelf: Shelf, heading: Heading, done: Done) -> None:
    _, nature, name = HEADINGS[heading.name]
    lines = shelf.add(
        [
            Deliverable(
                key=plan.key("line"),
                heading=heading,
                name=f"{heading.name}, part {order}",
                nature=nature,
                target=3,
                order=order,
            )
            for order in range(1, plan.portion(0.001, 3, 9) + 1)
        ]
    )
    kept = [act for act in done[name] if act.audience == "public"]
    if kept:
        kind = ContentType.objects.get_for_model(kept[0])
        shelf.add(
            [
                Proof(deliverable=line, content_type=kind, object_id=act.pk)
                for line in lines
                for act in plan.some(kept, 4)
            ]
        )
