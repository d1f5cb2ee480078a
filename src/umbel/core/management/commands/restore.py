"""umbel restore"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from umbel.core import changelog
from umbel.core.commands import Command as Base
from umbel.core.restoring import RestoreError, restore


class Command(Base):
    help = (
        "Bring back what “umbel backup” wrote, into an instance where nothing has begun, on SQLite or PostgreSQL. "
        "Makes the database if need be. All or nothing: a file that is damaged changes nothing."
    )
    example = "umbel restore /var/backups/umbel-2024-12-31.zip"
    reports_json = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="the archive to read")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        try:
            manifest = restore(options["file"])
        except (RestoreError, OSError) as error:
            raise CommandError(str(error)) from error
        verdict = changelog.verify()
        if verdict.broken is not None:
            self.stderr.write(_("The change log of the backup is broken at line %d.") % verdict.broken)
        told = {
            "made_at": manifest.made_at,
            "rows": manifest.rows,
            "files": len(manifest.files),
            "lines": verdict.lines,
            "broken": verdict.broken,
        }
        if options["json"]:
            self.print_json(told)
        else:
            text = _("Restored as of %(made_at)s: %(rows)d rows, %(files)d files; change log of %(lines)d lines.")
            self.stdout.write(text % told)
