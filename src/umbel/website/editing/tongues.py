"""The table of records and languages, and a record edited beside its original."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from umbel.core import search
from umbel.core.audience import keeps
from umbel.core.crud import editing
from umbel.core.crud.access import desk
from umbel.core.crud.sections import section_of
from umbel.core.formatting import language_name, reading_language
from umbel.core.languages import lead_language, offered_languages
from umbel.core.prose.fields import ProseField
from umbel.core.prose.showing import show
from umbel.core.records import Part
from umbel.core.translations.models import Translation, digest, translate
from umbel.core.translations.table import State, in_state, lines, translated_models
from umbel.website.editing.pages import citations

PER_PAGE = 50
SAME_LINE = 200


def _languages() -> list[tuple[str, str]]:
    """Return the languages into which is translated: code and name."""
    reading = reading_language()
    return [(code, language_name(code, reading)) for code in offered_languages()[1:]]


def _kinds() -> dict[str, Any]:
    """Return the kinds of records that are translated, by their label."""
    return {model._meta.label_lower: model for model in translated_models()}


@desk
def index(request: HttpRequest) -> HttpResponse:
    """Show the records of a kind with their states in each language, narrowed as the address asks."""
    kinds, languages = _kinds(), _languages()
    kind = request.GET.get("kind", "")
    model = kinds.get(kind) or kinds["website.page"]
    state, language = request.GET.get("state", ""), request.GET.get("language", "")
    rows = model._default_manager.visible_to(request.user).order_by(*_order(model))
    rows = rows.select_related() if issubclass(model, Part) else rows
    codes = [code for code, _name in languages]
    if language in codes and state in (State.MISSING, State.STALE, State.CURRENT):
        rows = in_state(rows, language, state)
    number = int(asked) if (asked := request.GET.get("page", "")).isdecimal() and 0 < int(asked[:9]) < 10**6 else 1
    page = list(rows[(number - 1) * PER_PAGE : number * PER_PAGE + 1])
    context = {
        "lines": [_line(line, model) for line in lines(page[:PER_PAGE], codes)],
        "languages": languages,
        "kinds": sorted(
            ((label, capfirst(str(each._meta.verbose_name_plural))) for label, each in kinds.items()), key=_name_of
        ),
        "states": [(value, capfirst(str(label))) for value, label in State.choices if value != State.EMPTY],
        "kind": model._meta.label_lower,
        "state": state,
        "language": language if language in codes else "",
        "lead": language_name(lead_language(), reading_language()),
        "before": _address(request.GET, number - 1) if number > 1 else "",
        "after": _address(request.GET, number + 1) if len(page) > PER_PAGE else "",
    }
    return render(request, "website/editing/languages.html", context)


def _order(model: Any) -> list[str]:
    return [*(model._meta.ordering or []), "pk"]


def _name_of(kind: tuple[str, str]) -> str:
    return kind[1]


def _address(asked: QueryDict, number: int) -> str:
    wanted = asked.copy()
    wanted["page"] = str(number)
    return f"?{wanted.urlencode()}"


def _line(line: Any, model: Any) -> dict[str, Any]:
    label = model._meta.label_lower
    cells = [
        {
            "state": cell.state,
            "label": State(cell.state).label,
            "url": reverse("desk.languages.edit", args=[label, line.row.pk, cell.language]),
        }
        for cell in line.cells
    ]
    return {"row": line.row, "url": section_of(model).url_of(line.row.pk), "cells": cells}


@desk
def edit(request: HttpRequest, kind: str, pk: int, language: str) -> HttpResponse:
    """Show the texts of a record beside what they say in a language, and keep what is sent."""
    model = _kinds().get(kind)
    if model is None or language not in offered_languages()[1:]:
        raise Http404(kind)
    row = get_object_or_404(model._default_manager.visible_to(request.user), pk=pk)
    can_save = keeps(request.user, "website") or request.user.has_perm(model.get_perm("change"), row)
    texts = Translation.objects.of(model).filter(object_id=pk, language=language)
    known = {translation.field: translation for translation in texts}
    form = form_of(row, known)(request.POST or None, initial={name: each.text for name, each in known.items()})
    state = editing.state_of(form) | {f"{name}:original": digest(_original(row, name)) for name in form.fields}
    differing = _differing(request, row, form, state) if can_save and form.is_valid() else []
    if request.method == "POST" and can_save and form.is_valid() and not differing:
        with search.gathered():
            for name in form.fields:
                translate(row, name, language, form.cleaned_data[name])
        messages.success(
            request, _("“%(record)s” was kept in %(language)s.") % {"record": row, "language": _named(language)}
        )
        return redirect("desk.languages.edit", kind, pk, language)
    if not can_save:
        for field in form.fields.values():
            field.disabled = True
    context = {
        "row": row,
        "kind": kind,
        "section": section_of(model),
        "fields": [_side(row, name, known.get(name), form[name]) for name in form.fields],
        "form": form,
        "can_save": can_save,
        "seen": editing.seen_by(request.POST.get("seen", ""), state, differing),
        "differing": differing,
        "language": language,
        "tongue": _named(language),
        "lead": lead_language(),
        "original_tongue": _named(lead_language()),
        "others": [(code, name) for code, name in _languages() if code != language],
    }
    status = 422 if form.errors else 409 if differing else 200
    return render(request, "website/editing/translation.html", context, status=status)


def _differing(request: HttpRequest, row: Any, form: Any, state: editing.State) -> list[editing.Difference]:
    """Return what somebody else changed since the form was made: texts in this language, and their originals."""
    changed = editing.changed_since(request.POST.get("seen", ""), state)
    found = editing.differences([name for name in changed if name in form.fields], form)
    for name in form.fields:
        if f"{name}:original" in changed:
            label = _("%(field)s, the original") % {"field": form[name].label}
            original, here = (
                editing.told(text, form.fields[name]) for text in (_original(row, name), form[name].value())
            )
            found.append(editing.Difference(label, original, here))
    return found


def _named(language: str) -> str:
    return language_name(language, reading_language())


def form_of(row: Any, known: dict[str, Translation]) -> Any:
    """Return the form class for the texts of a record in another language: those that it has, those once translated."""
    fields = {}
    for name in row.translated:
        if getattr(row, name) or name in known:
            fields[name] = _field(row._meta.get_field(name))
    return type("TranslationForm", (forms.Form,), fields)


def _field(field: Any) -> Any:
    label = capfirst(str(field.verbose_name))
    if isinstance(field, ProseField):
        made = field.formfield()
        made.required, made.label = False, label
        return made
    longest = field.max_length or 5000
    widget = forms.TextInput() if longest <= SAME_LINE else forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=False, max_length=longest, widget=widget)


def _original(row: Any, name: str) -> str:
    return str(getattr(row, name) or "")


def _side(row: Any, name: str, translation: Translation | None, bound: Any) -> dict[str, Any]:
    """Return a text beside its original: both, and whether the original changed since."""
    original = _original(row, name)
    is_stale = translation is not None and translation.made_from != digest(original)
    is_prose = isinstance(row._meta.get_field(name), ProseField)
    shown = show(original, citations()) if is_prose else ""
    return {"field": bound, "original": original, "shown": shown, "is_stale": is_stale, "is_prose": is_prose}
