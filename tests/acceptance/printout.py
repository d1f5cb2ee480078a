"""Reads the numbers of a PDF: each with the words beside it, and the links that lie on it."""

import ctypes
import re
from dataclasses import dataclass
from functools import cached_property

import pypdfium2
import pypdfium2.raw as pdfium

from tests.acceptance.webpage import ADDRESS


@dataclass(frozen=True)
class Letter:
    """A letter and the middle of its box, in points from the lower left corner; a break between lines has no place."""

    text: str
    x: float
    y: float


@dataclass(frozen=True)
class Link:
    """A link with its box: left, bottom, right, top."""

    address: str
    box: tuple

    def holds(self, letter):
        left, bottom, right, top = self.box
        return left <= letter.x <= right and bottom <= letter.y <= top

    @property
    def figure(self):
        """Year and key of the figure that it opens, or nothing."""
        found = ADDRESS.search(self.address)
        return found.groups() if found else None


@dataclass(frozen=True)
class Word:
    """A word of a page; `line` is the number of its line on the page."""

    text: str
    letters: tuple
    line: int

    @property
    def y(self):
        return self.letters[0].y


class Sheet:
    """A page of a PDF."""

    def __init__(self, document, number):
        self.document, self.number = document, number
        self.page = document[number - 1]

    @cached_property
    def letters(self):
        page = self.page.get_textpage()
        found = []
        for index in range(page.count_chars()):
            left, bottom, right, top = page.get_charbox(index)
            text = chr(pdfium.FPDFText_GetUnicode(page.raw, index))
            found.append(Letter(text, (left + right) / 2, (bottom + top) / 2))
        return found

    @cached_property
    def words(self):
        words, held, line = [], [], 0
        for letter in [*self.letters, Letter("\n", 0, 0)]:
            if letter.text.isspace():
                if held:
                    words.append(Word("".join(each.text for each in held), tuple(held), line))
                    held = []
                line += letter.text == "\n"
            else:
                held.append(letter)
        return words

    @cached_property
    def links(self):
        found, position, link = [], ctypes.c_int(0), pdfium.FPDF_LINK()
        while pdfium.FPDFLink_Enumerate(self.page.raw, ctypes.byref(position), ctypes.byref(link)):
            box = pdfium.FS_RECTF()
            pdfium.FPDFLink_GetAnnotRect(link, ctypes.byref(box))
            found.append(Link(self._address(link), (box.left, box.bottom, box.right, box.top)))
        return found

    def _address(self, link):
        action = pdfium.FPDFLink_GetAction(link)
        length = pdfium.FPDFAction_GetURIPath(self.document.raw, action, None, 0) if action else 0
        if not length:
            return ""
        buffer = ctypes.create_string_buffer(length)
        pdfium.FPDFAction_GetURIPath(self.document.raw, action, buffer, length)
        return buffer.value.decode()

    def figures(self):
        """Every figure that the page links: (year, key) and the text that the link covers."""
        for link in self.links:
            if link.figure:
                text = "".join(letter.text for letter in self.letters if link.holds(letter))
                yield link.figure, " ".join(re.sub(r"\s+", " ", text).split())


def sheets(content):
    """The pages of a PDF, given as bytes."""
    document = pypdfium2.PdfDocument(content)
    return [Sheet(document, number) for number in range(1, len(document) + 1)]
