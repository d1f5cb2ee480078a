"""Fills the index from the records: one, many, or everything anew."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from operator import itemgetter
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat

from umbel.core.names import Alias
from umbel.core.search.engines import engine
from umbel.core.search.models import SearchEntry, Spelling
from umbel.core.search.subjects import Model, Subject, entry_number, families, root_of, subjects
from umbel.core.search.words import folded, is_misspelt, spellings, words_of
from umbel.core.translations.models import Translation

AT_ONCE = 2_000

OF_ROW = ("type", "audience", "handle", "title", "sort", "date", "place", "country", "name", "name_words", "text_words")
OF_NAMES = ("other_names", "other_folded", "other_words")
OF_PARTS = ("part_words",)
COLUMNS = ("id", *OF_ROW, *OF_NAMES, *OF_PARTS)

T = TypeVar("T")
Entry = dict[str, Any]
Marks = defaultdict[Model, set[int]]
Translated = dict[int, list[tuple[str, str]]]
"""What records say in other languages, by their keys: fields and texts."""

_marks: ContextVar[Marks | None] = ContextVar("marks", default=None)


@contextmanager
def gathered() -> Iterator[None]:
    """Hold back what is saved and deleted inside, and bring the index up to date with it at once at the end."""
    marks: Marks = defaultdict(set)
    token = _marks.set(marks)
    try:
        yield
    finally:
        _marks.reset(token)
    for root, pks in marks.items():
        refresh(root, pks)


def is_gathering() -> bool:
    return _marks.get() is not None


def mark(root: Model, pks: Iterable[int]) -> None:
    """Bring the entries of some records of a table up to date, now or when the gathering is over."""
    marks = _marks.get()
    if marks is None:
        refresh(root, pks)
    else:
        marks[root].update(pks)


def index(rows: models.QuerySet[Any] | Iterable[models.Model]) -> None:
    """Bring the index up to date with records of one model, a queryset or instances, that were written in bulk."""
    if isinstance(rows, models.QuerySet):
        model, pks = rows.model, list(rows.values_list("pk", flat=True))
    else:
        found = list(rows)
        model, pks = type(found[0]) if found else SearchEntry, [row.pk for row in found]
    if pks:
        refresh(root_of(model), pks)


def refresh(root: Model, pks: Iterable[int]) -> None:
    """Read some records of a table anew; the entries of those that are gone go too."""
    written: set[str] = set()
    for some in _sliced(sorted(pks)):
        entries = [entry for subject in families().get(root, []) for entry in _entries(subject, some)]
        write(entries, COLUMNS)
        words = {word for entry in entries for word in _names(entry) if is_misspelt(word)} - written
        known = Spelling.objects.filter(spelling__in=words, word=F("spelling")).values_list("word", flat=True)
        write_spellings(words.difference(known))
        written |= words
        gone = {entry_number(root, pk) for pk in some} - {entry["id"] for entry in entries}
        if gone:
            SearchEntry.objects.filter(pk__in=gone).delete()


def add_name(root: Model, pk: int, name: str) -> None:
    """Add another spelling of a name to the entry of a record."""
    told = {column: Concat(column, Value(text)) for column, text in of_names([name]).items()}
    SearchEntry.objects.filter(pk=entry_number(root, pk)).update(**told)
    write_spellings(words_of(name).split())


def refresh_names(subject: Subject, pk: int) -> None:
    """Read the other spellings of a record's name anew."""
    names = _others(subject, [pk], _translated(subject, [pk])).get(pk, [])
    SearchEntry.objects.filter(pk=entry_number(subject.root, pk)).update(**of_names(names))
    write_spellings(words_of(*names).split())


def refresh_parts(subject: Subject, pk: int) -> None:
    """Read the parts of a record anew."""
    told = words_of(*_parts(subject, [pk], _translated(subject, [pk])).get(pk, []))
    SearchEntry.objects.filter(pk=entry_number(subject.root, pk)).update(part_words=told)


@transaction.atomic
def rebuild() -> dict[str, int]:
    """Make the whole index anew; return the number of entries by label of their model."""
    counts: dict[str, int] = {}
    words: set[str] = set()
    with connection.cursor() as cursor:
        engine().empty(cursor)
        cursor.execute("DELETE FROM core_spelling")
    for label, subject in subjects().items():
        pks = list(subject.rows().order_by("pk").values_list("pk", flat=True))
        for some in _sliced(pks):
            entries = list(_entries(subject, some))
            write(entries, COLUMNS)
            words.update(word for entry in entries for word in _names(entry))
        if pks:
            counts[label] = len(pks)
    write_spellings(words)
    with connection.cursor() as cursor:
        engine().settle(cursor)
    return counts


