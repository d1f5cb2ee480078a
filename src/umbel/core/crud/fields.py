"""Form fields that name records: typed by their name, with or without a script that proposes some."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.utils import flatatt
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from umbel.core.crud.columns import say_date, told_by
from umbel.core.crud.filters import number_in
from umbel.core.crud.listing import matching
from umbel.core.dates import PartialDate, PartialDateFormField, parse_written
from umbel.core.formatting import reading_language
from umbel.core.names import find_named
from umbel.core.records import Named

PROPOSED = 8
LINE_LENGTH = 300
SELECTED = mark_safe(" selected")


class ChooserInput(forms.TextInput):
    """A text box for the name of a record; its number travels beside it once one was proposed and taken."""

    template_name = "desk/widgets/chooser.html"

    def __init__(self, rows: models.QuerySet[Any]) -> None:
        super().__init__({"autocomplete": "off"})
        self.rows = rows
        self.known: Any = None

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        pk, text = self._shown(value)
        context = super().get_context(name, text, attrs)
        context["widget"] |= {"number": pk, "lookup": self.lookup()}
        return context

    def lookup(self) -> str:
        return lookup_address(self.rows.model)

    def _shown(self, value: Any) -> tuple[Any, str]:
        if isinstance(value, tuple):
            return value
        pk = number_in(str(value or ""))
        is_known = self.known is not None and self.known.pk == pk
        row = self.known if is_known else self.rows.filter(pk=pk).first() if pk is not None else None
        return (row.pk, str(row)) if row else ("", "")

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> tuple[str, str] | None:
        text = data.get(name)
        return None if text is None else (data.get(f"{name}-number", ""), text.strip())

    def id_for_label(self, id_: str, _index: str | None = None) -> str:
        return id_


class ChooserField(forms.Field):
    """One record out of many, by its name. Cleans to the record; a name that fits several says which they are."""

    widget: Any

    def __init__(self, rows: models.QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(widget=ChooserInput(rows), **kwargs)
        self.rows = rows

    def prepare_value(self, value: Any) -> Any:
        return value.pk if isinstance(value, models.Model) else value

    def to_python(self, value: Any) -> Any:
        number, text = value if isinstance(value, tuple) else (value, "")
        if not text and isinstance(value, tuple):
            return None
        return chosen(self.rows, str(number or ""), text)

    def has_changed(self, initial: Any, data: Any) -> bool:
        if self.disabled:
            return False
        try:
            row = self.to_python(data)
        except ValidationError:
            return True
        return bool(getattr(row, "pk", None) != (initial.pk if isinstance(initial, models.Model) else initial))


class TokensInput(forms.SelectMultiple):
    """The records named so far, each with a box that keeps it, and a text box for others, one name a line."""

    template_name = "desk/widgets/tokens.html"

    def __init__(self, rows: models.QuerySet[Any]) -> None:
        super().__init__()
        self.rows = rows

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        numbers, others = value if isinstance(value, tuple) else (list(value or ()), "")
        context = super(forms.SelectMultiple, self).get_context(name, None, attrs)
        kept = self.rows.filter(pk__in=_whole(numbers))
        tokens = [(row.pk, str(row)) for row in kept]
        context["widget"] |= {"tokens": tokens, "others": others, "lookup": lookup_address(self.rows.model)}
        return context

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> tuple[list[str], str]:
        return data.getlist(name), data.get(f"{name}-others", "").strip()

    def value_omitted_from_data(self, _data: Any, _files: Any, _name: str) -> bool:
        return False

    def id_for_label(self, id_: str, _index: str | None = None) -> str:
        return id_


class TokensField(forms.Field):
    """Several records out of many, by their names. Cleans to a list of records without doubles."""

    widget: Any

    def __init__(self, rows: models.QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(widget=TokensInput(rows), **kwargs)
        self.rows = rows

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return value
        return [row.pk if isinstance(row, models.Model) else row for row in value or ()]

    def clean(self, value: Any) -> list[Any]:
        numbers, others = value
        kept = list(self.rows.filter(pk__in=_whole(numbers)))
        if len(kept) != len(set(numbers)):
            raise ValidationError(_("One of the records chosen is not there any more."))
        named = [chosen(self.rows, "", line.strip()) for line in re.split(r"[\n;]", others) if line.strip()]
        found = list(dict.fromkeys([*kept, *named]))
        if self.required and not found:
            raise ValidationError(self.error_messages["required"], code="required")
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        numbers, others = data
        return bool(others) or {str(number) for number in self.prepare_value(initial)} != set(numbers)


class LinesField(forms.Field):
    """Short texts, one a line. Cleans to a list without doubles and without empty lines."""

    widget = forms.Textarea(attrs={"rows": 2})

    def prepare_value(self, value: Any) -> str:
        return value if isinstance(value, str) else "\n".join(value or ())

    def to_python(self, value: Any) -> list[str]:
        lines = [line.strip() for line in (value or "").splitlines()]
        if any(len(line) > LINE_LENGTH or "\0" in line for line in lines):
            raise ValidationError(_("One of these lines is longer than %(most)s letters.") % {"most": LINE_LENGTH})
        return list(dict.fromkeys(line for line in lines if line))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return [line.strip() for line in (data or "").splitlines() if line.strip()] != list(initial or ())


class PlainSelect(forms.Select):
    """A box of options, written at once; Django's own asks a template for each of the 249 countries."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ARG002 -- as Django calls it
        told = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, SELECTED if str(key) == chosen else "", label) for key, label in self.choices),
        )
        return format_html("<select{}>{}</select>", told, options)


