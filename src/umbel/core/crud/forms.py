"""Forms that follow from the models: every rule of a record is told beside the field that breaks it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.db.models import CheckConstraint, Q
from django.forms.models import modelform_factory
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from umbel.core.audience import is_in_audience
from umbel.core.crud.anything import RecordField
from umbel.core.crud.columns import capitalised
from umbel.core.crud.defaults import names_any
from umbel.core.crud.fields import ChooserField, DateField, LinesField, PlainSelect, TokensField
from umbel.core.crud.filters import number_in
from umbel.core.crud.sections import Section, section_of
from umbel.core.crud.uploads import UploadField
from umbel.core.dates import PartialDateField
from umbel.core.merging import spellings
from umbel.core.names import Alias
from umbel.core.records import Named, Record, filed_as

KEY_LENGTH = 60
GENERIC = {"content_type", "object_id"}
CHOOSERS = (ChooserField, TokensField, forms.ModelChoiceField)


class RecordForm(forms.ModelForm):  # type: ignore[type-arg]  # -- generic only for the type checker
    """A form of one record. A key that is left empty follows from the name; other spellings of a name go with it."""

    asks_record = True

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        for name, field in list(self.fields.items()):
            if isinstance(field, CHOOSERS):
                _narrow(field, user)
            if isinstance(field, ChooserField):
                self._show_chosen(name, field)
            field.widget.attrs.setdefault("data-label", str(field.label or name))
        if "key" in self.fields:
            self.fields["key"].required = False
        if issubclass(self._meta.model, Named):
            self._add_spellings()
        if self.asks_record and names_any(self._meta.model):
            is_needed = not self._meta.model._meta.get_field("object_id").null
            given = self.initial.get("record") or (self.instance.record if self.instance.pk else None)
            self.initial["record"] = given
            self.fields = {"record": RecordField(user, label=_("Record"), required=is_needed), **self.fields}

    def _show_chosen(self, name: str, field: ChooserField) -> None:
        """Show the record that is chosen; a field with one that the person may not see is left as it is."""
        number = number_in(str(self.initial.get(name) or ""))
        if number is None:
            return
        row = self.instance._state.fields_cache.get(name)
        if row is None or row.pk != number or not is_in_audience(self.user, row):
            row = field.rows.filter(pk=number).first()
        if row is None and self.instance.pk:
            del self.fields[name]
        field.widget.known = row

    def _add_spellings(self) -> None:
        known = spellings(_aliases(self.instance)) if self.instance.pk else []
        hint = _("Other spellings under which the record is found, one a line.")
        self.fields["spellings"] = LinesField(label=_("Also written"), required=False, initial=known, help_text=hint)

    def clean_key(self) -> str:
        return self.cleaned_data.get("key") or self.instance.key or ""

    def clean(self) -> dict[str, Any]:
        """Make a key from the name where there is none."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "key" in self.fields and not cleaned.get("key") and "key" not in self.errors:
            named = next((cleaned[name] for name in ("name", "title", "claim") if cleaned.get(name)), "")
            cleaned["key"] = free_key(self._meta.model, str(named))
        return cleaned

    def _post_clean(self) -> None:
        if "record" in self.cleaned_data:
            self.instance.record = self.cleaned_data["record"]
            if self.instance.record is not None:
                self.instance.content_type = filed_as(type(self.instance.record))
        super()._post_clean()  # type: ignore[misc]  # -- Django's own hook, unknown to the type checker

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # -- as above
        is_named = getattr(self.instance, "object_id", None) is not None
        return excluded - GENERIC if is_named and names_any(self._meta.model) else excluded

    def _update_errors(self, errors: ValidationError) -> None:
        """Put what breaks a rule over several fields beside the last of them."""
        if hasattr(errors, "error_dict") and NON_FIELD_ERRORS in errors.error_dict:
            places = _places_of_rules(self._meta.model, self.fields)
            for error in errors.error_dict.pop(NON_FIELD_ERRORS):
                place = places.get(str(error.message), NON_FIELD_ERRORS)
                errors.error_dict.setdefault(place, []).append(error)
        super()._update_errors(errors)  # type: ignore[misc]  # -- as above

    def _save_m2m(self) -> None:
        for name, field in self.fields.items():
            if isinstance(field, TokensField) and self.user is not None:
                hidden = getattr(self.instance, name).exclude(pk__in=field.rows.values("pk"))
                self.cleaned_data[name] = [*self.cleaned_data[name], *hidden]
        super()._save_m2m()  # type: ignore[misc]  # -- as above
        if "spellings" in self.fields:
            keep_spellings(self.instance, self.cleaned_data["spellings"])


