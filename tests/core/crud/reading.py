"""Reads pages of the desk as a browser does: what a form would send, what a table says."""

import re
from html.parser import HTMLParser

from django.http import QueryDict


class _Form(HTMLParser):
    """The fields of the form of a record, with the values that a browser would send."""

    def __init__(self):
        super().__init__()
        self.sent, self.texts, self.buttons = [], [], []
        self._inside = self._held = False
        self._select = self._area = None

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "template":
            self._held = True
        if tag == "form":
            self._inside = "data-unsaved" in told
        if not self._inside or self._held:
            return
        name = told.get("name", "")
        if tag == "input" and name and "disabled" not in told:
            self._input(name, told)
        elif tag == "select":
            self._select = [name, None, None]
        elif tag == "option" and self._select is not None:
            value = told.get("value", "")
            first = value if self._select[2] is None else self._select[2]
            self._select = [self._select[0], value if "selected" in told else self._select[1], first]
        elif tag == "textarea":
            self._area = [name, ""]

    def _input(self, name, told):
        kind = told.get("type", "text")
        if kind in ("checkbox", "radio"):
            if "checked" in told:
                self.sent.append((name, told.get("value", "on")))
        elif kind != "file":
            self.sent.append((name, told.get("value", "")))
            if kind == "text":
                self.texts.append(name)

    def handle_data(self, data):
        if self._area is not None:
            self._area[1] += data

    def handle_endtag(self, tag):
        if tag == "template":
            self._held = False
        elif tag == "form":
            self._inside = False
        elif tag == "select" and self._select is not None:
            name, chosen, first = self._select
            self.sent.append((name, first if chosen is None else chosen))
            self._select = None
        elif tag == "textarea" and self._area is not None:
            self.sent.append((self._area[0], self._area[1].removeprefix("\n")))
            self.texts.append(self._area[0])
            self._area = None


def form_of(page):
    """What the form of a page would send, as `data` of a request; the names of its texts in `.texts`."""
    parser = _Form()
    parser.feed(page.content.decode())
    data = QueryDict(mutable=True)
    for name, value in parser.sent:
        if name and name != "csrfmiddlewaretoken":
            data.appendlist(name, value)
    return {name: data.getlist(name) for name in data}, parser.texts


def names(page):
    """What the rows of a list are called, from top to bottom."""
    return re.findall(r'<td class="name"><a href="[^"]*"(?: title="[^"]*")?>([^<]*)</a>', page.content.decode())


def words(page):
    """The text of a page without its tags."""
    text = re.sub(r"<(script|style|template)\b.*?</\1>", " ", page.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def toasts(page):
    """What the page says about what was just done."""
    said = re.findall(r'<div class="alert [^>]*>.*?<div class="grow">(.*?)</div>', page.content.decode(), re.DOTALL)
    return [" ".join(text.split()) for text in said]
