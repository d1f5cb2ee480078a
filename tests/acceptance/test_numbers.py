"""No number is typed: those of the web page and of the PDF are taken out and held against the registry."""

import re
from collections import Counter
from functools import cache

import pytest
from num2words import num2words

from tests.acceptance.printout import sheets
from tests.acceptance.webpage import NUMBER, Page, without_dates
from umbel.core import chronology, formatting, registry
from umbel.core.figures import evaluate
from umbel.core.periods import Period
from umbel.reports import document, printing

pytestmark = pytest.mark.django_db

FOOT = 33 / 25.4 * 72
"""Height in points of the foot of a PDF page, where the figures of the page are named."""

# Where a page shows the text of a record or a date. Running text may type years and days; nothing else may type any.
MARKS = ("data-record", "time", "data")
RUNNING = ("prose", "lede", "band-text", "nav", "sheet", "foot")
MONTHS = "January February March April May June July August September October November December".split()


@pytest.fixture(scope="module")
def web(report):
    from django.test import Client

    return Page(Client().get("/reports/2024/").text)


@pytest.fixture(scope="module")
def doc(report):
    return document.build(report, medium="print")


@pytest.fixture(scope="module")
def pdf(doc):
    return sheets(printing.pdf(doc))


@cache
def forms(year, key):
    """The texts in which a figure may be printed: its value, and a small whole number also in words."""
    value = evaluate(key, Period.year(int(year)))
    figure = value.figure
    text = formatting.figure(value.printed, figure.unit, figure.digits, signed=figure.is_change)
    if figure.is_floor:
        return (f"over {text}",)
    if isinstance(value.printed, int) and 0 <= value.printed <= 20:
        word = num2words(value.printed)
        return text, word, word.capitalize(), num2words(value.printed, to="ordinal")
    return (text,)


def typed_on_page(page):
    """The numbers of a web page that stand neither in a figure, nor in the text of a record, nor in a date."""
    found = []
    for text in page.texts:
        if not text.marked(*MARKS, "title", "desc"):
            read = without_dates(text.text) if text.styled(*RUNNING) else text.text
            found += [(number, text.text) for number in NUMBER.findall(read)]
    return found


def test_every_figure_of_the_web_page_is_printed_as_the_registry_has_it(web):
    wrong = [cited for cited in web.figures() if cited.text not in forms(cited.year, cited.key)]

    assert wrong == []


def test_every_figure_of_the_web_page_says_its_value_to_machines(web):
    values = {cited: evaluate(cited.key, Period.year(int(cited.year))).printed for cited in web.figures()}

    assert {cited.key: cited.raw for cited in values} == {cited.key: str(value) for cited, value in values.items()}


def test_every_other_number_of_the_web_page_is_of_a_record_or_a_date(web):
    assert typed_on_page(web) == []


def test_every_figure_of_the_web_page_opens_its_rows(web, client):
    """One page for each sort of figure: all pages of figures are made by one view."""
    by_sort = {(cited.year, cited.key.split(".")[0]): cited for cited in web.figures()}
    pages = {cited.key: client.get(f"/figures/{cited.year}/{cited.key}/") for cited in by_sort.values()}

    shown = {key: next(Page(page.text).figures()).text for key, page in pages.items()}

    assert shown == {cited.key: forms(cited.year, cited.key)[0] for cited in by_sort.values()}
    assert len(shown) > 10
    assert {registry.get_figure(cited.key).key for cited in web.figures()} == {cited.key for cited in web.figures()}


def test_web_page_and_pdf_cite_the_same_figures(web, pdf):
    on_paper = {figure for sheet in pdf for figure, _text in sheet.figures()}

    assert {(cited.year, cited.key) for cited in web.figures()} == on_paper


def test_every_figure_of_the_pdf_is_printed_as_the_registry_has_it(pdf):
    cited = [(sheet.number, figure, text) for sheet in pdf for figure, text in sheet.figures()]

    wrong = [(page, figure, text) for page, figure, text in cited if text not in forms(*figure)]

    assert wrong == []
    assert len(cited) > 100


