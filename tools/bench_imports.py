"""What comes in by the thousand rows. tools/bench starts it, in a process that has exported nothing before."""

import csv
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from threading import Event, Thread
from typing import Any

from bench_table import Table, anonymous, database, resident
from django.core.files import File
from django.db import Error
from django.utils import timezone

from umbel.core.imports import jobs
from umbel.core.imports.kinds import whole_kind
from umbel.core.models import EnterpriseType

IMPORT_MB = 200
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


def measure(table: Table, number: int) -> float:
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


def main() -> int:
    table, (few, many) = Table(), IMPORTED
    print(f"imports, {database()}")
    short, long = measure(table, few), measure(table, many)
    if short and long:
        table.line("import: a row of many to a row of few", long / many / (short / few), LINEAR, unit="x")
    return table.close()


if __name__ == "__main__":
    sys.exit(main())
