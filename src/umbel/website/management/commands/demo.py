import io
import os
from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from umbel.core.commands import Command as Base
from umbel.reports.models import Report
from umbel.website import demonstration, demonstration_asked


class Command(Base):
    help = "Make the database, load the example year, write its report, then serve the site."
    example = "umbel demo --port 8000"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--example", type=Path, default=Path("examples/cecop-2024"), help="folder of the example year"
        )
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="stop before serving")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["example"].is_dir():
            raise CommandError(
                f"There is no folder {options['example']}: run this in the checkout, or name one with --example."
            )
        os.environ["UMBEL_DEMO"], settings.DEMO = "1", True  # for the worker, and for the processes that serve
        site = f"http://{options['host']}:{options['port']}"
        if "UMBEL_SITE_URL" not in os.environ:
            settings.SITE_URL = site
        out = settings.HOME / "report"
        self.step("Database", lambda: call_command("migrate", verbosity=0, interactive=False))
        self.step("Example year", lambda: call_command("load", options["example"], stdout=io.StringIO()))
        self.step("Cast", demonstration.assemble)
        self.step("Questions to members", demonstration_asked.ask_the_members)
        self.step("Report to the funder", demonstration.tell_the_funder)
        year = Report.objects.values_list("year", flat=True).first()
        self.step("Report", lambda: call_command("report", str(year), out=out, stdout=io.StringIO()))
        self.stdout.write(f"\nThe report is in {out}: open report.pdf or report.html.")
        for label, path in (
            ("Report", "reports"),
            ("Figures", "figures"),
            ("Audit", "audit"),
            ("Year at a glance", "year"),
        ):
            self.stdout.write(f"  {label:18} {site}/{path}/{year}/")
        self.stdout.write(f"  {'Sign in as anybody':18} {site}/account/as/")
        if options["no_serve"]:
            self.stdout.write(f"Serve it with: UMBEL_DEMO=1 umbel serve --port {options['port']}")
            return
        call_command("serve", host=options["host"], port=options["port"])

    def step(self, label: str, act: Any) -> None:
        """Run one step and print how long it took."""
        self.stdout.write(f"{label} ...", ending=" ")
        self.stdout.flush()
        begun = monotonic()
        act()
        self.stdout.write(f"{monotonic() - begun:.1f} s")
