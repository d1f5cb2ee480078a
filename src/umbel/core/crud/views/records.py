"""Pages of one record on the desk: add, edit, delete, history."""

from typing import Any

from django.contrib import messages
from django.db import models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from umbel.core import wastebasket
from umbel.core.changelog import Change
from umbel.core.crud import editing, telling, versions
from umbel.core.crud.access import desk, find_section, may, require
from umbel.core.crud.counted import counting, history, linking
from umbel.core.crud.filters import LAST_YEAR, number_in
from umbel.core.crud.former import kind_of, lines_around
from umbel.core.crud.forms import form_of
from umbel.core.crud.layout import arranged
from umbel.core.crud.rows import all_errors, copy_rows, discard_rows, open_row, rows_of
from umbel.core.crud.sections import Section, section_of
from umbel.core.crud.sending import SentBeforeError, carried_out, fresh_token
from umbel.core.crud.views.bin import may_restore
from umbel.core.crud.views.bulk import named_to, standing_on
from umbel.core.formatting import reading_language
from umbel.core.models import Confederation
from umbel.core.periods import Period
from umbel.core.records import Record

HISTORY_SHOWN = 5
HISTORY_READ = 200
ROWS_NAMED = 3
EARLIEST = 1900
NOT_COPIED = ("key", "user", "spellings")


@desk
def add(request: HttpRequest, section: str) -> HttpResponse:
    """Add a record; the address may name values to begin with, or a record to begin from (`?from=12`)."""
    found = find_section(section)
    require(request.user, "add", found)
    row = found.model()
    data, files = request.POST or None, request.FILES or None
    source = _source(request, found)
    form = form_of(found)(data, files, instance=row, initial=_begun(request, found, source), user=request.user)
    formsets = rows_of(found, row, request.user, data, files)
    if data is None:
        if source is not None:
            copy_rows(formsets, rows_of(found, source, request.user))
        _begin_rows(request, formsets)
    if data is not None and not _is_row_opened(request, formsets) and all_valid(form, formsets):
        try:
            with transaction.atomic():
                saved = save(form, formsets)
                carried_out(request.POST.get("once"), found.url_of(saved.pk))
        except SentBeforeError as error:
            messages.info(request, _("This form was sent before. Here is what it made."))
            return redirect(error.address)
        messages.success(request, _("“%(record)s” was added.") % {"record": saved})
        return redirect(_next(request, found, saved))
    context = {"section": found, "once": request.POST.get("once") or fresh_token(), "can_save": True}
    return form_page(request, form, formsets, context)


def _source(request: HttpRequest, section: Section) -> Any:
    """Return the record from which the address begins another one (`?from=12`), `None` where it names none."""
    number = number_in(request.GET.get("from", ""))
    return None if number is None else get_object_or_404(section.rows(request.user), pk=number)


def _begun(request: HttpRequest, section: Section, row: Any) -> dict[str, Any]:
    """Return what a form begins with: the values of another record but its key and files, and those in the address."""
    begun: dict[str, Any] = {}
    if row is not None:
        files = {field.name for field in row._meta.concrete_fields if isinstance(field, models.FileField)}
        initial = form_of(section)(instance=row, user=request.user).initial
        begun = {name: value for name, value in initial.items() if name not in (*NOT_COPIED, *files)}
    several = {field.name for field in section.model._meta.many_to_many}
    asked = [(name, request.GET.getlist(name)) for name in request.GET if name in section.edited]
    return begun | {name: values if name in several else values[-1] for name, values in asked}


def _begin_rows(request: HttpRequest, formsets: list[Any]) -> None:
    """Open a row for each record that the address names for one: `speakers-person=12`."""
    for formset in formsets:
        asked = {name: request.GET.getlist(f"{formset.prefix}-{name}") for name in formset.form.base_fields}
        named = [{name: value} for name, values in asked.items() for value in values]
        begun = [*(formset.initial_extra or ()), *named][: formset.max_num]
        formset.extra, formset.initial_extra = len(begun), begun


@desk
def edit(request: HttpRequest, section: str, pk: int) -> HttpResponse:
    """Show a record in its form, with what counts it, what names it and its history; save what is sent."""
    found = find_section(section)
    row = get_object_or_404(found.rows(request.user), pk=pk)
    if (whole := section_of(type(whole_of(row)))) is not found:
        asked = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(f"{whole.url_of(pk)}{asked}")
    if request.method != "POST":
        return _edit(request, found, row)
    require(request.user, "change", found, row)
    with transaction.atomic():
        # Others wait until this one is saved; then they read what it left. SQLite has one writer at a time anyway.
        list(type(row)._base_manager.select_for_update().filter(pk=pk).values_list("pk"))
        return _edit(request, found, get_object_or_404(found.rows(request.user), pk=pk))


