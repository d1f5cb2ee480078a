"""Figures of groups: the meetings of each."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from umbel.core.registry import Breakdown, Figure
from umbel.core.translations.saying import named
from umbel.groups.models import Group, GroupMeeting

MEETINGS = Breakdown(lambda period: GroupMeeting.objects.within(period), "group__key")


def meetings() -> Iterator[Figure]:
    for group, name in named(Group.objects.all()):
        yield Figure(
            f"groups.meetings.{group.key}",
            _("Meetings, %s") % name,
            MEETINGS.part(group.key),
            rule=_("One row, one meeting."),
            audience=group.audience,
        )
