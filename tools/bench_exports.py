"""What goes out by the thousand rows. tools/bench starts it."""

import csv
import io
import sys
import time
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Any

from bench_table import Table, database, resident
from bench_visits import Visitor
from python_calamine import CalamineWorkbook

OVER_IDLE_MB = 40
MANY = 5_000
"""Rows from which on a speed is promised; below, what is done once counts for too much."""
RUNS = 3


@dataclass(frozen=True)
class Stream:
    """An export: its address, the seat, how many rows a second, and whether its memory has a limit."""

    name: str
    address: str
    seat: str
    speed: float
    memory: float = 0


STREAMS = (
    Stream("CSV export", "/desk/organisations.csv", "secretariat", 30_000, OVER_IDLE_MB),
    Stream("CSV export, filtered", "/desk/organisations.csv?q=coop", "secretariat", 30_000, OVER_IDLE_MB),
    Stream("XLSX export", "/desk/organisations.xlsx", "secretariat", 5_000, OVER_IDLE_MB),
)


def measure(table: Table, stream: Stream) -> None:
    visitor = Visitor(stream.seat)
    answer = visitor.open(stream.address)
    answer.body.close()
    if answer.status != 200:
        table.missing(stream.name, answer.status)
        return
    idle, most = resident(), 0.0
    with TemporaryFile() as file:
        answer = visitor.open(stream.address)
        for piece in answer.body:
            most = max(most, resident())
            file.write(piece)
        answer.body.close()
        rows, bare = written(file)
    seconds = min(seconds_of(visitor, stream.address) for _run in range(RUNS))
    limit = stream.speed if rows >= MANY else 0
    table.line(f"{stream.name}, {rows:,} rows", rows / seconds, limit, rows / bare, "rows/s", least=True)
    if stream.memory:
        table.line(f"{stream.name}: over idle", max(0.0, most - idle), stream.memory, unit="MB")


def seconds_of(visitor: Visitor, address: str) -> float:
    started = time.perf_counter()
    visitor.read(address)
    return time.perf_counter() - started


def written(file: IO[bytes]) -> tuple[int, float]:
    """Return how many rows a file has below its head, and the seconds that a bare writer of CSV takes for them."""
    file.seek(0)
    is_workbook = file.read(2) == b"PK"
    file.seek(0)
    if is_workbook:
        rows: list[Any] = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    else:
        rows = list(csv.reader(io.TextIOWrapper(file, "utf-8-sig", newline="")))
    started = time.perf_counter()
    csv.writer(io.StringIO()).writerows(rows)
    return len(rows) - 1, time.perf_counter() - started


def main() -> int:
    table = Table()
    print(f"exports, {database()}")
    for stream in STREAMS:
        measure(table, stream)
    return table.close()


if __name__ == "__main__":
    sys.exit(main())
