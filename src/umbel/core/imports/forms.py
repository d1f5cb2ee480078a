"""What the wizard asks: the file, what its columns mean, what to do with the rows that need a decision."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from umbel.core.imports.files import ENCODINGS, limit, too_large
from umbel.core.imports.kinds import Kind, kind_of
from umbel.core.imports.mapping import check
from umbel.core.imports.models import ImportJob


class UploadForm(forms.Form):
    """A kind of record and a file of them."""

    kind = forms.ChoiceField(label=_("Kind of record"))
    file = forms.FileField(label=_("File"), allow_empty_file=True)
    encoding = forms.ChoiceField(
        label=_("Encoding"),
        required=False,
        choices=[("", _("find out")), *((name, name) for name in ENCODINGS)],
        help_text=_("Of CSV files; a workbook has none."),
    )

    def __init__(self, *args: Any, kinds: list[Kind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        choices = sorted(((kind.name, capfirst(kind.label)) for kind in kinds), key=lambda pair: pair[1])
        self.fields["kind"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]  # -- a ChoiceField, as said above

    def clean_kind(self) -> Kind | None:
        return kind_of(self.cleaned_data["kind"])

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > limit():
            raise forms.ValidationError(too_large(file.size))
        return file


def match(job: ImportJob, kind: Kind, data: QueryDict) -> None:
    """Take the fields that were chosen for the columns. Raises `MappingError`, and then changes nothing."""
    mapping = [data.get(f"column-{index}", "") for index in range(len(job.headers))]
    check(kind, mapping)
    job.mapping, job.empties = mapping, bool(data.get("empties"))
    job.decisions = {}
    job.save(update_fields=["mapping", "empties", "decisions"])


def decide(job: ImportJob, data: QueryDict) -> bool:
    """Take what was decided about rows; return whether the rows have to be looked at again."""
    held = job.rows.filter(state__in=("held", "left")).values_list("number", flat=True)
    known = set(ImportJob.Alike.values)
    chosen = {str(number): choice for number in held if (choice := data.get(f"row-{number}", "")) in known}
    alike = data.get("alike", "")
    decisions = {**job.decisions, **chosen}
    is_new = decisions != job.decisions or alike not in ("", job.alike)
    job.decisions = decisions
    job.alike = alike if alike in known else job.alike
    job.save(update_fields=["decisions", "alike"])
    return is_new
