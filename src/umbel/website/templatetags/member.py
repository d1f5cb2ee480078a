"""The navigation of the member area."""

from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from umbel.accounts.doors import NETWORK, may_enter
from umbel.core.templatetags.desk import initials
from umbel.governance.rules import has_a_mandate
from umbel.network.rules import has_an_organisation, posts_ever, speaks_for_member

register = template.Library()
register.filter("initials", initials)


@register.simple_tag(takes_context=True)
def member_rooms(context: Context) -> list[dict[str, Any]]:
    """Return the rooms of the member area that have something for whoever is signed in; one of them is `here`.

    What is asked of members stands apart (`is_asked`): the first page leads there, and each of these to the others.
    """
    user, path = context["request"].user, context["request"].path
    home, is_of_network = reverse("member.home"), may_enter(NETWORK, user)
    asked = [
        (_("Rounds"), reverse("collection.own.list"), speaks_for_member(user)),
        (pgettext("before the members", "Drafts"), reverse("advocacy.draft.list"), is_of_network),
        (_("Votes"), reverse("governance.vote.list"), is_of_network),
        (_("Fees"), reverse("network.own.fees"), has_an_organisation(user)),
    ]
    rooms = [
        (_("Home"), home, True),
        (_("Our organisation"), reverse("member.organisation"), has_an_organisation(user)),
        (_("Groups"), reverse("member.groups"), is_of_network),
        (_("Documents"), reverse("member.documents"), True),
        (_("Directory"), reverse("member.directory"), is_of_network),
        (_("Calendar"), reverse("member.calendar"), is_of_network),
    ]
    return [
        {"label": label, "url": url, "is_asked": is_asked, "here": path == url if url == home else path.startswith(url)}
        for is_asked, shown in ((False, rooms), (True, asked))
        for label, url, is_open in shown
        if is_open
    ]


@register.filter
def is_on_record(user: Any) -> bool:
    """Tell whether a user is somebody of the directory, with contact data to keep."""
    return bool(posts_ever(user)) or has_a_mandate(user)
