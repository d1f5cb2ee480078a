"""What the data collection asks of members: open rounds."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from umbel.collection.models import Round
from umbel.network.rules import today
from umbel.network.todo import Todo, asks


@asks
def open_rounds(user: Any, organisations: Sequence[Any]) -> Iterable[Todo]:
    """Yield the rounds that are collected today, for those who speak for a member."""
    if not any(organisation.is_member for organisation in organisations):
        return
    for row in Round.objects.visible_to(user).open(today()):
        yield Todo(
            _("Answer the round %(round)s") % {"round": row},
            row.get_absolute_url(),
            _("What is asked"),
            "table-2",
            about=row.method,
            until=row.collected_to,
        )
