"""umbel backup"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from umbel.core.backup import BackupError, back_up
from umbel.core.commands import Command as Base


class Command(Base):
    help = (
        "Write everything into one file: records, accounts, change log, frozen editions and uploaded files. The site "
        "may go on meanwhile. Sessions and the secret key are not in it."
    )
    example = "umbel backup /var/backups/umbel-2024-12-31.zip"
    reports_json = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="the archive to write; it must not exist yet")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            manifest = back_up(path)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        told = {
            "file": str(path),
            "rows": manifest.rows,
            "files": len(manifest.files),
            "bytes": path.stat().st_size,
        }
        if options["json"]:
            self.print_json(told)
        else:
            self.stdout.write(_("%(file)s: %(rows)d rows, %(files)d files, %(bytes)d bytes") % told)
