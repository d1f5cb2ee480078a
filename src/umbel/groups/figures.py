"""Figures of groups: the meetings of each."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from umbel.core.registry import Breakdown, Figure
from umbel.groups.models import Group, GroupMeeting

MEETINGS = Breakdown(lambda period: GroupMeeting.objects.within(period), "group__key")


def meetings() -> Iterator[Figure]:
    for key, name in Group.objects.values_list("key", "name"):
        yield Figure(
            f"groups.meetings.{key}", _("Meetings, %s") % name, MEETINGS.part(key), rule=_("One row, one meeting.")
        )
