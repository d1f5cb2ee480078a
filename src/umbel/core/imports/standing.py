"""The lists that records hold besides their values: the rows linked to them, their other spellings."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType

from umbel.core.bulk import AT_ONCE, batches
from umbel.core.exchange.cells import tidy
from umbel.core.exchange.columns import AliasColumn, ListColumn
from umbel.core.imports.kinds import Kind
from umbel.core.names import Alias

Lists = dict[str, list[Any]]


def list_columns(kind: Kind) -> list[ListColumn]:
    return [column for column in kind.columns.values() if isinstance(column, ListColumn)]


def has_aliases(kind: Kind) -> bool:
    return any(isinstance(column, AliasColumn) for column in kind.columns.values())


def standing(kind: Kind, numbers: Iterable[int]) -> dict[int, Lists]:
    """Return for records (ids) what each list column holds: sorted ids, sorted spellings under `aliases`."""
    names = [column.name for column in list_columns(kind)] + ["aliases"] * has_aliases(kind)
    found: dict[int, Lists] = defaultdict(lambda: {name: [] for name in names})
    if not names:
        return found
    for some in batches(numbers, AT_ONCE):
        for column in list_columns(kind):
            field = column.field
            near, far = field.m2m_field_name(), field.m2m_reverse_field_name()
            links = field.remote_field.through._base_manager.filter(**{f"{near}__in": some})
            for number, linked in links.values_list(f"{near}_id", f"{far}_id"):
                found[number][column.name].append(linked)
        if has_aliases(kind):
            kept = Alias.objects.filter(content_type=ContentType.objects.get_for_model(kind.model), object_id__in=some)
            for number, name in kept.values_list("object_id", "name"):
                found[number]["aliases"].append(tidy(name, one_line=True))
    for lists in found.values():
        for items in lists.values():
            items.sort()
    return found
