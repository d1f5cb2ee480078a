"""Queries over the rows of a page, written once: writing them costs ten times what the database takes to answer."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection

SIZES = (50, 100, 250)
KEPT = 100


class Prepared:
    """A query for what columns say of some rows: `make` returns it for the numbers of the rows, and for `more`.

    Its conditions on the rows name them by `pk__in=numbers` or the like; nothing else in it may be a number below
    zero.
    """

    def __init__(self, make: Callable[..., Any]) -> None:
        self.make = make
        self._written: dict[Hashable, tuple[str, list[Any], Any]] = {}

    def rows(self, numbers: Sequence[int], *more: Hashable) -> Iterator[tuple[Any, ...]]:
        """Yield what the query finds, as tuples."""
        size = next((size for size in SIZES if len(numbers) <= size), len(numbers))
        key = (connection.vendor, size, *more)
        if key not in self._written:
            if len(self._written) >= KEPT:
                self._written.clear()
            self._written[key] = self._write(size, more)
        sql, params, converters = self._written[key]
        filled = [*numbers, *([numbers[-1]] * (size - len(numbers)))]
        with connection.cursor() as cursor:
            cursor.execute(sql, [filled[-1 - value] if _is_place(value) else value for value in params])
            for row in cursor.fetchall():
                yield _converted(row, converters) if converters else row

    def _write(self, size: int, more: Sequence[Hashable]) -> tuple[str, list[Any], Any]:
        """Return the query as text with the places of the numbers marked -1, -2, …; and how values are read."""
        query = self.make(range(-1, -1 - size, -1), *more).query
        compiler = query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        selected = compiler.query.combined_queries[0].get_compiler(DEFAULT_DB_ALIAS) if query.combinator else compiler
        selected.setup_query()
        converters = selected.get_converters([column[0] for column in selected.select])
        return sql, list(params), {place: (each, column) for place, (each, column) in converters.items()}


def _is_place(value: Any) -> bool:
    return value.__class__ is int and value < 0


def _converted(row: tuple[Any, ...], converters: dict[int, Any]) -> tuple[Any, ...]:
    values = list(row)
    for place, (each, column) in converters.items():
        for convert in each:
            values[place] = convert(values[place], column, connection)
    return tuple(values)
