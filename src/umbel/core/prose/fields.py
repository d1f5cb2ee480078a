"""The field of a text: an editor where there are scripts, a box for marked text where there are none."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from umbel.core.prose.cleaning import clean
from umbel.core.prose.pictures import pictures
from umbel.core.prose.reading import read
from umbel.core.prose.words import words
from umbel.core.prose.written import as_html
from umbel.core.registry import is_figure

LONGEST = 200_000
HINT = gettext_lazy(
    "Without the editor: an empty line parts paragraphs, ## begins a heading, - an item, > a quotation; **strong**, "
    "*stressed*, [words](address), {advocacy.positions@2024} for a figure."
)


class ProseInput(forms.Textarea):
    """A text box that a script turns into the editor; what it needs comes with it."""

    template_name = "prose/widget.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {"data-prose": "", "rows": context["widget"]["attrs"].get("rows", 14)}
        context["widget"]["hint"] = HINT
        context["widget"]["words"] = json.dumps(words(), ensure_ascii=False)
        context["widget"]["figures_url"] = reverse("desk.prose.figures")
        context["widget"]["photos_url"] = reverse("desk.prose.photos")
        return context


class ProseFormField(forms.CharField):
    """A text in a form. Cleans to safe HTML; a figure or a photograph that is not there is told by its key."""

    widget = ProseInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return as_html(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if wrong := problems(value):
            raise ValidationError(wrong)

    def widget_attrs(self, _widget: forms.Widget) -> dict[str, Any]:
        return {}

    def has_changed(self, initial: Any, data: Any) -> bool:
        return not self.disabled and as_html(str(data or "")) != clean(str(initial or ""))


class ProseField(models.TextField[Any, Any]):
    """A text with headings, links, pictures and figures; whatever is stored is safe HTML."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{**kwargs, "form_class": ProseFormField, "widget": ProseInput})

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        value = clean(super().pre_save(instance, add) or "")
        setattr(instance, self.attname, value)
        return value


class BriefField(models.TextField[Any, Any]):
    """A few lines of plain text."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"widget": forms.Textarea(attrs={"rows": 3}), **kwargs})


class LeadField(models.CharField[Any, Any]):
    """A sentence or two that open a page."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"widget": forms.Textarea(attrs={"rows": 2}), **kwargs})


def problems(html: str) -> list[str]:
    """Return what a text cites that is not there: figures that no app declares, photographs that cannot be placed."""
    contents = read(html)
    found = []
    for key in dict.fromkeys(cited.key for cited in contents.figures):
        if not is_figure(key):
            found.append(_("No figure has the key “%(key)s”: choose another one or take it out.") % {"key": key})
    placed = pictures(contents.photos)
    for key in dict.fromkeys(contents.photos):
        if key not in placed:
            message = _("The photograph “%(key)s” cannot be placed: it needs a file, a credit and an alternative text.")
            found.append(message % {"key": key})
    return found
