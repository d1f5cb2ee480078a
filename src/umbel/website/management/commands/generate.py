from time import perf_counter
from typing import Any

from django.core.management.base import CommandError, CommandParser

from umbel.core.commands import Command as BaseCommand
from umbel.website.generation import OccupiedError, generate


class Command(BaseCommand):
    help = (
        "Fill the database with a made-up year of a large confederation, for trials of speed and for tests: as many "
        "acts as you say, with the organisations, people, files, groups and grants that they need, and a report. Names "
        "are put together from word lists; the same seed gives the same year. The change log gets one line for the "
        "whole: who, how many."
    )
    example = "umbel generate 10000 --year 2024 --seed 1"
    reports_json = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("records", type=int, help="how many acts to make: 10000")
        parser.add_argument("--year", type=int, default=2024, help="the year in which they lie (2024)")
        parser.add_argument("--seed", type=int, default=1, help="which of many such years (1)")
        parser.add_argument("--add", action="store_true", help="make them although acts are on record")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["records"] < 1:
            raise CommandError("At least one act has to be made.")
        started = perf_counter()
        try:
            stored = generate(options["records"], options["year"], options["seed"], add=options["add"])
        except OccupiedError as error:
            raise CommandError(str(error)) from error
        seconds = round(perf_counter() - started, 2)
        if options["json"]:
            self.print_json(
                {
                    "records": options["records"],
                    "year": options["year"],
                    "seed": options["seed"],
                    "rows": stored,
                    "seconds": seconds,
                }
            )
            return
        rows = sum(stored.values())
        self.stdout.write(
            f"{options['records']:,} acts of {options['year']} made, {rows:,} rows in all, in {seconds} s."
        )
