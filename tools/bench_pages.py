"""What pages take on a warm worker, and how large a worker is that made them. tools/bench starts it.

Beside each stands the raw limit in the same run: the same rows through the bare driver, joined into an HTML string.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench_table import Statements, Table, database, least_of, once, statements
from bench_visits import Visitor

from umbel.core import figures, registry
from umbel.core.models import Confederation
from umbel.core.periods import Period
from umbel.network.models import Organisation
from umbel.reports import tables

WORKER_MB, AFTER_YEARS_MB = 120, 150
FIGURE_MS = 50


@dataclass(frozen=True)
class Page:
    """An address with its limits: `cpu` and `wall` in ms, `queries`; `seat` "" is anybody."""

    name: str
    address: str
    seat: str
    cpu: float
    queries: int
    wall: float = 0


# In an address {n} makes each request another one, so that no page is kept; {member} is the busiest member.
# A page of visitors is made anew once for each change of the records: docs/decisions/019-kept-pages.md.
PAGES = (
    Page("home", "/", "", 6, 12),
    Page("home, made anew", "/?n={n}", "", 18, 12),
    Page("public list", "/members/", "", 8, 6),
    Page("public list, made anew", "/members/?n={n}", "", 18, 6),
    Page("member page", "/members/{member}/", "", 5, 8),
    Page("member page, made anew", "/members/{member}/?n={n}", "", 18, 8),
    Page("search", "/search/?q=coop&n={n}", "", 10, 8, wall=25),
    Page("search, a word of most", "/search/?q=cooperativa&n={n}", "", 10, 8, wall=25),
    Page("search, as a member", "/search/?q=coop", "representative-1", 10, 10, wall=25),
    Page("desk", "/desk/", "secretariat", 80, 30),
    Page("desk list", "/desk/organisations/", "secretariat", 12, 10),
    Page("desk list, searched", "/desk/organisations/?q=umbria", "secretariat", 12, 10),
    Page("desk list, a word of most", "/desk/organisations/?q=coop", "secretariat", 20, 10),
    Page("desk list, people", "/desk/people/", "membership", 12, 10),
    Page("lookup", "/desk/lookup/network.organisation/?q=coop", "secretariat", 12, 10),
)
# These read all that happened in a year.
YEARS = (
    Page("year at a glance", "/year/{year}/?n={n}", "", 400, 12),
    Page("figures", "/figures/{year}/?n={n}", "", 450, 165),
    Page("report", "/reports/{year}/?n={n}", "", 1300, 240),
    Page("audit", "/audit/{year}/?n={n}", "secretariat", 1000, 200),
)


Told = dict[str, object]


def filled(page: Page, told: Told) -> str:
    """Return the address of a page with what is told of the network in it."""
    address = page.address
    for name, value in told.items():
        address = address.replace(f"{{{name}}}", str(value))
    return address


def measure(table: Table, page: Page, told: Told) -> None:
    visitor, address = Visitor(page.seat), filled(page, told)
    answer = visitor.read(address)
    if answer.status != 200:
        table.missing(page.name, answer.status)
        return
    with statements() as seen:
        visitor.read(address)
    wall, cpu = least_of(lambda: visitor.read(address))
    _bare_wall, bare = least_of(seen.joined)
    table.line(f"{page.name}: CPU", cpu, page.cpu, bare)
    if page.wall:
        table.line(f"{page.name}: wall", wall, page.wall)
    table.line(f"{page.name}: queries", seen.number, page.queries, unit="")


def worker(pages: tuple[Page, ...], told: Told) -> float:
    """Return how much memory in MB a worker holds that made some pages several times and did nothing else."""
    wanted = [(filled(page, told), Visitor(page.seat).cookies) for page in pages]
    script = [sys.executable, str(Path(__file__).with_name("bench_worker.py"))]
    return float(subprocess.run(script, input=json.dumps(wanted), capture_output=True, text=True, check=True).stdout)


def measure_unchanged(table: Table) -> None:
    """Measure the home page for whoever has it already."""
    visitor = Visitor()
    first = visitor.read("/")
    known = {name: first.headers[header] for name, header in CONDITIONS.items() if header in first.headers}
    if not known or visitor.read("/", **known).status != 304:
        table.missing("home, unchanged: CPU")
        return
    table.line("home, unchanged: CPU", least_of(lambda: visitor.read("/", **known))[1], 1)


CONDITIONS = {"HTTP_IF_NONE_MATCH": "etag", "HTTP_IF_MODIFIED_SINCE": "last-modified"}


def measure_figures(table: Table, year: int) -> None:
    """Measure the slowest figure of a year, and all of them together."""
    period, known = Period.year(year), {figure.key: figure for figure in registry.figures()}

    def one(key: str) -> Callable[[], object]:
        return lambda: figures.evaluate(known[key], period, known=known)

    slowest = max(known, key=lambda key: once(one(key)))
    with statements() as seen:
        one(slowest)()
    table.line(f"figure {slowest}", least_of(one(slowest))[0], FIGURE_MS, _bare(seen))
    with statements() as seen:
        tables.evaluate_all(period)
    table.line(f"all {len(known)} figures", least_of(lambda: tables.evaluate_all(period), 2)[0], 300, _bare(seen))


def _bare(seen: Statements) -> float:
    return least_of(seen.joined, 2)[0]


def main() -> int:
    year = Confederation.current().reporting_year
    member = Organisation.objects.members(Period.year(year)).order_by("pk")[0]
    table = Table()
    print(f"pages, {database()}, CPU of one request")
    told: Told = {"member": member.key, "year": year}
    for page in PAGES:
        measure(table, page, told)
    measure_unchanged(table)
    table.line("a warm worker", worker(PAGES, told), WORKER_MB, unit="MB")
    for page in YEARS:
        measure(table, page, told)
    table.line("a worker that made them", worker(PAGES + YEARS, told), AFTER_YEARS_MB, unit="MB")
    measure_figures(table, year)
    return table.close()


if __name__ == "__main__":
    sys.exit(main())
