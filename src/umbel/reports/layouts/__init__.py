"""The layouts of chapters: each turns listings of the registry into texts and references, ready to be placed."""

from collections.abc import Callable
from typing import Any

from umbel.reports.layouts import advocacy, glance, money, network, people, visibility
from umbel.reports.layouts.desk import Desk
from umbel.reports.models import Chapter

Layout = Callable[[Desk], dict[str, Any]]


def nothing(_desk: Desk) -> dict[str, Any]:
    """Introductions consist of their passages alone."""
    return {}


LAYOUTS: dict[str, Layout] = {
    Chapter.Layout.INTRODUCTIONS: nothing,
    Chapter.Layout.GLANCE: glance.glance,
    Chapter.Layout.NETWORK: network.network,
    Chapter.Layout.ADVOCACY: advocacy.advocacy,
    Chapter.Layout.GRANT: money.grant,
    Chapter.Layout.PROJECTS: money.projects,
    Chapter.Layout.VISIBILITY: visibility.visibility,
    Chapter.Layout.FAMILY: visibility.family,
    Chapter.Layout.MEMBERS: people.members,
    Chapter.Layout.PEOPLE: people.people,
    Chapter.Layout.ABOUT: visibility.about,
}
