from time import perf_counter
from typing import Any

from django.core.management.base import CommandError, CommandParser

from umbel.core.commands import Command as BaseCommand
from umbel.website.generation import OccupiedError, generate, generate_size
from umbel.website.generation.sizes import SIZES


class Command(BaseCommand):
    help = (
        "Fill the database with a made-up year of a large confederation, for trials of speed and for tests: as many "
        "acts as you say, with the organisations, people, files, groups and grants that they need, and a report. With "
        "--size, a whole confederation with all its years in an empty database. Names are put together from word "
        "lists; the same seed gives the same rows. The change log gets one line for the whole: who, how many."
    )
    example = "umbel generate 10000 --year 2024 --seed 1"
    reports_json = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("records", type=int, nargs="?", help="how many acts to make in the year: 10000")
        parser.add_argument("--size", choices=list(SIZES), help="a whole confederation instead, with all its years")
        parser.add_argument("--year", type=int, default=2024, help="the year in which they lie, or the last (2024)")
        parser.add_argument("--seed", type=int, default=1, help="which of many such years (1)")
        parser.add_argument("--add", action="store_true", help="make them although acts are on record")

    def handle(self, *args: Any, **options: Any) -> None:
        if (options["records"] is None) == (options["size"] is None):
            raise CommandError("Say how many acts to make, or a size: “umbel generate --size office”.")
        if options["size"] and options["add"]:
            raise CommandError(
                "A whole confederation is made in an empty database only: --add goes with a number of acts."
            )
        started = perf_counter()
        try:
            stored = self.generate(options)
        except OccupiedError as error:
            raise CommandError(str(error)) from error
        self.report(options, stored, round(perf_counter() - started, 2))

    def generate(self, options: dict[str, Any]) -> dict[str, int]:
        year, seed = options["year"], options["seed"]
        if options["size"]:
            return generate_size(SIZES[options["size"]], year, seed, self.stderr.write)
        if options["records"] < 1:
            raise CommandError("At least one act has to be made.")
        return generate(options["records"], year, seed, add=options["add"])

    def report(self, options: dict[str, Any], stored: dict[str, int], seconds: float) -> None:
        told = {name: options[name] for name in ("records", "size", "year", "seed") if options[name] is not None}
        if options["json"]:
            self.print_json({**told, "rows": stored, "seconds": seconds})
            return
        what = f"{options['size']} with years up to" if options["size"] else f"{options['records']:,} acts of"
        self.stdout.write(f"{what} {options['year']} made, {sum(stored.values()):,} rows in all, in {seconds} s.")
