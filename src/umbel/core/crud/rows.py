"""The rows that belong to a record, edited in its form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet, inlineformset_factory
from django.utils.translation import gettext as _

from umbel.core.crud.forms import RecordForm, formfield
from umbel.core.crud.layout import is_slim
from umbel.core.crud.sections import Section, section_of

PARTS_SHOWN = 60
ADDED_AT_ONCE = 40


class PartRows(BaseInlineFormSet):  # type: ignore[type-arg]  # -- generic only for the type checker
    """The rows that belong to a record; of very many only the first are edited in its form."""

    section: Section

    def get_queryset(self) -> Any:
        if not hasattr(self, "_first_rows"):
            model: Any = self.model
            names = [field.name for field in model._meta.concrete_fields if field.is_relation]
            linked = [name for name in names if name in self.form.base_fields]
            rows = super().get_queryset().select_related(*linked) if linked else super().get_queryset()
            found = list(rows[: PARTS_SHOWN + 1])
            self._first_rows, self.is_more = found[:PARTS_SHOWN], len(found) > PARTS_SHOWN
        return self._first_rows

    def add_fields(self, form: Any, index: int | None) -> None:
        """Leave the key to follow from the name; where there is one it stays."""
        super().add_fields(form, index)
        if "key" in form.fields:
            form.fields["key"].widget = forms.HiddenInput()

    def clean(self) -> None:
        """Refuse rows that are not those of this record, or no longer are."""
        super().clean()
        if any(form.instance.pk is None for form in self.initial_forms):
            raise ValidationError(_("One of these rows is not there any more. Open the record again to see which are."))

    @property
    def title(self) -> Any:
        return self.section.name

    @property
    def is_slim(self) -> bool:
        """Whether a row fits on one line of a desk."""
        return is_slim(self.empty_form)

    @property
    def has_pages(self) -> bool:
        """Whether a row has rows of its own, so that its page is worth opening."""
        return bool(self.section.part_links)


def rows_of(section: Section, row: Any, user: Any, data: Any = None, files: Any = None) -> list[Any]:
    """Return the formsets of the rows that belong to a record, those that the person may keep."""
    made = []
    for part, link in section.part_links:
        own = section_of(part)
        if own.is_fixed or not user.has_perm(f"{part._meta.app_label}.change_{part._meta.model_name}"):
            continue
        fields = [name for name in own.edited if name not in (link, "record")]
        factory = inlineformset_factory(
            part._meta.get_field(link).related_model, part, RecordForm, PartRows, fk_name=link, fields=fields,
            formfield_callback=lambda field, own=own, **kwargs: formfield(field, own, **kwargs), extra=0,
            max_num=PARTS_SHOWN + ADDED_AT_ONCE, validate_max=True, absolute_max=PARTS_SHOWN + ADDED_AT_ONCE + 1,
        )  # fmt: skip
        factory.section = own  # type: ignore[attr-defined]  # -- of our base
        rows, more = own.rows(user), {"user": user}
        made.append(factory(data, files, instance=row, prefix=own.key, queryset=rows, form_kwargs=more))
    return made


def open_row(formsets: list[Any], prefix: str) -> Any:
    """Open an empty row in the formset with a prefix; return the formset, `None` where there is no such one."""
    for formset in formsets:
        if formset.prefix == prefix:
            total = f"{formset.prefix}-TOTAL_FORMS"
            formset.data = formset.data.copy()
            formset.data[total] = str(min(formset.total_form_count() + 1, formset.max_num))
            formset.__dict__.pop("forms", None)
            formset.__dict__.pop("management_form", None)
            return formset
    return None


def all_errors(form: Any, formsets: list[Any]) -> list[tuple[str, str, str]]:
    """Return what is wrong with a form and its rows: where it stands, the label of the field, the words."""
    found = _errors_of(form)
    for formset in formsets:
        found += [(f"rows-{formset.prefix}", str(formset.title), str(error)) for error in formset.non_form_errors()]
        for row in formset.forms:
            found += _errors_of(row, f"{formset.title}, ")
    return found


def _errors_of(form: forms.BaseForm, before: str = "") -> list[tuple[str, str, str]]:
    found = []
    for name, errors in form.errors.items():
        bound = form[name] if name in form.fields else None
        label = f"{before}{bound.label}" if bound else before.rstrip(", ")
        found += [(bound.id_for_label if bound else "main", label, str(error)) for error in errors]
    return found
