"""A form that is sent after the session has ended: what was typed waits until somebody has signed in and seen it."""

from dataclasses import dataclass
from time import time

from django.http import HttpRequest

KEY = "unsent"
KEPT_BYTES = 200_000
KEPT_SECONDS = 3600
UNTOLD = ("once", "seen", "unsent")
UNTOLD_ENDS = ("_FORMS", "-number", "-id")


@dataclass(frozen=True)
class Unsent:
    """What was typed into the form of an address: names and values as they were sent."""

    address: str
    fields: list[tuple[str, str]]

    @property
    def told(self) -> list[tuple[str, str]]:
        """What somebody can have typed, with the names of the fields in words."""
        typed = [(name, value) for name, value in self.fields if value and name not in UNTOLD]
        return [
            (name.replace("-", " ").replace("_", " "), value) for name, value in typed if not name.endswith(UNTOLD_ENDS)
        ]


def keep(request: HttpRequest) -> None:
    """Keep what was typed for an hour, in the browser's session; files and what is very long are lost."""
    if 0 < int(request.META.get("CONTENT_LENGTH") or 0) <= KEPT_BYTES:
        sent = [(name, value) for name, values in request.POST.lists() for value in values]
        fields = [pair for pair in sent if pair[0] != "csrfmiddlewaretoken"]
        request.session[KEY] = {"address": request.get_full_path(), "fields": fields, "at": time()}


def kept(request: HttpRequest) -> Unsent | None:
    """Return what waits for the address of a request, `None` where nothing does."""
    found = request.session.get(KEY)
    if not found or found["address"] != request.get_full_path() or time() - found["at"] > KEPT_SECONDS:
        return None
    return Unsent(found["address"], [(name, value) for name, value in found["fields"]])


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
