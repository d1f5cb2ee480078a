"""Texts as a page shows them: figures with their values and marks, photographs with their credits."""

import re
from collections.abc import Mapping
from typing import Any, Protocol

from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from umbel.core.prose.cleaning import clean
from umbel.core.prose.pictures import Picture, pictures
from umbel.core.prose.reading import FIGURE, PHOTO, read
from umbel.core.registry import DeclarationError
from umbel.core.templatetags.ui import gap, marked

FORMS = {"": "value", "words": "word", "Words": "Word", "ordinal": "ordinal"}
SIZES = "(max-width: 54rem) 100vw, 41rem"
EXTERNAL = re.compile(r'<a href="(?=https?://)')


class Citer(Protocol):
    """What evaluates the figures of a document: a reference for a key and a year, and the entries by reference."""

    def cite(self, key: str, year: int | None = None) -> str:
        """Return a reference. Raises `DeclarationError` for a key that no app declares."""

    def as_dict(self, numbered: bool = True) -> Mapping[str, Mapping[str, Any]]:
        """Return the entries of what was cited, by reference."""


def show(html: str, citer: Citer | None) -> SafeString:
    """Return a text as HTML of a page. Each figure is evaluated once; one that nobody declares is a gap, no error.

    Without a `citer`, as before a confederation is on record, every figure is a gap.
    """
    html = clean(html)
    contents = read(html)
    known: dict[tuple[str, str], str] = {}
    for cited in contents.figures:
        if citer is None:
            break
        try:
            known[cited.key, cited.year] = citer.cite(cited.key, int(cited.year) if cited.year else None)
        except DeclarationError:
            continue
    entries = citer.as_dict(numbered=False) if citer and known else {}
    placed = pictures(contents.photos)

    def figure(match: re.Match[str]) -> str:
        key, year, form = match[1], match[2] or "", match[3] or ""
        ref = known.get((key, year))
        return marked(Context({"cited": entries}), ref, FORMS[form]) if ref else gap("", _("not recorded"))

    def photo(match: re.Match[str]) -> str:
        found = placed.get(match[1])
        return picture_html(found, mark_safe(match[2] or "")) if found else ""  # noqa: S308 -- cleaned above

    shown = PHOTO.sub(photo, FIGURE.sub(figure, html))
    return mark_safe(EXTERNAL.sub('<a rel="noopener" href="', shown))  # noqa: S308 -- cleaned above


def picture_html(picture: Picture, caption: str = "", sizes: str = SIZES) -> SafeString:
    """Return a photograph in several widths, with what it shows, a caption and whom to thank for it."""
    widths = sorted(picture.addresses)
    addresses = format_html_join(", ", "{} {}w", ((picture.addresses[width], width) for width in widths))
    image = format_html(
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}" loading="lazy" decoding="async">',
        picture.addresses[widths[0]], addresses, sizes, picture.width, picture.height, picture.alternative,
    )  # fmt: skip
    credit = " · ".join(part for part in (f"© {picture.credit}", picture.licence) if part)
    told = format_html("{} ", caption) if caption else ""
    return format_html(
        '<figure class="photo">{}<figcaption>{}<small>{}</small></figcaption></figure>', image, told, credit
    )
