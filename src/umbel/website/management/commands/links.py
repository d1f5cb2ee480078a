from argparse import ArgumentParser
from typing import Any

from umbel.core.commands import Command as Base
from umbel.website.editing import checking, links
from umbel.website.editing.outside import Outside
from umbel.website.models import LinkFinding


class Command(Base):
    help = "Check every link of the site: of the year reported on, of texts, menu and redirects, of records."
    example = "umbel links --external"
    reports_json = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--external", action="store_true", help="ask other sites too, one question a second each")

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = checking.check(Outside().ask if options["external"] else None)
        tallies = links.tallies()
        broken = list(LinkFinding.objects.broken().values("group", "text", "place", "address", "state", "answer"))
        if options["json"]:
            told = [{key: tally[key] for key in ("group", "total", "empty", "broken")} for tally in tallies]
            self.print_json({"tallies": told, "unasked": outcome.unasked, "broken": broken})
            return
        for tally in tallies:
            self.stdout.write(
                f"{tally['label']}: {tally['empty']} empty and {tally['broken']} broken of {tally['total']}"
            )
        for found in broken:
            self.stdout.write(
                f"  {found['state']:8} {found['address'] or '(empty)'}  in {found['text']} {found['place']}"
            )
        if outcome.unasked:
            self.stdout.write(f"{outcome.unasked} links lead to other sites and were not asked: use --external")
