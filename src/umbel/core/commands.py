"""The base of the commands of `umbel`: an example in the help, JSON where something is reported."""

import json
from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

HIDDEN = ("settings", "pythonpath", "traceback", "force_color", "skip_checks")


class Command(BaseCommand):
    """A command whose `--help` ends in an example and shows none of Django's own switches."""

    example: str = ""
    reports_json = False
    suppressed_base_arguments = {f"--{name.replace('_', '-')}" for name in HIDDEN} | {
        "--version",
        "--verbosity",
    }

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        kwargs.setdefault("epilog", f"example:\n  {self.example}")
        parser = super().create_parser("umbel", subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs)
        if self.reports_json:
            parser.add_argument("--json", action="store_true", help="print JSON")
        return parser

    def print_json(self, data: Any) -> None:
        self.stdout.write(json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
