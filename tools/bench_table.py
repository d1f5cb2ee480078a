"""The table of a bench: what, measured, limit, raw, ratio, ok or over; and the clocks."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection

Job = Callable[[], object]

ENOUGH = 0.2
"""Seconds of CPU after which one run is long enough to be divided by its requests."""


@dataclass
class Table:
    """Prints a line for each measure and keeps what is over its limit."""

    broken: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        print(f"\n{'':<44}{'measured':>12}{'limit':>12}{'raw':>12}{'x raw':>7}")

    def line(
        self, what: str, measured: float, limit: float, raw: float = 0, unit: str = "ms", least: bool = False
    ) -> None:
        """Print a measure; `least` tells that the limit is a lower bound, `raw` 0 that there is nothing beside it."""
        is_kept = measured >= limit if least else measured <= limit
        ratio = (raw / measured if least else measured / raw) if raw and measured else 0
        bare = _number(raw, unit) if raw else ""
        times = f"{ratio:7.1f}" if ratio else f"{'':7}"
        print(
            f"{what:<44}{_number(measured, unit):>12}{_number(limit, unit):>12}{bare:>12}{times}"
            f"  {'ok' if is_kept else 'OVER'}",
            flush=True,
        )
        if not is_kept:
            self.broken.append(what)

    def missing(self, what: str, status: int = 404) -> None:
        """Print that there is nothing to measure; a page that is there and fails is over every limit."""
        why = "not there yet" if status == 404 else f"answers {status}"
        print(f"{what:<44}{why:>12}", flush=True)
        if status != 404:
            self.broken.append(what)

    def failed(self, what: str, why: str) -> None:
        print(f"{what:<44}{why}", flush=True)
        self.broken.append(what)

    def close(self) -> int:
        """Tell what is over and return the exit code."""
        for what in self.broken:
            print(f"over its limit: {what}")
        return 1 if self.broken else 0


def _number(value: float, unit: str) -> str:
    digits = 1 if unit in ("ms", "MB", "x") else 0
    return f"{value:,.{digits}f} {unit}".strip()


def once(job: Job) -> float:
    """Return the wall milliseconds of one run."""
    started = time.perf_counter()
    job()
    return (time.perf_counter() - started) * 1000


def least_of(job: Job, runs: int = 5) -> tuple[float, float]:
    """Return the least wall and CPU milliseconds that a job takes; whatever else the machine does can only add."""
    started = time.process_time()
    job()
    taken = time.process_time() - started
    times = max(1, min(20, int(ENOUGH / max(taken, 1e-4))))
    runs = runs if taken < ENOUGH else min(runs, 2)
    walls, cpus = [], []
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        for _ in range(times):
            job()
        walls.append((time.perf_counter() - wall) / times)
        cpus.append((time.process_time() - cpu) / times)
    return min(walls) * 1000, min(cpus) * 1000


@dataclass
class Statements:
    """What a job asked of the database: all statements counted, the SELECTs kept to be asked again."""

    number: int = 0
    selects: list[tuple[str, Any]] = field(default_factory=list)

    def note(self, execute: Callable[..., object], sql: str, params: Any, many: bool, context: Any) -> object:
        self.number += 1
        if sql.lstrip("( ").startswith(("SELECT", "WITH")):
            self.selects.append((sql, params))
        return execute(sql, params, many, context)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Yield the same rows through the bare driver: no Django, no models."""
        connection.ensure_connection()
        cursor = connection.connection.cursor()
        for sql, params in self.selects:
            if connection.vendor == "sqlite":
                sql = sql.replace("%%", "%") if params is None else sql % tuple("?" * len(params))
            yield from cursor.execute(sql, params or ())

    def joined(self) -> str:
        """Return the rows as a bare HTML table."""
        return "".join(f"<tr>{''.join(f'<td>{value}</td>' for value in row)}</tr>" for row in self.rows())


@contextmanager
def statements() -> Iterator[Statements]:
    """Count and keep what is asked of the database inside."""
    seen = Statements()
    with connection.execute_wrapper(seen.note):
        yield seen


def resident() -> float:
    """Return the memory of this process in MB; 0 where the system does not tell.

    Pages of the database file that SQLite maps are left out: they are the system's cache of it, there once for all
    workers, and given back when somebody else needs the memory.
    """
    try:
        told = Path("/proc/self/smaps").read_text().splitlines()
    except OSError:
        return 0
    database, taken, is_ours = str(connection.settings_dict["NAME"]), 0, True
    for line in told:
        name, *rest = line.split(maxsplit=5)
        if not name.endswith(":"):
            is_ours = not (rest and rest[-1] == database)
        elif name == "Rss:" and is_ours:
            taken += int(rest[0])
    return taken * 1024 / 1e6


def anonymous() -> float:
    """Return the part of `resident` in MB that no file stands behind: quick enough to be asked while a job runs."""
    try:
        told = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in told if line.startswith("RssAnon:")) * 1024 / 1e6


def database() -> str:
    return f"{connection.vendor}, Python {sys.version.split()[0]}"
