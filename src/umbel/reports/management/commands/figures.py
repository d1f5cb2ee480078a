from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from umbel.core.audience import Operator
from umbel.core.commands import Command as Base
from umbel.core.periods import Period
from umbel.reports import tables
from umbel.reports.citing import printed


class Command(Base):
    help = "Print all figures of a year with the number of rows behind each; with --json also the rows."
    example = "umbel figures 2024 --json"
    reports_json = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("period", help="a year, a month (2024-06) or a range (2024-03-01/2024-05-31)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            period = Period.parse(options["period"])
        except ValueError as error:
            raise CommandError(f"“{options['period']}” is not a period: {error}") from error
        if options["json"]:
            self.print_json(tables.figures_json(period, Operator()))
            return
        for value in tables.evaluate_all(period):
            self.stdout.write(f"{value.figure.key:44} {printed(value, 'en'):>10}  {value.figure.label}")
