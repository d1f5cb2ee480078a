"""The sections of the desk: what one kind of record shows in lists, asks in forms and can be narrowed by.

Apps declare theirs in `desk.py`; a kind that nobody declares gets a section that follows from its fields.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, TypeVar

from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils.module_loading import autodiscover_modules
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext_lazy as _

from umbel.core.audience import Audience
from umbel.core.crud import defaults
from umbel.core.crud.columns import Column, column
from umbel.core.crud.filters import Filter
from umbel.core.records import Named, Record
from umbel.core.registry import DeclarationError

GROUPS = {
    "network": _("Network"),
    "work": _("Work"),
    "voice": _("Voice"),
    "account": _("Account for it"),
    "settings": _("Settings"),
}
COLUMNS_SHOWN = 7


@dataclass(frozen=True)
class View:
    """A list that everybody finds ready made: what it is called and what it asks, as in the address."""

    label: Any
    query: str = ""


@dataclass(frozen=True)
class BulkLink:
    """A button for picked rows that leads elsewhere: the form goes to `url` with the numbers as `pick`.

    It stands for whoever may change records of the section; `bulk.picked` reads the rows.
    """

    label: Any
    icon: str
    url: Callable[["Section"], str]


@dataclass(frozen=True)
class Button:
    """A button that leads from the form of a record to another page about it."""

    label: Any
    icon: str
    url: str


class Section:
    """One kind of record on the desk. Everything but `model` has a default; docs/developers/crud.md tells each."""

    model: ClassVar[Any]
    slug: ClassVar[str] = ""
    label: ClassVar[Any] = ""
    group: ClassVar[str] = ""
    place: ClassVar[int] = 50
    icon: ClassVar[str] = "file-text"
    columns: ClassVar[Sequence[str | Column]] = ()
    extra: ClassVar[Sequence[str | Column]] = ()
    wanted: ClassVar[Sequence[str] | Mapping[str, models.Q]] = ()
    end: ClassVar[str] = ""
    sub: ClassVar[str] = ""
    filters: ClassVar[Sequence[str | Filter]] = ()
    views: ClassVar[Sequence[View]] = ()
    order: ClassVar[str] = ""
    form: ClassVar[Sequence[str]] = ()
    unasked: ClassVar[Sequence[str]] = ()
    more: ClassVar[Sequence[str]] = ("order", "key", "spellings", "has_page", "in_review", "review_note")
    parts: ClassVar[Sequence[Any] | None] = None
    bulk: ClassVar[Sequence[str]] = ("audience",)
    bulk_links: ClassVar[Sequence[BulkLink]] = ()
    few: ClassVar[bool] = False
    images: ClassVar[Sequence[str]] = ()
    is_fixed: ClassVar[bool] = False
    is_single: ClassVar[bool] = False
    goes_with: ClassVar[tuple[type[Any], ...]] = ()
    part_label: ClassVar[Any] = ""
    captures: ClassVar[Sequence[str]] = ()
    takes: ClassVar[Mapping[str, Any]] = {}

    def rows(self, user: Any) -> models.QuerySet[Any]:
        """Return the records of the section that a person may see."""
        rows: models.QuerySet[Any] = self.model._default_manager.visible_to(user)
        return rows

    def buttons(self, _row: Any, _user: Any) -> Sequence[Button]:
        """Return what else can be done with a record: buttons at the head of its form."""
        return ()

    def completed(self, told: dict[str, list[Any]], _names: Any) -> dict[str, list[Any]]:
        """Return what quick capture understood with what follows from it, by place; `names` finds records by kind."""
        return told

    @property
    def is_mergeable(self) -> bool:
        """Whether two of them can turn out to be one: whatever is known by a name, but not what there are few of."""
        return issubclass(self.model, Named) and not self.few

    @property
    def is_for_everybody(self) -> bool:
        """Whether one of them is open to everybody, unless somebody decides otherwise."""
        fields = {field.name: field for field in self.model._meta.concrete_fields}
        return "audience" not in fields or bool(fields["audience"].default == Audience.PUBLIC)

    @property
    def import_url(self) -> str:
        """Where tables of them are brought in."""
        is_none = self.is_fixed or self.is_single
        return "" if is_none else f"{reverse('desk.import.new')}?kind={self.model._meta.label_lower}"

    @property
    def name(self) -> Any:
        """What many of them are called."""
        return self.label or capfirst(self.model._meta.verbose_name_plural)

    @property
    def one(self) -> str:
        """What one of them is called, in the middle of a sentence."""
        return str(self.model._meta.verbose_name)

    @property
    def key(self) -> str:
        """The section in addresses: `organisations`."""
        return self.slug

    @cached_property
    def url(self) -> str:
        return reverse("desk.record.list", args=[self.key])

    def url_of(self, pk: int) -> str:
        return f"{self.url}{pk}/"

    @cached_property
    def shown(self) -> list[Column]:
        """The columns that the list shows unless somebody chooses others; the first one leads to the record."""
        names = self.columns or [
            name for name in defaults.shown_names(self.model) if name not in (*self.more, "key", "audience")
        ]
        return [column(self.model, name, self.wanted) for name in names[: len(self.columns) or COLUMNS_SHOWN]]

    @cached_property
    def columns_offered(self) -> list[Column]:
        """All columns that the list can show: those above, those declared as `extra`, the other fields."""
        extra = [column(self.model, name, self.wanted) for name in self.extra]
        others = [column(self.model, name, self.wanted) for name in defaults.shown_names(self.model)]
        offered = {each.name: each for each in [*self.shown, *extra, *others]}
        return list(offered.values())

    def roles(self, columns: Sequence[Column]) -> list[str]:
        """Return what each column is on a narrow screen, as classes: the name, what stands at the end of its line
        (`end`), what stands below (`sub`), or what is left out there (`lo`).
        """
        others = [each for each in columns[1:] if each.kind != "yes"]
        dated = [each.name for each in others if each.kind in ("date", "instant", "number", "year")]
        end = self.end or next(iter(dated), "")
        sub = self.sub or next((each.name for each in others if each.name not in dated and each.name != end), "")
        roles = {end: "end", sub: "sub"}
        return ["name", *(roles.get(each.name, "lo") for each in columns[1:])]

    @cached_property
    def asked(self) -> list[Filter]:
        """The filters of the list."""
        named = self.filters or defaults.filter_names(self.model)
        made = [
            defaults.filter_of(self.model, name, lambda model: section_of(model).few) if isinstance(name, str) else name
            for name in named
        ]
        return made + defaults.gaps(self.model, self.shown)

    @cached_property
    def edited(self) -> list[str]:
        """The names of the fields of the form: those declared, then the others."""
        possible = [name for name in defaults.edited_names(self.model) if name not in self.unasked]
        named = [name for name in self.form if name in possible]
        return [*named, *(name for name in possible if name not in named)]

    @cached_property
    def part_links(self) -> list[tuple[Any, str]]:
        """The kinds of rows edited on a record's page: model, and name of the field that leads to the record.

        Of kinds that go with any record (`goes_with`) that is the generic key, `record`.
        """
        links = dict(defaults.parts_of(self.model))
        own = [(part, links.get(part) or defaults.link_to(part, self.model)) for part in self.parts or ()]
        if self.parts is None:
            own = list(links.items())
        return [*own, *((each.model, "record") for each in sections() if issubclass(self.model, each.goes_with))]

    @cached_property
    def settable(self) -> list[Column]:
        """The fields that can be set for many rows at once."""
        names = {field.name for field in self.model._meta.concrete_fields}
        return [column(self.model, name) for name in self.bulk if name in names]


_sections: dict[str, Section] = {}
_of_model: dict[type[models.Model], Section] = {}

Kind = TypeVar("Kind", bound=type[Section])


def section(kind: Kind) -> Kind:
    """Put a section on the desk. Raises `DeclarationError` where its address or its model is taken."""
    made = kind()
    if made.key in _sections or made.model in _of_model:
        raise DeclarationError(f"{made.key} is declared twice")
    _sections[made.key] = _of_model[made.model] = made
    return kind


def extend(
    model: Any, *, columns: Sequence[str | Column] = (), filters: Sequence[Filter] = (), views: Sequence[View] = ()
) -> None:
    """Add columns to choose from, filters and ready-made views to the section of a model of a lower layer."""
    found: Any = section_of(model)
    found.extra, found.filters = [*found.extra, *columns], [*found.filters, *filters]
    found.views = [*found.views, *views]


def sections() -> list[Section]:
    return list(_sections.values())


def get_section(key: str) -> Section | None:
    """Return the section at an address of the desk, `None` where there is none."""
    return _sections.get(key)


def section_of(model: Any) -> Section:
    """Return the section of a kind of record. Raises `KeyError` for a model that is no record."""
    return _of_model[model]


def autodiscover() -> None:
    """Import `desk.py` of every app, and give a section of its own to each kind of record that has none."""
    autodiscover_modules("desk")
    for model in apps.get_models():
        if issubclass(model, Record) and model not in _of_model:
            section(type(f"{model.__name__}Section", (Section,), {"model": model, "slug": _free_slug(model)}))


def _free_slug(model: type[models.Model]) -> str:
    slug = slugify(str(model._meta.verbose_name_plural))
    return slug if slug not in _sections else f"{model._meta.app_label}-{slug}"
