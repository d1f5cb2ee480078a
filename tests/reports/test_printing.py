import ctypes
import json
import re
from base64 import b64encode
from copy import deepcopy
from hashlib import sha256
from io import BytesIO

import pypdfium2
import pypdfium2.raw as raw
import pytest
from PIL import Image

from umbel.core.palette import print_palette
from umbel.reports import printing
from umbel.reports.words import WORDS, as_dict

SITE = "https://umbel.example"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40"><circle cx="40" cy="20" r="9"/></svg>'
MONTHS = ["January", "February", "March"]


def figure(number, key, value, **more):
    return {
        "n": number, "key": key, "period": "2024", "value": value, "word": value, "Word": value, "ordinal": value,
        "label": f"Label of {key}", "kind": "counted", "rows": 3, "note": "", "url": f"{SITE}/figures/2024/{key}/",
        **more,
    }  # fmt: skip


def chapter(layout, data, **passages):
    told = {slot: {"title": "", "signed_by": "", "paragraphs": [runs]} for slot, runs in passages.items()}
    return {
        "key": layout, "layout": layout, "title": f"Chapter {layout}", "contents_line": f"Line of {layout}",
        "passages": told, "data": data,
    }  # fmt: skip


def entry(title):
    return {
        "key": title, "title": title, "kind": "Meeting", "family": "events", "icon": "calendar",
        "url": "/records/events.event/x/", "meta": "Meeting, speaker", "day": "", "where": "", "partners": "",
    }  # fmt: skip


def months(count):
    return [
        {"name": name, "fig": "entries", "entries": [entry(f"{name} {place}") for place in range(count)]}
        for name in MONTHS
    ]


def member(place):
    return {"label": f"Country {place}", "names": [f"Federation {place}"]}


def seat(place):
    return {
        "name": f"Person {place}", "role": "Board member", "organisation": f"Federation {place}", "country": "Italy",
        "in_presidency": place < 5,
    }  # fmt: skip


def grants():
    line = {"number": 1, "name": "A study", "target": "1", "fig": "positions", "also": [4], "undated": True}
    proof = {"text": "The study", "when": "June", "url": "/records/library.publication/x/", "supports": False}
    heading = {
        "name": "Studies", "parts": [{"fig": "positions", "label": "studies"}], "sum_fig": "entries",
        "lines": [{**line, "evidence": [proof]}, {**line, "number": 2, "evidence": []}],
    }  # fmt: skip
    return [
        {
            "name": "Partnership", "funder": "Funder", "programme": "", "strand": "", "years": "2022–2025",
            "amount": "", "ordinal_fig": "positions", "years_fig": "positions", "headings": [heading],
        }
    ]  # fmt: skip


def position(subject):
    return {
        "when": "March", "kind": "Reaction", "subject": subject, "title": subject, "stance": "mixed", "standing": "",
        "points": "", "url": "",
    }  # fmt: skip


def members(count):
    countries = [member(place) for place in range(count)]
    categories = [{"name": "Full members", "names": []}]
    return {"countries": countries, "categories": categories, "types": [], "drawing": "map" if count else ""}


def advocacy(positions):
    none = {"strip": [], "spotlight": None, "on_behalf": [], "pillars": [], "across": [], "letters": [], "seats": []}
    return {**none, "across_fig": "entries", "positions": [position(f"File {place}") for place in range(positions)]}


def chapters(*, entries=3, people=3, countries=3, positions=2, grant=True):
    return [
        chapter("introductions", {}, president=["We took ", {"fig": "positions", "as": "Word"}, " positions."]),
        chapter("glance", {"months": months(entries), "drawing": "map", "total": "entries"}),
        chapter("advocacy", advocacy(positions), lead=["We said what we think."]),
        chapter("grant", {"grants": grants() if grant else [], "lines_fig": "positions", "undated_fig": "positions"}),
        chapter("projects", {"projects": []}),
        chapter("visibility", {"strip": [{"fig": "readers", "label": "Readers"}], "channels": [], "told": []}),
        chapter("family", {"bodies": []}),
        chapter("members", members(countries)),
        chapter("people", {"board": [seat(place) for place in range(people)], "staff": [], "interns": []}),
        chapter("about", {"channels": [{"name": "Bluesky", "address": ""}]}, lead=["Who we are."]),
    ]


def document(**sizes):
    return {
        "title": "Activity Report", "year": 2024, "language": "en", "published_iso": "2025-05-31", "site": SITE,
        "header": "Federation Activity Report 2024", "words": as_dict(),
        "confederation": {
            "key": "federation", "name": "Federation", "long_name": "Federation of federations", "street": "",
            "postcode": "", "city": "", "country": "", "website": "https://federation.example", "purpose": "",
            "types": [],
        },
        "palette": print_palette("#14495c", "#e3a21a"), "notice": "",
        "credits": [{"label": "Author", "text": "A. Writer"}],
        "funding": {"title": "Funded by the European Union", "text": "A notice.", "is_eu": True},
        "families": [{"key": "events", "label": "Events", "fig": "entries"}],
        "figures": {
            "entries": figure(1, "entries", "9"),
            "positions": figure(2, "positions", "8", note="7 printed"),
            "readers": figure(3, "readers", "7,300", kind="reported", rows=1),
        },
        "drawings": {"map": {"svg": PICTURE, "title": "Map", "description": "A dot.", "columns": [], "rows": []}},
        "chapters": chapters(**sizes),
    }  # fmt: skip


