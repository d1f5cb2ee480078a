"""umbel init"""

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from io import StringIO
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils.translation import override

from umbel.core import changelog, outbox
from umbel.core.commands import Command as Base
from umbel.core.imports.models import ImportJob
from umbel.core.models import Confederation
from umbel.network import invitations
from umbel.website.starting import asking, door, posting
from umbel.website.starting.asking import QUESTIONS, TEST_MAIL, Answers, Question
from umbel.website.starting.steps import ADMINISTRATOR, MAIL, MEMBERS, STEPS, find

TABLES = {"members": "organisations", "memberships": "memberships"}
"""The options that name a file of members, and the kind of record that it holds."""
NONE = "-"
PASSES = "Enter takes what stands in brackets, or leaves open. Nothing is stored before the administrator is named."
KEPT = "What stands above is set up; go on at the desk."
LEDES = {ADMINISTRATOR: "The first account may do everything. A link leads to its password."}
METAVARS = {"logo": "FILE", "administrator": "EMAIL", "test_mail": "EMAIL"}


class Command(Base):
    help = (
        "Set up a new confederation: makes the database, asks what the first pages in the browser ask, and invites "
        "the administrator. In a terminal it asks for what is not given; elsewhere, and with --json, it takes what is "
        "usual. Refuses where a confederation is on record."
    )
    example = (
        'umbel init --name CECOP --long-name "European confederation of industrial and service cooperatives" '
        '--languages "en fr" --year 2024 --administrator office@example.org --logo logo.png --members members.xlsx'
    )
    reports_json = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--languages", metavar="CODES", help="the leading one first: “en fr es” (en)")
        for question in [*QUESTIONS, TEST_MAIL]:
            if question.name not in ("leading", "others"):
                metavar = METAVARS.get(question.name, "WORDS; …" if question.is_list else "TEXT")
                label = f"{STEPS[find(question.step)].label}: {question.label}"
                parser.add_argument(_option(question), metavar=metavar, help=label)
        for option, kind in TABLES.items():
            parser.add_argument(
                f"--{option}", metavar="FILE", help=f"CSV or XLSX of {kind}, as “umbel import” takes it"
            )
        parser.add_argument("--browser", action="store_true", help="only print the address to go on in the browser")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        if own := Confederation.objects.first():
            raise CommandError(f"{own.name} is set up already: change it on the desk, at {settings.SITE_URL}/desk/.")
        if options["browser"]:
            self.tell_address(options["json"])
            return
        given = self.given(options)
        if sys.stdin.isatty() and not options["json"]:
            told = self.asked(given)
            self.tell_link(self.set_up(told))
            self.try_mail(told)
            self.tell_step(MEMBERS)
            for option, kind in TABLES.items():
                self.offer(kind, options[option])
            self.stdout.write(f"Next: “umbel serve”, then open {settings.SITE_URL}/desk/")
        else:
            self.unattended(given, options)

    def given(self, options: dict[str, Any]) -> Answers:
        """Return what the options say. Raises `CommandError` for what a form or the disk refuses."""
        leading, *others = (options["languages"] or "").split() or [None]
        options |= {"leading": leading, "others": " ".join(others) if leading else None}
        asked = [question for question in [*QUESTIONS, TEST_MAIL] if options[question.name] is not None]
        given = {question.name: asking.read(question, options[question.name]) for question in asked}
        self.refuse(asked, given)
        for option in TABLES:
            if options[option] and not Path(options[option]).is_file():
                raise CommandError(f"--{option}: There is no file {options[option]}.")
        return given

    def refuse(self, asked: list[Question], told: Answers) -> None:
        for question in asked:
            if wrong := asking.problems(question, told):
                raise CommandError(f"{_option(question)} ({question.label}): {' '.join(wrong)}")

    def unattended(self, given: Answers, options: dict[str, Any]) -> None:
        """Set up with what was given and what is usual, and with the tables of members: all or nothing."""
        told = {**given}
        for question in QUESTIONS:
            told.setdefault(question.name, asking.usual(question, told))
        self.refuse(QUESTIONS, told)
        counts: Answers = {}
        files = {option: options[option] for option in TABLES if options[option]}
        said = self.set_up(told, lambda: counts.update(self.brought_in(files)))
        to = given.get("test_mail")
        outcome = {"test_mail": _what_became(posting.send_test(to, Confederation.current()))} if to else {}
        if options["json"]:
            self.print_json({**said, **counts, **outcome})
            return
        self.tell_link(said)
        for option, states in counts.items():
            self.stdout.write(f"{option}: " + ", ".join(f"{number} {state}" for state, number in states.items()))
        for text in outcome.values():
            self.stdout.write(text)
        self.stdout.write(f"Next: “umbel serve”, then open {settings.SITE_URL}/desk/")

    def set_up(self, told: Answers, bring_in: Callable[[], object] = bool) -> Answers:
        """Store what was told and send the administrator a link; return what became of it."""
        with changelog.by("umbel init"), override(told["leading"]):
            invitation = asking.store(told, bring_in)
            link = settings.SITE_URL + invitations.path_of(invitation)
            was_sent = not outbox.is_held() and invitations.send_link(invitation, link)
        return {"confederation": told["name"], "administrator": told["administrator"], "link": link, "sent": was_sent}

    def brought_in(self, files: dict[str, str]) -> dict[str, dict[str, int]]:
        """Bring in tables of members; return how many rows did what. Raises `CommandError` where rows are wrong."""
        counts = {}
        with override(settings.LANGUAGE_CODE):
            for option, path in files.items():
                call_command("import", TABLES[option], path, stdout=StringIO(), stderr=self.stderr)
                counts[option] = ImportJob.objects.latest("pk").counts
        return counts

    def asked(self, given: Answers) -> Answers:
        """Return what was given, and what is answered in the terminal, each answer held to the rules at once."""
        self.stdout.write(PASSES)
        told = dict(given)
        for step, questions in groupby(QUESTIONS, lambda question: question.step):
            open_ones = [question for question in questions if question.name not in given]
            if open_ones:
                self.tell_step(step)
            for question in open_ones:
                self.ask(question, told)
        return told

    def ask(self, question: Question, told: Answers) -> None:
        """Put the answer to a question among those told; asks again until it can be."""
        if hint := question.hint:
            self.stdout.write(f"  {hint}")
        with override(told.get("leading", settings.LANGUAGE_CODE)):
            default = asking.usual(question, told)
        while True:
            answer = self.prompt(question.label, asking.as_text(question, default))
            told[question.name] = asking.read(question, answer) if answer else default
            wrong = asking.problems(question, told)
            if not wrong:
                return
            self.stderr.write(" ".join(wrong))

    def prompt(self, text: str, default: str = "", kept: str = "Nothing was stored.") -> str:
        """Return what is typed. Raises `CommandError` where somebody stops, with what is `kept` then."""
        try:
            return input(f"{text} [{default}]: " if default else f"{text}: ").strip()
        except (EOFError, KeyboardInterrupt) as end:
            raise CommandError(f"Stopped. {kept}") from end

    def try_mail(self, told: Answers) -> None:
        """Send a test message to whom it is wanted."""
        self.tell_step(MAIL)
        if not posting.server()["is_set"]:
            self.stdout.write(
                "No mail server is set: give UMBEL_MAIL_URL and UMBEL_MAIL_FROM. Mail stays in the outbox."
            )
            return
        to = told.get("test_mail") or self.prompt(f"{TEST_MAIL.label}, {NONE} for none", told["administrator"], KEPT)
        to = to or told["administrator"]
        while to != NONE:
            if wrong := asking.problems(TEST_MAIL, {"test_mail": to}):
                self.stderr.write(" ".join(wrong))
            else:
                self.stdout.write(_what_became(posting.send_test(to, Confederation.current())))
                return
            to = self.prompt(f"{TEST_MAIL.label}, {NONE} for none", NONE, KEPT) or NONE

    def offer(self, kind: str, path: str | None) -> None:
        """Bring in a table of members once its dry run was seen; ask for another file until one is right, or none."""
        while True:
            path = path or self.prompt(f"CSV or XLSX of {kind}, {NONE} for later", NONE, KEPT) or NONE
            if path == NONE:
                return
            path = str(Path(path).expanduser())
            try:
                call_command("import", kind, path, dry_run=True, stdout=self.stdout, stderr=self.stderr)
                if self.prompt("Bring these in? yes or no", "yes", KEPT).casefold() in ("", "y", "yes"):
                    call_command("import", kind, path, stdout=self.stdout, stderr=self.stderr)
                    return
            except CommandError as error:
                if str(error).startswith("Stopped."):
                    raise
                self.stderr.write(str(error))
            path = None

    def tell_step(self, slug: str) -> None:
        step = STEPS[find(slug)]
        self.stdout.write(f"\n{step.title}  {LEDES.get(slug, step.lede)}")

    def tell_address(self, as_json: bool) -> None:
        if as_json:
            self.print_json({"open": door.address()})
        else:
            self.stdout.write(f"Start “umbel serve”, then open {door.address()}")

    def tell_link(self, said: Answers) -> None:
        sent = "It was sent there too." if said["sent"] else "No mail was sent: pass it on."
        self.stdout.write(f"{said['confederation']} is set up.")
        self.stdout.write(f"The administrator {said['administrator']} chooses a password at\n\n  {said['link']}\n")
        self.stdout.write(f"The link is good for 14 days. {sent}")


def _option(question: Question) -> str:
    name = "languages" if question.name in ("leading", "others") else question.name
    return f"--{name.replace('_', '-')}"


def _what_became(outcome: posting.Outcome) -> str:
    if outcome.reason:
        return f"The mail server refused the test message: {outcome.reason}"
    if outcome.is_held:
        return "The test message is in the outbox, but it went nowhere: no mail server is set."
    return f"The mail server took the test message to {outcome.to}."
