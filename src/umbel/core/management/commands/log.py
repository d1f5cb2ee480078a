from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from umbel.core.changelog import verify
from umbel.core.commands import Command as Base


class Command(Base):
    help = "Work with the change log: `verify` reads it from the first line and proves that none was altered."
    example = "umbel log verify"
    reports_json = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = verify()
        if options["json"]:
            self.print_json({"lines": verdict.lines, "broken": verdict.broken})
        if verdict.broken is not None:
            raise CommandError(f"Line {verdict.broken} of the change log was altered, or one before it was removed.")
        if not options["json"]:
            self.stdout.write(f"{verdict.lines} lines, each follows from the one before.")
