import getpass
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from umbel.core import changelog
from umbel.core.commands import Command as Base
from umbel.reports.editions import freeze
from umbel.reports.models import Report


class Command(Base):
    help = "Freeze the figures of a year as an edition; the audit tells what changes after it."
    example = "umbel freeze 2024"
    reports_json = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        report = Report.objects.filter(year=options["year"]).first()
        if report is None:
            raise CommandError(f"There is no report of {options['year']}.")
        who = getpass.getuser()
        with changelog.by(who):
            edition = freeze(report, by=who)
        told = {"year": report.year, "edition": edition.number, "figures": len(edition.figures), "hash": edition.hash}
        if options["json"]:
            self.print_json(told)
        else:
            self.stdout.write("Edition {edition} of {year}: {figures} figures, {hash}".format(**told))
