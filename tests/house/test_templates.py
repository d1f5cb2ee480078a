import re

import pytest
from django.template.loader import get_template

from tests.house.tree import SOURCE, name, templates

TAG = re.compile(r"<[a-zA-Z][^<>]*>")
FORBIDDEN = {
    "style= belongs into a style sheet": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "on…= belongs into a script file": re.compile(r"\s(on[a-z]+|hx-on[\w:.-]*)\s*=", re.IGNORECASE),
    "javascript: is a script in the page": re.compile(r"=\s*[\"']?\s*javascript:", re.IGNORECASE),
    "a style element belongs into a style sheet": re.compile(r"^<style\b", re.IGNORECASE),
    "a script element needs src, or type=application/…json": re.compile(
        r"^<script\b(?![^>]*\ssrc=)(?![^>]*\stype=[\"']application/(ld\+)?json)", re.IGNORECASE
    ),
}


def template_name(path):
    return path.relative_to(SOURCE).as_posix().split("/templates/", 1)[1]


def test_there_are_templates():
    assert len(templates()) > 0


@pytest.mark.parametrize("path", templates(), ids=template_name)
def test_template_compiles(path):
    template = get_template(template_name(path))

    assert template.origin.name == str(path)


def test_templates_hold_no_inline_style_or_script():
    # Django's own brackets would end a tag early: {% if a > b %}.
    pages = {path: re.sub(r"{[%{#].*?[%}#]}", "x", path.read_text(encoding="utf-8")) for path in templates()}
    found = [
        f"{name(path)}: {why}: {tag}"
        for path, text in pages.items()
        for tag in TAG.findall(text)
        for why, pattern in FORBIDDEN.items()
        if pattern.search(tag)
    ]

    assert found == []


def test_translations_spanning_lines_are_trimmed():
    bare = re.compile(r"{%\s*blocktrans(late)?\b(?![^%]*\btrimmed\b)[^%]*%}[^{]*\n")

    assert [name(path) for path in templates() if bare.search(path.read_text(encoding="utf-8"))] == []
