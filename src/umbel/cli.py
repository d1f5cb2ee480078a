"""The command `umbel`."""

import os
import sys

import django
from django.core.management import ManagementUtility, load_command_class

OWN = {
    "init": "website",
    "demo": "website",
    "serve": "website",
    "load": "core",
    "dump": "core",
    "report": "reports",
    "figures": "reports",
    "audit": "reports",
    "freeze": "reports",
    "log": "core",
    "index": "core",
    "import": "core",
    "worker": "core",
    "tidy": "core",
    "remind": "website",
    "links": "website",
    "backup": "core",
    "restore": "core",
    "generate": "website",
}
FROM_DJANGO = (
    "migrate",
    "createsuperuser",
    "changepassword",
    "check",
    "collectstatic",
    "makemigrations",
    "shell",
)


def main() -> None:
    """Run one of Umbel's commands; without one, list them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "umbel.settings")
    if len(sys.argv) < 2 or sys.argv[1] in {"-h", "--help", "help"}:
        django.setup()
        print(overview())
        return
    if sys.argv[1] == "--version":
        from umbel import __version__  # noqa: PLC0415 -- slow import

        print(__version__)
        return
    utility = ManagementUtility(["umbel", *sys.argv[1:]])
    utility.prog_name = "umbel"
    try:
        utility.execute()
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has stopped, as `head` does; that is no error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def overview() -> str:
    """Return the list of commands with what each does."""
    lines = ["umbel COMMAND [...]; each has --help with an example", ""]
    lines += [f"  {name:10} {load_command_class(f'umbel.{app}', name).help}" for name, app in OWN.items()]
    return "\n".join([*lines, "", f"  of Django: {', '.join(FROM_DJANGO)}"])
