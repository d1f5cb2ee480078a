"""The engine room: Django's admin over every record, for the superuser alone."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.admin import GenericTabularInline
from django.db import models
from django.http import HttpRequest

from umbel.accounts.models import User
from umbel.core.models import Alias, Change, Named, Part, Record

admin.site.site_header = "Umbel, engine room"
admin.site.has_permission = lambda request: bool(request.user.is_active and request.user.is_superuser)  # type: ignore[method-assign]  # -- the documented way to narrow it


class Aliases(GenericTabularInline):
    """Other spellings, edited beside the name."""

    model = Alias
    extra = 0
    fields = ["name"]


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]  # -- generic only for the type checker
    """The change log is read here, never written."""

    list_display = ["at", "who", "act", "type", "text"]
    search_fields = ["text", "record", "who"]
    list_filter = ["act", "type"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def room(model: type[models.Model]) -> "type[admin.ModelAdmin[Any]]":
    """Return the page of one kind of record: what is shown, searched and narrowed follows from its fields."""
    names = {field.name for field in model._meta.concrete_fields}
    attributes = {
        "list_display": ["__str__", *_known(names, "key", "kind", "date", "audience", "start", "end")],
        "search_fields": _known(names, "name", "title", "key", "folded", "claim", "text") or ["pk"],
        "list_filter": _known(names, "kind", "audience", "in_review", "has_page"),
        "list_per_page": 50,
        "raw_id_fields": _links(model),
        "filter_horizontal": [field.name for field in model._meta.many_to_many],
        "inlines": [*_parts(model), *([Aliases] if issubclass(model, Named) else [])],
    }
    return type(f"{model.__name__}Room", (admin.ModelAdmin,), attributes)


def _known(names: set[str], *wanted: str) -> list[str]:
    return [name for name in wanted if name in names]


def _links(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]


def _parts(model: type[models.Model]) -> Iterator[type[Any]]:
    """Yield an inline for each kind of part that belongs to the model."""
    for relation in model._meta.related_objects:
        part, link = relation.related_model, relation.field
        if isinstance(part, type) and issubclass(part, Part) and part.audience_path.split("__")[0] == link.name:
            attributes = {"model": part, "fk_name": link.name, "raw_id_fields": _links(part), "extra": 0}
            yield type(f"{part.__name__}Rows", (admin.TabularInline,), attributes)


class Accounts(admin.ModelAdmin):  # type: ignore[type-arg]  # -- generic only for the type checker
    """Accounts without their passwords: whoever is added here asks for a new one on the sign-in page."""

    list_display = ["email", "name", "role", "is_active", "is_superuser", "last_login"]
    search_fields = ["email", "name"]
    list_filter = ["role", "is_active"]
    fields = ["email", "name", "role", "language", "is_active", "is_staff", "is_superuser"]


admin.site.register(User, Accounts)
admin.site.register(Change, ReadOnly)
for _model in apps.get_models():
    if issubclass(_model, Record):
        admin.site.register(_model, room(_model))
