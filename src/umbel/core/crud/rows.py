"""The rows that belong to a record, edited in its form."""

from typing import Any

from django import forms
from django.contrib.contenttypes.forms import BaseGenericInlineFormSet, generic_inlineformset_factory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.forms.models import BaseInlineFormSet, inlineformset_factory
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from umbel.core.audience import is_in_audience
from umbel.core.crud.forms import RecordForm, formfield
from umbel.core.crud.layout import is_slim
from umbel.core.crud.sections import Section, section_of
from umbel.core.records import Record, filed_as, naming
from umbel.core.wastebasket import Deletion, discard, standing_in_the_way

PARTS_SHOWN = 60
ADDED_AT_ONCE = 40
NEEDING_SHOWN = 3


class Rows(forms.BaseModelFormSet):  # type: ignore[type-arg]  # -- generic only for the type checker
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

    def delete_existing(self, _row: Any, commit: bool = True) -> None:
        """Leave what is to go to `discard_rows`, which went before."""

    @property
    def title(self) -> Any:
        return self.section.part_label or self.section.name

    @property
    def is_slim(self) -> bool:
        """Whether a row fits on one line of a desk."""
        return is_slim(self.empty_form)

    @property
    def has_pages(self) -> bool:
        """Whether a row has rows of its own, so that its page is worth opening."""
        return bool(self.section.part_links)


class PartRows(Rows, BaseInlineFormSet):  # type: ignore[type-arg]  # -- as above
    """The rows whose foreign key leads to a record."""


class AttachedForm(RecordForm):
    """A row that names its record by a generic key, edited on the page of that record."""

    asks_record = False


class AttachedRows(Rows, BaseGenericInlineFormSet):  # type: ignore[type-arg]  # -- as above
    """The rows whose generic key names a record, as the kind that it is or one above it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        rows = kwargs["queryset"]
        super().__init__(*args, **kwargs)
        self.queryset = rows.filter(**naming(self.instance)) if self.instance.pk else rows.none()

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        """Tell each row its record before it is checked, so that rules about both are told in the form."""
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]  # -- Django's own, unknown to the checker
        if form.instance.object_id is None:
            form.instance.content_type = filed_as(type(self.instance))
            form.instance.object_id = self.instance.pk or 0
        return form

    def get_unique_error_message(self, _unique_check: Any) -> str:
        return _("The same stands here twice.")

    def save_new(self, form: Any, commit: bool = True) -> Any:
        """Name the record, which may have been stored after the row was checked."""
        form.instance.object_id = self.instance.pk
        return form.save(commit=commit)


def rows_of(section: Section, row: Any, user: Any, data: Any = None, files: Any = None) -> list[Any]:
    """Return the formsets of the rows that belong to a record, those that the person may keep."""
    made = []
    for part, link in section.part_links:
        own = section_of(part)
        if own.is_fixed or not user.has_perm(f"{part._meta.app_label}.change_{part._meta.model_name}"):
            continue
        factory = _factory(own, link)
        factory.section = own
        rows, more = own.rows(user), {"user": user}
        made.append(factory(data, files, instance=row, prefix=own.key, queryset=rows, form_kwargs=more))
    return made


def copy_rows(formsets: list[Any], others: list[Any]) -> None:
    """Begin the rows of a new record with those of another one, their keys and files left out."""
    by_kind = {other.prefix: other for other in others}
    for formset in formsets:
        rows = by_kind[formset.prefix].initial_forms if formset.prefix in by_kind else ()
        begun = [_copied(form) for form in rows]
        formset.initial_extra, formset.extra = begun, len(begun)


def _copied(form: Any) -> dict[str, Any]:
    left_out = {name for name, field in form.fields.items() if isinstance(field, forms.FileField)} | {"id", "key"}
    return {name: value for name, value in form.initial.items() if name in form.base_fields and name not in left_out}


def _factory(own: Section, link: str) -> Any:
    """Return the formset class of the rows of a section that lead to their record by a field, or a generic key."""
    part = own.model
    told: dict[str, Any] = {
        "fields": [name for name in own.edited if name not in (link, "record")],
        "formfield_callback": lambda field, **kwargs: formfield(field, own, **kwargs),
        "extra": 0,
        "max_num": PARTS_SHOWN + ADDED_AT_ONCE,
        "validate_max": True,
        "absolute_max": PARTS_SHOWN + ADDED_AT_ONCE + 1,
    }
    if link == "record":
        return generic_inlineformset_factory(part, AttachedForm, AttachedRows, **told)
    whole = part._meta.get_field(link).related_model
    return inlineformset_factory(whole, part, RecordForm, PartRows, fk_name=link, **told)


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


def discard_rows(formsets: list[Any], user: Any) -> tuple[list[str], list[Deletion]] | None:
    """Put the rows that are to be removed into the bin, before anything is saved; return what they were called.

    Personal data that can be erased (`unlogged`) are erased at once. Where something else needs one of the rows none is
    removed: that is told beside it, and `None` returned.
    """
    leaving = [form for formset in formsets for form in formset.deleted_forms if form.instance.pk]
    if not leaving:
        return [], []
    refused, names, deletions = False, [], []
    with transaction.atomic():
        for form in leaving:
            # As it is on record, whatever was typed before it was removed.
            row = type(form.instance)._base_manager.filter(pk=form.instance.pk).first()
            if row is None:
                continue
            names.append(str(row))
            try:
                if row.unlogged:
                    row.delete()
                else:
                    deletions.append(discard(row))
            except (ProtectedError, RestrictedError) as error:
                refused = True
                _tell_needed(form, row, standing_in_the_way(error), user)
        transaction.set_rollback(refused)
    return None if refused else (names, deletions)


def _tell_needed(form: Any, row: Any, needing: list[Any], user: Any) -> None:
    """Say beside a row which records need it, with the way to those that the person may see."""
    message = ngettext(
        "“%(row)s” cannot be removed: %(count)s record names it. Change that one first.",
        "“%(row)s” cannot be removed: %(count)s records name it. Change those first.",
        len(needing),
    )
    form.add_error(None, message % {"row": row, "count": len(needing)})
    seen = [other for other in needing if isinstance(other, Record) and is_in_audience(user, other)]
    form.needed_by = [(str(other), section_of(type(other)).url_of(other.pk)) for other in seen[:NEEDING_SHOWN]]


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