def pages(made):
    """The text of each page, on one line."""
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(made)]


def links(made):
    """The addresses that the PDF links to."""
    found = set()
    pdf = pypdfium2.PdfDocument(made)
    for page in pdf:
        at, link = ctypes.c_int(0), raw.FPDF_LINK()
        while raw.FPDFLink_Enumerate(page, at, link):
            action = raw.FPDFLink_GetAction(link)
            buffer = ctypes.create_string_buffer(400)
            raw.FPDFAction_GetURIPath(pdf, action, buffer, 400)
            found.add(buffer.value.decode())
    return found


def alternatives(made):
    """The text alternatives in the structure of the PDF."""

    def walk(element):
        buffer = ctypes.create_string_buffer(2000)
        size = raw.FPDF_StructElement_GetAltText(element, buffer, 2000)
        yield buffer.raw[: max(size - 2, 0)].decode("utf-16-le")
        for place in range(raw.FPDF_StructElement_CountChildren(element)):
            if child := raw.FPDF_StructElement_GetChildAtIndex(element, place):
                yield from walk(child)

    found = set()
    for page in pypdfium2.PdfDocument(made):
        tree = raw.FPDF_StructTree_GetForPage(page)
        for place in range(raw.FPDF_StructTree_CountChildren(tree)):
            found.update(walk(raw.FPDF_StructTree_GetChildAtIndex(tree, place)))
        raw.FPDF_StructTree_Close(tree)
    return found


def test_the_pdf_claims_both_standards_and_names_its_language_and_title():
    made = printing.pdf(document())

    claims = re.findall(rb"<pdf(?:ua|a)id:(?:part|conformance)>.", made)

    assert sorted(claims) == [b"<pdfaid:conformance>A", b"<pdfaid:part>2", b"<pdfuaid:part>1"]
    assert pypdfium2.PdfDocument(made).get_metadata_value("Title") == "Federation Activity Report 2024"
    assert re.findall(rb"/Lang ?\((..)", made)[0] == b"en"


def test_the_own_logo_stands_on_the_cover():
    drawn = BytesIO()
    Image.new("RGBA", (300, 100), "#14495c80").save(drawn, "PNG")
    told = document()

    with_logo = printing.pdf({**told, "logo": b64encode(drawn.getvalue()).decode()})

    assert alternatives(with_logo) - alternatives(printing.pdf(told)) == {"Federation"}
    assert len(list(pypdfium2.PdfDocument(with_logo)[0].get_objects([raw.FPDF_PAGEOBJ_IMAGE]))) == 1


def test_the_same_document_gives_the_same_bytes():
    one, other = printing.pdf(document()), printing.pdf(document())

    assert sha256(one).hexdigest() == sha256(other).hexdigest()


def test_the_file_is_dated_with_the_publication_or_the_end_of_the_year():
    assert printing.stamp({"published_iso": "2025-05-31", "year": 2024}) == 1748692800
    assert printing.stamp({"published_iso": "", "year": 2024}) == 1735732800


def test_every_chapter_is_a_bookmark_and_a_line_of_the_contents():
    made = printing.pdf(document())
    titles = [f"Chapter {each['layout']}" for each in document()["chapters"]]

    bookmarks = [mark.get_title() for mark in pypdfium2.PdfDocument(made).get_toc()]

    assert [title for title in bookmarks if title in titles] == titles
    assert all(title in pages(made)[2] for title in titles)
    assert "Line of introductions" in pages(made)[2]


def test_a_figure_is_linked_and_named_at_the_foot_of_its_page():
    made = printing.pdf(document())
    page = next(text for text in pages(made) if "Chapter introductions" in text and "We took" in text)
    addresses = links(made)

    assert f"{SITE}/figures/2024/positions/" in addresses
    assert "8 (2)" in page
    assert "2 Label of positions, 3 rows (7 printed)" in page
    assert "Label of readers" not in page


def test_a_reported_figure_is_said_to_be_reported():
    page = next(text for text in pages(printing.pdf(document())) if "Chapter visibility" in text and "Readers" in text)

    assert "3 Label of readers, reported" in page


def test_what_no_record_holds_is_printed_as_a_gap():
    text = " ".join(pages(printing.pdf(document())))

    assert text.count("not recorded") > 4
    assert "no evidence recorded" in text
    assert "also line 4" in text
    assert "undated" in text


def test_empty_chapters_say_so_in_words():
    made = printing.pdf(document(entries=0, people=0, countries=0, positions=0, grant=False))
    text = " ".join(pages(made))

    empty = ["activities", "board", "staff", "members", "positions", "grant", "projects", "family"]
    assert [name for name in empty if str(WORDS[f"no_{name}"]) not in text] == []


