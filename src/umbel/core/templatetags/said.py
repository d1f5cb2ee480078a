"""Contents in the reader's language: `{% said record "title" %}`."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from umbel.core.prose.pictures import Picture
from umbel.core.prose.showing import Citer, picture_html, show
from umbel.core.translations.marks import in_tongue, mark
from umbel.core.translations.saying import said as say

register = template.Library()


@register.simple_tag
def said(row: Any, field: str) -> SafeString | str:
    """Print what a field says in the reader's language; an original in another one carries its language and a mark."""
    told = say(row, field)
    if not told.is_fallback:
        return told.text
    return in_tongue(told.text, told.language)


@register.simple_tag
def spoken(text: str, language: str = "") -> SafeString | str:
    """Print a text that was found before; with the `language` that it is in where that is not the reader's, marked."""
    if not language:
        return text
    return in_tongue(text, language)


@register.simple_tag
def in_language(text: str, language: str = "") -> SafeString | str:
    """Print a text with the language that it is in, where a mark beside it names that."""
    return format_html('<span lang="{}">{}</span>', language, text) if language else text


@register.simple_tag
def plainly(row: Any, field: str) -> str:
    """Return what a field says in the reader's language as bare text: for titles of windows and attributes."""
    return say(row, field).text


@register.simple_tag
def prose(row: Any, field: str, citer: Citer | None) -> SafeString:
    """Print a text with its figures and photographs, in the reader's language or marked with its own."""
    told = say(row, field)
    body = show(told.text, citer)
    if not told.is_fallback:
        return format_html('<div class="prose">{}</div>', body)
    return format_html('{}<div class="prose" lang="{}">{}</div>', mark(told.language), told.language, body)


@register.simple_tag
def photograph(picture: Picture, caption: str = "") -> SafeString:
    """Print a photograph in several widths with its credit."""
    return picture_html(picture, caption)
