"""Looks at an upload before anything opens it: what it is by its content, in what writing, and whether it is safe."""

import codecs
import csv
import hashlib
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MEGABYTE = 1 << 20
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 200_000, 200, 5_000_000
UNPACKED = 8
"""How many times its limit a file may unpack to; spreadsheets pack their rows about ten to one."""
MOST_RATIO = 250
STEP = 1 << 16

ENCODINGS = ("utf-8", "cp1252", "cp1250", "iso-8859-2", "iso-8859-15", "utf-16", "mac-roman")
DELIMITERS = ",;\t|"
FALLBACK = "cp1252"

SIGNATURES = {
    b"%PDF": gettext_lazy("a PDF document"),
    b"\x89PNG": gettext_lazy("a picture"),
    b"\xff\xd8\xff": gettext_lazy("a picture"),
    b"GIF8": gettext_lazy("a picture"),
    b"\xd0\xcf\x11\xe0": gettext_lazy("a workbook of an old Excel (.xls), or one with a password"),
    b"\x1f\x8b": gettext_lazy("a packed file"),
    b"{\\rtf": gettext_lazy("a text document"),
    b"<": gettext_lazy("a page or document in HTML or XML"),
}


class UnreadableError(Exception):
    """A file that is not read; the message says why, and what to do."""


@dataclass(frozen=True)
class Nature:
    """What a file is: "csv" with its encoding and delimiter, or "xlsx". `is_guess`: the encoding is only likely."""

    format: str
    encoding: str = ""
    delimiter: str = ""
    is_guess: bool = False


def limit() -> int:
    """Return the size in bytes above which no file is taken."""
    megabytes: int = settings.IMPORT_LIMIT_MB
    return megabytes * MEGABYTE


def too_large(size: int) -> str:
    """Return the message for a file that is too large."""
    told = _("The file has %(size)s; at most %(limit)s are taken. Split it, or leave columns out that are not needed.")
    return told % {"size": filesizeformat(size), "limit": filesizeformat(limit())}


def digest(file: IO[bytes]) -> str:
    """Return the SHA-256 (hex) of a file."""
    file.seek(0)
    found = hashlib.sha256()
    while block := file.read(STEP):
        found.update(block)
    return found.hexdigest()


def look(file: IO[bytes], size: int, encoding: str = "") -> Nature:
    """Return what a file is, by its content. Raises `UnreadableError`; nothing is unpacked beyond the limits."""
    if size > limit():
        raise UnreadableError(too_large(size))
    file.seek(0)
    head = file.read(4096)
    if not head.strip():
        raise UnreadableError(_("The file is empty."))
    if head.startswith(b"PK"):
        check_workbook(file)
        return Nature("xlsx")
    text = head.removeprefix(codecs.BOM_UTF8).lstrip()
    for signature, what in SIGNATURES.items():
        if text.startswith(signature):
            told = _("This is %s, not a table. Save the table as CSV (UTF-8) or as an Excel workbook (.xlsx).")
            raise UnreadableError(told % what)
    encoding, is_guess = (encoding, False) if encoding else _encoding(file, head)
    first = _decoded(file, encoding)
    return Nature("csv", encoding, _delimiter(first), is_guess)


def _encoding(file: IO[bytes], head: bytes) -> tuple[str, bool]:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", False
    if b"\0" in head:
        raise UnreadableError(_("The file is no text. Save the table as CSV (UTF-8) or as an Excel workbook (.xlsx)."))
    try:
        _decoded(file, "utf-8")
    except UnreadableError:
        return FALLBACK, True
    return "utf-8", False


def _decoded(file: IO[bytes], encoding: str) -> str:
    """Return the first characters of a text. Raises `UnreadableError` unless the whole file is in that encoding."""
    decoder = codecs.getincrementaldecoder("utf-8-sig" if encoding == "utf-8" else encoding)()
    file.seek(0)
    first, line = "", 1
    while True:
        block = file.read(STEP)
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            line += error.object[: error.start].count(b"\n")
            told = _("Line %(line)d is not in the encoding %(encoding)s. Choose another encoding, or save as UTF-8.")
            raise UnreadableError(told % {"line": line, "encoding": encoding}) from error
        if "\0" in text:
            raise UnreadableError(_("The file is no text in the encoding %s. Choose another one.") % encoding)
        first += text if len(first) < STEP else ""
        line += block.count(b"\n")
        if not block:
            return first


