from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from umbel.core.audience import Operator
from umbel.core.commands import Command as Base
from umbel.core.figures import Row
from umbel.core.periods import Period
from umbel.reports import audit
from umbel.reports.models import Report


class Command(Base):
    help = "Hold the printed numbers of a year against the records, and tell what the records leave open."
    example = "umbel audit 2024"
    reports_json = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        report = Report.objects.filter(year=options["year"]).first()
        claims = audit.claims(report, Operator()) if report else []
        answers = audit.checks(report, Period.year(options["year"]), Operator())
        if options["json"]:
            self.print_json(
                {
                    "year": options["year"],
                    "totals": audit.totals(claims),
                    "claims": [
                        {**claim, "only_here": _rows(claim["only_here"]), "only_there": _rows(claim["only_there"])}
                        for claim in claims
                    ],
                    "checks": [
                        {
                            "key": answer.key,
                            "label": answer.label,
                            "findings": [
                                {"text": str(finding.text), "rows": _rows([Row.of(row) for row in finding.rows])}
                                for finding in answer.findings
                            ],
                        }
                        for answer in answers
                    ],
                }
            )
            return
        for claim in claims:
            recorded = claim["recorded"] or "–"
            numbers = f"{claim['printed']:>9} / {recorded:>9}"
            self.stdout.write(f"{claim['state_label']:30} {numbers}  {claim['statement']} ({claim['place']})")
        for answer in answers:
            self.stdout.write(f"\n{answer.label}: {len(answer.findings)}")
            for finding in answer.findings:
                self.stdout.write(f"  {finding.text}")


def _rows(rows: list[Row]) -> list[dict[str, str]]:
    return [asdict(row) for row in rows]
