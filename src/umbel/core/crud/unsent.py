"""A form that is sent after the session has ended: what was typed waits until somebody has signed in and seen it."""

from dataclasses import dataclass
from time import time
from typing import Any

from django.core import signing
from django.http import HttpRequest

KEY = "unsent"
KEPT_BYTES = 200_000
KEPT_SECONDS = 3600
SALT = "umbel.unsent"
UNTOLD = ("once", "seen", "unsent", "whose")
UNTOLD_ENDS = ("_FORMS", "-number", "-id")


@dataclass(frozen=True)
class Unsent:
    """What was typed into the form of an address: names and values as they were sent."""

    address: str
    fields: list[tuple[str, str]]

    @property
    def told(self) -> list[tuple[str, str]]:
        """What somebody can have typed."""
        typed = [(name, value) for name, value in self.fields if value and name not in UNTOLD]
        return [(name, value) for name, value in typed if not name.endswith(UNTOLD_ENDS)]


def mark_of(user: Any) -> str:
    """Return the mark by which a form says for whom it was made."""
    return signing.Signer(salt=SALT).sign(str(user.pk))


def keep(request: HttpRequest) -> bool:
    """Keep what was typed for an hour, in the browser's session, for whoever the form was made for.

    Files and what is very long are lost, and forms that do not say whose they are; returns whether it was kept.
    """
    is_kept = "whose" in request.POST and 0 < int(request.META.get("CONTENT_LENGTH") or 0) <= KEPT_BYTES
    if is_kept:
        sent = [(name, value) for name, values in request.POST.lists() for value in values]
        fields = [pair for pair in sent if pair[0] != "csrfmiddlewaretoken"]
        request.session[KEY] = {"address": request.get_full_path(), "fields": fields, "at": time()}
    return is_kept


def kept(request: HttpRequest) -> Unsent | None:
    """Return what waits for the address of a request, `None` where nothing does."""
    found = request.session.get(KEY)
    if not found or found["address"] != request.get_full_path() or time() - found["at"] > KEPT_SECONDS:
        return None
    if ["whose", mark_of(request.user)] not in [list(pair) for pair in found["fields"]]:
        forget(request)
        return None
    return Unsent(found["address"], [(name, value) for name, value in found["fields"]])


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