def _places_of_rules(model: type[models.Model], fields: Any) -> dict[str, str]:
    """Return the field beside which each rule of a table is told when it is broken, by the words of the rule."""
    rules = [rule for kind in (model, *model._meta.get_parent_list()) for rule in kind._meta.constraints]
    found = {}
    for rule in rules:
        if isinstance(rule, CheckConstraint):
            named = set(_named_in(rule.condition))
            inside = [name for name in fields if name in named]
            found[str(rule.violation_error_message)] = inside[-1] if inside else NON_FIELD_ERRORS
    return found


def _named_in(condition: Any) -> list[str]:
    if isinstance(condition, Q):
        return [name for child in condition.children for name in _named_in(child)]
    return [condition[0].split("__")[0]] if isinstance(condition, tuple) else []


def _aliases(row: Any) -> Iterable[str]:
    return Alias.objects.of(row).values_list("name", flat=True)


def keep_spellings(row: Any, names: list[str]) -> None:
    """Make the other spellings of a record those given; the keys under which it was known before a merge stay."""
    known = {alias.name: alias for alias in Alias.objects.of(row)}
    for name in set(spellings(known)) - set(names):
        known[name].delete()
    kind = ContentType.objects.get_for_model(row)
    for name in names:
        if name not in known:
            Alias.objects.create(content_type=kind, object_id=row.pk, name=name)


def free_key(model: type[models.Model], name: str) -> str:
    """Return a key for a record so called that no other one has."""
    base = slugify(name)[:KEY_LENGTH].strip("-") or str(model._meta.model_name)
    # The model whose table holds the key: a meeting shares the keys of events.
    keyed: Any = model._meta.get_field("key").model
    taken = set(keyed._default_manager.filter(key__startswith=base).values_list("key", flat=True))
    key, number = base, 2
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    return key


def formfield(field: Any, section: Section | None = None, **kwargs: Any) -> Any:
    """Return the form field of a model's field; links to kinds with many rows are typed by name."""
    target = getattr(field, "related_model", None)
    if isinstance(field, models.FileField):
        only_images = section is not None and field.name in section.images
        return field.formfield(form_class=UploadField, only_images=only_images, **kwargs)
    if isinstance(field, PartialDateField):
        return field.formfield(form_class=DateField, **kwargs)
    if target is None or not issubclass(target, Record):
        made = field.formfield(**({"widget": PlainSelect} if field.choices else {}), **kwargs)
        if isinstance(made, forms.TypedChoiceField):
            choices: Any = made.choices
            told = [(value, "" if value == "" and label == BLANK else label) for value, label in choices]
            made.choices = list(capitalised(told))
        return made
    several = isinstance(field, models.ManyToManyField)
    if section_of(target).few:
        widget = forms.CheckboxSelectMultiple if several else PlainSelect
        empty = {} if several or not field.blank else {"empty_label": ""}
        return field.formfield(widget=widget, **empty, **kwargs)
    more = {"label": field.verbose_name, "required": not field.blank, "help_text": field.help_text}
    return (TokensField if several else ChooserField)(target._default_manager.all(), **more)


BLANK = models.fields.BLANK_CHOICE_DASH[0][1]


def _narrow(field: Any, user: Any) -> None:
    """Let a chooser offer what the person may see."""
    rows: Any = field.queryset if isinstance(field, forms.ModelChoiceField) else field.rows
    if user is None or not issubclass(rows.model, Record):
        return
    mine = rows.model._default_manager.visible_to(user)
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = mine
    else:
        field.rows = field.widget.rows = mine


def form_of(section: Section, leaving_out: str = "") -> Any:
    """Return the form class of a section, without the field that leads to the whole where it is one of its rows."""
    names = [name for name in section.edited if name not in ("record", leaving_out)]
    made = modelform_factory(
        section.model,
        RecordForm,
        fields=names,
        formfield_callback=lambda field, **kwargs: formfield(field, section, **kwargs),
    )
    return made