def _sliced(some: Sequence[T]) -> Iterator[Sequence[T]]:
    return (some[start : start + AT_ONCE] for start in range(0, len(some), AT_ONCE))


def _names(entry: Entry) -> list[str]:
    return f"{entry['name_words']} {entry['other_words']}".split()


def _entries(subject: Subject, pks: Sequence[int]) -> Iterator[Entry]:
    """Yield the whole entries of those of some records that are of this very kind."""
    rows = list(subject.rows().filter(pk__in=pks).values("pk", *subject.columns))
    if not rows:
        return
    translated = _translated(subject, pks)
    others, parts = _others(subject, pks, translated), _parts(subject, pks, translated)
    for row in rows:
        pk = row["pk"]
        entry = {"id": entry_number(subject.root, pk), **of_row(subject, row)}
        yield {**entry, **of_names(others.get(pk, [])), "part_words": words_of(*parts.get(pk, []))}


def of_row(subject: Subject, row: dict[str, Any]) -> Entry:
    """Return what an entry tells of a row itself, given as its values by the names of `Subject.columns`."""
    title = str(row[subject.title_field])
    places = ("place",) if "place" in row else ()
    told = [subject.said(name, row[name]) for name in (*subject.texts, *places) if row[name]]
    return {
        "type": subject.label,
        "audience": subject.audience(row),
        "handle": str(row.get(subject.handle_field) or row["pk"]),
        "title": title,
        "sort": str(row.get(subject.kind_field, "")),
        "date": str(row.get(subject.date_field) or ""),
        "place": row.get("place", ""),
        "country": row.get("country", ""),
        "name": folded(title)[:400],
        "name_words": words_of(title),
        "text_words": words_of(*told),
    }


def of_names(names: Sequence[str]) -> Entry:
    """Return what an entry tells of the other spellings of a name: each ends, so that one more can be added."""
    return {
        "other_names": "".join(f"{name}\n" for name in names),
        "other_folded": "".join(f"{folded(name)}\n" for name in names),
        "other_words": "".join(f"{words_of(name)} " for name in names),
    }


def _translated(subject: Subject, pks: Sequence[int]) -> Translated:
    found: Translated = defaultdict(list)
    if subject.translated:
        texts = Translation.objects.of(subject.model).filter(field__in=subject.translated, object_id__in=pks).order_by()
        for pk, _language, name, text in sorted(texts.values_list("object_id", "language", "field", "text")):
            found[pk].append((name, text))
    return found


def _others(subject: Subject, pks: Sequence[int], translated: Translated) -> dict[int, list[str]]:
    """Return other names of records by key: the aliases, under any kind of the family; those of other languages."""
    found: dict[int, list[str]] = defaultdict(list)
    kinds = ContentType.objects.get_for_models(*(each.model for each in families()[subject.root])).values()
    # Sorted here: to give them in order SQLite would go through all there are.
    aliases = Alias.objects.filter(content_type__in=kinds, object_id__in=pks).order_by()
    for _number, pk, name in sorted(aliases.values_list("pk", "object_id", "name")):
        found[pk].append(name)
    for pk, told in translated.items():
        found[pk] += [text for name, text in told if name == subject.title_field]
    return found


def _parts(subject: Subject, pks: Sequence[int], translated: Translated) -> dict[int, list[str]]:
    """Return by key what is told of records outside their rows: by their parts, and in other languages."""
    found: dict[int, list[str]] = defaultdict(list)
    for parts in subject.parts:
        rows = parts.model._base_manager.filter(**{f"{parts.whole}__in": pks}).order_by()
        for _number, pk, text in sorted(rows.values_list("pk", parts.whole, parts.text), key=itemgetter(0)):
            found[pk].append(text)
    for pk, told in translated.items():
        found[pk] += [subject.said(name, text) for name, text in told if name != subject.title_field]
    return found


def write(entries: Sequence[Entry], columns: Sequence[str], kept: Sequence[str] = ()) -> None:
    """Store columns of entries, new ones and others; those `kept` stay as they are where the entry is known."""
    if not entries:
        return
    altered = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in ("id", *kept))
    rows = [[entry.get(name, "") for name in COLUMNS] for entry in entries]
    into = f"core_searchentry ({', '.join(COLUMNS)})"
    with connection.cursor() as cursor:
        engine().insert(cursor, into, rows, f"ON CONFLICT (id) DO UPDATE SET {altered}")


def write_spellings(words: Iterable[str]) -> None:
    """Store how words of names may be misspelt."""
    known = sorted({(spelling, word) for word in set(words) for spelling in spellings(word)})
    with connection.cursor() as cursor:
        for some in _sliced(known):
            engine().insert(cursor, "core_spelling (spelling, word)", some, "ON CONFLICT DO NOTHING")
