"""What the house tests read: the files of this checkout and the order of the layers."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "umbel"
TESTS = ROOT / "tests"
DOCS = ROOT / "docs"


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def python_files(*folders: Path, migrations: bool = False) -> Iterator[Path]:
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            if migrations or "migrations" not in path.parts:
                yield path


def migrations() -> list[Path]:
    return [path for path in SOURCE.glob("*/migrations/*.py") if path.name != "__init__.py"]


def templates() -> list[Path]:
    return sorted(path for path in SOURCE.glob("*/templates/**/*") if path.suffix in {".html", ".txt", ".xml"})


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def ranks() -> dict[str, int]:
    """Each app with its height in the layers: 0 is core, siblings share a height."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    [layers] = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    return {app.strip(): height for height, layer in enumerate(reversed(layers)) for app in layer.split("|")}


@cache
def documentation() -> str:
    pages = [*sorted(DOCS.rglob("*.md")), ROOT / "README.md"]
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)


def is_documented(word: str) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(word)}(?![\w]|\.\w)", documentation()) is not None
