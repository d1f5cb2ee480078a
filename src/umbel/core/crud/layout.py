"""How the fields of a form stand: in rows of the same width, six columns wide, rarely used ones apart."""

from dataclasses import dataclass
from typing import Any

from django import forms

from umbel.core.crud.anything import RecordField
from umbel.core.crud.fields import ChooserField, LinesField, TokensField
from umbel.core.crud.sections import Section
from umbel.core.dates import PartialDateFormField

WHOLE = 6
HALF_TO = 120
WHOLE_FROM = 250
SHORT = (forms.DateField, forms.IntegerField, forms.DecimalField, forms.BooleanField, PartialDateFormField)
SLIM_ROOM = 10


@dataclass(frozen=True)
class Placed:
    """A field where it stands: the bound field and the class of its width."""

    field: Any
    width: str


def columns_of(name: str, field: Any) -> int:
    """Return how many of the six columns a field asks for."""
    if name == "key" or isinstance(field, SHORT):
        return 2
    if isinstance(field, forms.ChoiceField) and not isinstance(field.widget, forms.CheckboxSelectMultiple):
        return 2
    if isinstance(field, ChooserField | TokensField | LinesField | forms.FileField):
        return 3
    if isinstance(field, RecordField):
        return 6
    length = getattr(field, "max_length", None) or WHOLE_FROM
    return 3 if length <= HALF_TO else 4 if length < WHOLE_FROM else WHOLE


def can_grow(field: Any) -> bool:
    """Tell whether a field is better for more room."""
    return not isinstance(field, SHORT) and not isinstance(field, forms.TypedChoiceField)


def laid_out(form: Any, names: list[str]) -> list[Placed]:
    """Return fields with their widths, so that each row is filled where one of its fields can grow."""
    rows: list[list[list[Any]]] = [[]]
    for name in names:
        wide = columns_of(name, form.fields[name])
        if sum(each[1] for each in rows[-1]) + wide > WHOLE:
            rows.append([])
        rows[-1].append([name, wide])
    for row in rows:
        growing = [each for each in row if can_grow(form.fields[each[0]])]
        if growing:
            growing[-1][1] += WHOLE - sum(each[1] for each in row)
    return [Placed(form[name], f"w{wide}" if wide < WHOLE else "") for row in rows for name, wide in row]


def arranged(section: Section, form: Any) -> tuple[list[Placed], list[Placed]]:
    """Return the fields of a form that always show, and those that stand under “More”."""
    order = [name for name in dict.fromkeys(("record", *section.edited, "spellings")) if name in form.fields]
    apart = [name for name in section.more if name in order and not form.fields[name].required]
    return laid_out(form, [name for name in order if name not in apart]), laid_out(form, apart)


def slim_width(field: Any) -> str:
    """Return the class of a field in a row among others."""
    if isinstance(field.widget, forms.Textarea):
        return "s4"
    if isinstance(field, forms.IntegerField) or isinstance(field, PartialDateFormField):
        return "s1"
    if isinstance(field, forms.BooleanField):
        return "s0"
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return "s2"
    return "s3"


def is_slim(form: Any) -> bool:
    """Tell whether the fields of a row fit on one line of a desk."""
    room = {"s0": 1, "s1": 2, "s2": 3, "s3": 4, "s4": 99}
    shown = [name for name, field in form.fields.items() if not field.widget.is_hidden and name != "DELETE"]
    return sum(room[slim_width(form.fields[name])] for name in shown) <= SLIM_ROOM + 2
