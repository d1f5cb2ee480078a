"""Texts of a report: paragraphs in which figures stand as placeholders, never as typed numbers."""

import re
from typing import Any

from umbel.reports.citing import Citations

PLACEHOLDER = re.compile(r"\{([a-z0-9_.-]+)(?:@(\d{4}))?(?:\|(words|Words|ordinal))?\}")
FORMS = {None: "value", "words": "word", "Words": "Word", "ordinal": "ordinal"}

Run = str | dict[str, Any]


def runs(text: str, citations: Citations) -> list[Run]:
    """Return a paragraph as texts and figures: `["In ", {"fig": "network.countries", "as": "word"}, " countries"]`.

    `{network.countries}` prints the value, `|words`, `|Words` and `|ordinal` its words, `@2023` that of another year.
    Raises `DeclarationError` for a figure that no app declares.
    """
    found: list[Run] = []
    at = 0
    for match in PLACEHOLDER.finditer(text):
        if match.start() > at:
            found.append(text[at : match.start()])
        key, year, form = match.groups()
        found.append({"fig": citations.cite(key, int(year) if year else None), "as": FORMS[form]})
        at = match.end()
    if at < len(text):
        found.append(text[at:])
    return found


def paragraphs(text: str, citations: Citations) -> list[list[Run]]:
    """Return the paragraphs of a text, parted by empty lines."""
    return [runs(" ".join(part.split()), citations) for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
