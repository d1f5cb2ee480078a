"""The languages of the confederation: which are offered, and which one it writes in first.

They stand on the confederation's row. Each process remembers them from whichever copy of the row it read or wrote
last, so that no page has to ask for them.
"""

from contextlib import suppress
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError
from django.db.models.signals import post_init, post_save

_offered: list[str] = []


def offered_languages() -> list[str]:
    """Return the codes of the languages that are offered, the leading one first."""
    return list(_offered) or [settings.LANGUAGE_CODE]


def lead_language() -> str:
    """Return the language in which the confederation writes first."""
    return offered_languages()[0]


def remember(instance: Any, **_more: Any) -> None:
    """Take the languages from a copy of the confederation's row, as soon as one is there."""
    if instance.pk and (codes := instance.__dict__.get("languages", "").split()):
        _offered[:] = codes


def prime() -> None:
    """Read the languages when a process that serves begins; nothing where there is no database yet."""
    with suppress(DatabaseError):
        apps.get_model("core", "Confederation").objects.first()


def connect(confederation: Any) -> None:
    """Begin to remember; called once, when the apps are ready, with the model of the confederation."""
    post_init.connect(remember, sender=confederation, dispatch_uid="umbel.languages.read")
    post_save.connect(remember, sender=confederation, dispatch_uid="umbel.languages.written")
