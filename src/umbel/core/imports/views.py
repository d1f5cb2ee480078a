"""The pages of the wizard: upload, match the columns, look at what would be done, write it, undo it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_safe

from umbel.core.crud.access import desk
from umbel.core.crud.sending import SentBeforeError, carried_out, fresh_token
from umbel.core.imports import blanks, jobs, pages
from umbel.core.imports.files import MEGABYTE, UnreadableError, limit, too_large
from umbel.core.imports.forms import UploadForm, decide, match
from umbel.core.imports.jobs import NotNowError, State
from umbel.core.imports.kinds import Kind, kind_of, kinds_for
from umbel.core.imports.mapping import MappingError
from umbel.core.imports.models import ImportJob

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 100


def _kinds(request: HttpRequest) -> list[Kind]:
    """Return the kinds that the person brings in. Raises `Http404` where there is none."""
    kinds = kinds_for(request.user)
    if not kinds:
        raise Http404
    return kinds


def _jobs(request: HttpRequest) -> Any:
    return ImportJob.objects.of_kinds(kind.name for kind in _kinds(request)).visible_to(request.user)


def _found(request: HttpRequest, pk: int) -> tuple[ImportJob, Kind]:
    """Return an import of a kind that the person brings in. Raises `Http404`."""
    job = get_object_or_404(_jobs(request), pk=pk)
    kind = kind_of(job.kind)
    if kind is None:
        raise Http404
    return job, kind


@desk
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/imports/list.html", {"lines": [pages.line(job) for job in _jobs(request)[:SHOWN]]})


@csrf_exempt
@desk
def new(request: HttpRequest) -> HttpResponseBase:
    """Take a file in. One that is too large is refused by what its sender says of it, before any of it is read."""
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    if request.method == "POST" and size > limit() + MEGABYTE:
        form = UploadForm(kinds=_kinds(request))
        context = {"form": form, "refusal": too_large(size), "limit": limit()}
        return render(request, "desk/imports/new.html", context, status=413)
    return _new(request)


@csrf_protect
def _new(request: HttpRequest) -> HttpResponse:
    kinds = _kinds(request)
    refusal = ""
    form = UploadForm(
        request.POST or None, request.FILES or None, kinds=kinds, initial={"kind": request.GET.get("kind")}
    )
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            return redirect(_received(request, asked))
        except UnreadableError as error:
            refusal = str(error)
    chosen = kind_of(request.GET.get("kind", "") or request.POST.get("kind", ""))
    context = {
        "form": form,
        "refusal": refusal,
        "limit": limit(),
        "chosen": chosen if chosen in kinds else None,
        "once": request.POST.get("once") or fresh_token(),
    }
    return render(request, "desk/imports/new.html", context)


def _received(request: HttpRequest, asked: dict[str, Any]) -> str:
    """Take a file in, once for each form that was shown; return the address of its import."""
    who, file = request.user.get_username(), asked["file"]
    try:
        with transaction.atomic():
            job = jobs.receive(asked["kind"], who, file.name, file.file, asked["encoding"])
            address = reverse("desk.import.show", args=[job.pk])
            carried_out(request.POST.get("once"), address)
    except SentBeforeError as error:
        job.file.delete(save=False)
        messages.info(request, _("This form was sent before. Here is what it made."))
        return error.address
    return address


@desk
def show(request: HttpRequest, pk: int) -> HttpResponse:
    job, kind = _found(request, pk)
    if request.method == "POST":
        try:
            ACTS.get(request.POST.get("act", ""), _nothing)(request, job, kind)
        except (NotNowError, MappingError, UnreadableError) as error:
            messages.error(request, str(error))
        return redirect("desk.import.show", job.pk)
    return render(request, f"desk/imports/{pages.template(job)}.html", pages.page(job, kind, request.user))


def _nothing(_request: HttpRequest, _job: ImportJob, _kind: Kind) -> None:
    raise NotNowError(_("Nothing was done; choose again."))


def _match(request: HttpRequest, job: ImportJob, kind: Kind) -> None:
    if job.state not in (State.MAPPING, State.EXAMINED):
        raise NotNowError(_("The columns of this import are settled."))
    match(job, kind, request.POST)
    jobs.start(job, State.EXAMINING)


def _reread(request: HttpRequest, job: ImportJob, _kind: Kind) -> None:
    if job.state not in (State.MAPPING, State.EXAMINED) or not job.file:
        raise NotNowError(_("The columns of this import are settled."))
    jobs.reread(job, request.POST.get("encoding", ""))


def _decide(request: HttpRequest, job: ImportJob, _kind: Kind) -> None:
    if decide(job, request.POST):
        jobs.start(job, State.EXAMINING)


def _write(request: HttpRequest, job: ImportJob, _kind: Kind) -> None:
    job.leaves_errors = bool(request.POST.get("leaves_errors"))
    jobs.start(job, State.WRITING, leaves_errors=job.leaves_errors)


def _undo(request: HttpRequest, job: ImportJob, kind: Kind) -> None:
    if not request.user.has_perm(kind.model.get_perm("delete")):
        raise Http404
    jobs.start(job, State.UNDOING, undone_by=request.user.get_username())


def _back(_request: HttpRequest, job: ImportJob, _kind: Kind) -> None:
    jobs.back_to_mapping(job)


def _restart(_request: HttpRequest, job: ImportJob, _kind: Kind) -> None:
    jobs.carry_on_import.enqueue(job.pk)


def _erase(_request: HttpRequest, job: ImportJob, _kind: Kind) -> None:
    if job.is_running:
        raise NotNowError(_("Wait until the import is done."))
    job.erase()


ACTS: dict[str, Callable[[HttpRequest, ImportJob, Kind], None]] = {
    "match": _match,
    "reread": _reread,
    "decide": _decide,
    "write": _write,
    "undo": _undo,
    "back": _back,
    "restart": _restart,
    "erase": _erase,
}


@desk
@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    job, _kind = _found(request, pk)
    return render(request, "desk/imports/_progress.html", pages.progress(job))


@desk
@require_safe
def errors(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Return the rows that need somebody's hand as CSV, each with what is wrong."""
    job, _kind = _found(request, pk)
    language = translation.get_language()

    def told() -> Any:
        with translation.override(language):
            yield from blanks.annotated(job)

    headers = {"Content-Disposition": f'attachment; filename="import-{job.pk}-errors.csv"'}
    return StreamingHttpResponse(told(), content_type="text/csv; charset=utf-8", headers=headers)


@desk
@require_safe
def blank(request: HttpRequest, kind: str, format: str) -> HttpResponse:
    """Return an empty table of a kind, to fill in."""
    found = kind_of(kind)
    if found not in _kinds(request) or found is None or format not in ("csv", "xlsx"):
        raise Http404
    content, media = (
        (blanks.blank_csv(found), "text/csv; charset=utf-8")
        if format == "csv"
        else (blanks.blank_workbook(found), SHEET)
    )
    headers = {"Content-Disposition": f'attachment; filename="{found.sheet.name}.{format}"'}
    return HttpResponse(content, content_type=media, headers=headers)
