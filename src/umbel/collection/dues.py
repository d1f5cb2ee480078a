"""What falls due in the collection: rounds that close."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from umbel.collection.models import Round
from umbel.core.dues import near
from umbel.core.registry import Reminder


def rounds(today: date, user: Any) -> Iterator[Reminder]:
    """Rounds that close; one that has closed is late until its results are published."""
    found = Round.objects.visible_to(user).filter(publication=None).with_response(today)
    for on, row in near(found, "collected_to", today, behind=180):
        told = {"round": row, "received": row.received, "members": row.members}
        yield Reminder(on, _text(row, is_over=on.last_day < today) % told, row)


def _text(row: Round, *, is_over: bool) -> str:
    if is_over:
        return _("%(round)s has closed and its results are not published")
    if row.years:
        return _("%(round)s closes; %(received)s of %(members)s returns are in")
    return _("%(round)s closes")
