"""The tables in docs/users are those of the code; `.venv/bin/python -m tests.house.reference` writes them anew."""

import re

import pytest

from tests.house import reference
from umbel.core import registry


@pytest.mark.parametrize("part", ["shared columns", "files", "types", "figures"])
def test_generated_part_of_the_docs_is_up_to_date(part):
    [(page, text)] = [(page, text) for page, name, text in reference.pages() if name == part]

    assert reference.in_page(page, part) == text, "run: .venv/bin/python -m tests.house.reference"


def test_every_family_of_figures_is_told():
    told = re.findall(r"`([a-z_.]+)<", reference.FIGURES.read_text(encoding="utf-8"))

    untold = [prefix for prefix, _ in registry._families if not any(key.startswith(prefix) for key in told)]

    assert untold == []
