"""Groups as pages and print lay them out."""

from typing import Any

from umbel.core.periods import Period
from umbel.groups.models import Group, GroupMeeting


def groups(period: Period) -> list[dict[str, Any]]:
    """Return working groups: `[{"key", "name", "subject", "outputs", "figure", "meetings": [{"title", "date"}]}]`."""
    return [
        {
            "key": group.key,
            "name": group.name,
            "subject": group.subject,
            "outputs": [
                output.text
                for output in group.outputs.all()
                if output.date and output.date.within(period.start, period.end)
            ],
            "figure": f"groups.meetings.{group.key}",
            "meetings": [
                {"title": meeting.title, "date": meeting.date}
                for meeting in GroupMeeting.objects.filter(group=group).within(period)
            ],
        }
        for group in Group.objects.working().overlapping(period).prefetch_related("outputs")
    ]
