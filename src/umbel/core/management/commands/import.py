"""umbel import"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from umbel.core.commands import Command as Base
from umbel.core.imports import jobs
from umbel.core.imports.files import ENCODINGS, UnreadableError
from umbel.core.imports.kinds import every_kind, kind_of
from umbel.core.imports.mapping import MappingError, from_words
from umbel.core.imports.models import ImportJob

SHOWN = 100
ALIKE = ("ask", "update", "create", "leave")


class Command(Base):
    help = (
        "Bring in a table, CSV or XLSX, of one kind of record. The columns are matched with fields by their names, or "
        "as --map says. All rows are checked first; where any has an error nothing is written. Rows that look like a "
        "record under another key are held back unless --alike says what they are. The import stands among those of "
        "the desk, where it can be undone."
    )
    example = 'umbel import organisations members.xlsx --map "Denominazione=name" --dry-run'
    reports_json = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", metavar="KIND", help="kind of record, such as organisations or network.post")
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--map", action="append", default=[], metavar="COLUMN=FIELD", help="may be given often")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        parser.add_argument(
            "--alike", choices=ALIKE, default="ask", help="what to do with rows that look like a record"
        )
        parser.add_argument("--empty", action="store_true", help="empty cells empty the field of a record")
        parser.add_argument("--skip-errors", action="store_true", help="leave out rows with errors, write the others")
        parser.add_argument("--encoding", choices=ENCODINGS, default="", help="of a CSV file, where it is not guessed")

    def handle(self, *args: Any, **options: Any) -> None:
        job = self._received(options)
        try:
            jobs.begin(job, jobs.State.EXAMINING)
            jobs.carry_on(job.pk)
            job.refresh_from_db()
            errors = job.counts.get("error", 0)
            if job.state == jobs.State.EXAMINED and not options["dry_run"] and (not errors or job.leaves_errors):
                jobs.begin(job, jobs.State.WRITING)
                jobs.carry_on(job.pk)
                job.refresh_from_db()
            self._tell(job, options)
        finally:
            if job.state != jobs.State.DONE:
                job.erase()
                job.delete()

    def _received(self, options: dict[str, Any]) -> ImportJob:
        kind, path = kind_of(options["kind"]), options["file"]
        if kind is None:
            names = ", ".join(sorted(one.sheet.name for one in every_kind() if not one.sheet.is_part))
            raise CommandError(_("There is no such kind; there are %s, and their parts by type.") % names)
        if not path.is_file():
            raise CommandError(_("There is no file %s.") % path)
        try:
            with path.open("rb") as file:
                job = jobs.receive(kind, jobs.BY_COMMAND, path.name, file, options["encoding"])
        except UnreadableError as error:
            raise CommandError(str(error)) from error
        try:
            job.mapping = from_words(kind, job.headers, options["map"])
        except MappingError as error:
            job.erase()
            job.delete()
            raise CommandError(str(error)) from error
        job.alike, job.empties, job.leaves_errors = options["alike"], options["empty"], options["skip_errors"]
        job.save()
        return job

    def _tell(self, job: ImportJob, options: dict[str, Any]) -> None:
        problems = [
            {"row": row.number, "column": column, "value": value, "text": text}
            for row in job.rows.filter(state="error")[:SHOWN]
            for column, value, text in row.problems
        ]
        held = [
            {"row": row.number, "looks_like": row.likeness.get("text")} for row in job.rows.filter(state="held")[:SHOWN]
        ]
        if options["json"]:
            told = {"rows": job.total, "counts": job.counts, "state": job.state, "encoding": job.encoding}
            mapping = dict(zip(job.headers, job.mapping, strict=True))
            self.print_json({**told, "mapping": mapping, "errors": problems, "held": held, "import": job.pk})
        else:
            self._print(job, problems, held)
        if job.problem:
            raise CommandError(job.problem)
        if job.counts.get("error") and not job.leaves_errors:
            raise CommandError(_("%d rows have errors; nothing was written.") % job.counts["error"])

    def _print(self, job: ImportJob, problems: list[dict[str, Any]], held: list[dict[str, Any]]) -> None:
        for header, name in zip(job.headers, job.mapping, strict=True):
            self.stdout.write(f"  {header} -> {name or _('left out')}")
        for one in problems:
            where = _("row %(row)d, %(column)s") % one if one["column"] else _("row %(row)d") % one
            self.stderr.write(f"{where}: {one['text']}")
        for one in held:
            self.stderr.write(_("row %(row)d looks like %(looks_like)s; held back (--alike)") % one)
        self.stdout.write(", ".join(f"{number} {state}" for state, number in sorted(job.counts.items())))
        if job.state == jobs.State.DONE:
            self.stdout.write(_("Written as import %d.") % job.pk)
