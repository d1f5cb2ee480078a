"""A number computed in two places will differ one day: counting belongs to querysets and the registry."""

import ast

from tests.house.tree import SOURCE, name, parsed, python_files

FOLDS = {"Count", "Sum", "aggregate"}


def may_count(path):
    inside = path.relative_to(SOURCE).parts
    return inside[0] == "core" or path.name in {"models.py", "querysets.py", "chronicle.py"} or "models" in inside


def counts(path):
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            # list.count("x") takes an argument, the queryset's does not.
            is_count = called == "count" and not node.args
            if called in FOLDS or is_count:
                yield f"{name(path)}:{node.lineno} {called}()"


def test_rows_are_counted_in_querysets_and_the_registry_only():
    assert [where for path in python_files(SOURCE) if not may_count(path) for where in counts(path)] == []
