"""What a list shows of a record: declared columns, read as plain values and told in the reader's language."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as declared
from functools import lru_cache, partial
from html import escape
from typing import Any, TypeVar

from babel.dates import format_date
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from umbel.core import formatting
from umbel.core.codes import COUNTRIES
from umbel.core.dates import PartialDate, PartialDateField

Load = Callable[[Sequence[int], Any], Mapping[str, Mapping[int, Any]]]
"""From the numbers of the rows on a page and the person who reads to what columns say of them, by the name of the
column: one query for all. What the person may not see is left out.
"""

LONG_TEXT = 26

T = TypeVar("T")


@dataclass(frozen=True)
class Column:
    """One column of a list.

    `path` is read from the row (`category__name`); a column with `load` is filled afterwards instead, for the rows of
    the page at once, and cannot be sorted; columns with the same `load` are filled by one call. `kind` is "text",
    "date" (partial), "instant", "number", "year", "choice", "country" or "yes". An empty cell of a `wanted` column is
    shown as a gap: of every row, or of those that fulfil the condition `wanted_where`; of a loaded column, of the rows
    for which the load gives `None`. A text that is empty because the reader may not see it is no gap.
    """

    name: str
    label: Any
    path: str = ""
    kind: str = "text"
    sort: str = ""
    choices: tuple[tuple[Any, Any], ...] = ()
    load: Load | None = None
    wanted: bool = False
    wanted_where: models.Q | None = declared(default=None, compare=False)

    @property
    def head(self) -> str:
        """The label as it stands at the head of the column."""
        return kept(self, ("head", get_language()), lambda: capfirst(str(self.label)))

    @property
    def is_number(self) -> bool:
        return self.kind == "number"

    @property
    def is_linked(self) -> bool:
        """Whether it is read from another record that the row names."""
        return "__" in self.path


def kept(thing: Any, key: Hashable, make: Callable[[], T]) -> T:
    """Return what was made of a column, a filter or a section for a key, such as a language; make it the first time."""
    shelf: dict[Hashable, T] = thing.__dict__.setdefault("_kept", {})
    if key not in shelf:
        shelf[key] = make()
    return shelf[key]


def told_by(model: type[models.Model]) -> str:
    """Return the path of the field by which people call a row: name, title, else those of what it is part of."""
    names = {field.name for field in model._meta.concrete_fields}
    for name in ("name", "title", "label", "text"):
        if name in names:
            return name
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.related_model._meta.label != "contenttypes.ContentType":
            return f"{field.name}__{told_by(field.related_model)}"
    texts = (
        field.name for field in model._meta.concrete_fields if isinstance(field, models.CharField | models.TextField)
    )
    return next(texts, str(model._meta.pk.name))


def column(
    model: type[models.Model], name: str | Column, wanted: Iterable[str] | Mapping[str, models.Q] = ()
) -> Column:
    """Return the column of a field of the model, or of a path such as `organisation__country`.

    `wanted` names the columns of which nothing is a gap, or says for which rows it is.

    Raises `FieldDoesNotExist` for a name that the model does not have.
    """
    where = wanted.get(name if isinstance(name, str) else name.name) if isinstance(wanted, Mapping) else None
    if isinstance(name, Column):
        return replace(name, wanted=name.wanted or name.name in wanted, wanted_where=where)
    field = _field(model, name)
    made = Column(name, field.verbose_name, name, sort=name)
    made = replace(made, kind=_kind(field), choices=_choices(field), wanted=name in wanted, wanted_where=where)
    if isinstance(field, models.ForeignKey):
        path = f"{name}__{told_by(field.related_model)}"
        return replace(made, path=path, sort=_sort(field.related_model, path))
    return replace(made, sort=_sort(field.model, name))


def _field(model: type[models.Model], path: str) -> Any:
    head, _mark, rest = path.partition("__")
    field = model._meta.get_field(head)
    if not rest:
        return field
    if field.related_model is None:
        raise FieldDoesNotExist(path)
    return _field(field.related_model, rest)


def _kind(field: Any) -> str:
    if isinstance(field, PartialDateField):
        return "date"
    if field.choices == COUNTRIES or getattr(field.choices, "func", None) is COUNTRIES:
        return "country"
    if field.choices:
        return "choice"
    if isinstance(field, models.IntegerField) and field.name.split("_")[-1] == "year":
        return "year"
    kinds = (
        (models.BooleanField, "yes"),
        (models.DateTimeField, "instant"),
        (models.DateField, "date"),
        ((models.IntegerField, models.DecimalField, models.FloatField), "number"),
    )
    return next((kind for types, kind in kinds if isinstance(field, types)), "text")


def _choices(field: Any) -> tuple[tuple[Any, Any], ...]:
    return capitalised(field.choices) if _kind(field) == "choice" else ()


def capitalised(choices: Iterable[tuple[Any, Any]]) -> tuple[tuple[Any, Any], ...]:
    """Return choices with labels that begin with a capital, as they stand alone in a cell or an option."""
    return tuple((value, capfirst(label)) for value, label in choices)


def _sort(model: type[models.Model], path: str) -> str:
    """Return the path to sort by: names sort without regard to case and accents."""
    head, _mark, last = path.rpartition("__")
    has_folded = any(field.name == "folded" for field in model._meta.concrete_fields)
    return "__".join(filter(None, (head, "folded"))) if last == "name" and has_folded else path


def teller(column: Column, language: str) -> Callable[[Any], str]:
    """Return how a value of the column is said in a language; nothing is the empty string."""
    return kept(column, ("teller", language, get_language()), lambda: _teller(column, language))


def _teller(column: Column, language: str) -> Callable[[Any], str]:
    match column.kind:
        case "date":
            return partial(say_date, language=language)
        case "instant":
            return partial(_instant, language=language)
        case "choice":
            words = {value: str(label) for value, label in column.choices}
            return lambda value: words.get(value, "") if value not in (None, "") else ""
        case "country":
            return lambda value: formatting.country(value, language) if value else ""
        case "yes":
            yes = _("Yes")
            return lambda value: yes if value else ""
        case "number":
            return lambda value: "" if value is None else formatting.number(value, _digits(value), language)
    return lambda value: "" if value is None else str(value)


def _digits(value: Any) -> int:
    exponent = getattr(value, "as_tuple", lambda: None)()
    return max(0, -exponent.exponent) if exponent else 0


@lru_cache(maxsize=20_000)
def say_date(value: Any, language: str) -> str:
    """Return a date, whole or partial, for a cell of a list; nothing is the empty string."""
    if not value:
        return ""
    if not hasattr(value, "precision"):
        return format_date(value, format="medium", locale=language)
    text = formatting.partial_date(value, language, "short")
    return f"{text} {value.year}" if value.precision == "day" else text


def _instant(value: Any, language: str) -> str:
    return say_date(PartialDate.of(timezone.localtime(value)), language) if value else ""


def cell(column: Column, told: str, role: str, is_wanted: bool) -> str:
    """Return a cell as HTML: the text, or a gap where something is wanted and not recorded.

    `role` is the class by which a narrow screen places it. Written here and not in a template, which takes ten times
    as long a cell.
    """
    kind = "right num" if column.is_number else "t" if column.kind == "text" else "nowrap"
    if not told:
        return f'<td class="{kind} {role}">{_gap() if is_wanted else ""}</td>'
    text = escape(told)
    title = f' title="{text}"' if column.kind == "text" and len(told) > LONG_TEXT else ""
    return f'<td class="{kind} {role}"{title}>{text}</td>'


def _gap() -> str:
    return f'<span class="missing">{escape(_("not recorded"))}</span>'
