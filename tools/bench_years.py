"""Prints what the main jobs of a year take, each beside the raw limit of this machine in the same run and its promise.

The raw limit is the same statements through the bare database cursor, or Typst alone. The exit code is 1 when
a promise is broken, so that a loss of speed shows on the day it comes. tools/bench starts it.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import typst
from django.core.management import call_command
from django.db import connection
from django.test import Client

from umbel.core import chronology, figures, registry
from umbel.core.periods import Period
from umbel.reports import document, printing, tables
from umbel.reports.models import Report

EXAMPLE = Path(__file__).parents[1] / "examples" / "cecop-2024"
YEAR = 2024
GENERATED_RECORDS = 10_000

TIMES_TYPST = 4

Job = Callable[[], object]


@dataclass(frozen=True)
class Limits:
    """What we promise of a year, in seconds."""

    figures: float
    figure: float
    listing: float
    report: float
    pdf: float


class Bench:
    """The table: one line a job, all times in milliseconds."""

    def __init__(self) -> None:
        self.broken: list[str] = []
        print(f"{'milliseconds':<46}{'wall':>9}{'CPU':>9}{'raw':>9}{'limit':>9}{'x raw':>7}")

    def line(self, what: str, measured: tuple[float, float], raw: float, limit: float, by: str = "wall") -> None:
        wall, cpu = measured
        is_kept = (wall if by == "wall" else cpu) <= limit
        numbers = "".join(f"{seconds * 1000:9.1f}" for seconds in (wall, cpu, raw, limit))
        ratio = f"{wall / raw:7.1f}" if raw else f"{'':7}"
        print(f"{what:<46}{numbers}{ratio}  {'ok' if is_kept else 'TOO SLOW'}", flush=True)
        if not is_kept:
            self.broken.append(what)


def timed(job: Job, times: int = 1) -> tuple[float, float]:
    """Return the best wall and CPU seconds of several runs: whatever else the machine does can only add."""
    walls, cpus = [], []
    for _ in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        job()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return min(walls), min(cpus)


def in_database(job: Job, times: int = 5) -> float:
    """Return the seconds that the SELECT statements of a job take without Django around them."""
    seen: list[tuple[str, Any]] = []

    def note(execute: Callable[..., object], sql: str, params: Any, many: bool, context: Any) -> object:
        if sql.startswith("SELECT"):
            seen.append((sql, params))
        return execute(sql, params, many, context)

    def replay() -> None:
        with connection.cursor() as cursor:
            for sql, params in seen:
                cursor.execute(sql, params)
                cursor.fetchall()

    with connection.execute_wrapper(note):
        job()
    return timed(replay, times)[0]


@contextmanager
def typst_alone() -> Iterator[list[float]]:
    """Collect the seconds that Typst itself takes inside."""
    spent: list[float] = []

    class TimedCompiler:
        def __init__(self, *args: Any, **options: Any) -> None:
            self.compiler = untimed(*args, **options)

        def compile(self, *args: Any, **options: Any) -> Any:
            started = time.perf_counter()
            try:
                return self.compiler.compile(*args, **options)
            finally:
                spent.append(time.perf_counter() - started)

    printing.compiler.cache_clear()
    untimed, typst.Compiler = typst.Compiler, TimedCompiler
    try:
        yield spent
    finally:
        typst.Compiler = untimed


def quietly(*command: str) -> Job:
    def run() -> None:
        with redirect_stdout(StringIO()):
            call_command(*command)

    return run


def page(address: str) -> Job:
    def fetch() -> None:
        answer = Client().get(address, headers={"host": "localhost"})
        if answer.status_code != 200:
            sys.exit(f"{address} answers {answer.status_code}")

    return fetch


def measure_year(bench: Bench, name: str, limits: Limits) -> None:
    period = Period.year(YEAR)
    known = {figure.key: figure for figure in registry.figures()}
    report = Report.objects.get(year=YEAR)

    def every_figure() -> None:
        tables.evaluate_all(period)

    def one(key: str) -> Job:
        return lambda: figures.evaluate(known[key], period, known=known)

    def listing() -> None:
        chronology.lines(period)

    def print_it() -> None:
        printing.pdf(document.build(report, medium="print"))

    bench.line(f"{name}: {len(known)} figures", timed(every_figure, 3), in_database(every_figure), limits.figures)
    slowest = max(known, key=lambda key: timed(one(key), 2)[0])
    bench.line(f"{name}: {slowest}", timed(one(slowest), 5), in_database(one(slowest)), limits.figure)
    bench.line(f"{name}: year listing", timed(listing, 20), in_database(listing), limits.listing, by="cpu")
    web = page(f"/reports/{YEAR}/")
    bench.line(f"{name}: report, web page", timed(web, 3), in_database(web), limits.report)
    with typst_alone() as spent:  # a new compiler: what was compiled before does not help
        printed = timed(print_it)
        bare = sum(spent)
        bench.line(f"{name}: report, PDF", printed, bare, min(limits.pdf, TIMES_TYPST * bare))


def main() -> int:
    bench = Bench()
    load = quietly("load", str(EXAMPLE))
    bench.line("load of the example", timed(load), in_database(load, 1), 5)
    measure_year(bench, "example", Limits(figures=0.3, figure=0.05, listing=0.006, report=1, pdf=1))
    quietly("generate", str(GENERATED_RECORDS), "--add")()
    measure_year(bench, f"{GENERATED_RECORDS:,} more", Limits(figures=3, figure=0.05, listing=1, report=3, pdf=3))
    for what in bench.broken:
        print(f"promise broken: {what}")
    return 1 if bench.broken else 0


if __name__ == "__main__":
    sys.exit(main())
