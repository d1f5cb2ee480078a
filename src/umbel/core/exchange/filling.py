"""Makes rows out of what the files say: finds the records that they mean, reads their columns."""

from itertools import count
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from umbel.core.exchange.cells import Cell, Mapping, Misfit
from umbel.core.exchange.columns import Finder, Model, Target, field_of
from umbel.core.exchange.problems import Problem, allowed, nearest
from umbel.core.exchange.reading import Source
from umbel.core.exchange.rows import Row, every_row
from umbel.core.exchange.sheets import Sheet, family, named_parts, referable, with_parts
from umbel.core.exchange.stock import Stock, Stored, compose
from umbel.core.exchange.values import settled

SUGGESTED = 100
"""The number of unknown keys for which the nearest known ones are looked up, which takes time."""


def find_record(finder: Finder, text: str) -> tuple[int, Target]:
    """Return the content type (id) and the row that "type/key" names. Raises `Misfit`."""
    word, slash, handle = text.partition("/")
    kinds = referable()
    if not slash or word not in kinds:
        told = _("“%(text)s” is not written type/key; types: %(allowed)s")
        raise Misfit(told % {"text": text, "allowed": allowed(sorted(kinds))})
    kept = kinds[word]
    return ContentType.objects.get_for_model(kept).pk, finder.find(kept, handle)


