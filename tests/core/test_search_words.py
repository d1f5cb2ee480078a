"""How text is cut into words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umbel.core.names import fold
from umbel.core.search.words import Wanted, distance, spellings, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Jarmo Hänninen", "jarmo hanninen"),
        ("EU-level, EU-wide", "eulevel euwide eu level wide"),
        ("SKI.F.T.", "skift ski f t"),
        ("#CoopSkills2023", "coopskills2023"),
        ("Łódź  œuvre", "lodz oeuvre"),
        ("...", ""),
    ],
)
def test_words_are_folded_and_those_with_signs_inside_also_apart(text, words):
    assert words_of(text) == words


@given(st.text(max_size=80))
def test_what_was_typed_stands_in_its_own_words(text):
    wanted = Wanted.of(text)

    assert not wanted or wanted.is_in(words_of(text))


@given(st.text(max_size=80))
def test_words_hold_letters_and_digits_only(text):
    assert all(letter.isalnum() for letter in words_of(text).replace(" ", ""))
    assert all(form.isalnum() for forms in Wanted.of(text).words for form in forms)


@given(st.text(max_size=80))
def test_wanted_words_are_those_of_the_one_folding_rule(text):
    assert Wanted.of(text).name == fold(text)


def test_the_last_word_stays_last():
    assert Wanted.of("care long care").words == (("long",), ("care",))


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        ("care", "care", 0),
        ("care", "cares", 1),
        ("care", "cera", 2),
        ("care", "craе", 2),
        ("form", "from", 1),
        ("", "ab", 2),
    ],
)
def test_distance_counts_letters(one, other, steps):
    assert distance(one, other) == distance(other, one) == steps


@given(st.text(alphabet="abcdefgh", min_size=4, max_size=12), st.data())
def test_a_word_with_one_mistake_shares_a_spelling_with_it(word, data):
    place = data.draw(st.integers(0, len(word) - 1))
    wrong = data.draw(
        st.sampled_from(
            [
                word[:place] + word[place + 1 :],
                word[:place] + "x" + word[place:],
                word[:place] + "x" + word[place + 1 :],
                word[:place] + word[place + 1 : place + 2] + word[place : place + 1] + word[place + 2 :],
            ]
        )
    )

    assert len(wrong) < 4 or spellings(word) & spellings(wrong)


def test_short_words_and_numbers_are_not_misspelt():
    assert spellings("eu") == spellings("2024") == spellings("a" * 31) == set()
