"""The rows and other spellings that belonged to a record before a change, as the change log tells them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from umbel.core.changelog import Change, snapshot
from umbel.core.merging import spellings
from umbel.core.names import Alias
from umbel.core.records import Named, Part, Record

SPELLING = "core.alias"

Values = dict[str, Any]


@dataclass(frozen=True)
class FormerRow:
    """A row at two times: its name in the log, what it held then and holds now; `None` where it was not there."""

    handle: str
    then: Values | None
    now: Values | None


def kept_parts(section: Any) -> list[tuple[Any, str]]:
    """Return the kinds of rows of a section that the log can put back, each with the field that names the record.

    Rows with an audience of their own or with data that can be erased are not among them.
    """
    links: list[tuple[Any, str]] = section.part_links
    return [(part, link) for part, link in links if issubclass(part, Part) and link != "record" and not part.unlogged]


def lines_around(row: Record, section: Any) -> QuerySet[Change]:
    """Return the lines on rows and other spellings that were added to a record, or taken from it or changed."""
    found = Q(pk__in=[])
    for part, link in kept_parts(section):
        handles = [each.handle for each in part._base_manager.filter(**{link: row.pk})]
        own = Q(**{f"before__{link}": row.pk}) | Q(**{f"after__{link}": row.pk})
        found |= Q(type=part._meta.label_lower) & (own | Q(record__in=handles))
    if isinstance(row, Named):
        found |= Q(type=SPELLING) & _of(row)
    return Change.objects.filter(found).order_by("-pk")


def kind_of(line: Change) -> Any:
    """Return what the row of a line is called: the kind, for its name may be that of a record that is not shown."""
    return _("Also written") if line.type == SPELLING else apps.get_model(line.type)._meta.verbose_name


def _of(row: Record) -> Q:
    kind = ContentType.objects.get_for_model(row).pk
    named = ({f"{side}__content_type": kind, f"{side}__object_id": row.pk} for side in ("before", "after"))
    return Q(**next(named)) | Q(**next(named))


def rows_then(row: Record, part: Any, link: str, number: int) -> Iterator[FormerRow]:
    """Yield the rows of a kind that belonged to a record before the change with a number, or belong to it now."""
    now = {each.handle: snapshot(each) for each in part._base_manager.filter(**{link: row.pk})}
    lines = Change.objects.filter(type=part._meta.label_lower, pk__gte=number)
    touched = lines.filter(Q(**{f"before__{link}": row.pk}) | Q(**{f"after__{link}": row.pk}))
    handles = {*now, *touched.values_list("record", flat=True)}
    then: dict[str, Values | None] = dict(now)
    for line in lines.filter(record__in=handles).order_by("-pk"):
        if line.act == Change.Act.ADD:
            then[line.record] = None
        elif line.act == Change.Act.DELETE:
            then[line.record] = line.before
        else:
            then[line.record] = {**(then.get(line.record) or {}), **line.before}
    for handle in sorted(handles):
        held = then.get(handle)
        is_own = held is not None and held.get(link) == row.pk
        yield FormerRow(handle, held if is_own else None, now.get(handle))


def spellings_then(row: Record, number: int) -> list[str]:
    """Return the other spellings that a record had before the change with a number, those that people write."""
    names = set(Alias.objects.of(row).values_list("name", flat=True))
    for line in Change.objects.filter(_of(row), type=SPELLING, pk__gte=number).order_by("-pk"):
        names.discard(line.after.get("name"))
        if line.before.get("name"):
            names.add(line.before["name"])
    return sorted(spellings(sorted(names)))
