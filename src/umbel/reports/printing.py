"""The PDF of a report: one Typst template, the document as its data, our own fonts and nothing else."""

import json
import logging
import struct
import unicodedata
from base64 import b64decode
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

HERE = Path(__file__).parent / "print"
STANDARDS = ["a-2a", "ua-1"]  # PDF/A-2a and PDF/UA-1: the compiler refuses what does not conform
WORD_JOINERS = {0x200B, 0x2060}  # control how lines break and need no glyph
logger = logging.getLogger(__name__)
_one_at_a_time = Lock()


class PrintError(Exception):
    """The document cannot be printed; the text says what the compiler refused and where."""


def _typst() -> Any:
    import typst  # noqa: PLC0415 -- 7 MB, which a process pays that prints

    return typst


@cache
def compiler() -> Any:
    """Return the compiler of this process: it keeps fonts and laid-out parts, so that the next report is quick."""
    typst = _typst()
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
                format="pdf", sys_inputs=inputs(doc), pdf_standards=STANDARDS, timestamp=stamp(doc)
            )
    except _typst().TypstError as error:
        raise PrintError(f"{doc.get('header', 'report')}: {error.diagnostic or error}") from error
    return made


def inputs(doc: dict[str, Any]) -> dict[str, str]:
    """Return what the template reads: the document, and apart from it drawings and logo, most of its bytes."""
    text = {key: value for key, value in doc.items() if key not in {"drawings", "logo"}}
    parts = {"data": text, "drawings": doc["drawings"], "logo": list(b64decode(doc.get("logo", "")))}
    return {name: printable(json.dumps(part, ensure_ascii=False)) for name, part in parts.items()}


def stamp(doc: dict[str, Any]) -> int:
    """Return the date of the file in seconds since 1970, noon UTC."""
    published = doc.get("published_iso") or f"{int(doc['year']) + 1}-01-01"
    return int(datetime.fromisoformat(published).replace(hour=12, tzinfo=UTC).timestamp())


def printable(text: str) -> str:
    """Return the text with plain letters or a question mark for each character that one of our fonts lacks.

    PDF/A-2a allows no character without a glyph, and one emoji in a title should not cost the report.
    """
    text = unicodedata.normalize("NFC", text)
    lacking = sorted({ord(char) for char in set(text)} - glyphs() - WORD_JOINERS)
    if lacking:
        logger.warning("The fonts of the report lack: %s", ", ".join(f"U+{code:04X}" for code in lacking))
    return text.translate({code: _plain(chr(code)) for code in lacking})


def _plain(char: str) -> str:
    plain = unicodedata.normalize("NFKD", char)
    known = plain.replace(" ", "").isalnum() and all(ord(letter) in glyphs() for letter in plain)
    return plain if known else "?"


@cache
def glyphs() -> frozenset[int]:
    """Return the code points that every font of the report has."""
    fonts = [frozenset(_mapped((path).read_bytes())) for path in sorted((HERE / "fonts").glob("*.ttf"))]
    return frozenset.intersection(*fonts)


def _mapped(font: bytes) -> Iterator[int]:
    """Yield the code points in the `cmap` table of a TrueType font, formats 4 and 12 (OpenType 1.9)."""
    tables = {
        font[at : at + 4]: struct.unpack(">I", font[at + 8 : at + 12])[0] for at in range(12, 12 + 16 * font[5], 16)
    }
    start = tables[b"cmap"]
    for index in range(struct.unpack(">H", font[start + 2 : start + 4])[0]):
        at = start + struct.unpack(">I", font[start + 8 + 8 * index : start + 12 + 8 * index])[0]
        form, size = struct.unpack(">H", font[at : at + 2])[0], 0
        if form == 12:
            size = struct.unpack(">I", font[at + 12 : at + 16])[0]
            for first, last, _ in struct.iter_unpack(">III", font[at + 16 : at + 16 + 12 * size]):
                yield from range(first, last + 1)
        elif form == 4:
            size = struct.unpack(">H", font[at + 6 : at + 8])[0]
            ends = struct.unpack(f">{size // 2}H", font[at + 14 : at + 14 + size])
            starts = struct.unpack(f">{size // 2}H", font[at + 16 + size : at + 16 + 2 * size])
            for first, last in zip(starts, ends, strict=True):
                yield from range(first, min(last, 0xFFFE) + 1)
