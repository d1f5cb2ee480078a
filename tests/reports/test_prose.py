"""Texts of a report, in which figures stand as placeholders."""

import pytest

from tests.factories import ConfederationFactory, VideoFactory
from umbel.core.periods import Period
from umbel.core.registry import DeclarationError
from umbel.reports.citing import Citations
from umbel.reports.prose import paragraphs, runs

VIDEOS = "communication.videos"


@pytest.fixture
def citations(db):
    ConfederationFactory()
    VideoFactory.create_batch(2)
    VideoFactory(date="2023")
    return Citations(Period.year(2024))


def test_placeholder_becomes_a_figure_between_texts(citations):
    found = runs(f"We made {{{VIDEOS}}} videos.", citations)

    assert found == ["We made ", {"fig": VIDEOS, "as": "value"}, " videos."]


@pytest.mark.parametrize(("form", "name"), [("words", "word"), ("Words", "Word"), ("ordinal", "ordinal")])
def test_placeholder_asks_for_words(citations, form, name):
    assert runs(f"{{{VIDEOS}|{form}}}", citations) == [{"fig": VIDEOS, "as": name}]


def test_placeholder_of_another_year_is_another_figure(citations):
    found = runs(f"{{{VIDEOS}}} after {{{VIDEOS}@2023}}", citations)

    assert found == [{"fig": VIDEOS, "as": "value"}, " after ", {"fig": f"{VIDEOS}@2023", "as": "value"}]
    assert [citations.as_dict()[ref]["value"] for ref in (VIDEOS, f"{VIDEOS}@2023")] == ["2", "1"]


def test_placeholder_of_the_same_year_is_the_figure_itself(citations):
    assert runs(f"{{{VIDEOS}@2024}}", citations) == [{"fig": VIDEOS, "as": "value"}]


def test_figure_is_cited_once_however_often_it_is_printed(citations):
    runs(f"{{{VIDEOS}}} and {{{VIDEOS}|words}}", citations)

    assert list(citations.as_dict()) == [VIDEOS]


def test_figure_has_its_words(citations):
    runs(f"{{{VIDEOS}}}", citations)

    cited = citations.as_dict()[VIDEOS]

    assert {form: cited[form] for form in ("value", "word", "Word", "ordinal", "raw")} == {
        "value": "2",
        "word": "two",
        "Word": "Two",
        "ordinal": "second",
        "raw": "2",
    }


def test_unknown_figure_is_an_error_that_names_it(citations):
    with pytest.raises(DeclarationError, match=r"no app declares a figure communication\.songs"):
        runs("We wrote {communication.songs} songs.", citations)


@pytest.mark.parametrize(
    "text",
    [
        "Braces { with spaces } stay",
        "{Capital.Letters} stay",
        "{communication.videos|upside-down} stays",
        "{communication.videos@24} stays",
        "An empty pair {} stays",
        "A lone { or } stays",
        "{{ variable }} stays",
    ],
)
def test_braces_that_are_no_placeholder_stay_text(citations, text):
    assert runs(text, citations) == [text]


def test_text_without_placeholders_is_one_run(citations):
    assert runs("Plain.", citations) == ["Plain."]


def test_empty_text_has_no_runs(citations):
    assert (runs("", citations), paragraphs("", citations), paragraphs(" \n ", citations)) == ([], [], [])


def test_empty_lines_part_paragraphs_and_lines_are_joined(citations):
    text = "One line\nand the next.\n\n   \nA second {communication.videos}\nparagraph.\n"

    found = paragraphs(text, citations)

    assert found == [
        ["One line and the next."],
        ["A second ", {"fig": VIDEOS, "as": "value"}, " paragraph."],
    ]


def test_text_that_looks_like_markup_stays_text(citations):
    assert paragraphs("<b>bold</b> & {communication.videos|words}", citations) == [
        ["<b>bold</b> & ", {"fig": VIDEOS, "as": "word"}]
    ]
