from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from umbel.core.commands import Command as Base
from umbel.reports.actions import write_report
from umbel.reports.models import Report
from umbel.reports.printing import PrintError


class Command(Base):
    help = "Write the activity report of a year: report.html with assets, report.pdf, figures and listing."
    example = "umbel report 2024 --out build/report"
    reports_json = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", type=int, help="year of the report")
        parser.add_argument("--out", required=True, type=Path, help="folder to write to; it is made when missing")

    def handle(self, *args: Any, **options: Any) -> None:
        report = Report.objects.filter(year=options["year"]).first()
        if report is None:
            years = ", ".join(str(year) for year in Report.objects.values_list("year", flat=True)) or "none"
            raise CommandError(f"There is no report of {options['year']}; years on record: {years}.")
        try:
            written = []
            for path in write_report(report, options["out"]):
                written.append(str(path))
                if not options["json"]:
                    self.stdout.write(str(path))
        except PrintError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.print_json({"year": report.year, "files": written})
