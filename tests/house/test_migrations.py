"""A migration is history: code that it imported may be gone when somebody runs it."""

import ast
import re

from tests.house.tree import migrations, name, parsed

# Field classes and lists of choices that a migration has to name; they stay importable for ever.
FIELDS = {"umbel.core.codes", "umbel.core.dates"}


def imported(path):
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield f"{'.' * node.level}{node.module or ''}"


def test_migrations_import_nothing_of_ours_but_fields():
    found = [
        f"{name(path)} imports {module}"
        for path in migrations()
        for module in imported(path)
        if module.startswith(("umbel", ".")) and module not in FIELDS
    ]

    assert found == []


def test_migrations_are_named_for_what_they_do():
    assert [name(path) for path in migrations() if re.search(r"_auto_|^\d+_alter_\w+_and_more", path.stem)] == []
