"""Two versions of a text as one."""

import pytest

from umbel.core.comparing import compared, shortened


def told(older, newer):
    return [(piece.kind, piece.text) for piece in compared(older, newer)]


@pytest.mark.parametrize(
    ("older", "newer", "pieces"),
    [
        ("", "", []),
        ("One", "One", [("same", "One")]),
        ("", "One", [("come", "One")]),
        ("One two", "", [("gone", "One two")]),
        ("Nine came.", "Ten came.", [("gone", "Nine"), ("come", "Ten"), ("same", " came.")]),
        ("a a", "a a a", [("same", "a a"), ("come", " a")]),
        ("In {network.members@2023}", "In {network.members@2024}", [
            ("same", "In "), ("gone", "{network.members@2023}"), ("come", "{network.members@2024}"),
        ]),
    ],
)  # fmt: skip
def test_texts_are_compared_word_by_word(older, newer, pieces):
    assert told(older, newer) == pieces


def test_paragraphs_of_a_very_long_text_are_compared_one_by_one():
    much, more = "Much. " * 900 + "\n\n", "More. " * 900 + "\n\n"
    between = "In between.\n\n"

    assert told(f"A word.\n\n{between}{much}{between}At last.", f"Words.\n\n{between}{more}{between}At the last.") == [
        ("gone", "A word"), ("come", "Words"), ("same", ".\n\n"), ("same", between),
        ("gone", much), ("come", more), ("same", between),
        ("same", "At"), ("come", " the"), ("same", " last."),
    ]  # fmt: skip


def test_long_stretches_that_stayed_are_cut_to_the_words_beside_the_change():
    stayed = " ".join(["word"] * 100)

    pieces = shortened(compared(f"{stayed} old {stayed}", f"{stayed} new {stayed}"))

    short = "word " * 12
    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("same", f" …  {short}"), ("gone", "old"), ("come", "new"), ("same", f" {short} … "),
    ]  # fmt: skip
