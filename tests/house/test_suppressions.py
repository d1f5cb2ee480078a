"""Whoever silences a check says why: `# noqa: CODE -- reason`, `# type: ignore[code]  # -- reason`."""

import io
import re
import tokenize

from tests.house.tree import ROOT, SOURCE, TESTS, name, python_files

SUPPRESSION = re.compile(r"#\s*(noqa|type:\s*ignore|nosec|pragma:\s*no|fmt:\s*off|ruff:\s*noqa)")
REASON = re.compile(r" -- \w.{5,}$")
PER_THOUSAND_LINES = 1


def suppressions():
    for path in python_files(SOURCE, TESTS, ROOT / "tools"):
        text = path.read_text(encoding="utf-8")
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT and SUPPRESSION.search(token.string):
                yield f"{name(path)}:{token.start[0]}", token.string


def test_every_suppression_gives_its_reason():
    assert [(where, text) for where, text in suppressions() if not REASON.search(text)] == []


def test_suppressions_stay_rare():
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in python_files(SOURCE, TESTS))
    found = [where for where, _ in suppressions()]

    assert len(found) <= max(5, PER_THOUSAND_LINES * lines / 1000), found
