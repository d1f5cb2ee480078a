"""umbel worker"""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command

from umbel.core.commands import Command as Base
from umbel.core.work import Pulse, do_hourly, enlist, reap


class Command(Base):
    help = (
        "Do tasks in the background, such as long imports, until interrupted. “umbel serve” starts one by itself; more "
        "of them may run, on other machines too where the database is PostgreSQL. Once a minute each gives back the "
        "tasks of workers that died."
    )
    example = "umbel worker"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", action="store_true", help="do what there is to do, then stop")
        parser.add_argument(
            "--parent", type=int, help="stop when the process with this number, which started it, is gone"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        reap()
        do_hourly()
        pulse = Pulse(enlist(), options["parent"])
        pulse.start()
        try:
            call_command(
                "db_worker",
                worker_id=pulse.worker.name,
                queue_name="*",
                batch=options["batch"],
                startup_delay=False,
                reload=False,
                interval=1,
            )
        finally:
            pulse.stop()
            pulse.worker.delete()
