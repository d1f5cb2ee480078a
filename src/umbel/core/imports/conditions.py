"""Judges conditions of constraints on values in memory, as the database would: true, false, or unknown for empty ones.

Asking the database for each row, as Django does, takes a query a row. What is not understood here is asked there.
"""

from collections.abc import Callable, Mapping
from operator import ge, gt, le, lt
from typing import Any

from django.db.models import F, Q

Truth = bool | None
Values = Mapping[str, Any]


class NotUnderstoodError(Exception):
    """A condition that only the database can judge."""


COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": lambda left, right: bool(left == right),
    "lt": lt,
    "lte": le,
    "gt": gt,
    "gte": ge,
    "startswith": lambda left, right: str(left).startswith(str(right)),
    "in": lambda left, right: left in right,
}


def holds(condition: Any, values: Values) -> Truth:
    """Judge a condition on the values of a row by field name (a foreign key: its id).

    Raises `NotUnderstoodError` for what only the database knows.
    """
    if isinstance(condition, tuple):
        return _compare(condition[0], condition[1], values)
    if not isinstance(condition, Q) or condition.connector == Q.XOR:
        raise NotUnderstoodError(condition)
    parts = [holds(child, values) for child in condition.children]
    found = _all(parts) if condition.connector == Q.AND else _any(parts)
    if condition.negated and found is None:
        raise NotUnderstoodError(condition)
    return not found if condition.negated else found


def _all(parts: list[Truth]) -> Truth:
    return False if False in parts else None if None in parts else True


def _any(parts: list[Truth]) -> Truth:
    return True if True in parts else None if None in parts else False


def _compare(path: str, right: Any, values: Values) -> Truth:
    name, _, lookup = path.partition("__")
    left = _value(name, values)
    if isinstance(right, F):
        right = _value(str(vars(right)["name"]), values)
    elif hasattr(right, "resolve_expression"):
        raise NotUnderstoodError(path)
    if lookup == "isnull" or (lookup in ("", "exact") and right is None):
        return (left is None) == (right is None or bool(right))
    if (lookup or "exact") not in COMPARISONS:
        raise NotUnderstoodError(path)
    if left is None or right is None:
        return None
    return COMPARISONS[lookup or "exact"](left, right)


def _value(name: str, values: Values) -> Any:
    if name not in values:
        raise NotUnderstoodError(name)
    return values[name]
