"""Records that are made public on a day to come: a worker opens them."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import IntegerField, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from umbel.core.audience import Audience
from umbel.core.changelog import by
from umbel.core.crud.sections import section_of
from umbel.core.records import ToldAct
from umbel.core.registry import Reminder

AHEAD = timedelta(days=30)


def kinds() -> list[type[Any]]:
    """Return the kinds of records that can be opened on a day, a meeting before the event that it is."""
    found: list[type[Any]] = [model for model in apps.get_models() if issubclass(model, ToldAct)]
    return sorted(found, key=lambda kind: -len(kind._meta.parents))


def openings(today: date, user: Any) -> Iterator[Reminder]:
    """What is opened to everybody in the next thirty days, and what no worker opened on its day, in one query."""
    whole = [kind for kind in kinds() if not kind._meta.parents]
    asked = [
        kind._default_manager.visible_to(user)
        .filter(opens_on__lte=(today + AHEAD).isoformat())
        .order_by()
        .values_list(Value(place, IntegerField()), "pk", "opens_on", "title")
        for place, kind in enumerate(whole)
    ]
    for place, pk, on, title in asked[0].union(*asked[1:], all=True):
        text = _("%(title)s becomes public") if on.last_day >= today else _("%(title)s waits for a worker to open it")
        yield Reminder(on, text % {"title": title}, url=section_of(whole[place]).url_of(pk))


def open_due() -> int:
    """Make public what is due today or was before; return how many records those were.

    A meeting is opened as such and not once more as the event that it is. What is public already keeps no day.
    """
    opened, today = 0, timezone.localdate().isoformat()
    for model in kinds():
        with transaction.atomic(), by("umbel worker"):
            for row in model._default_manager.select_for_update().filter(opens_on__lte=today):
                row.audience, row.opens_on = Audience.PUBLIC, None
                row.save()
                opened += 1
    return opened
