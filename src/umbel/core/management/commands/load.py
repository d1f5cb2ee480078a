"""umbel load"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from umbel.core.commands import Command as Base
from umbel.core.exchange.loading import Summary, Tally, load
from umbel.core.exchange.problems import LoadError


class Command(Base):
    help = (
        "Load a directory of YAML and CSV files, one for each kind of record. All files are checked first; if anything "
        "is wrong, everything that is wrong is told and nothing is changed. Rows are recognised by their key: new ones "
        "are created, others changed where the file says otherwise. What a row leaves out is empty: a part (a speaker "
        "of an event, a chapter of a report) that the file no longer has is removed. A row that the file no longer has "
        "at its top level is left alone. Every change stands in the change log as “load DIR”."
    )
    example = "umbel load examples/cecop-2024 --dry-run"
    reports_json = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", metavar="DIR", type=Path, help="directory that holds the files")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            summary = load(options["directory"], dry_run=options["dry_run"])
        except LoadError as error:
            if options["json"]:
                self.print_json({"errors": [problem.as_data() for problem in error.problems]})
                raise CommandError(error.summary) from error
            raise CommandError(f"{error.summary}\n{error}") from error
        if options["json"]:
            self.print_json(summary.as_data())
        else:
            self._print(summary)

    def _print(self, summary: Summary) -> None:
        width = max(map(len, summary.files))
        for name, tally in summary.files.items():
            self.stdout.write(f"{name:{width}}  {_told(tally)}")
        self.stdout.write(f"{_('all files'):{width}}  {_told(summary.whole)}")
        if summary.dry_run:
            self.stdout.write(_("This was a dry run: nothing was changed."))


def _told(tally: Tally) -> str:
    text = _("%(created)4d created, %(changed)4d changed, %(unchanged)4d unchanged") % vars(tally)
    return text + (_(", %(removed)d parts removed") % vars(tally) if tally.removed else "")