@pytest.mark.parametrize("size", [1, 12, 30, 100])
def test_lists_of_any_length_are_printed_whole(size):
    made = printing.pdf(document(entries=size, people=size, countries=size, positions=size))
    text = " ".join(pages(made))

    assert all(f"{name} {place}" in text for name in MONTHS for place in range(size))
    assert all(f"Federation {place}" in text and f"Person {place}" in text for place in range(size))
    assert all(f"File {place}" in text for place in range(size))


@pytest.mark.parametrize("size", [3, 25, 60, 100])
def test_a_month_keeps_its_heading_with_its_first_entry(size):
    texts = pages(printing.pdf(document(entries=size)))

    for name in MONTHS:
        page = next(text for text in texts if f"{name} 0 " in text)
        assert re.search(rf"{name} (9 )?{name} 0 ", page)


def test_a_long_word_stays_on_the_page():
    doc = document()
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    doc["chapters"][-2]["data"]["board"][0]["name"] = word

    for page in pypdfium2.PdfDocument(printing.pdf(doc)):
        text = page.get_textpage()
        assert all(text.get_charbox(at)[2] < 595 for at in range(text.count_chars()))


def test_the_emblem_stands_only_beside_the_notice_of_the_union():
    other = document()
    other["funding"]["is_eu"] = False
    without = document()
    without["funding"] = None

    found = [str(WORDS["eu_emblem"]) in alternatives(printing.pdf(doc)) for doc in (document(), other, without)]
    credits = pages(printing.pdf(without))[1]

    assert found == [True, False, False]
    assert "Funded by" not in credits


def test_a_drawing_has_its_description_as_alternative():
    found = alternatives(printing.pdf(document()))

    assert "Map. A dot." in found


def test_a_letter_without_a_glyph_does_not_cost_the_report(caplog):
    doc = document()
    doc["notice"] = "Ⅳ and \N{GRINNING FACE}"

    text = pages(printing.pdf(doc))[1]

    assert "IV and ?" in text
    assert "U+1F600" in caplog.text


def test_a_document_that_cannot_be_printed_says_why():
    doc = deepcopy(document())
    del doc["drawings"]["map"]

    with pytest.raises(printing.PrintError, match="Federation Activity Report 2024: .*map"):
        printing.pdf(doc)


def test_the_template_knows_no_word_of_its_own():
    known = set(WORDS)
    source = "\n".join(path.read_text(encoding="utf-8") for path in printing.HERE.rglob("*.typ"))

    assert {name for name in re.findall(r'say\("([a-z_]+)"[,)]', source)} - known == set()
    assert json.loads(printing.inputs(document())["data"])["words"].keys() == known


def test_a_long_year_prints_its_table_and_where_the_whole_list_stands():
    doc = document()
    rows = [[name, 812, 812] for name in MONTHS]
    doc["drawings"]["months"] = {**doc["drawings"]["map"], "columns": ["Month", "Events", "Total"], "rows": rows}
    data = doc["chapters"][1]["data"]
    data["long"] = {"shown": "3", "list": "/year/2024/", "file": "/reports/2024/listing.csv"}
    data |= {"drawing": "months", "hidden": "77"}
    data["months"][0]["first"] = {"shown": "3", "all": "812"}

    made = printing.pdf(doc)
    text = " ".join(pages(made))

    assert "Month Events Total January 812 812" in text
    assert "January the first 3 of 9" in text  # The figure of the month says nine.
    assert "February 9" in text
    assert "Not public: 77." in text
    assert {f"{SITE}/year/2024/", f"{SITE}/reports/2024/listing.csv"} <= links(made)


def test_a_table_that_is_cut_names_the_figures_that_open_the_rest():
    doc = document()
    doc["chapters"][2]["data"]["cut"] = {
        "positions": {"shown": "2", "all": "300", "figures": [{"fig": "positions", "label": "Papers"}]}
    }

    text = " ".join(pages(printing.pdf(doc)))

    assert "The first 2 of 300, by date; these figures open the rest: Papers 8 (2)" in text


@pytest.mark.parametrize("value", ["18", "403", "2,818", "12,818"])
def test_the_figures_of_a_pillar_stand_beside_their_marks(value):
    doc = document()
    doc["figures"]["entries"] = figure(199, "entries", value)
    pillar = {"number": 1, "key": "work", "name": "Work", "centre": "", "files_fig": "positions", "files": []}
    doc["chapters"][2]["data"]["pillars"] = [{**pillar, "acts_fig": "entries"}]

    made = printing.pdf(doc)
    texts = [page.get_textpage() for page in pypdfium2.PdfDocument(made)]
    text = next(text for text in texts if "Pillar 1" in text.get_text_range())
    [(number, length), (mark, _length)] = [text.search(words).get_next() for words in (value, "(199)")]

    assert text.get_charbox(mark)[0] > text.get_charbox(number + length - 1)[2]
