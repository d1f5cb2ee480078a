"""Groups as pages and print lay them out."""

from typing import Any

from umbel.core.periods import Period
from umbel.groups.models import Group, GroupMeeting


def groups(period: Period) -> list[dict[str, Any]]:
    """Return working groups: `[{"key", "name", "subject", "outputs", "figure", "meetings": [{"title", "date"}]}]`."""
    met: dict[int, list[dict[str, Any]]] = {}
    for group, title, date in GroupMeeting.objects.within(period).values_list("group", "title", "date"):
        met.setdefault(group, []).append({"title": title, "date": date})
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
            "meetings": met.get(group.pk, []),
        }
        for group in Group.objects.working().overlapping(period).prefetch_related("outputs")
    ]
