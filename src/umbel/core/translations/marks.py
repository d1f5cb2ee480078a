"""Texts that know the language of what they say, for lines that are put together of several."""

from collections.abc import Iterable

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from umbel.core.formatting import language_name, reading_language


def mark(language: str) -> SafeString:
    """Return the small mark that names the language of a text which is not the reader's."""
    name = language_name(language, reading_language())
    return format_html(' <small class="in-tongue" title="{}">{}</small>', _("Not translated yet"), name)


def in_tongue(text: str, language: str) -> SafeString:
    """Return a text in another language than the reader's as HTML, with its language and the mark of it."""
    return format_html('<span lang="{}">{}</span>{}', language, text, mark(language))


class Marked(str):
    """A text that is plain as a string and carries the languages of its parts where it is printed as HTML.

    For what stands between tags: as an attribute it is to be printed through `str`.
    """

    html: SafeString
    language: str = ""
    """That of the whole of it, where that is one: for elements in which no other one can stand."""

    def __html__(self) -> SafeString:
        return self.html


def marked(text: str, language: str = "") -> str:
    """Return a text with the language that it is in; without one it is in the reader's and stays as it is."""
    if not language or not text:
        return text
    found = Marked(text)
    found.html, found.language = in_tongue(text, language), language
    return found


def joined(separator: str, parts: Iterable[str]) -> str:
    """Return the parts that say something as one text, each in its language."""
    said = [part for part in parts if part]
    found = Marked(separator.join(said))
    found.html = format_html_join(separator, "{}", ((part,) for part in said))
    return found


def filled(pattern: str, **parts: str) -> str:
    """Return a text such as "%(seat)s, for %(organisation)s" with its parts, each in its language."""
    found = Marked(pattern % parts)
    html = conditional_escape(pattern) % {name: conditional_escape(part) for name, part in parts.items()}
    found.html = SafeString(html)
    return found
