"""What stands in a text: its words, the figures that it cites, the addresses it leads to, the photographs it shows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

FIGURE = re.compile(r'<span data-figure="([^"]+)"(?: data-period="(\d{4})")?(?: data-form="(\w+)")?></span>')
PHOTO = re.compile(r'<figure data-photo="([^"]+)">(?:<figcaption>(.*?)</figcaption>)?[^<]*</figure>', re.DOTALL)
NUMBER = re.compile(
    r"(?<![\w.,/–-])(\d{1,3}(?:[,\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]\d{3})+|\d+)(?![\w/]|[.,]\d|–\d)"
)
PARTS = {"p", "h2", "h3", "li", "blockquote", "td", "th", "figcaption", "figure"}


@dataclass(frozen=True)
class Cited:
    """A figure that a text cites: its key, the year ("" for the year reported on), the form in which it is printed."""

    key: str
    year: str = ""
    form: str = ""

    def __str__(self) -> str:
        return f"{{{self.key}{f'@{self.year}' if self.year else ''}{f'|{self.form}' if self.form else ''}}}"


@dataclass
class Contents:
    """What a text holds, in its order; `blocks` are its paragraphs, headings and items as plain text."""

    blocks: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    figures: list[Cited] = field(default_factory=list)
    photos: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.blocks)


def read(html: str) -> Contents:
    """Return what a clean text holds. Figures stand in its words as `{advocacy.positions@2024}`."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return reader.found


def plain(html: str) -> str:
    """Return the words of a clean text, a line for each paragraph; figures, of which it holds keys, are left out."""
    return read(FIGURE.sub(" ", html)).text


def typed_numbers(html: str) -> Iterator[int]:
    """Yield the whole numbers that are typed in a text, figures left out, each once; years are among them."""
    seen: set[int] = set()
    for match in NUMBER.finditer(re.sub(r"\{[^{}]*\}", " ", read(html).text)):
        number = int(re.sub(r"\D", "", match[1]))
        if number not in seen:
            seen.add(number)
            yield number


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Contents()
        self.block: list[str] = []
        self.link: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in PARTS:
            self.end_block()
        elif tag == "br":
            self.block.append(" ")
        if tag == "a" and "href" in given:
            self.link = (given["href"], [])
        if "data-figure" in given:
            cited = Cited(given["data-figure"], given.get("data-period", ""), given.get("data-form", ""))
            self.found.figures.append(cited)
            self.handle_data(str(cited))
        if "data-photo" in given:
            self.found.photos.append(given["data-photo"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.link:
            self.found.links.append((self.link[0], " ".join("".join(self.link[1]).split())))
            self.link = None
        elif tag in PARTS:
            self.end_block()

    def handle_data(self, data: str) -> None:
        self.block.append(data)
        if self.link:
            self.link[1].append(data)

    def end_block(self) -> None:
        text = " ".join("".join(self.block).split())
        if text:
            self.found.blocks.append(text)
        self.block = []
