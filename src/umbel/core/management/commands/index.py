"""umbel index"""

from time import perf_counter
from typing import Any

from umbel.core import search
from umbel.core.commands import Command as Base


class Command(Base):
    help = (
        "Make the index of the search anew, from the records. The index follows the records by itself; this is for "
        "rows that were written past Umbel, into the database."
    )
    example = "umbel index"
    reports_json = True

    def handle(self, *args: Any, **options: Any) -> None:
        started = perf_counter()
        entries = search.rebuild()
        seconds = round(perf_counter() - started, 2)
        if options["json"]:
            self.print_json({"entries": entries, "total": sum(entries.values()), "seconds": seconds})
            return
        for label, number in entries.items():
            self.stdout.write(f"{number:9,}  {label}")
        self.stdout.write(f"{sum(entries.values()):9,}  in all, in {seconds} s")
