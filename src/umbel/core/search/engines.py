"""What each database does for the search: FTS5 in SQLite, a GIN index over lexemes in PostgreSQL.

Both index the very words that `words_of` wrote: neither stems, folds or drops any, so that both find the same.
"""

from collections.abc import Sequence
from typing import Any, ClassVar, Protocol

from django.db import connection
from django.db.backends.utils import CursorWrapper

from umbel.core.search.words import Wanted

WORDS = ("name_words", "other_words", "text_words", "part_words")

BEGINNINGS = (8, 6, 4, 3, 2, 1)
"""The lengths of beginnings of words that FTS5 keeps an index of."""
SPACED = " || ' ' || e.".join(WORDS)
LAST_LETTER = "\U0010ffff"

CREATE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS core_searchindex USING fts5(WORDS, content='core_searchentry', "
    "content_rowid='id', tokenize='ascii', detail=none, columnsize=0, prefix='1 2 3 4 6 8')"
)
ADD = "INSERT INTO core_searchindex (rowid, WORDS) VALUES (new.id, VALUES_OF)"
TAKE = "INSERT INTO core_searchindex (core_searchindex, rowid, WORDS) VALUES ('delete', old.id, VALUES_OF)"

Statement = tuple[str, list[Any]]
Limits = Sequence[tuple[tuple[int, int], int]]
"""First and last numbers of tables, and how many are counted of each."""


class Engine(Protocol):
    """The search of one database. `numbers` are the first and last numbers in the index between which is searched."""

    by_number: ClassVar[str]
    """The order of what matches, where it costs nothing: by number."""
    by_name: ClassVar[str]
    """The order by name: by the numbers of its letters, the same in both databases."""

    def prepare(self, cursor: CursorWrapper) -> None:
        """Make the index where it is missing; the entries are kept in it by the database itself from then on."""

    def empty(self, cursor: CursorWrapper) -> None:
        """Take all entries away."""

    def settle(self, cursor: CursorWrapper) -> None:
        """Put in order what many entries at once have left."""

    def insert(self, cursor: CursorWrapper, into: str, rows: Sequence[Sequence[Any]], otherwise: str) -> None:
        """Insert rows of a number and texts, or of texts only, into a table with its columns."""

    def matching(self, columns: str, wanted: Wanted, numbers: tuple[int, int] | None = None) -> Statement:
        """Return the statement that selects columns of the entries `e` that match; it ends in its conditions."""

    def numbers(self, wanted: Wanted, numbers: tuple[int, int]) -> Statement:
        """Return the statement that selects the numbers of the entries that match, those of one table."""

    def beginning(self, columns: str, name: str) -> Statement:
        """Return the statement that selects columns of the entries `e` whose name begins so; likewise."""

    def lookups(self, field: str, name: str) -> dict[str, str]:
        """Return the lookups that keep rows of any table where a field of folded text begins so."""

    def counting(self, wanted: Wanted, some: Limits, where: Statement, /) -> Statement:
        """Return the statement that counts by type what matches: of each range of numbers, so many at most."""


class SQLite:
    """An FTS5 table that reads the entries; triggers keep it."""

    by_number: ClassVar[str] = "ORDER BY core_searchindex.rowid"
    by_name: ClassVar[str] = "ORDER BY e.name"

    def prepare(self, cursor: CursorWrapper) -> None:
        words, new, old = (", ".join(f"{prefix}{word}" for word in WORDS) for prefix in ("", "new.", "old."))
        changed = " OR ".join(f"old.{word} <> new.{word}" for word in WORDS)
        add = ADD.replace("WORDS", words).replace("VALUES_OF", new)
        take = TAKE.replace("WORDS", words).replace("VALUES_OF", old)
        cursor.execute(CREATE.replace("WORDS", words))
        for name, event, act in (
            ("added", "AFTER INSERT ON core_searchentry", add),
            ("changed", f"AFTER UPDATE OF {words} ON core_searchentry WHEN {changed}", f"{take}; {add}"),
            ("deleted", "AFTER DELETE ON core_searchentry", take),
        ):
            cursor.execute(f"CREATE TRIGGER IF NOT EXISTS core_searchindex_{name} {event} BEGIN {act}; END")

    def empty(self, cursor: CursorWrapper) -> None:
        cursor.execute("DROP TRIGGER IF EXISTS core_searchindex_deleted")
        cursor.execute("DELETE FROM core_searchentry")
        cursor.execute("INSERT INTO core_searchindex (core_searchindex) VALUES ('delete-all')")
        self.prepare(cursor)

    def settle(self, cursor: CursorWrapper) -> None:
        cursor.execute("ANALYZE core_searchentry")

    def insert(self, cursor: CursorWrapper, into: str, rows: Sequence[Sequence[Any]], otherwise: str) -> None:
        marks = ", ".join(["%s"] * len(rows[0]))
        cursor.executemany(" ".join(["INSERT INTO", into, "VALUES (", marks, ")", otherwise]), rows)

    def matching(self, columns: str, wanted: Wanted, numbers: tuple[int, int] | None = None) -> Statement:
        within = "AND core_searchindex.rowid BETWEEN %s AND %s" if numbers else ""
        # A cross join is read in the order in which it is written: first what matches, then the entries of that.
        sql = ["SELECT", columns, "FROM core_searchindex CROSS JOIN core_searchentry AS e",
               "ON e.id = core_searchindex.rowid WHERE core_searchindex MATCH %s", within]  # fmt: skip
        return " ".join(sql), [self._query(wanted), *(numbers or ())]

    def _query(self, wanted: Wanted) -> str:
        return _query(wanted, '"{}"', '"{}" *', (" AND ", " OR "))

    def numbers(self, wanted: Wanted, numbers: tuple[int, int]) -> Statement:
        sql = "SELECT rowid FROM core_searchindex WHERE core_searchindex MATCH %s AND rowid BETWEEN %s AND %s"
        return sql, [self._query(wanted), *numbers]

    def beginning(self, columns: str, name: str) -> Statement:
        sql = ["SELECT", columns, "FROM core_searchentry AS e WHERE e.name >= %s AND e.name < %s"]
        return " ".join(sql), [name, name + LAST_LETTER]

    def lookups(self, field: str, name: str) -> dict[str, str]:
        return {f"{field}__gte": name, f"{field}__lt": name + LAST_LETTER}

    def counting(self, wanted: Wanted, some: Limits, where: Statement, /) -> Statement:
        # Each range is read by itself and no further than it is counted. A beginning of which there is no index would
        # be put together from all its words each time: a shorter one is looked up, and the rest looked at.
        shorter, last = wanted.shortened(BEGINNINGS)
        condition, values = where
        if last:
            condition = f"{condition} AND instr(' ' || e.{SPACED}, %s)"
            values = [*values, f" {last}"]
        sources, params = [], []
        for numbers, most in some:
            sql, asked = self.matching("e.type", shorter, numbers)
            sources.append("".join(["SELECT * FROM (", sql, condition, " LIMIT ", str(most), ")"]))
            params += [*asked, *values]
        sql = " ".join(["SELECT type, COUNT(*) FROM (", " UNION ALL ".join(sources), ") GROUP BY 1"])
        return sql, params