def _edit(request: HttpRequest, section: Section, row: Any) -> HttpResponse:
    can_save = may(request.user, "change", section, row)
    data, files = request.POST or None, request.FILES or None
    form = form_of(section)(data, files, instance=row, user=request.user)
    formsets = rows_of(section, row, request.user, data, files) if can_save else []
    state = editing.state_of(form, formsets)
    differing: list[editing.Difference] = []
    version = _version(request, section, row, form)
    if version is not None:
        plain, form = form, form_of(section)(instance=row, initial=version.values, user=request.user)
        versions.mark(form, plain, version)
        versions.begin_rows(row, formsets, version)
    if data is not None and not _is_row_opened(request, formsets) and all_valid(form, formsets):
        differing = editing.overtaken(request.POST.get("seen", ""), state, form, formsets)
        removed = None if differing else discard_rows(formsets, request.user)
        if removed is not None:
            _put_files_back(request, section, form)
            saved = save(form, formsets)
            _tell_saved(request, saved, *removed)
            return redirect(_next(request, section, saved))
    if not can_save:
        for field in form.fields.values():
            field.disabled = True
    context = {
        "section": section,
        "row": type(row)._base_manager.get(pk=row.pk) if data else row,
        "seen": editing.seen_by(request.POST.get("seen", ""), state, differing),
        "differing": differing,
        "version": version,
        "files_then": versions.file_names(version, form) if version else (),
        "can_save": can_save,
        "buttons": section.buttons(row, request.user),
        "can_add": may(request.user, "add", section),
        "can_delete": may(request.user, "delete", section, row),
        **_around(row, request),
    }
    return form_page(request, form, formsets, context)


def _tell_saved(request: HttpRequest, row: Any, names: list[str], deletions: list[wastebasket.Deletion]) -> None:
    """Say that a record was saved, which rows of it were removed, and offer the way back to who may take it."""
    if not names:
        messages.success(request, _("“%(record)s” was saved.") % {"record": row})
        return
    text = ngettext(
        "“%(record)s” was saved, and a row removed: %(rows)s.",
        "“%(record)s” was saved, and %(count)s rows removed: %(rows)s.",
        len(names),
    )
    told = ", ".join([*names[:ROWS_NAMED], *(["…"] if len(names) > ROWS_NAMED else [])])
    numbers = ",".join(str(deletion.pk) for deletion in deletions)
    can_undo = numbers and all(may_restore(request.user, deletion) for deletion in deletions)
    messages.success(
        request,
        text % {"record": row, "count": len(names), "rows": told},
        extra_tags=f"undo {numbers}" if can_undo else "",
    )


def _put_files_back(request: HttpRequest, section: Section, form: Any) -> None:
    """Let a record hold the files of then that are ticked, where the form brings no others."""
    names, number = request.POST.getlist("file-back"), number_in(request.GET.get("before", ""))
    if not names:
        return
    stored = section.model._base_manager.get(pk=form.instance.pk)
    try:
        version = versions.before(stored, number, form_of(section)(instance=stored, user=request.user))
    except LookupError as error:
        raise Http404(number) from error
    for name in names:
        if name in version.files and name not in form.changed_data:
            setattr(form.instance, name, version.files[name])


def _version(request: HttpRequest, section: Section, row: Any, form: Any) -> versions.Version | None:
    """Return the version that the address asks for (`?before=12`: as it was before that change), `None` without one."""
    if request.method == "POST" or "before" not in request.GET:
        return None
    require(request.user, "change", section, row)
    try:
        return versions.before(row, number_in(request.GET["before"]), form)
    except LookupError as error:
        raise Http404(request.GET["before"]) from error


def whole_of(row: Any) -> Any:
    """Return a gathering as the meeting that it is, of a body, a group, a project or a seat."""
    for relation in row._meta.related_objects:
        if relation.one_to_one and relation.parent_link and issubclass(relation.related_model, Record):
            child = relation.related_model._base_manager.filter(pk=row.pk).first()
            if child is not None:
                return whole_of(child)
    return row


def _is_row_opened(request: HttpRequest, formsets: list[Any]) -> bool:
    """Open an empty row where that was asked for instead of saving."""
    wanted = next((name.removeprefix("add-row-") for name in request.POST if name.startswith("add-row-")), "")
    return bool(wanted) and open_row(formsets, wanted) is not None


def all_valid(form: Any, formsets: list[Any]) -> bool:
    """Tell whether a form and its rows can be saved; all of them are examined."""
    return all([form.is_valid(), *(formset.is_valid() for formset in formsets)])


