import getpass
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from umbel.core import changelog
from umbel.core.commands import Command as Base
from umbel.reports.freezing import ContradictionError, freeze
from umbel.reports.models import Report


class Command(Base):
    help = "Freeze the report of a year, figures and texts, as an edition; the audit tells what changes after it."
    example = "umbel freeze 2024"
    reports_json = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument(
            "--anyway", action="store_true", help="even where the report states two values of a measure"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        report = Report.objects.filter(year=options["year"]).first()
        if report is None:
            raise CommandError(f"There is no report of {options['year']}.")
        who = getpass.getuser()
        try:
            with changelog.by(who):
                edition = freeze(report, by=who, anyway=options["anyway"])
        except ContradictionError as error:
            places = "\n".join(error.told)
            raise CommandError(f"The report states two values of one measure; correct one.\n{places}") from error
        told = {"year": report.year, "edition": edition.number, "figures": len(edition.figures), "hash": edition.hash}
        if options["json"]:
            self.print_json(told)
        else:
            self.stdout.write("Edition {edition} of {year}: {figures} figures, {hash}".format(**told))
