"""Queries over the rows of a page, written once: writing them costs ten times what the database takes to answer."""

import json
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, models

KEPT = 100


class Numbers:
    """The place of the numbers of the rows in a query that is not asked yet."""


NUMBERS = Numbers()


class Among(models.Lookup[Any]):
    """`pk__among=numbers`: one value, however many numbers, where `pk__in` writes one for each of them."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        sql, params = self.process_lhs(compiler, connection)
        among = f"{sql} IN (SELECT value FROM json_each(%s))"  # noqa: S608 -- the name of a column, from Django
        return among, (*params, self.rhs)

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        sql, params = self.process_lhs(compiler, connection)
        return f"{sql} = ANY(%s::bigint[])", (*params, self.rhs)


models.IntegerField.register_lookup(Among)


class Prepared:
    """A query for what columns say of some rows: `make` returns it for the numbers of the rows, and for `more`.

    Its conditions on the rows name them by `pk__among=numbers` or a path that ends so.
    """

    def __init__(self, make: Callable[..., Any]) -> None:
        self.make = make
        self._written: dict[Hashable, tuple[str, list[Any], Any]] = {}

    def rows(self, numbers: Sequence[int], *more: Hashable) -> Iterator[tuple[Any, ...]]:
        """Yield what the query finds, as tuples."""
        key = (connection.vendor, *more)
        if key not in self._written:
            if len(self._written) >= KEPT:
                self._written.clear()
            self._written[key] = self._write(more)
        sql, params, converters = self._written[key]
        told = json.dumps(list(numbers))
        if connection.vendor == "postgresql":
            told = f"{{{told[1:-1]}}}"
        with connection.cursor() as cursor:
            cursor.execute(sql, [told if value is NUMBERS else value for value in params])
            for row in cursor.fetchall():
                yield _converted(row, converters) if converters else row

    def _write(self, more: Sequence[Hashable]) -> tuple[str, list[Any], Any]:
        """Return the query as text, its values with `NUMBERS` among them, and how what it finds is read."""
        query = self.make(NUMBERS, *more).query
        compiler = query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        selected = compiler.query.combined_queries[0].get_compiler(DEFAULT_DB_ALIAS) if query.combinator else compiler
        selected.setup_query()
        converters = selected.get_converters([column[0] for column in selected.select])
        return sql, list(params), {place: (each, column) for place, (each, column) in converters.items()}


def _converted(row: tuple[Any, ...], converters: dict[int, Any]) -> tuple[Any, ...]:
    values = list(row)
    for place, (each, column) in converters.items():
        for convert in each:
            values[place] = convert(values[place], column, connection)
    return tuple(values)