def _delimiter(text: str) -> str:
    """Return the delimiter that splits the first lines into the most columns, alike in each of them."""
    best, most = ",", 1
    for mark in DELIMITERS:
        # The last line may be cut where the sample ends.
        lines = text.splitlines(keepends=True)[:60]
        try:
            widths = [len(row) for row in csv.reader(lines[:-1] or lines, delimiter=mark) if any(row)]
        except csv.Error:
            continue
        if widths and widths[0] > most and sum(width == widths[0] for width in widths) * 2 > len(widths):
            best, most = mark, widths[0]
    return best


def check_workbook(file: IO[bytes]) -> None:
    """Raise `UnreadableError` unless a file is a workbook that unpacks to a sensible size and a sensible table."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
        _check_contents(entries)
        for entry in entries:
            sheet = re.fullmatch(r"xl/worksheets/[^/]+\.xml", entry.filename)
            _check_entry(file, entry, Bounds() if sheet else None)
    except (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError) as error:
        raise UnreadableError(_("The workbook is damaged, or only part of it arrived.")) from error


def _check_contents(entries: list[zipfile.ZipInfo]) -> None:
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names:
        told = _("The file is packed, but it is no Excel workbook (.xlsx). Save the table as .xlsx or as CSV.")
        raise UnreadableError(told)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > UNPACKED * limit() or any(_ratio(entry) > MOST_RATIO for entry in entries):
        raise UnreadableError(_bomb(unpacked))


def _ratio(entry: zipfile.ZipInfo) -> float:
    return 0 if entry.file_size < MEGABYTE else entry.file_size / max(entry.compress_size, 1)


def _bomb(size: int) -> str:
    told = _("The workbook unpacks to %s, far more than a table of its size holds. It is not opened.")
    return told % filesizeformat(size)


class Bounds:
    """The farthest cell of a sheet, gathered from its XML: readers make room for everything up to there."""

    CELL = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)(\d+)["']""")

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._rest = b""

    def feed(self, block: bytes) -> None:
        text = self._rest + block
        letters, numbers = set(), set()
        for column, row in self.CELL.findall(text):
            letters.add(column)
            numbers.add(row)
        self._rest = text[-64:]
        self.rows = max(self.rows, *(int(number[:9]) for number in numbers), 0)
        self.columns = max(self.columns, *(_column_number(column) for column in letters), 0)
        check_extent(self.rows, self.columns, self.rows * self.columns)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:6]:
        number = number * 26 + letter - 64
    return number


def check_extent(rows: int, columns: int, cells: int = 0) -> None:
    """Raise `UnreadableError` for a table that is too long or too wide. The header counts as a row."""
    if rows > MOST_ROWS + 1:
        told = _("The table has more than %d rows. Split it into several files.")
        raise UnreadableError(told % MOST_ROWS)
    if columns > MOST_COLUMNS:
        told = _("The table has more than %d columns. Leave out those that are not needed.")
        raise UnreadableError(told % MOST_COLUMNS)
    if cells > MOST_CELLS:
        raise UnreadableError(_("The table has more than %d cells. Split it into several files.") % MOST_CELLS)


def _check_entry(file: IO[bytes], entry: zipfile.ZipInfo, bounds: Bounds | None) -> None:
    """Unpack an entry into nothing: it may not be longer than its directory says, which a bomb would lie about."""
    size = 0
    for block in _unpacked(file, entry):
        size += len(block)
        if size > entry.file_size:
            raise UnreadableError(_bomb(size))
        if bounds:
            bounds.feed(block)


def _unpacked(file: IO[bytes], entry: zipfile.ZipInfo) -> Iterator[bytes]:
    file.seek(entry.header_offset)
    name, extra = struct.unpack("<HH", file.read(30)[26:30])
    file.seek(name + extra, 1)
    left, unpack = entry.compress_size, _unpacker(entry)
    while left > 0 and (packed := file.read(min(STEP, left))):
        left -= len(packed)
        while packed:
            block = unpack.decompress(packed, STEP)
            yield block
            packed = unpack.unconsumed_tail


class _Stored:
    """Stands for a decompressor where an entry is stored as it is."""

    unconsumed_tail = b""

    def decompress(self, packed: bytes, _most: int) -> bytes:
        return packed


def _unpacker(entry: zipfile.ZipInfo) -> Any:
    if entry.flag_bits & 1:
        raise UnreadableError(_("The workbook is protected by a password. Save it without one."))
    if entry.compress_type == zipfile.ZIP_STORED:
        return _Stored()
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile(entry.filename)
    return zlib.decompressobj(-15)
