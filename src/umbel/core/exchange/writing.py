"""Writes rows of cells as YAML that people read and edit, or as a table (CSV)."""

import csv
import io
from collections.abc import Iterable
from typing import Any

import yaml

from umbel.core.exchange.cells import Plain, joined

BREAKS = set("\x85\u2028\u2029")
WIDE = 1_000_000
Line = dict[str, Any]


class Dumper(yaml.SafeDumper):
    """Writes lists indented below their field, long texts in blocks, numbers and dates without quotes."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless and flow)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if BREAKS & set(text) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


def _represent_plain(dumper: Any, text: Plain) -> yaml.ScalarNode:
    tag = dumper.resolve(yaml.ScalarNode, str(text), (True, False))
    node: yaml.ScalarNode = dumper.represent_scalar(tag, str(text))
    return node


Dumper.add_representer(str, _represent_text)
Dumper.add_representer(Plain, _represent_plain)


def as_yaml(rows: list[Line], single: bool) -> str:
    """Return rows as YAML, fields in the given order; one row alone as a mapping where the file is `single`."""
    if single and len(rows) == 1:
        return _yaml(rows[0])
    return "\n".join(_yaml([row]) for row in rows)


def _yaml(data: Any) -> str:
    text = yaml.dump(data, None, Dumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=WIDE)
    return str(text)


def as_csv(rows: list[Line], names: Iterable[str]) -> str:
    """Return rows as a table with a header; a list is one cell, its items separated by semicolons."""
    buffer = io.StringIO(newline="")
    table = csv.writer(buffer, lineterminator="\n")
    header = list(names)
    table.writerow(header)
    table.writerows([_cell(row.get(name, "")) for name in header] for row in rows)
    return buffer.getvalue()


def _cell(value: str | list[str]) -> str:
    return joined(value) if isinstance(value, list) else value
