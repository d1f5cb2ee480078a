"""Titles and opening sentences of the pages that the site makes itself, where the secretariat words them otherwise."""

from typing import Any

from umbel.core.translations.saying import localise
from umbel.website.freshness import kept
from umbel.website.models import Wording
from umbel.website.telling import Line, words


def worded(place: str, title: Any, about: Any = "") -> dict[str, Line]:
    """Return the `title` of a page and what stands below it (`about`), as they were worded, else as given."""
    own = kept("wording", _known, of_all=True).get(place, {})
    usual = {"title": title, "about": about}
    return {name: own.get(name) or {"text": str(text), "tongue": ""} for name, text in usual.items()}


def label_of(place: str, usual: Any) -> str:
    """Return what links call a page."""
    text: str = worded(place, usual)["title"]["text"]
    return text


def _known() -> dict[str, dict[str, Line]]:
    rows = localise(Wording.objects.visible_to(None))
    return {row.place: {name: words(row, name) for name in row.translated if getattr(row, name)} for row in rows}
