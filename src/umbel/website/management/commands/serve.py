import os
import signal
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.conf import settings
from django.core.management import call_command
from granian.constants import Interfaces
from granian.server import Server

from umbel.core.commands import Command as Base
from umbel.core.models import Confederation
from umbel.website.starting import door

THREADS = 4
PATIENCE = 20
"""Seconds that a worker has to finish its task when the server stops; a task cut off is begun again later."""


class Command(Base):
    help = "Serve the site until interrupted, with a worker beside it that does tasks in the background."
    example = "umbel serve --host 127.0.0.1 --port 8000"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1, help="processes; one serves an office")
        parser.add_argument("--no-worker", action="store_true", help="serve only; “umbel worker” runs elsewhere")

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
        if door.is_open() and not Confederation.objects.exists():
            self.stdout.write(f"Nothing is set up yet. Set it up in the browser: {door.address()}")
        self.stdout.write(f"Serving on http://{options['host']}:{options['port']}/ (stop with Ctrl+C)")
        with nullcontext() if options["no_worker"] else worker():
            server.serve()


@contextmanager
def worker() -> Iterator[None]:
    """Run a worker beside the server. It has a session of its own, so that it is stopped once, and in order."""
    command = [sys.executable, "-m", "django", "worker", f"--parent={os.getpid()}"]
    child = subprocess.Popen(command, start_new_session=True)  # noqa: S603 -- our own command
    try:
        yield
    finally:
        child.terminate()
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
