"""The tables in docs are those of the code; `.venv/bin/python -m tests.house.reference` writes them anew."""

import re

import pytest

from tests.house import reference
from tests.house.tree import DOCS, SOURCE, python_files
from umbel.core import audience, registry


@pytest.mark.parametrize("part", ["shared columns", "files", "types", "figures", "roles", "audiences"])
def test_generated_part_of_the_docs_is_up_to_date(part):
    [(page, text)] = [(page, text) for page, name, text in reference.pages() if name == part]

    assert reference.in_page(page, part) == text, "run: .venv/bin/python -m tests.house.reference"


def test_every_reason_to_see_something_is_told_in_the_words_of_its_rule():
    told = reference.in_page(reference.ACCESS, "audiences").splitlines()[2:]
    named = [(audiences, source.__doc__) for audiences, source in audience._grants]
    named += [({name}, source.__doc__) for name, source in audience._circles]

    untold = [
        words
        for audiences, words in named
        if not any(
            line.endswith(f"| {words.splitlines()[0]} |")
            and ("every audience" in line or all(f"`{each}`" in line for each in audiences))
            for line in told
        )
    ]

    assert untold == []
    assert len(told) == len(named)


def test_every_family_of_figures_is_told():
    told = re.findall(r"`([a-z_.]+)<", reference.FIGURES.read_text(encoding="utf-8"))

    untold = [prefix for prefix, _ in registry._families if not any(key.startswith(prefix) for key in told)]

    assert untold == []


def test_examples_of_the_registry_stand_in_the_code():
    page = (DOCS / "developers" / "registry.md").read_text(encoding="utf-8")
    code = "\n".join(path.read_text(encoding="utf-8") for path in python_files(SOURCE))
    declared = [block for block in re.findall(r"```python\n(.*?)```", page, re.DOTALL) if block.startswith("registry.")]

    assert len(declared) == 6
    assert [block for block in declared if block not in code] == []
