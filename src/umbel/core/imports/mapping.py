"""What the columns of a file mean: proposed by their names, and as they were matched the last time."""

import hashlib
from collections.abc import Iterable

from django.utils.translation import gettext as _

from umbel.core.exchange.problems import allowed, nearest
from umbel.core.imports.kinds import Kind, is_required, label, spellings
from umbel.core.imports.models import ImportJob, ImportMapping
from umbel.core.names import fold

SYNONYMS = {
    "name": "organization organisation company denomination nom nombre nome nazwa full-name person",
    "title": "titre titulo titolo tytul subject heading",
    "key": "id identifier code slug reference",
    "country": "pays pais paese kraj country-code land",
    "city": "ville ciudad citta miasto town",
    "kind": "type art genre tipo rodzaj category",
    "website": "url web homepage site internet",
    "date": "day year when fecha data jour annee ano anno rok",
    "value": "number count followers valeur valor valore wartosc total",
    "start": "from since begin beginning de du desde od",
    "end": "to until till au hasta fino do",
    "description": "about summary resume descripcion descrizione opis",
    "note": "notes comment comments remark remarks",
}
"""Other words for fields, beside their names and labels in the languages of the interface."""


class MappingError(ValueError):
    """A mapping that cannot be; the message says why and what is allowed."""


def fingerprint(headers: Iterable[str]) -> str:
    """Return what files with the same columns, in whatever order, have in common."""
    return hashlib.sha256("\n".join(sorted(map(fold, headers))).encode()).hexdigest()


def proposed(kind: Kind, headers: list[str]) -> list[str]:
    """Return the field for each column, empty for none: as the last time, else by name; no field twice."""
    last = ImportMapping.objects.filter(kind=kind.name, fingerprint=fingerprint(headers)).first()
    if last:
        return [name if (name := last.mapping.get(fold(header), "")) in kind.columns else "" for header in headers]
    known = spellings(kind)
    found = [known.get(fold(header), "") for header in headers]
    for index, header in enumerate(headers):
        if not found[index]:
            word = fold(header).replace(" ", "-")
            found[index] = next((name for name in _meant(word) if name in kind.columns and name not in found), "")
    return ["" if name in found[:index] else name for index, name in enumerate(found)]


def _meant(word: str) -> list[str]:
    return [name for name, words in SYNONYMS.items() if word in words.split()]


def remember(job: ImportJob) -> None:
    """Keep the mapping of a job for the next file with these columns."""
    pairs = zip(job.headers, job.mapping, strict=True)
    mapping = {fold(header): name for header, name in pairs}
    values = {"mapping": mapping}
    ImportMapping.objects.update_or_create(kind=job.kind, fingerprint=fingerprint(job.headers), defaults=values)


def check(kind: Kind, mapping: list[str]) -> None:
    """Raise `MappingError` for a mapping with an unknown field, a field twice, or no way to tell rows apart."""
    named = [name for name in mapping if name]
    if unknown := [name for name in named if name not in kind.columns]:
        told = _("There is no field “%(name)s”; nearest: %(nearest)s.")
        raise MappingError(told % {"name": unknown[0], "nearest": nearest(unknown[0], kind.columns)})
    if doubled := sorted({name for name in named if named.count(name) > 1}):
        raise MappingError(_("Two columns are matched with “%s”; choose one.") % label(kind, doubled[0]))
    missing = [name for name in _needed(kind) if name not in named]
    if missing and kind.naming not in named:
        told = _("Rows are recognised by: %s. Match a column with each.")
        raise MappingError(told % allowed(label(kind, name) for name in missing))


def _needed(kind: Kind) -> list[str]:
    """The columns without which no row can be recognised; a key is made out of the name where there is none."""
    return [name for name in kind.key if is_required(kind.columns[name])]


def from_words(kind: Kind, headers: list[str], words: Iterable[str]) -> list[str]:
    """Return a mapping given as words "Header=field" (an empty field leaves the column out), the rest proposed.

    Raises `MappingError`.
    """
    mapping = proposed(kind, headers)
    by_header = {fold(header): index for index, header in enumerate(headers)}
    for word in words:
        header, equals, name = word.rpartition("=")
        index = by_header.get(fold(header))
        if not equals or index is None:
            told = _("“%(word)s” names no column of the file; write Column=field. Columns: %(columns)s.")
            raise MappingError(told % {"word": word, "columns": allowed(headers)})
        mapping = ["" if other == name else other for other in mapping]
        mapping[index] = name
    check(kind, mapping)
    return mapping
