"""What may stand in a text: everything else is taken out, and what stays is written in one way only."""

import re
from html import escape
from html.parser import HTMLParser

import nh3

BLOCKS = (
    "h2",
    "h3",
    "p",
    "ul",
    "ol",
    "li",
    "blockquote",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "figure",
    "figcaption",
)
SPOKEN = ("strong", "em", "a", "br", "span")
RENAMED = {"b": "strong", "i": "em", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "div": "p"}
SCHEMES = {"http", "https", "mailto", "tel"}
ATTRIBUTES = {
    "a": {"href"},
    "span": {"data-figure", "data-period", "data-form"},
    "figure": {"data-photo"},
    "th": {"colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
ORDER = ("href", "data-figure", "data-period", "data-form", "data-photo", "colspan", "rowspan")
FORMS = ("words", "Words", "ordinal")
VALUES = {
    "data-figure": re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+"),
    "data-period": re.compile(r"[12]\d{3}"),
    "data-form": re.compile("|".join(FORMS)),
    "data-photo": re.compile(r"[-a-zA-Z0-9_]{1,80}"),
    "colspan": re.compile(r"[2-9]|1\d"),
    "rowspan": re.compile(r"[2-9]|1\d"),
}


def _kept(_tag: str, name: str, value: str) -> str | None:
    allowed = VALUES.get(name)
    return value if allowed is None or allowed.fullmatch(value) else None


_cleaner = nh3.Cleaner(
    tags={*BLOCKS, *SPOKEN, *RENAMED},
    attributes=ATTRIBUTES,
    url_schemes=SCHEMES,
    attribute_filter=_kept,
    link_rel=None,
)


def clean(html: str) -> str:
    """Return a text with nothing in it but what a text may hold; the result of a clean text is that text.

    Headings of two levels, paragraphs, lists, tables, quotations, links to safe addresses, strong and emphasised words;
    figures by their keys (`<span data-figure="advocacy.positions" data-period="2024"></span>`) and photographs by
    theirs (`<figure data-photo="care"></figure>`). A text without a word, a figure or a photograph is empty.
    """
    writer = _Writer()
    writer.feed(_cleaner.clean(html.replace("\0", "")))
    writer.close()
    text = "".join(writer.written).strip()
    return text if writer.says_something else ""


class _Writer(HTMLParser):
    """Writes cleaned HTML again: figures and photographs without what stood in them, old tags under new names."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self.open: list[str] = []
        self.skipped = 0
        self.says_something = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        tag = RENAMED.get(tag, tag)
        if tag == "br":
            self._write("<br>")
            return
        is_figure = tag == "span" and "data-figure" in given
        if is_figure or (tag == "figure" and "data-photo" in given):
            self.says_something = True
        shown = tag not in ("span", "figure", "a") or bool(given.keys() & {"data-figure", "data-photo", "href"})
        self.open.append(tag if shown else "")
        if shown:
            order = [name for name in ORDER if name in given]
            self._write(f"<{tag}{''.join(f' {name}={quoted(given[name])}' for name in order)}>")
        if is_figure:
            self.skipped += 1
            self.open[-1] = "figure-span"

    def handle_endtag(self, tag: str) -> None:
        if tag == "br" or not self.open:
            return
        opened = self.open.pop()
        if opened == "figure-span":
            self.skipped -= 1
            opened = "span"
        if opened:
            self._write(f"</{opened}>")

    def handle_data(self, data: str) -> None:
        self.says_something = self.says_something or bool(data.strip())
        self._write(escape(data, quote=False))

    def _write(self, text: str) -> None:
        if not self.skipped:
            self.written.append(text)


def quoted(value: str) -> str:
    return f'"{escape(value)}"'
