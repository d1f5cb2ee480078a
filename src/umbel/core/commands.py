"""The base of the commands of `umbel`: an example in the help, JSON where something is reported."""

import json
from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import OperationalError, ProgrammingError

from umbel.core.registry import DeclarationError

HIDDEN = ("settings", "pythonpath", "traceback", "force_color")


class Command(BaseCommand):
    """A command whose `--help` ends in an example and shows none of Django's own switches."""

    example: str = ""
    reports_json = False
    requires_system_checks = ()
    suppressed_base_arguments = {f"--{name.replace('_', '-')}" for name in HIDDEN} | {
        "--version",
        "--verbosity",
    }

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        kwargs.setdefault("epilog", f"example:\n  {self.example}")
        parser = super().create_parser(prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs)
        if self.reports_json:
            parser.add_argument("--json", action="store_true", help="print JSON")
        return parser

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run the command; a database that was never made is told in words."""
        try:
            return super().execute(*args, **options)
        except (ImproperlyConfigured, DeclarationError) as error:
            raise CommandError(str(error)) from error
        except (OperationalError, ProgrammingError) as error:
            if "no such table" in str(error) or "does not exist" in str(error):
                raise CommandError("The database has no tables yet: run “umbel migrate” first.") from error
            raise

    def print_json(self, data: Any) -> None:
        self.stdout.write(json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
