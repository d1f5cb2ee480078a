"""Texts as a page shows them."""

import pytest
from django.core.exceptions import ValidationError

from tests import factories
from umbel.core.periods import Period
from umbel.core.prose.fields import ProseFormField, problems
from umbel.core.prose.showing import show
from umbel.reports.citing import Citations

pytestmark = pytest.mark.django_db


@pytest.fixture
def citer():
    factories.ConfederationFactory()
    return Citations(Period.year(2024))


def figure(key, year=2024, form=""):
    return f'<span data-figure="{key}" data-period="{year}"{f" data-form={form}" if form else ""}></span>'


def test_figure_is_shown_with_the_value_of_the_day_its_address_and_its_mark(citer):
    factories.PositionFactory.create_batch(3, date="2024-05-02")

    shown = show(f"<p>{figure('advocacy.positions')}</p>", citer)

    assert 'data-figure="advocacy.positions">3</data></a>' in shown
    assert "/figures/2024/advocacy.positions/" in shown
    assert '<span class="src"><span class="vh">counted</span></span>' in shown


def test_figure_can_be_printed_in_words_and_of_another_year(citer):
    factories.PositionFactory(date="2023-05-02")

    shown = show(f"<p>{figure('advocacy.positions', 2023, 'words')}</p>", citer)

    assert ">one</data>" in shown


def test_each_figure_is_evaluated_once(citer, django_assert_max_num_queries):
    once = f"<p>{figure('advocacy.positions')}</p>"
    show(once, citer)

    with django_assert_max_num_queries(0):
        show(once * 20, citer)


def test_figure_that_nobody_declares_is_a_gap_and_no_error(citer):
    assert show(f"<p>{figure('advocacy.songs')}</p>", citer) == ('<p><span class="missing">not recorded</span></p>')


def test_text_without_a_confederation_shows_gaps():
    assert "not recorded" in show(f"<p>{figure('advocacy.positions')}</p>", None)


def test_photograph_that_cannot_be_placed_is_left_out(citer):
    factories.PhotoFactory(key="care")

    assert show('<p>One</p><figure data-photo="care"></figure>', citer) == "<p>One</p>"


def test_whatever_is_stored_is_cleaned_again_before_it_is_shown(citer):
    assert show("<p>One<script>alert(1)</script></p>", citer) == "<p>One</p>"


def test_field_refuses_figures_and_photographs_that_are_not_there():
    wrong = problems(as_text := f'<p>{figure("advocacy.songs")}</p><figure data-photo="care"></figure>')

    assert wrong == [
        "No figure has the key “advocacy.songs”: choose another one or take it out.",
        "The photograph “care” cannot be placed: it needs a file, a credit and an alternative text.",
    ]
    with pytest.raises(ValidationError, match="advocacy.songs"):
        ProseFormField().clean(as_text)


def test_field_takes_a_text_that_is_typed_without_the_editor():
    assert ProseFormField().clean("## Head\n\nText") == "<h2>Head</h2><p>Text</p>"
    assert ProseFormField(required=False).clean("") == ""


def test_field_sees_a_change_of_words_and_not_of_marks():
    field = ProseFormField()

    assert not field.has_changed("<p>Text</p>", "Text")
    assert field.has_changed("<p>Text</p>", "Other text")
