"""What a record held before a change, as the change log tells it, made ready for its form: saving puts it back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils.text import capfirst

from umbel.core.changelog import Change, snapshot
from umbel.core.crud.counted import history
from umbel.core.crud.defaults import names_any
from umbel.core.crud.editing import told
from umbel.core.crud.former import FormerRow, kept_parts, lines_around, rows_then, spellings_then
from umbel.core.crud.sections import section_of
from umbel.core.crud.telling import GENERIC, fields_of, label_of
from umbel.core.records import Record

Values = dict[str, Any]


class LeftError(Exception):
    """A form cannot take a value of the log: what it names is gone, or it can no longer be chosen."""


@dataclass(frozen=True)
class RowThen:
    """A row that differs from then: its kind, what it is called, and what the form does with it."""

    kind: str
    text: str
    act: str


@dataclass
class Version:
    """A record as it was before a change: the values that differ from now, by the names of its form's fields, the rows
    that do, and the labels of what stays as it is now.

    `files` are those of then that are still kept, by field; `lost` the labels of those that are not.
    """

    line: Change
    values: Values = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    rows: list[RowThen] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)

    def leave(self, label: Any) -> None:
        if (told := str(capfirst(str(label)))) not in self.left:
            self.left.append(told)


def before(row: Record, number: int | None, form: Any) -> Version:
    """Return what a record held before a change with a number; `form` is its form as it stands now.

    Raises `LookupError` where no change of this record has that number.
    """
    lines = list(history(row).filter(pk__gte=number)) if number is not None else []
    version, fields = Version(_line(row, number, lines)), fields_of(row._meta.label_lower)
    now = _now(row, fields, lines)
    then = _then(now, fields, lines)
    if names_any(type(row)):
        now, then = _with_record(now), _with_record(then)
    for name, value in then.items():
        if value != now[name]:
            _take(version, form, name, value, now[name])
    if number is not None and "spellings" in form.fields:
        names = spellings_then(row, number)
        if names != sorted(form.fields["spellings"].initial or ()):
            version.values["spellings"] = names
    for label in _unkept(row, fields, lines, form):
        version.leave(label)
    return version


def _line(row: Record, number: int | None, lines: list[Change]) -> Change:
    """Return the change with a number: of the record, of one of its rows or of a spelling. Raises `LookupError`."""
    if lines and lines[-1].pk == number and lines[-1].act == Change.Act.CHANGE:
        return lines[-1]
    line = lines_around(row, section_of(type(row))).filter(pk=number).first() if number is not None else None
    begun = history(row).filter(act=Change.Act.ADD, pk__lt=number or 0)
    if line is None or not begun.exists():
        raise LookupError(number)
    return line


def begin_rows(row: Record, formsets: Iterable[Any], version: Version) -> None:
    """Let the rows in a form be those of then: what went stands there anew, what was changed as it was, and what was
    added since stays until somebody removes it.
    """
    parts = dict(kept_parts(section_of(type(row))))
    for formset in formsets:
        if formset.model in parts:
            _begin_rows(row, formset, parts[formset.model], version)


def _begin_rows(row: Record, formset: Any, link: str, version: Version) -> None:
    found = {each.handle: each for each in rows_then(row, formset.model, link, version.line.pk)}
    gone = [each.then for each in found.values() if each.now is None and each.then is not None]
    begun = [_row_values(formset, version, values) for values in gone][: formset.max_num]
    formset.initial_extra, formset.extra = begun, len(begun)
    for name in ("forms", "management_form"):
        formset.__dict__.pop(name, None)
    for form in formset.initial_forms:
        known = found[form.instance.handle]
        if known.then is None:
            version.rows.append(RowThen(str(formset.title), str(form.instance), "added"))
        elif known.then != known.now:
            _change_row(form, formset, version, known)
    for form in formset.extra_forms:
        version.rows.append(RowThen(str(formset.title), _called(form), "gone"))


def _change_row(form: Any, formset: Any, version: Version, known: FormerRow) -> None:
    now, then = known.now or {}, known.then or {}
    differing = {name: value for name, value in then.items() if value != now.get(name)}
    for name, value in _row_values(formset, version, differing).items():
        asked = form.fields[name]
        asked.on_record = told(form.get_initial_for_field(asked, name), asked)
        form.initial[name] = value
    version.rows.append(RowThen(str(formset.title), str(form.instance), "changed"))


def _row_values(formset: Any, version: Version, values: Values) -> Values:
    """Return values of the log as a form of a row begins with them; what it cannot take is left."""
    form, begun = formset.empty_form, {}
    for name, value in values.items():
        if name in form.fields and name in formset.form.base_fields:
            try:
                begun[name] = _usable(form.fields[name], form.instance, name, value)
            except (LeftError, ValidationError):
                version.leave(f"{formset.title}, {form.fields[name].label}")
    return begun


def _called(form: Any) -> str:
    """Return what a row that went is called: what its first field says."""
    name = next((name for name in form.fields if form.initial.get(name)), "")
    return told(form.initial[name], form.fields[name]) if name else ""


def file_names(version: Version, form: Any) -> list[tuple[str, Any, str]]:
    """Return the files that can be put back: the field, its label, the name under which the file came."""
    return [(name, form.fields[name].label, PurePath(stored).name) for name, stored in version.files.items()]


def mark(form: Any, plain: Any, version: Version) -> None:
    """Let each field of a form that differs from the record say what stands there now, as in its `plain` form."""
    for name in version.values:
        asked = plain.fields[name]
        form.fields[name].on_record = told(plain.get_initial_for_field(asked, name), asked)


def _now(row: Record, fields: Mapping[str, Any], lines: Iterable[Change]) -> Values:
    """Return what a record holds, as the log would write it; links to many where lines tell of them."""
    held = {name: value for name, value in snapshot(row).items() if name in GENERIC or fields[name].editable}
    touched = {name for line in lines for name in (*line.before, *line.after)}
    linked = [each.name for name, each in fields.items() if each.many_to_many and name in touched]
    return held | {name: set(getattr(row, name).values_list("pk", flat=True)) for name in linked}


def _then(now: Values, fields: Mapping[str, Any], lines: Iterable[Change]) -> Values:
    """Return what a record held before the last of some lines, the latest of which is the first."""
    then = dict(now)
    for line in lines:
        for name in {*line.before, *line.after}:
            known = fields.get(name)
            if known is not None and known.many_to_many:
                then[known.name] = then[known.name] - set(line.after.get(name, ())) | set(line.before.get(name, ()))
            elif name in then and name in line.before:
                then[name] = line.before[name]
    return then


def _with_record(values: Values) -> Values:
    """Return values with the record that a generic key names in place of the key: its kind and its number."""
    key = tuple(values.get(name) for name in GENERIC)
    others = {name: value for name, value in values.items() if name not in GENERIC}
    return others | {"record": key if all(key) else None}


def _take(version: Version, form: Any, name: str, value: Any, now: Any) -> None:
    """Let the form begin with a value; what it cannot take is left as it is."""
    asked = form.fields.get(name)
    label = asked.label if asked else form.instance._meta.get_field(name).verbose_name
    if isinstance(asked, forms.FileField) and value:
        if default_storage.exists(value):
            version.files[name] = value
        else:
            version.lost.append(str(capfirst(str(label))))
        return
    try:
        if isinstance(value, set):
            there = _there(asked, value | now)
            if value & there != now & there:
                version.values[name] = sorted(value & there)
            if value - there:
                version.leave(label)
        else:
            version.values[name] = _usable(asked, form.instance, name, value)
    except (LeftError, ValidationError):
        version.leave(label)


def _usable(asked: Any, row: Record, name: str, value: Any) -> Any:
    """Return a value of the log as a field of a form begins with it. Raises `LeftError`, `ValidationError`."""
    if asked is None or isinstance(asked, forms.FileField):
        raise LeftError(name)
    if value in (None, ""):
        return value
    if name == "record":
        return _record(asked.user, *value)
    known: Any = row._meta.get_field(name)
    if known.is_relation:
        if value not in _there(asked, {value}):
            raise LeftError(name)
        return value
    if isinstance(asked, forms.ChoiceField) and not asked.valid_value(str(value)):
        raise LeftError(name)
    return known.to_python(value)


def _there(asked: Any, numbers: set[int]) -> set[int]:
    """Return those of some records that a field of a form offers to this person."""
    if asked is None:
        raise LeftError
    rows: Any = asked.queryset if isinstance(asked, forms.ModelChoiceField) else asked.rows
    return set(rows.filter(pk__in=numbers).values_list("pk", flat=True))


def _record(user: Any, kind: Any, number: Any) -> Record:
    found = ContentType.objects.filter(pk=kind).first()
    model: Any = found.model_class() if found else None
    row: Record | None = model._default_manager.visible_to(user).filter(pk=number).first() if model else None
    if row is None:
        raise LeftError(number)
    return row


def _unkept(row: Record, fields: Mapping[str, Any], lines: Iterable[Change], form: Any) -> Iterator[Any]:
    """Yield the labels of what lines tell of that is no field of the record, and of what the log does not keep."""
    for line in lines:
        yield from (label_of(None, name) for name in (*line.before, *line.after) if name not in fields)
    for name in row.unlogged:
        if name in form.fields:
            yield form.fields[name].label
