"""Freezing, on the desk: what will be kept, what still speaks against it, the step itself."""

from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from umbel.core import changelog
from umbel.core.audience import require
from umbel.core.crud.access import desk
from umbel.core.crud.sending import SentBeforeError, carried_out, fresh_token
from umbel.core.work import is_staffed
from umbel.reports import audit, freezing, grants, tables
from umbel.reports.editions import contradictions, latest
from umbel.reports.freezing import ContradictionError
from umbel.reports.models import Edition, GrantReport, Report


@desk
def freeze(request: HttpRequest, year: int) -> HttpResponse:
    """Ask before a report is frozen: what will be kept, what the audit finds, what refuses it."""
    require(request.user, "reports.add_edition")
    report = get_object_or_404(Report.objects.visible_to(request.user), year=year)
    if request.method == "POST" and request.POST.get("confirmed"):
        try:
            return redirect(_begun(request, report))
        except SentBeforeError as error:
            return _sent_before(request, error)
        except ContradictionError:
            return render(request, "reports/freeze.html", _before(request, report), status=409)
    return render(request, "reports/freeze.html", _before(request, report))


def _begun(request: HttpRequest, report: Report) -> str:
    """Freeze a report, once for each form that was shown; return the address of what that made."""
    with transaction.atomic():
        task = freezing.start(report, request.user.get_username())
        address = reverse("reports.freeze.progress", args=[report.year, task]) if task else _edition_of(report)
        carried_out(request.POST.get("once"), address)
    if not task:
        _tell_frozen(request, report)
    return address


def _sent_before(request: HttpRequest, error: SentBeforeError) -> HttpResponse:
    messages.info(request, _("This form was sent before. Here is what it made."))
    return redirect(error.address)


def _edition_of(report: Report) -> str:
    """Return the address of the last edition of a report. Raises `Http404` where nothing is frozen."""
    return reverse("reports.edition.show", args=[report.year, _last(report).number])


def _last(report: Report) -> Edition:
    edition = latest(report)
    if edition is None:
        raise Http404
    return edition


def _tell_frozen(request: HttpRequest, report: Report) -> None:
    named = {"number": _last(report).number, "report": report}
    messages.success(request, _("Edition %(number)s of %(report)s is frozen.") % named)


def _before(request: HttpRequest, report: Report) -> dict[str, Any]:
    user = request.user
    values = [value for value in tables.evaluate_all(report.period) if value.value is not None]
    last = latest(report)
    answers = audit.checks(report, report.period, user)
    return {
        "report": report,
        "once": request.POST.get("once") or fresh_token(),
        "number": last.number + 1 if last else 1,
        "last": last,
        "figures": len(values),
        "chapters": list(report.chapters.all()),
        "totals": audit.totals(audit.claims(report, user)),
        "states": audit.STATES,
        "findings": [answer for answer in answers if answer.findings and answer.key != "editions.drift"],
        "contradictions": contradictions(report),
    }


@desk
@require_safe
def progress(request: HttpRequest, year: int, task: UUID) -> HttpResponse:
    """Show that a worker is freezing; when it has, lead on to the edition."""
    require(request.user, "reports.add_edition")
    report = get_object_or_404(Report.objects.visible_to(request.user), year=year)
    get_object_or_404(DBTaskResult, id=task)
    is_part = request.GET.get("part") == "1"
    if freezing.is_under_way(task):
        name = "reports/_freezing.html" if is_part else "reports/freezing.html"
        return render(request, name, {"report": report, "is_under_way": True, "is_staffed": is_staffed()})
    if is_part:
        return render(request, "reports/_freezing.html", {"report": report, "is_under_way": False})
    if freezing.has_failed(task):
        messages.error(request, _("The report could not be frozen; the operator finds why in the log of the worker."))
        return redirect("reports.freeze", year)
    _tell_frozen(request, report)
    return redirect(_edition_of(report))


@desk
def freeze_grant(request: HttpRequest, key: str, year: int) -> HttpResponse:
    """Ask before a year of a grant is frozen for its funder."""
    require(request.user, "reports.add_grantreport")
    grant = get_object_or_404(apps.get_model("projects.grant").objects.visible_to(request.user), key=key)
    try:
        document = grants.build(key, year)
        if request.method == "POST" and request.POST.get("confirmed"):
            return redirect(_told(request, grant, year))
    except LookupError as error:
        raise Http404(str(error)) from error
    except SentBeforeError as error:
        return _sent_before(request, error)
    except ContradictionError:
        return render(request, "reports/freeze_grant.html", _before_grant(request, grant, year, document), status=409)
    return render(request, "reports/freeze_grant.html", _before_grant(request, grant, year, document))


def _told(request: HttpRequest, grant: Any, year: int) -> str:
    """Freeze a year of a grant, once for each form that was shown; return the address of what that made."""
    who = request.user.get_username()
    with transaction.atomic(), changelog.by(who):
        told = freezing.freeze_grant(grant, year, by=who)
        carried_out(request.POST.get("once"), told.get_absolute_url())
    messages.success(request, _("Frozen; the funder can read it now."))
    return told.get_absolute_url()


def _before_grant(request: HttpRequest, grant: Any, year: int, document: grants.Document) -> dict[str, Any]:
    lines = [line for heading in document["headings"] for line in heading["lines"]]
    return {
        "grant": grant,
        "once": request.POST.get("once") or fresh_token(),
        "year": year,
        "document": document,
        "lines": len(lines),
        "unproven": [line["name"] for line in lines if not line["evidence"]],
        "editions": GrantReport.objects.filter(grant=grant, year=year).order_by("-number").defer("printed"),
        "contradictions": contradictions(Report.objects.filter(year=year).first()),
    }