class DateField(PartialDateFormField):
    """A partial date, shown as the reader writes it: 11 Dec 2024."""

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, PartialDate):
            return value
        language = reading_language()
        text = say_date(value, language)
        try:
            return text if parse_written(text, language) == value else str(value)
        except ValueError:
            return str(value)


def _whole(numbers: Iterable[Any]) -> list[int]:
    """Return those of some texts that can be numbers of records."""
    found = (number_in(str(number)) for number in numbers)
    return [number for number in found if number is not None]


def lookup_address(model: type[models.Model]) -> str:
    return reverse("desk.lookup", args=[model._meta.label_lower])


def chosen(rows: models.QuerySet[Any], number: str, text: str) -> Any:
    """Return the record of a set that somebody typed: the one proposed, while its name still stands in the box, else
    the one so called.

    Raises `ValidationError` where no record is called so, or several are.
    """
    if (pk := number_in(number)) is not None:
        row = rows.filter(pk=pk).first()
        if row is not None and (not text or str(row) == text):
            return row
    found = list(called(rows, text)[: PROPOSED + 1])
    if len(found) == 1:
        return found[0]
    if not found:
        near = ", ".join(f"“{row}”" for row in near_by(rows, text)[:3])
        hint = _(" Near it: %(near)s.") % {"near": near} if near else ""
        raise ValidationError(_("No record is called “%(text)s”.") % {"text": text} + hint)
    names = ", ".join(str(row.handle) for row in found[:PROPOSED])
    raise ValidationError(
        _("Several records are called “%(text)s”: write the key of one: %(names)s.") % {"text": text, "names": names}
    )


def called(rows: models.QuerySet[Any], text: str) -> models.QuerySet[Any]:
    """Return the rows with exactly this name, title or key, whatever case and accents of a name."""
    if not text or "\0" in text:
        return rows.none()
    names = {field.name for field in rows.model._meta.concrete_fields}
    by_key = models.Q(key=text) if "key" in names else models.Q(pk__in=[])
    if issubclass(rows.model, Named):
        return rows.filter(by_key | models.Q(pk__in=find_named(text, rows).values("pk")))
    return rows.filter(by_key | models.Q(**{f"{told_by(rows.model)}__iexact": text}))


def near_by(rows: models.QuerySet[Any], text: str) -> list[Any]:
    """Return the rows to propose while somebody types, best first: at most eight."""
    rows = rows.order_by("folded", "pk") if issubclass(rows.model, Named) else rows
    found: list[Any] = list(matching(rows, text)[:PROPOSED]) if text.strip() else []
    return found
