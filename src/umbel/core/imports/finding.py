"""Finds the records that cells refer to: by key, or by name and other spellings where only one is called so."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from umbel.core.bulk import AT_ONCE, batches
from umbel.core.exchange.cells import Misfit
from umbel.core.exchange.columns import Model, Target, has_own_key
from umbel.core.exchange.filling import find_record
from umbel.core.exchange.problems import nearest
from umbel.core.exchange.stock import Stock, Stored
from umbel.core.names import Alias, fold
from umbel.core.records import Named

KEPT = 4096
NEAR = 200


class Finder:
    """The records that one user may refer to, read in batches and kept while they are of use."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self._found: dict[Model, dict[str, Target | Misfit]] = defaultdict(dict)
        self._stock = Stock()

    def visible(self, model: Any) -> Any:
        """Return the rows of a model that the user sees."""
        rows = model._default_manager.all()
        return rows.visible_to(self.user) if hasattr(rows, "visible_to") else rows

    def prepare(self, model: Model, handles: Iterable[str]) -> None:
        """Look up many handles of a model at once, ahead of `find`."""
        known = self._found[model]
        if len(known) > KEPT:
            known.clear()
        wanted = {handle for handle in handles if handle and handle not in known}
        if not wanted or not has_own_key(model):
            return
        for some in batches(sorted(wanted), AT_ONCE):
            for row in self.visible(model).filter(key__in=some):
                known[row.key] = Stored(row.pk, row)
        if issubclass(model, Named):
            self._prepare_named(model, [handle for handle in wanted if handle not in known])

    def _prepare_named(self, model: Any, names: list[str]) -> None:
        for some in batches(names, AT_ONCE):
            called = self.called(model, {fold(name) for name in some})
            for name in some:
                rows = called.get(fold(name), [])
                if len(rows) == 1:
                    self._found[model][name] = Stored(rows[0].pk, rows[0])
                elif rows:
                    told = _("several are called “%(name)s”; write the key: %(keys)s")
                    keys = ", ".join(sorted(row.key for row in rows))
                    self._found[model][name] = Misfit(told % {"name": name, "keys": keys})

    def called(self, model: Any, folds: set[str]) -> dict[str, list[Any]]:
        """Return the rows that the user sees by the folded names, own or other, of those given."""
        found: dict[str, dict[int, Any]] = defaultdict(dict)
        for some in batches(sorted(folds - {""}), AT_ONCE):
            for row in self.visible(model).filter(folded__in=some):
                found[row.folded][row.pk] = row
            kind = ContentType.objects.get_for_model(model)
            named = list(Alias.objects.filter(content_type=kind, folded__in=some).values_list("object_id", "folded"))
            rows = self.visible(model).in_bulk([number for number, _folded in named]) if named else {}
            for number, folded in named:
                if number in rows:
                    found[folded][number] = rows[number]
        return {name: list(rows.values()) for name, rows in found.items()}

    def find(self, model: Model, handle: str) -> Target:
        """Return a row by its key or its name. Raises `Misfit`, which names the nearest keys."""
        known = self._found[model]
        if handle not in known:
            self.prepare(model, [handle])
        if handle not in known:
            known[handle] = self._composed(model, handle) or Misfit(self._unknown(model, handle))
        found = known[handle]
        if isinstance(found, Misfit):
            raise found
        return found

    def _composed(self, model: Model, handle: str) -> Target | None:
        """Return a row that has no key of its own by what files call it: its whole and its key within it."""
        if has_own_key(model):
            return None
        found = self._stock.get(model, handle)
        is_seen = found is not None and self.visible(model).filter(pk=found.number).exists()
        return found if is_seen else None

    def _unknown(self, model: Any, handle: str) -> str:
        told = _("no %(kind)s is called “%(key)s”") % {"kind": model._meta.verbose_name, "key": handle}
        if not has_own_key(model):
            return told
        keys = self.visible(model).filter(key__istartswith=handle[:2]).values_list("key", flat=True)[:NEAR]
        near = nearest(handle, keys)
        return _("%(told)s; nearest: %(nearest)s") % {"told": told, "nearest": near} if near else told

    def find_record(self, text: str) -> tuple[int, Target]:
        """Return the content type (id) and the row that "type/key" names. Raises `Misfit`."""
        return find_record(self, text)
