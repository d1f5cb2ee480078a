"""umbel dump"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from umbel.core.commands import Command as Base
from umbel.core.exchange.dumping import DumpError, dump


class Command(Base):
    help = (
        "Write all records into a directory, one YAML or CSV file for each kind, as “umbel load” reads them. "
        "Users, passwords and the change log are not written, nor uploaded files themselves: only their names are."
    )
    example = "umbel dump backup/2024-12-31"
    reports_json = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "directory", metavar="DIR", type=Path, help="directory to write into; it is made if need be"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = dump(options["directory"])
        except DumpError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.print_json({"files": done.files, "rows": sum(done.files.values()), "left_out": done.lost})
            return
        width = max(map(len, done.files), default=0)
        for name, number in done.files.items():
            self.stdout.write(_("%(file)s  %(number)4d rows") % {"file": f"{name:{width}}", "number": number})
        for text in done.lost:
            self.stderr.write(_("left out, as it refers to a record that is gone: %s") % text)
