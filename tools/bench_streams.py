"""What goes out and comes in by the thousand rows: exports and imports. tools/bench starts it."""

import csv
import io
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile
from threading import Event, Thread
from typing import IO, Any

from bench_table import Table, anonymous, database, resident
from bench_visits import Visitor
from django.core.files import File
from django.db import Error
from django.utils import timezone
from python_calamine import CalamineWorkbook

from umbel.core.imports import jobs
from umbel.core.imports.kinds import whole_kind
from umbel.core.models import EnterpriseType

OVER_IDLE_MB = 40
IMPORT_MB = 200
MANY = 5_000
"""Rows from which on a speed is promised; below, what is done once counts for too much."""
RUNS = 3
IMPORTED = (10_000, 100_000)
IMPORT_SPEED = 4_000
LINEAR = 1.3
"""How many times the seconds a row of the small import one of the large import may take."""
EVERY = 0.02
READ = (
    "key name long_name kind scope country city website email phone logo founded activity enterprise_type description"
    " is_unaffiliated audience aliases"
).split()
LEFT = ["Their number", "Last seen"]


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


def organisations(mark: str, number: int) -> Iterator[list[str]]:
    """Yield the head and the rows of a file of organisations, no two alike and none on record.

    It has every column that organisations have, and two that nothing here means, as files from elsewhere do.
    """
    yield [*READ, *LEFT]
    types = list(EnterpriseType.objects.order_by("pk").values_list("key", flat=True)) or [""]
    for count in range(number):
        key = f"{mark}-{count}"
        called = f"Imported {mark} {count:06} {count * 7919 % 10007:x}"
        yield [
            *[key, called, f"Cooperative number {count} of {mark}", "enterprise", "national", "IT"],
            *[f"Town {count % 500}", f"https://{key}.example.org", f"office@{key}.example.org", f"+39 06 {count:07}"],
            *["", str(1900 + count % 120), "nace2.1:11.05", types[count % len(types)], "From a file", "true"],
            *["public", f"Coop {count} of {mark}", str(count), "2024-05-01"],
        ]


@contextmanager
def watched() -> Iterator[list[float]]:
    """Note the most memory of the process in MB while something runs, in the list that is given."""
    most, is_over = [anonymous()], Event()

    def watch() -> None:
        while not is_over.wait(EVERY):
            most[0] = max(most[0], anonymous())

    thread = Thread(target=watch)
    thread.start()
    try:
        yield most
    finally:
        is_over.set()
        thread.join()
        most[0] += resident() - anonymous()


def measure_import(table: Table, number: int) -> float:
    """Print what an import of so many rows takes and return the seconds; 0 where it failed."""
    name = f"import of {number:,}"
    with TemporaryFile() as file:
        text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
        csv.writer(text).writerows(organisations(f"n{number}", number))
        with watched() as most:
            began = timezone.now()
            try:
                job = brought_in(File(file, "organisations.csv"))
            except (Error, jobs.NotNowError) as error:
                table.failed(name, f"stopped: {error}")
                return 0
            found = (timezone.now() - began).total_seconds()
        text.detach()
    if job.state != jobs.State.DONE or job.counts.get("new") != number:
        table.failed(name, f"stopped: {job.state} {job.counts} {job.problem}")
        return 0
    seconds = (job.finished_at - began).total_seconds()
    table.line(f"{name}, {len(READ)} + {len(LEFT)} columns", number / seconds, IMPORT_SPEED, unit="rows/s", least=True)
    table.line(f"{name}, and the search told", number / found, 0, unit="rows/s", least=True)
    table.line(f"{name}: most memory", most[0], IMPORT_MB, unit="MB")
    return seconds


def brought_in(upload: File[bytes]) -> Any:
    job = jobs.receive(whole_kind("network.organisation"), jobs.BY_COMMAND, "organisations.csv", upload)
    for step in (jobs.State.EXAMINING, jobs.State.WRITING):
        jobs.begin(job, step)
        jobs.carry_on(job.pk)
        job.refresh_from_db()
    return job


def measure_imports(table: Table) -> None:
    few, many = IMPORTED
    short, long = measure_import(table, few), measure_import(table, many)
    if short and long:
        table.line("import: a row of many to a row of few", long / many / (short / few), LINEAR, unit="x")


def main() -> int:
    table = Table()
    print(f"streams, {database()}")
    for stream in STREAMS:
        measure(table, stream)
    measure_imports(table)
    return table.close()


if __name__ == "__main__":
    sys.exit(main())
