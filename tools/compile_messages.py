"""Compiles every catalogue of src/umbel/locale beside its source, alike on every machine."""

from datetime import UTC, datetime
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "src" / "umbel" / "locale"

for source in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
    catalogue = read_po(source.open("rb"), locale=source.parts[-3])
    # Else the time of compiling would stand in the file and change it each time.
    catalogue.creation_date = catalogue.revision_date = datetime(2000, 1, 1, tzinfo=UTC)
    with source.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, catalogue)
