"""The styleguide shows what there is, and the style sheet holds nothing that no page uses."""

import re

import pytest

from tests.house.tree import SOURCE
from umbel.core.charts import palette
from umbel.core.templatetags.ui import symbols_by_name
from umbel.website.styleguide import tokens

pytestmark = pytest.mark.django_db
COMPONENTS = SOURCE / "core" / "templates" / "ui"
SHEET = SOURCE / "core" / "static" / "ui" / "components.css"
GUIDE = SOURCE.parents[1] / "docs" / "developers" / "components.md"


@pytest.fixture
def page(client):
    return client.get("/styleguide/")


def templates():
    return sorted(f"ui/{path.name}" for path in COMPONENTS.glob("*.html"))


def classes():
    """Every class that components.css gives a look."""
    sheet = re.sub(r"/\*.*?\*/", "", SHEET.read_text(encoding="utf-8"), flags=re.DOTALL)
    selectors = re.findall(r"([^{}]+)\{", sheet)
    return {name for selector in selectors for name in re.findall(r"\.([A-Za-z][\w-]*)", selector)}


def words_of_the_sources():
    files = [path for kind in ("*.html", "*.py", "*.js") for path in SOURCE.rglob(kind)]
    return {word for path in files for word in re.findall(r"[A-Za-z][\w-]*", path.read_text(encoding="utf-8"))}


def test_styleguide_shows_every_component(page):
    shown = {template.name for template in page.templates}

    assert [name for name in templates() if name not in shown] == []


def test_styleguide_shows_every_icon(page):
    drawn = set(re.findall(r'href="#i-([a-z0-9-]+)"', page.text))

    assert drawn == set(symbols_by_name())


def test_every_class_of_the_components_is_used(page):
    shown = set(re.findall(r'class="([^"]*)"', page.text))
    used = {word for value in shown for word in value.split()} | words_of_the_sources()

    assert sorted(classes() - used) == []


def test_every_class_of_a_drawing_has_a_look():
    drawn = {
        *palette.FILLS.values(),
        *palette.STROKES.values(),
        *(css for css, _colour, _bold in palette.TEXTS.values()),
    }

    assert sorted(drawn - {""} - classes()) == []


def test_every_component_is_told_in_the_guide_for_developers():
    guide = GUIDE.read_text(encoding="utf-8")

    assert [name for name in templates() if f"`{name}`" not in guide] == []


@pytest.mark.parametrize(
    "colour", [colour for colour in tokens.colours() if colour.contrasts], ids=lambda colour: colour.name
)
def test_colours_keep_their_contrast_by_day_and_by_night(colour):
    assert min(colour.contrasts) >= colour.least


def test_most_colours_promise_a_contrast():
    assert len([colour for colour in tokens.colours() if colour.contrasts]) == len(tokens.GROUNDS)


@pytest.mark.parametrize(("asked", "forced"), [("", 0), ("light", 1), ("dark", 1), ("<script>", 0)])
def test_scheme_is_forced_by_the_address(client, asked, forced):
    page = client.get("/styleguide/", {"scheme": asked})

    assert page.text.count(f'<div class="guide" data-theme="{asked}">') == forced
    assert page.text.count('<meta name="robots" content="noindex">') == 1


def test_styleguide_asks_nothing_of_the_records(client, django_assert_num_queries):
    client.get("/styleguide/")

    with django_assert_num_queries(2):  # whether anything is on record, and whether a confederation lends its colours
        client.get("/styleguide/")
