"""Figures of groups: the meetings of each."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from umbel.core.registry import Figure, Rows
from umbel.groups.models import Group, GroupMeeting


def meetings() -> Iterator[Figure]:
    def of(key: str) -> Rows:
        return lambda period: GroupMeeting.objects.filter(group__key=key).within(period)

    for key, name in Group.objects.values_list("key", "name"):
        yield Figure(f"groups.meetings.{key}", _("Meetings, %s") % name, of(key), rule=_("One row, one meeting."))
