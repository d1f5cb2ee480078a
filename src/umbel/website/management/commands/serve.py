import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from granian.constants import Interfaces
from granian.server import Server

from umbel.core.commands import Command as Base

THREADS = 4


class Command(Base):
    help = "Serve the site until interrupted."
    example = "umbel serve --host 127.0.0.1 --port 8000"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1, help="processes; one serves an office")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        if "UMBEL_SITE_URL" not in os.environ:  # links to figures name the address that is served
            os.environ["UMBEL_SITE_URL"] = settings.SITE_URL = f"http://{options['host']}:{options['port']}"
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        server = Server(
            "umbel.wsgi:application",
            address=options["host"],
            port=options["port"],
            interface=Interfaces.WSGI,
            workers=options["workers"],
            blocking_threads=THREADS,
            websockets=False,
        )
        self.stdout.write(f"Serving on http://{options['host']}:{options['port']}/ (stop with Ctrl+C)")
        server.serve()