class Filling:
    """The rows of all files, each with its record; `problems` fills with what does not fit."""

    def __init__(self, stock: Stock, problems: list[Problem]) -> None:
        self.stock = stock
        self.problems = problems
        self.rows: list[Row] = []
        self._unread: set[Model] = set()
        self._nearest: dict[tuple[Model, str], str] = {}
        self._numbers = count(-1, -1)
        self._named: dict[tuple[Model, str], Row] = {}
        self._known: dict[tuple[Model, tuple[Any, ...]], Row] = {}
        self._by_key: dict[Sheet, dict[tuple[Any, ...], Any]] = {}

    def fill(self, sources: list[Source]) -> list[Row]:
        """Return the rows of the files with their parts, filled; every name in them may refer to every other row."""
        for source in sources:
            if not source.is_whole:
                self._unread.update(model for one in with_parts([source.sheet]) for model in family(one.model))
            for raw in source.rows:
                self.rows.append(self._gather(source.sheet, source.file, raw, None, source.is_flat))
        rows = list(every_row(self.rows))
        for row in rows:
            self._fill(row)
        for row in rows:
            if row.instance is not None:
                self._assign(row)
        return self.rows

    def find(self, model: Model, handle: str) -> Target:
        found: Row | Stored | None = self._named.get((model, handle)) or self.stock.get(model, handle)
        if found is None and model in self._unread:
            raise Misfit
        if found is None:
            raise Misfit(self._unknown(model, handle))
        return found

    def _unknown(self, model: Model, handle: str) -> str:
        told = _("no %(kind)s has the key “%(key)s”") % {"kind": model._meta.verbose_name, "key": handle}
        if (model, handle) not in self._nearest and len(self._nearest) < SUGGESTED:
            known = {*self.stock.handles(model), *(name for kind, name in self._named if kind is model)}
            self._nearest[model, handle] = nearest(handle, sorted(known)) or _("none, there is not one yet")
        near = self._nearest.get((model, handle))
        return _("%(told)s; nearest: %(nearest)s") % {"told": told, "nearest": near} if near else told

    def find_record(self, text: str) -> tuple[int, Target]:
        return find_record(self, text)

    def _gather(self, sheet: Sheet, file: str, raw: Mapping, whole: Row | None, is_flat: bool) -> Row:
        path = f"{whole.path}{sheet.name}." if whole else ""
        row = Row(sheet, file, raw, next(self._numbers), self.problems, whole, path, is_flat)
        self._register(row)
        fields = sheet.flat_fields if is_flat else sheet.fields
        for name, cell in raw.cells.items():
            if name not in fields:
                row.tell(_("there is no such field; allowed: %s") % allowed(fields), name, cell.line)
        for part in row.given_parts:
            row.parts.extend(self._gather_parts(part, row, raw.cells.get(part.name)))
        return row

    def _gather_parts(self, part: Sheet, row: Row, cell: Cell | None) -> list[Row]:
        found = []
        try:
            items = cell.items if cell else []
        except Misfit as misfit:
            row.tell(str(misfit), part.name)
            items = []
        for item in items:
            if isinstance(item.value, Mapping):
                found.append(self._gather(part, row.file, item.value, row, is_flat=False))
            elif part.lone_column:
                raw = Mapping(item.line, {part.lone_column.name: item})
                found.append(self._gather(part, row.file, raw, row, row.is_flat))
            else:
                row.tell(_("write each with its fields: %s") % allowed(part.fields), part.name, item.line)
        return found

    def _register(self, row: Row) -> None:
        """Give a row the name by which others refer to it, if it has one, and the record with that name."""
        row.handle = self._handle(row)
        if not row.handle:
            return
        for model in family(row.sheet.model):
            first = self._named.setdefault((model, row.handle), row)
            if first is not row:
                told = _("“%(key)s” stands already in %(place)s")
                row.tell(told % {"key": row.handle, "place": first.place}, row.sheet.key[-1])
                return
        stored = self.stock.handles(row.sheet.model).get(row.handle)
        instance = self.stock.rows(row.sheet.model).get(stored) if stored else None
        if instance is not None:
            row.adopt(instance)

    def _handle(self, row: Row) -> str:
        sheet, texts = row.sheet, []
        if not (sheet.is_keyed or sheet.model in named_parts()):
            return ""
        for name in sheet.key:
            cell = row.raw.cells.get(name)
            if cell is None or not isinstance(cell.value, str):
                return ""
            texts.append(cell.text)
        if sheet.is_keyed:
            return texts[0]
        return compose(row.whole.handle, texts) if row.whole and row.whole.handle else ""

    def _fill(self, row: Row) -> None:
        sheet = row.sheet
        if sheet.whole and row.whole:
            attname = field_of(sheet.model, sheet.whole).attname
            row.values[attname], row.links[sheet.whole] = row.whole.number, row.whole
        for column in sheet.columns.values():
            column.fill(row, row.raw.cells.get(column.name), self)
        key = self._key(sheet, row.values)
        if key is not None:
            self._recognise(row, key)

    def _recognise(self, row: Row, key: tuple[Any, ...]) -> None:
        """Find the record of a row that has no name of its own by the values of its key."""
        first = self._known.setdefault((row.sheet.model, key), row)
        if first is not row:
            if not row.handle:
                row.tell(_("says the same thing as %s") % first.place, row.sheet.key[0])
            return
        if row.instance is None and not row.sheet.is_keyed:
            if row.sheet not in self._by_key:
                rows = self.stock.rows(row.sheet.model).values()
                self._by_key[row.sheet] = {self._key(row.sheet, vars(one)) or (): one for one in rows}
            instance = self._by_key[row.sheet].get(key)
            if instance is not None:
                row.adopt(instance)
        if row.instance is None:
            row.instance = row.sheet.model()

    def _key(self, sheet: Sheet, values: dict[str, Any]) -> tuple[Any, ...] | None:
        """Return what a row is recognised by: its own key, else its whole and the columns of its key."""
        names = [name for column in sheet.key_columns for name in column.attnames]
        if sheet.whole and not sheet.is_keyed:
            names.append(field_of(sheet.model, sheet.whole).attname)
        return tuple(values[name] for name in names) if all(name in values for name in names) else None

    def _assign(self, row: Row) -> None:
        """Put the values of a row into its record, with the rows that it refers to at hand."""
        for name, value in row.values.items():
            if row.is_new or settled(field_of(row.sheet.model, name), getattr(row.instance, name)) != value:
                setattr(row.instance, name, value)
        for name, target in row.links.items():
            field = field_of(row.sheet.model, name)
            if target.instance is not None and field in row.instance._meta.concrete_fields:
                field.set_cached_value(row.instance, target.instance)
