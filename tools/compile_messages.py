"""Compiles every catalogue of src/umbel/locale beside its source, alike on every machine."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "src" / "umbel" / "locale"

for source in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
    catalogue = read_po(source.open("rb"), locale=source.parts[-3])
    with source.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, catalogue)
