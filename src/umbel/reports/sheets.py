"""The files of reports: their chapters, and the numbers that others printed."""

from umbel.core.exchange.sheets import part, sheet
from umbel.reports.models import Chapter, Claim, Credit, Mention, Passage, Report

sheet(
    "report",
    Report,
    single=True,
    parts=[
        part("credits", Credit, key=["role", "person"]),
        part(
            "chapters",
            Chapter,
            key=["key"],
            parts=(part("passages", Passage, key=["slot"]), part("mentions", Mention, key=["record"])),
        ),
    ],
)
sheet("claims", Claim, key=["report", "key"], format="csv")
