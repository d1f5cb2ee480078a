"""What goes out and comes in by the thousand rows: exports and an import. tools/bench starts it."""

import csv
import io
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bench_table import Statements, Table, database, resident, statements
from bench_visits import Visitor
from django.core.files.base import ContentFile
from django.db import Error

from umbel.core.imports import jobs
from umbel.core.imports.kinds import whole_kind

OVER_IDLE_MB = 40
IMPORT_MB = 200
MANY = 5_000
"""Rows from which on a speed is promised; below, what is done once counts for too much."""
IMPORTED = 10_000
IMPORT_SPEED = 4_000
COLUMNS = 20


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
    if answer.status != 200:
        answer.body.close()
        table.missing(stream.name, answer.status)
        return
    answer.body.close()
    with statements() as seen:
        idle, most = resident(), 0.0
        started = time.perf_counter()
        answer = visitor.open(stream.address)
        for _piece in answer.body:
            most = max(most, resident())
        seconds = time.perf_counter() - started
        answer.body.close()
    rows, bare = written(seen)
    limit = stream.speed if rows >= MANY else 0
    table.line(f"{stream.name}, {rows:,} rows", rows / seconds, limit, rows / bare, "rows/s", least=True)
    if stream.memory:
        table.line(f"{stream.name}: over idle", max(0.0, most - idle), stream.memory, unit="MB")


def written(seen: Statements) -> tuple[int, float]:
    """Return how many rows a bare writer of CSV writes, and its seconds."""
    started, number = time.perf_counter(), 0
    rows = seen.rows()
    while part := list(islice(rows, 500)):
        csv.writer(io.StringIO()).writerows(part)
        number += len(part)
    return number, time.perf_counter() - started


def organisations() -> Iterator[list[str]]:
    """Yield the head and the rows of a file of organisations, no two alike and none on record."""
    named = ["key", "name", "long_name", "kind", "scope", "country", "city", "website", "founded", "description"]
    yield [*named, *(f"Column {number}" for number in range(len(named) + 1, COLUMNS + 1))]
    for number in range(IMPORTED):
        key = f"imported-{number}"
        known = [key, f"Imported {number:05} {number * 7919 % 10007:x}", f"Cooperative number {number}", "enterprise"]
        known += ["national", "IT", f"Town {number % 500}", f"https://{key}.example.org", "1999", "From a file"]
        yield [*known, *(f"{column}-{number}" for column in range(len(named) + 1, COLUMNS + 1))]


def measure_import(table: Table) -> None:
    name = f"import of {IMPORTED:,} organisations"
    file = io.StringIO()
    csv.writer(file).writerows(organisations())
    upload = ContentFile(file.getvalue().encode())
    started = time.perf_counter()
    try:
        job = jobs.receive(whole_kind("network.organisation"), jobs.BY_COMMAND, "organisations.csv", upload)
        for step in (jobs.State.EXAMINING, jobs.State.WRITING):
            jobs.begin(job, step)
            jobs.carry_on(job.pk)
            job.refresh_from_db()
    except (Error, jobs.NotNowError) as error:
        table.failed(name, f"stopped: {error}")
        return
    seconds = time.perf_counter() - started
    if job.state != jobs.State.DONE or job.counts.get("new") != IMPORTED:
        table.failed(name, f"stopped: {job.state} {job.counts} {job.problem}")
        return
    table.line(f"{name}, {COLUMNS} columns", IMPORTED / seconds, IMPORT_SPEED, unit="rows/s", least=True)
    table.line("import: the process", resident(), IMPORT_MB, unit="MB")


def main() -> int:
    table = Table()
    print(f"streams, {database()}")
    for stream in STREAMS:
        measure(table, stream)
    measure_import(table)
    return table.close()


if __name__ == "__main__":
    sys.exit(main())
