"""Reads the numbers of a web page: each with the text around it and the elements in which it stands."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

NUMBER = re.compile(r"\d[\d,.\u00a0\u202f]*\d|\d")
DATE = re.compile(
    r"\b(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
ADDRESS = re.compile(r"/figures/(\d{4})/([a-z0-9_.-]+)/$")
# Elements that hold nothing or are never closed, in HTML and in drawings.
EMPTY = {
    "area", "base", "br", "circle", "col", "ellipse", "hr", "img", "input", "line", "link", "meta", "path", "polygon",
    "polyline", "rect", "source", "stop", "use", "wbr",
}  # fmt: skip
UNREAD = {"script", "style"}


@dataclass(frozen=True)
class Element:
    """An open element: its tag, its attributes."""

    tag: str
    attributes: dict

    @property
    def classes(self):
        return set((self.attributes.get("class") or "").split())


@dataclass(frozen=True)
class Text:
    """A run of text with the elements around it, the outermost first."""

    text: str
    inside: tuple

    def marked(self, *names):
        """Whether one of the elements around it is of this tag or carries this attribute."""
        return any(name == element.tag or name in element.attributes for element in self.inside for name in names)

    def styled(self, *names):
        return any(name in element.classes for element in self.inside for name in names)


@dataclass(frozen=True)
class Cited:
    """A figure as a page prints it: key, year (of its address; empty where it has none), value for machines, text."""

    key: str
    year: str
    raw: str
    text: str


class Page(HTMLParser):
    """A parsed page: `texts` in their order."""

    def __init__(self, html):
        super().__init__()
        self.open, self.texts = [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag not in EMPTY:
            self.open.append(Element(tag, dict(attrs)))

    def handle_startendtag(self, tag, attrs):
        """An element such as `<path/>` holds no text."""

    def handle_endtag(self, tag):
        if any(element.tag == tag for element in self.open):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data):
        if data.strip() and not any(element.tag in UNREAD for element in self.open):
            self.texts.append(Text(data.strip(), tuple(self.open)))

    def figures(self):
        """Every figure that the page cites, in the order in which it does."""
        for text in self.texts:
            for element in text.inside:
                if element.tag == "data" and "data-figure" in element.attributes:
                    found = ADDRESS.search(self._address(text))
                    year = found.group(1) if found else ""
                    yield Cited(element.attributes["data-figure"], year, element.attributes["value"], text.text)

    def _address(self, text):
        links = [element.attributes.get("href") or "" for element in text.inside if element.tag == "a"]
        return links[-1] if links else ""

    def addresses(self):
        """Year and key of every figure to which the page links."""
        return {
            found.groups()
            for text in self.texts
            for element in text.inside
            if element.tag == "a" and (found := ADDRESS.search(element.attributes.get("href") or ""))
        }


def without_dates(text):
    """A text without years and without the days of dates."""
    return YEAR.sub(" ", DATE.sub(" ", text))
