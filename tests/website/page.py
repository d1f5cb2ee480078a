"""Reads pages for tests: their elements, the texts in them, the numbers that nothing vouches for."""

import re
from html.parser import HTMLParser

from django.test import Client

VOID = {"meta", "link", "br", "input", "hr", "img", "path", "rect", "circle", "use"}


class Page(HTMLParser):
    """A page read for tests: its elements, its figures, its texts with the elements around each."""

    def __init__(self, html):
        super().__init__()
        self.open, self.elements, self.texts = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        element = (tag, dict(attributes))
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip():
            self.texts.append((data.strip(), [*self.open]))

    def named(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]

    def words(self, tag):
        return [text for text, around in self.texts if tag in {name for name, _ in around}]

    def titles(self):
        """Titles of the entries of a listing."""
        return [
            text
            for text, around in self.texts
            if "entry" in {name for _, attributes in around for name in (attributes.get("class") or "").split()}
            and "meta" not in {attributes.get("class") for _, attributes in around}
        ]

    def typed_numbers(self):
        """Texts of the main part with digits that are neither a figure, nor from a record, nor a date or a drawing."""
        return [
            text
            for text, around in self.texts
            if re.search(r"\d", text)
            and any(tag == "main" for tag, _ in around)
            and not any(tag in {"data", "time", "svg"} or "data-record" in attributes for tag, attributes in around)
        ]


def page_of(address, client=None, status=200):
    response = (client or Client()).get(address)
    assert response.status_code == status
    return Page(response.text)
