"""The PDF of a report: one Typst template, the document as its data, our own fonts and nothing else."""

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

HERE = Path(__file__).parent / "print"
STANDARDS = ["a-2a", "ua-1"]  # PDF/A-2a and PDF/UA-1: the compiler refuses what does not conform
_one_at_a_time = Lock()


class PrintError(Exception):
    """The document cannot be printed; the text says what the compiler refused and where."""


@cache
def compiler() -> Any:
    """Return the compiler of this process: it keeps fonts and laid-out parts, so that the next report is quick."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(HERE / "fonts")])
    return typst.Compiler(str(HERE / "report.typ"), root=str(HERE), font_paths=fonts, ignore_system_fonts=True)


def pdf(doc: dict[str, Any]) -> bytes:
    """Return the document (`umbel.reports.document.build` with medium "print") as PDF/A-2a and PDF/UA-1.

    The same document gives the same bytes: the file is dated with the day the report was published, or with the first
    day after its year. Raises `PrintError` when the template or a standard refuses the document.
    """
    try:
        with _one_at_a_time:
            made: bytes = compiler().compile(
                format="pdf",
                sys_inputs=inputs(doc),
                pdf_standards=STANDARDS,
                timestamp=stamp(doc),
            )
    except typst.TypstError as error:
        raise PrintError(f"{doc.get('header', 'report')}: {error}") from error
    return made


def inputs(doc: dict[str, Any]) -> dict[str, str]:
    """Return what the template reads: the document, and apart from it the drawings, which are most of its bytes."""
    text = {key: value for key, value in doc.items() if key != "drawings"}
    return {
        name: json.dumps(part, ensure_ascii=False) for name, part in (("data", text), ("drawings", doc["drawings"]))
    }


def stamp(doc: dict[str, Any]) -> int:
    """Return the date of the file in seconds since 1970, noon UTC."""
    published = doc.get("published_iso") or f"{int(doc['year']) + 1}-01-01"
    return int(datetime.fromisoformat(published).replace(hour=12, tzinfo=UTC).timestamp())
