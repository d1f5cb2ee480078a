"""Pages that make two records one, and take it back."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from umbel.core import duplicates, merging
from umbel.core.audience import is_in_audience
from umbel.core.crud.access import desk, find_section, require
from umbel.core.crud.columns import column, teller
from umbel.core.crud.fields import ChooserField
from umbel.core.crud.filters import number_in
from umbel.core.crud.sections import Section, section_of
from umbel.core.formatting import reading_language
from umbel.core.models import Merge
from umbel.core.records import Record

MERGES_SHOWN = 100


@dataclass(frozen=True)
class Compared:
    """A field in which two records differ: what each of them says."""

    name: str
    label: Any
    kept: str
    gone: str


@desk
def pairs(request: HttpRequest, section: str) -> HttpResponse:
    """Show the records of a section that look like one another."""
    found = _mergeable(section)
    require(request.user, "delete", found)
    rows = found.rows(request.user)
    groups = [numbers for numbers, _place in zip(duplicates.alike(rows), range(duplicates.PAIRS_SHOWN), strict=False)]
    by_number = rows.in_bulk([number for group in groups for number in group])
    shown = [[by_number[number] for number in group] for group in groups]
    return render(request, "desk/duplicates.html", {"section": found, "groups": shown})


@desk
def compare(request: HttpRequest, section: str, pk: int) -> HttpResponse:
    """Choose a second record, see both side by side, and make them one."""
    found = _mergeable(section)
    require(request.user, "delete", found)
    kept = get_object_or_404(found.rows(request.user), pk=pk)
    form = _chooser(found, request)
    context = {"section": found, "row": kept, "form": form}
    if not form.is_valid():
        near = [] if form.is_bound else duplicates.like(kept, found.rows(request.user))
        return render(request, "desk/merge_choose.html", context | {"near": near})
    gone = form.cleaned_data["with"]
    if gone == kept:
        form.add_error("with", _("This is the record itself: choose the other one."))
        return render(request, "desk/merge_choose.html", context)
    compared = list(_compared(found, kept, gone, request.user))
    if request.method == "POST":
        names = [each.name for each in compared if request.POST.get(f"take-{each.name}") == "other"]
        return _merge(request, found, kept, gone, names)
    context |= {"other": gone, "compared": compared, "standing": merging.standing(gone)}
    context |= _accounts(kept, gone, request.user)
    return render(request, "desk/merge.html", context)


def _mergeable(key: str) -> Section:
    found = find_section(key)
    if not found.is_mergeable:
        raise Http404(key)
    return found


def _chooser(section: Section, request: HttpRequest) -> forms.Form:
    fields = {"with": ChooserField(section.rows(request.user), label=_("The other record"))}
    data = request.POST if request.method == "POST" else request.GET
    number = data.get("with-number", "")
    named = section.rows(request.user).filter(pk=number if number.isdecimal() else 0).first()
    asked = {"with": data.get("with") or str(named or ""), "with-number": number}
    form: forms.Form = type("MergeForm", (forms.Form,), fields)(asked if any(asked.values()) else None)
    return form


def _compared(section: Section, kept: Any, gone: Any, user: Any) -> Iterator[Compared]:
    for name in section.edited:
        if section.model._meta.get_field(name).many_to_many or name == "key":
            continue
        shown = column(section.model, name)
        here, there = (_told(shown, row, name, user) for row in (kept, gone))
        if _stored(kept, name) != _stored(gone, name):
            yield Compared(name, shown.label, here, there)


def _accounts(kept: Any, gone: Any, user: Any) -> dict[str, Any]:
    """Return the accounts of both, where each has one: of two that are open somebody has to say which one stays."""
    both = merging.accounts_of_both(kept, gone)
    lines = [
        {"account": account, "may_stay": _may_close(user, other)}
        for account, other in zip(both, reversed(both), strict=True)
    ]
    is_asked = bool(both) and all(account.is_active for account in both)
    return {
        "accounts": lines,
        "is_asked": is_asked,
        "is_stuck": is_asked and not any(line["may_stay"] for line in lines),
    }


def _may_close(user: Any, account: Any) -> bool:
    return bool(user.has_perm(_closing(), account))


def _closing() -> str:
    meta = get_user_model()._meta
    return f"{meta.app_label}.close_{meta.model_name}"


def _stored(row: Any, name: str) -> Any:
    return getattr(row, row._meta.get_field(name).attname) or ""


def _told(shown: Any, row: Any, name: str, user: Any) -> str:
    value = getattr(row, name)
    if isinstance(value, Record) and not is_in_audience(user, value):
        return _("a record that you may not see")
    return teller(shown, reading_language())(value) if shown.path == name else str(value or "")


def _merge(request: HttpRequest, section: Section, kept: Any, gone: Any, names: list[str]) -> HttpResponse:
    taken = {name: getattr(gone, name) for name in names}
    for line in _accounts(kept, gone, request.user)["accounts"]:
        if line["may_stay"] and request.POST.get("account") == str(line["account"].pk):
            taken["user"] = line["account"]
    try:
        act = merging.merge(kept, gone, taken)
    except ValidationError as error:
        messages.error(request, _("Nothing was merged. ") + " ".join(error.messages))
        return redirect("desk.record.merge", section.key, kept.pk)
    text = _("“%(gone)s” is now part of “%(kept)s”.") % {"gone": act.deletion.text, "kept": kept}
    messages.success(request, text, extra_tags=f"unmerge {act.pk}")
    return redirect(section.url_of(kept.pk))


@desk
def past(request: HttpRequest) -> HttpResponse:
    """Show the merges of the last thirty days, each with its way back."""
    known = Merge.objects.visible_to(request.user).select_related("deletion")[:MERGES_SHOWN]
    hidden = _hidden(request.user, known)
    merges = [act for act in known if _may_undo(request.user, act) and (act.type, act.kept) not in hidden]
    return render(request, "desk/merges.html", {"merges": merges})


@desk
@require_POST
def unmerge(request: HttpRequest) -> HttpResponse:
    """Take a merge back."""
    number = request.POST.get("merge", "")
    act = get_object_or_404(Merge.objects.visible_to(request.user), pk=number_in(number))
    if not _may_undo(request.user, act) or _hidden(request.user, [act]):
        raise Http404(number)
    try:
        back = merging.undo(act)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("desk.merges")
    messages.success(request, _("“%(record)s” is a record of its own again.") % {"record": back})
    return redirect(section_of(type(back)).url_of(back.pk))


def _may_undo(user: Any, act: Merge) -> bool:
    app, _dot, name = act.type.partition(".")
    may_open = not act.has_closed_account or user.has_perm(_closing())
    return bool(may_open and user.has_perm(f"{app}.delete_{name}"))


def _hidden(user: Any, acts: Iterable[Merge]) -> set[tuple[str, int]]:
    """Return the kinds and numbers of records left of merges that a person may not see by now."""
    left: dict[str, set[int]] = defaultdict(set)
    for act in acts:
        left[act.type].add(act.kept)
    hidden: set[tuple[str, int]] = set()
    for kind, numbers in left.items():
        rows = apps.get_model(kind)._default_manager.filter(pk__in=numbers)
        seen = rows.visible_to(user).values("pk")
        hidden |= {(kind, number) for number in rows.exclude(pk__in=seen).values_list("pk", flat=True)}
    return hidden
