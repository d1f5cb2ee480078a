import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from umbel.core import changelog, outbox
from umbel.core.audience import Role
from umbel.core.commands import Command as Base
from umbel.core.models import Confederation
from umbel.network import invitations
from umbel.network.models import Invitation
from umbel.website.starting import door
from umbel.website.starting.forms import LANGUAGES
from umbel.website.starting.founding import found

YEARS = range(1990, 2101)
ASKED = {
    "name": "Name, as people say it",
    "long_name": "Long name",
    "languages": "Languages, the leading one first (en fr)",
    "year": "Year to report on",
    "administrator": "E-mail of the administrator",
}


class Command(Base):
    help = (
        "Set up a new confederation: makes the database, the confederation with the usual membership categories, and "
        "invites the administrator. Asks for what is not given. Refuses where a confederation is on record."
    )
    example = (
        'umbel init --name CECOP --long-name "European confederation of industrial and service cooperatives" '
        '--languages "en fr" --year 2024 --administrator office@example.org'
    )
    reports_json = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", help="as people say it, for example an acronym")
        parser.add_argument("--long-name", help="as in the statutes; the name, if you give none with --json")
        parser.add_argument("--languages", help="codes, the leading one first: “en fr es” (en)")
        parser.add_argument("--year", help="the year to report on (this year)")
        parser.add_argument("--administrator", metavar="EMAIL", help="gets a link with which to choose a password")
        parser.add_argument("--browser", action="store_true", help="only print the address to go on in the browser")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        if own := Confederation.objects.first():
            raise CommandError(f"{own.name} is set up already: change it on the desk, at {settings.SITE_URL}/desk/.")
        if options["browser"]:
            self.tell({"open": door.address()}, options["json"])
            return
        answers = self.answers(options)
        self.refuse_nonsense(answers)
        with transaction.atomic(), changelog.by("umbel init"), override(answers["languages"].split()[0]):
            invitation = self.begin(answers)
        link = settings.SITE_URL + invitations.path_of(invitation)
        was_sent = not outbox.is_held() and invitations.send_link(invitation, link)
        told = {"confederation": answers["name"], "administrator": answers["administrator"]}
        self.tell({**told, "link": link, "sent": was_sent}, options["json"])

    def answers(self, options: dict[str, Any]) -> dict[str, str]:
        """Return what was given, asked for in a terminal, or is usual."""
        usual = {"long_name": options["name"], "languages": "en", "year": str(timezone.localdate().year)}
        found = {}
        for key, question in ASKED.items():
            answer = options[key]
            if answer is None and sys.stdin.isatty() and not options["json"]:
                hint = f" [{usual[key]}]" if usual.get(key) else ""
                answer = input(f"{question}{hint}: ").strip()
            found[key] = (answer or usual.get(key) or "").strip()
            usual["long_name"] = usual["long_name"] or found["name"]
        return found

    def refuse_nonsense(self, answers: dict[str, str]) -> None:
        """Raise `CommandError` for an answer that cannot be."""
        for key in ("name", "administrator"):
            if not answers[key]:
                raise CommandError(f"Say it with --{key}: {ASKED[key]}.")
        try:
            validate_email(answers["administrator"])
        except ValidationError as error:
            raise CommandError(f"“{answers['administrator']}” is no e-mail address.") from error
        if unknown := [code for code in answers["languages"].split() if code not in LANGUAGES]:
            raise CommandError(f"“{unknown[0]}” is no code of a language: {' '.join(LANGUAGES)}.")
        if not answers["year"].isdecimal() or int(answers["year"]) not in YEARS:
            raise CommandError(f"“{answers['year']}” is no year to report on.")

    def begin(self, answers: dict[str, str]) -> Invitation:
        """Store the confederation and the invitation of its administrator."""
        own = Confederation(
            name=answers["name"],
            long_name=answers["long_name"],
            languages=answers["languages"],
            reporting_year=int(answers["year"]),
        )
        found(own)
        email = answers["administrator"]
        return Invitation.objects.create(email=email, name=email.split("@")[0], role=Role.ADMINISTRATOR)

    def tell(self, told: dict[str, Any], as_json: bool) -> None:
        if as_json:
            self.print_json(told)
        elif "open" in told:
            self.stdout.write(f"Start “umbel serve”, then open {told['open']}")
        else:
            sent = "It was sent there too." if told["sent"] else "No mail was sent: pass it on."
            self.stdout.write(f"{told['confederation']} is set up.")
            self.stdout.write(f"The administrator {told['administrator']} chooses a password at\n\n  {told['link']}\n")
            self.stdout.write(
                f"The link is good for 14 days. {sent}\nNext: “umbel serve”, then open {settings.SITE_URL}/desk/"
            )
