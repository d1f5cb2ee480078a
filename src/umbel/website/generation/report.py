"""The activity report of the year, with every chapter and a short passage in each."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from umbel.core.dates import PartialDate
from umbel.reports.models import Chapter, Mention, Passage, Report
from umbel.website.generation.acts import Done
from umbel.website.generation.plan import Plan
from umbel.website.generation.shelf import Shelf

Layout = Chapter.Layout

LEADS = {
    Layout.INTRODUCTIONS: "Two words before {chronicle.entries} activities.",
    Layout.GLANCE: "The year in {chronicle.entries} activities, month by month.",
    Layout.NETWORK: "{network.members} members met; the Board held {governance.board_meetings} meetings.",
    Layout.ADVOCACY: "{advocacy.positions} positions, {advocacy.joint_letters} joint letters, {advocacy.files} files.",
    Layout.GRANT: "{grant.lines} lines, proved by {grant.events} events and {grant.publications} publications.",
    Layout.PROJECTS: "{projects.active} projects ran in the year.",
    Layout.VISIBILITY: "{communication.stories} articles, {communication.videos} videos.",
    Layout.FAMILY: "A member of {network.umbrellas} bodies, with {advocacy.external_seats} seats on their boards.",
    Layout.MEMBERS: "{network.members} members of {network.countries} countries.",
    Layout.PEOPLE: "{governance.board} people on the Board, {network.staff} in the secretariat.",
    Layout.ABOUT: "A made-up confederation.",
}
TOLD = {
    Layout.NETWORK: ("meeting", "groupmeeting"),
    Layout.ADVOCACY: ("position", "jointletter"),
    Layout.VISIBILITY: ("story", "video"),
}
"""Chapters with the acts that they tell."""


def fill(plan: Plan, shelf: Shelf, done: Done) -> None:
    if Report.objects.filter(year=plan.year).exists():
        return
    [report] = shelf.add(
        [
            Report(
                key=plan.key("report"), title="Activity Report", year=plan.year, published=PartialDate(plan.year + 1, 5)
            )
        ]
    )
    chapters = shelf.add(
        [
            Chapter(
                report=report, key=layout.value, layout=layout.value, title=str(layout.label).capitalize(), order=order
            )
            for order, layout in enumerate(LEADS, start=1)
        ]
    )
    shelf.add(
        [Passage(chapter=chapter, slot="lead", text=LEADS[Layout(chapter.layout)], order=1) for chapter in chapters]
    )
    introductions = chapters[0]
    shelf.add(
        [
            Passage(chapter=introductions, slot=slot, title=title, text="A made-up year.", signed_by=title, order=order)
            for order, (slot, title) in enumerate(
                (("president", "President"), ("secretary-general", "Secretary General")), start=2
            )
        ]
    )
    shelf.add([mention for chapter in chapters for mention in _mentions(chapter, done)])


def _mentions(chapter: Chapter, done: Done) -> list[Mention]:
    """A meeting of whatever kind is told as the event that it is."""
    told = [(_source(type(act)), act.pk) for name in TOLD.get(Layout(chapter.layout), ()) for act in done[name]]
    return [
        Mention(chapter=chapter, content_type=ContentType.objects.get_for_model(source), object_id=pk)
        for source, pk in told
    ]


def _source(model: type[Model]) -> type[Model]:
    return next(iter(model._meta.parents), model)