def save(form: Any, formsets: list[Any]) -> Any:
    """Store a record and the rows that belong to it; return the record."""
    saved = form.save()
    for formset in formsets:
        formset.instance = saved
        formset.save()
    return saved


def _next(request: HttpRequest, section: Section, row: Any) -> str:
    """Return where to go after saving: another empty form, or the record."""
    return f"{section.url}add/" if "another" in request.POST else section.url_of(row.pk)


def form_page(request: HttpRequest, form: Any, formsets: list[Any], context: dict[str, Any]) -> HttpResponse:
    """Show a form: told again with what is wrong in it (422), or with what somebody else changed meanwhile (409)."""
    errors = all_errors(form, formsets) if form.is_bound else []
    fields, apart = arranged(context["section"], form)
    context |= {"form": form, "formsets": formsets, "errors": errors, "fields": fields, "apart": apart}
    begun = context["version"].values if context.get("version") else ()
    context["is_apart_open"] = any(placed.field.errors or placed.field.name in begun for placed in apart)
    context["put_back"] = [form[name] for name in begun]
    if errors:
        _put_first(form, formsets)
    return render(
        request, "desk/form.html", context, status=422 if errors else 409 if context.get("differing") else 200
    )


def _put_first(form: Any, formsets: list[Any]) -> None:
    """Let the page open at the first field that is wrong."""
    for each in [form, *(row for formset in formsets for row in formset.forms)]:
        for name in each.fields:
            if name in each.errors:
                each.fields[name].widget.attrs["autofocus"] = True
                return


def _around(row: Any, request: HttpRequest) -> dict[str, Any]:
    """Return what stands beside a record: the figures of a year (`?year=`) that count it, what names it, its last
    changes.
    """
    own = Confederation.objects.first()
    asked = number_in(request.GET.get("year", "")) or 0
    year = (asked if EARLIEST <= asked < LAST_YEAR else own.reporting_year) if own else 0
    lines = telling.tell(history(row)[:HISTORY_SHOWN], request.user, reading_language())
    return {
        "year": year,
        "years": (year - 1, year, year + 1),
        "figures": counting(type(row), [row.pk], Period.year(year)) if year else [],
        "links": linking(row, request.user),
        "history": lines,
        "last_change": lines[0][0] if lines else None,
    }


@desk
def delete(request: HttpRequest, section: str, pk: int) -> HttpResponse:
    """Ask once, saying what goes with the record; then delete it and offer the way back."""
    found = find_section(section)
    row = get_object_or_404(found.rows(request.user), pk=pk)
    require(request.user, "delete", found, row)
    try:
        if request.method == "POST":
            with transaction.atomic():
                deletion = wastebasket.discard(row)
            text = _("“%(record)s” was deleted.") % {"record": deletion.text}
            messages.success(request, text, extra_tags=f"undo {deletion.pk}")
            return redirect(found.url)
        touched, refusal = named_to(request.user, wastebasket.touched_by(row)), ""
    except (ProtectedError, RestrictedError) as error:
        touched, refusal = [], standing_on(error, request.user)
    stays = named_to(request.user, wastebasket.let_go_by(row))
    context = {
        "section": found,
        "row": row,
        "touched": touched,
        "stays": stays,
        "refusal": refusal,
        **_around(row, request),
    }
    return render(request, "desk/delete.html", context, status=409 if refusal and request.method == "POST" else 200)


@desk
def past(request: HttpRequest, section: str, pk: int) -> HttpResponse:
    """Show every change of a record, before and after, with the way back for who may change it."""
    found = find_section(section)
    row = get_object_or_404(found.rows(request.user), pk=pk)
    own = {line.pk: line for line in history(row)[:HISTORY_READ]}
    around = {line.pk: line for line in lines_around(row, found)[:HISTORY_READ]}
    merged = [line for _pk, line in sorted({**own, **around}.items(), reverse=True)][:HISTORY_READ]
    can_save, begun = may(request.user, "change", found, row), min(own, default=0)
    shown = []
    for line, fields in telling.tell(merged, request.user, reading_language()):
        is_around = line.pk in around
        may_put_back = can_save and (line.pk > begun if is_around else _is_of_form(line, fields, found))
        shown.append((line, fields, may_put_back, kind_of(line) if is_around else ""))
    return render(
        request, "desk/history.html", {"section": found, "row": row, "lines": shown, "can_save": can_save and shown}
    )


def _is_of_form(line: Change, fields: list[telling.Told], section: Section) -> bool:
    """Tell whether a line of the log changed something that the form of the record asks for."""
    return line.act == Change.Act.CHANGE and any(field.name in section.edited for field in fields)
