"""Records that are made public on a day to come: a worker opens them."""

from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from umbel.core.audience import Audience
from umbel.core.changelog import by
from umbel.core.records import ToldAct


def open_due() -> int:
    """Make public what is due today or was before; return how many records those were.

    A meeting is opened as such and not once more as the event that it is. What is public already keeps no day.
    """
    kinds: list[type[Any]] = [model for model in apps.get_models() if issubclass(model, ToldAct)]
    opened, today = 0, timezone.localdate().isoformat()
    for model in sorted(kinds, key=lambda kind: -len(kind._meta.parents)):
        with transaction.atomic(), by("umbel worker"):
            for row in model._default_manager.select_for_update().filter(opens_on__lte=today):
                row.audience, row.opens_on = Audience.PUBLIC, None
                row.save()
                opened += 1
    return opened
