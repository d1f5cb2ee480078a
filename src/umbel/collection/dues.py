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
    for on, row in near(Round.objects.visible_to(user).filter(publication=None), "collected_to", today, behind=180):
        text = (
            _("%(round)s closes")
            if on.last_day >= today
            else _("%(round)s has closed and its results are not published")
        )
        yield Reminder(on, text % {"round": row}, row)