def test_every_other_number_of_the_pdf_is_of_a_record_a_date_a_page_or_a_mark(pdf, doc):
    context = Context(doc)

    assert {sheet.number: found for sheet in pdf if (found := typed_on_sheet(sheet, context))} == {}


def test_foot_of_a_pdf_page_names_the_figures_that_carry_a_mark_on_it(pdf, doc):
    numbers = {ref: figure["n"] for ref, figure in doc["figures"].items()}
    marked, named = {}, {}
    for sheet in pdf:
        body = " ".join(word.text for word in sheet.words if word.y > FOOT)
        foot = " ".join(word.text for word in sheet.words if word.y <= FOOT)
        marked[sheet.number] = {int(mark) for mark in re.findall(r"\((\d+)\)", body)} & set(numbers.values())
        starts = {n: f"{n} {doc['figures'][ref]['label'].split()[0]}" for ref, n in numbers.items()}
        named[sheet.number] = {n for n, start in starts.items() if re.search(rf"(?<!\S){re.escape(start)}", foot)}

    assert named == marked


class Context:
    """What the report's document says around its numbers: pairs of words side by side, whole texts, their ends."""

    def __init__(self, doc):
        self.doc = doc
        self.pairs, self.whole, self.first, self.last = set(), set(), set(), set()
        for text in strings({key: doc[key] for key in doc if key not in ("figures", "chapters", "palette")}):
            self.read(text)
        for chapter in doc["chapters"]:
            for text in strings({key: value for key, value in chapter.items() if key != "passages"}):
                self.read(text)
            for passage in chapter["passages"].values():
                self.read_ends(passage)
            for pillar in chapter["data"].get("pillars", ()):
                self.read(f"Pillar {pillar['number']}")
            for line in lines_of_grants(chapter["data"]):
                self.read(f"also line{'s' if len(line['also']) > 1 else ''} {formatting.join(line['also'])}")

    def read(self, text):
        words = [bare(word) for word in text.split()]
        self.pairs.update(zip(words, words[1:], strict=False))
        if words:
            self.first.add(words[0])
            self.last.add(words[-1])
        if len(words) == 1:
            self.whole.add(words[0])

    def read_ends(self, passage):
        for part in (passage["title"], passage["signed_by"]):
            self.read(part)

    def knows(self, before, word, after):
        """Whether a record says the word beside one of its neighbours, or has it in a cell of its own."""
        if (before, word) in self.pairs or (word, after) in self.pairs:
            return True
        stands_first = before == "" or before in self.last or NUMBER.search(before)
        stands_last = after == "" or after in self.first or NUMBER.search(after)
        return word in self.whole and bool(stands_first and stands_last)


def lines_of_grants(data):
    """The lines of grants that share a record with another line."""
    headings = [heading for grant in data.get("grants", ()) for heading in grant["headings"]]
    return [line for heading in headings for line in heading["lines"] if line["also"]]


