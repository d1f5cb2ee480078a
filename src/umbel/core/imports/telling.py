"""Tells the values that an import notes in words: labels for codes, names for ids."""

from typing import Any

from django.utils.translation import gettext as _

from umbel.core.imports.finding import Finder
from umbel.core.imports.kinds import Kind, label
from umbel.core.imports.models import ImportRow


class Teller:
    """Tells the values of one kind of record to one person."""

    def __init__(self, kind: Kind, user: Any) -> None:
        self.kind = kind
        self._finder = Finder(user)
        self._fields = {field.name: field for field in kind.model._meta.get_fields()}
        self._names: dict[tuple[Any, int], str] = {}

    def held(self, side: dict[str, Any]) -> list[dict[str, str]]:
        """Return what a record holds, empty values left out: label and text."""
        known = [(name, side[name]) for name in self.kind.columns if side.get(name) not in ("", None, [])]
        return [{"label": label(self.kind, name), "text": self.told(name, value)} for name, value in known]

    def differing(self, row: ImportRow) -> list[dict[str, str]]:
        """Return what changes in a record: label, text before, text after."""
        return [
            {
                "label": label(self.kind, name),
                "before": self.told(name, row.before.get(name)),
                "after": self.told(name, value),
            }
            for name, value in row.after.items()
        ]

    def told(self, name: str, value: Any) -> str:
        if value in ("", None, []):
            return _("empty")
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        field = self._fields.get(name)
        if isinstance(value, list):
            return "; ".join(self._one(field, item) for item in value)
        return self._one(field, value)

    def _one(self, field: Any, value: Any) -> str:
        if getattr(field, "choices", None):
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(value, int) and (getattr(field, "many_to_one", False) or getattr(field, "many_to_many", False)):
            return self._name(field.remote_field.model, value)
        return str(value)

    def _name(self, model: Any, number: int) -> str:
        if (model, number) not in self._names:
            found = self._finder.visible(model).filter(pk=number).first()
            self._names[model, number] = str(found or number)
        return self._names[model, number]
