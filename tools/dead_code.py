"""Lists code in src/ that nothing there uses, tests left out: what only a test calls is dead too.

vulture knows neither Django nor templates. What it may not see is told to it here: names in templates and
Typst files, names inside strings (settings, lookups, prefetches), and what a class body declares, since
fields, choices and options are read by Django. Unused imports and arguments are ruff's to find.
"""

import ast
import re
import sys
import tomllib
from pathlib import Path

from vulture import Vulture
from vulture.core import Item

SOURCE = Path("src")
KINDS = {"function", "class", "method", "property", "variable", "unreachable_code"}
MARKUP = (".html", ".txt", ".xml", ".typ")
WORD = re.compile(r"[A-Za-z_]\w*")
# A dotted path, a lookup with its double underscores, or a plain name: not a sentence.
NAME_IN_A_STRING = re.compile(r"-?[A-Za-z_]\w*([.:][A-Za-z_]\w*)*")


def names_in_markup() -> set[str]:
    files = (path for path in SOURCE.rglob("*") if path.suffix in MARKUP)
    return {word for path in files for word in WORD.findall(path.read_text(encoding="utf-8"))}


def names_in_strings(tree: ast.AST) -> set[str]:
    strings = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    found = (text for text in strings if isinstance(text, str) and NAME_IN_A_STRING.fullmatch(text))
    return {part for text in found for word in WORD.findall(text) for part in (word, *word.split("__"))}


def names_declared(tree: ast.AST) -> set[str]:
    bodies = (node.body for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    statements = [statement for body in bodies for statement in body]
    targets = [target for node in statements if isinstance(node, ast.Assign) for target in node.targets]
    targets += [node.target for node in statements if isinstance(node, ast.AnnAssign)]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def is_declaration(item: Item, declared: set[str]) -> bool:
    # vulture is certain of arguments only.
    return item.typ == "variable" and (item.confidence == 100 or item.name in declared)


def main() -> int:
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    options = project["tool"]["vulture"]
    started = {word for target in project["project"]["scripts"].values() for word in WORD.findall(target)}
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in SOURCE.rglob("*.py")]
    used = names_in_markup().union(started, *map(names_in_strings, trees))
    declared = set().union(*map(names_declared, trees))

    vulture = Vulture(ignore_names=options["ignore_names"], ignore_decorators=options["ignore_decorators"])
    vulture.scavenge(options["paths"], exclude=options["exclude"])
    dead = [
        item
        for item in vulture.get_unused_code(min_confidence=options["min_confidence"])
        if item.typ in KINDS and item.name not in used and not is_declaration(item, declared)
    ]
    for item in dead:
        print(item.get_report())
    return 1 if dead else 0


if __name__ == "__main__":
    sys.exit(main())