def strings(part):
    """Every text and whole number in a document, those in drawings included."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "svg":
                yield from re.findall(r"<text[^>]*>([^<]*)</text>", value)
            elif key not in ("fig", "url", "key"):
                yield from strings(value)
    elif isinstance(part, list | tuple):
        for each in part:
            yield from strings(each)
    elif isinstance(part, str) or (isinstance(part, int) and not isinstance(part, bool)):
        yield str(part)


def bare(word):
    """A word without the signs around it."""
    return word.strip(".,;:()[]“”\"'").removesuffix("'s")


def typed_on_sheet(sheet, context):
    """The numbers of a PDF page that are no figure, no mark of one, no page, no date, and that no record says."""
    body = [word for word in sheet.words if word.y > FOOT]
    shown = [unlinked(word, sheet) for word in body]
    marks = {str(context.doc["figures"][ref]["n"]) for ref in refs(sheet)}
    found = []
    for index, text in enumerate(shown):
        text = re.sub(r"\((\d+)\)", lambda mark: "" if mark.group(1) in marks else mark.group(), text)
        if NUMBER.search(text) and not is_plain(bare(text), shown[index + 1 : index + 2], sheet, context):
            before = shown[index - 1] if index and body[index - 1].line == body[index].line else ""
            after = shown[index + 1] if index + 1 < len(body) and body[index + 1].line == body[index].line else ""
            wrapped = shown[index - 1] if index else "", shown[index + 1] if index + 1 < len(body) else ""
            asked = [(before, after), wrapped]
            if not any(context.knows(bare(left), bare(text), bare(right)) for left, right in asked):
                found.append((wrapped[0], text, wrapped[1]))
    return found


def unlinked(word, sheet):
    """A word without the letters on which a link to a figure lies."""
    figures = [link for link in sheet.links if link.figure]
    return "".join(letter.text for letter in word.letters if not any(link.holds(letter) for link in figures))


def is_plain(text, after, sheet, context):
    """Whether a number is a year, the day of a date, the address of the site or, in the contents, a page."""
    is_year = re.fullmatch(r"(19|20)\d\d([–-](19|20)?\d\d)?", text)
    is_day = re.fullmatch(r"[1-3]?\d", text) and after and bare(after[0]) in {*MONTHS, *(month[:3] for month in MONTHS)}
    is_address = context.doc["site"].split("//")[1] in text
    is_page = sheet.number == 3 and re.fullmatch(r"\d+", text)
    return bool(is_year or is_day or is_address or is_page)


def refs(sheet):
    return {key if year == "2024" else f"{key}@{year}" for (year, key), _text in sheet.figures()}


def test_months_drawn_are_those_of_the_listing(doc):
    lines = chronology.lines(Period.year(2024))
    counted = Counter((line.date.month, line.kind.family) for line in lines)

    drawn = [[int(cell) for cell in row[1:6]] for row in doc["drawings"]["months"]["rows"]]

    assert drawn == [[counted[month, family] for family in registry.FAMILIES] for month in range(1, 13)]


def test_channels_drawn_show_the_followers_of_each_year(doc):
    chapter = next(chapter for chapter in doc["chapters"] if chapter["layout"] == "visibility")

    drawn, counted = {}, {}
    for channel in chapter["data"]["channels"]:
        key = channel["growth"].replace("growth", "followers")
        drawn[key] = [(year, int(value)) for year, value in doc["drawings"][channel["drawing"]]["rows"]]
        counted[key] = [(str(year), evaluate(key, Period.year(year)).printed) for year in range(2021, 2025)]

    assert drawn == counted


@pytest.fixture
def typist(report):
    """Types a sentence into the lead of the chapter on the network, for the time of a test."""
    from umbel.reports.models import Passage

    def type_in(sentence):
        Passage.objects.filter(chapter__report=report, chapter__key="network", slot="lead").update(text=sentence)

    return type_in


@pytest.mark.parametrize("number", ["17", "3,599", "9.6%"])
def test_number_typed_in_a_text_is_found_on_the_web_page_and_in_the_pdf(report, typist, client, number):
    typist(f"We wrote {number} letters on 3 May 2024 and were proud.")

    page = Page(client.get("/reports/2024/").text)
    doc = document.build(report, medium="print")
    paper = sheets(printing.pdf(doc))

    assert [found for found, _text in typed_on_page(page)] == [number.rstrip("%")]
    assert [found for sheet in paper for found in typed_on_sheet(sheet, Context(doc))] == [("wrote", number, "letters")]


def test_figure_of_another_value_is_found_on_the_web_page(web):
    stale = Page(
        '<a href="/figures/2024/advocacy.positions/">'
        '<data class="fig" value="9" data-figure="advocacy.positions">9</data></a>'
    )

    [cited] = stale.figures()

    assert cited.text not in forms(cited.year, cited.key)


def test_texts_of_the_report_hold_no_number_but_dates(report):
    from umbel.reports.models import Passage
    from umbel.reports.prose import PLACEHOLDER

    typed = {
        str(passage): NUMBER.findall(without_dates(PLACEHOLDER.sub(" ", passage.text)))
        for passage in Passage.objects.filter(chapter__report=report)
    }

    assert [name for name, numbers in typed.items() if numbers] == []
