"""Many rows in few statements, past the objects of the ORM. Whoever calls this has checked the rows and logs them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, models

Model = type[models.Model]
Item = TypeVar("Item")
AT_ONCE = 500
"""The number of values in one list of a statement; SQLite stops at 999 parameters."""

PLAIN = frozenset({str, int, bool, type(None)})


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Yield the items in lists of at most `size`."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def storable(field: Any) -> Callable[[Any], Any]:
    """Return the function that turns a value of a field into what the database driver takes."""

    def turn(value: Any) -> Any:
        return value if type(value) in PLAIN else field.get_db_prep_save(value, connection)

    return turn


def reserve(model: Model, number: int) -> list[int]:
    """Return ids that no row of the model has had, for rows that are poured in the same transaction."""
    key = model._meta.pk
    table, column = model._meta.db_table, getattr(key, "column", "id")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
            cursor.execute(sequence, [_quoted(table), column, number])
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or [0])[0]
    return list(range(last + 1, last + 1 + number))


def pour(model: Model, fields: Sequence[Any], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows into the model's own table; each holds values, as the driver takes them, in the order of `fields`."""
    with connection.cursor() as cursor:
        _pour(cursor, _quoted(model._meta.db_table), [_quoted(field.column) for field in fields], rows)


def change(model: Model, fields: Sequence[Any], rows: Iterable[Sequence[Any]]) -> None:
    """Set fields of rows of the model's own table; each row holds its primary key, then values as in `pour`."""
    table, key = _quoted(model._meta.db_table), _quoted(getattr(model._meta.pk, "column", "id"))
    columns = [_quoted(field.column) for field in fields]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _change_through_copy(cursor, table, key, columns, rows)
            return
        named = ", ".join(f"{column} = %s" for column in columns)
        cursor.executemany(
            _sql("UPDATE", table, "SET", named, "WHERE", key, "= %s"), [(*row[1:], row[0]) for row in rows]
        )


def erase(model: Model, column: str, numbers: Iterable[int]) -> None:
    """Delete the rows of the model's own table whose `column` is one of the numbers."""
    table, one = _quoted(model._meta.db_table), _quoted(column)
    with connection.cursor() as cursor:
        for some in batches(numbers, AT_ONCE):
            places = ", ".join(["%s"] * len(some))
            cursor.execute(_sql("DELETE FROM", table, "WHERE", one, "IN (", places, ")"), some)


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))


def _sql(*parts: str) -> str:
    """Return a statement made of names of our own tables and columns; values never stand in it."""
    return " ".join(parts)


def _pour(cursor: Any, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    names = ", ".join(columns)
    if connection.vendor == "postgresql":
        with cursor.copy(_sql("COPY", table, "(", names, ") FROM STDIN")) as copy:
            for row in rows:
                copy.write_row(row)
        return
    places = ", ".join(["%s"] * len(columns))
    statement = _sql("INSERT INTO", table, "(", names, ") VALUES (", places, ")")
    cursor.executemany(statement, rows if isinstance(rows, list) else list(rows))


def _change_through_copy(cursor: Any, table: str, key: str, columns: list[str], rows: Iterable[Sequence[Any]]) -> None:
    names = ", ".join([key, *columns])
    cursor.execute(_sql("CREATE TEMPORARY TABLE poured AS SELECT", names, "FROM", table, "WITH NO DATA"))
    _pour(cursor, "poured", [key, *columns], rows)
    sets = ", ".join(f"{column} = poured.{column}" for column in columns)
    cursor.execute(_sql("UPDATE", table, "SET", sets, "FROM poured WHERE", f"{table}.{key} = poured.{key}"))
    cursor.execute("DROP TABLE poured")