class PostgreSQL:
    """A generated column of lexemes under a GIN index."""

    # Told to keep an order the planner would walk through all entries in that order.
    by_number: ClassVar[str] = ""
    # The index over names is one of patterns, which knows this order only.
    by_name: ClassVar[str] = "ORDER BY e.name USING ~<~"

    def prepare(self, cursor: CursorWrapper) -> None:
        words = " || ' ' || ".join(WORDS)
        cursor.execute(
            "ALTER TABLE core_searchentry ADD COLUMN IF NOT EXISTS lexemes tsvector GENERATED ALWAYS AS "
            f"(array_to_tsvector(array_remove(string_to_array({words}, ' '), ''))) STORED"
        )
        cursor.execute(
            "CREATE INDEX IF NOT EXISTS core_searchindex ON core_searchentry USING gin (lexemes) "
            "WITH (gin_pending_list_limit = 128)"
        )

    def empty(self, cursor: CursorWrapper) -> None:
        cursor.execute("DELETE FROM core_searchentry")

    def settle(self, cursor: CursorWrapper) -> None:
        cursor.execute("SELECT gin_clean_pending_list('core_searchindex')")
        cursor.execute("ANALYZE core_searchentry")

    def insert(self, cursor: CursorWrapper, into: str, rows: Sequence[Sequence[Any]], otherwise: str) -> None:
        columns = list(zip(*rows, strict=True))
        arrays = ", ".join("%s::bigint[]" if isinstance(values[0], int) else "%s::text[]" for values in columns)
        sql = ["INSERT INTO", into, "SELECT * FROM unnest(", arrays, ")", otherwise]
        cursor.execute(" ".join(sql), [list(values) for values in columns])

    def matching(self, columns: str, wanted: Wanted, numbers: tuple[int, int] | None = None) -> Statement:
        within = "AND e.id BETWEEN %s AND %s" if numbers else ""
        sql = ["SELECT", columns, "FROM core_searchentry AS e WHERE e.lexemes @@ %s::tsquery", within]
        return " ".join(sql), [_query(wanted, "'{}'", "'{}':*", (" & ", " | ")), *(numbers or ())]

    def numbers(self, wanted: Wanted, numbers: tuple[int, int]) -> Statement:
        return self.matching("e.id", wanted, numbers)

    def beginning(self, columns: str, name: str) -> Statement:
        sql = ["SELECT", columns, "FROM core_searchentry AS e WHERE e.name LIKE %s"]
        return " ".join(sql), [f"{name}%"]

    def lookups(self, field: str, name: str) -> dict[str, str]:
        return {f"{field}__startswith": name}

    def counting(self, wanted: Wanted, _some: Limits, where: Statement, /) -> Statement:
        # Whatever is asked, the index gives all that matches: it is counted to its end, once.
        sql, params = self.matching("e.type, COUNT(*)", wanted)
        condition, values = where
        return f"{sql}{condition} GROUP BY 1", [*params, *values]


def _query(wanted: Wanted, word: str, beginning: str, joints: tuple[str, str]) -> str:
    """Write a query of the database; the words hold letters and digits only, so they can say nothing else."""
    both, either = joints
    *whole, last = wanted.words
    asked = [_forms(forms, word, word, both, either) for forms in whole]
    return both.join([*asked, _forms(last, word, beginning, both, either)])


def _forms(forms: Sequence[str], word: str, ending: str, both: str, either: str) -> str:
    whole, *pieces = forms
    if not pieces:
        return ending.format(whole)
    apart = both.join([*(word.format(piece) for piece in pieces[:-1]), ending.format(pieces[-1])])
    return f"({ending.format(whole)}{either}({apart}))"


def engine() -> Engine:
    """Return the search of the database in use."""
    return PostgreSQL() if connection.vendor == "postgresql" else SQLite()
