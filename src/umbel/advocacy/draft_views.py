"""Pages of the member area on which members comment on drafts."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from umbel.accounts.doors import NETWORK, may_enter
from umbel.advocacy.actions import put_comment, say_nothing
from umbel.advocacy.forms import CommentForm
from umbel.advocacy.models import Comment, Draft
from umbel.advocacy.rules import own_comments, speaks_for
from umbel.core import wastebasket
from umbel.core.audience import audiences_of
from umbel.core.crud import editing
from umbel.core.crud.sending import SentBeforeError, carried_out, fresh_token
from umbel.core.translations.saying import localise
from umbel.library.models import Document
from umbel.network.models import Organisation


@never_cache
@login_required
def drafts(request: HttpRequest) -> HttpResponse:
    """List the drafts that are put before whoever is signed in: open ones, those to come, past ones."""
    if not may_enter(NETWORK, request.user):
        raise Http404
    day, members = timezone.localdate(), speaks_for(request.user)
    rows: dict[int, Draft] = {}
    answered: dict[int, set[int]] = {}
    found = Draft.objects.visible_to(request.user).select_related("position")
    for row in found.answered_by([each.pk for each in members]):
        rows.setdefault(row.pk, row)
        answered.setdefault(row.pk, set()).add(row.answering)
    localise([*rows.values(), *(row.position for row in rows.values())])
    told = [_told(row, members, answered[row.pk], request.user) for row in rows.values()]
    context = {
        "open": [each for each in told if each["draft"].is_open(day)],
        "coming": [each for each in told if not each["draft"].has_begun(day)],
        "past": [each for each in told if each["draft"].has_begun(day) and not each["draft"].is_open(day)],
    }
    return render(request, "advocacy/own_drafts.html", context)


def _told(row: Draft, members: list[Organisation], answered: set[int], user: Any) -> dict[str, Any]:
    """Return a draft as a line of the list, with those of one's members that have and have not said something."""
    return {
        "draft": row,
        "heard": [each for each in members if each.pk in answered],
        "silent": [each for each in members if each.pk not in answered],
        "position": row.position if _may_name(row.position, user) else None,
    }


def _may_name(row: Any, user: Any) -> bool:
    """Tell, without a query, whether a record that another one names may be named to a user."""
    return row is not None and row.audience in audiences_of(user)


@never_cache
@login_required
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """Show a draft with its comments; whoever speaks for a member adds one as long as comments are taken."""
    row = _draft(request, key)
    members, is_open = speaks_for(request.user), row.is_open(timezone.localdate())
    if request.method == "POST" and not members:
        raise Http404
    if request.method == "POST" and not is_open:
        return _closed(request, row)
    form = CommentForm(request.POST or None, instance=Comment(draft=row), user=request.user, organisations=members)
    if members and form.is_valid():
        return _added(request, form)
    comments = _comments(row, request.user, members)
    heard = {each["comment"].organisation_id for each in comments}
    context = {
        "draft": row,
        "position": row.position if _may_name(row.position, request.user) else None,
        "is_open": is_open,
        "has_begun": row.has_begun(timezone.localdate()),
        "papers": Document.objects.of(row).visible_to(request.user),
        "comments": comments,
        "form": form if members and is_open else None,
        "silent": [each for each in members if each.pk not in heard] if is_open else [],
        "once": request.POST.get("once") or fresh_token(),
    }
    return render(request, "advocacy/own_draft.html", context, status=422 if form.is_bound else 200)


def _draft(request: HttpRequest, key: str) -> Draft:
    found: Draft = get_object_or_404(Draft.objects.visible_to(request.user).select_related("position"), key=key)
    localise([found, found.position])
    return found


def _closed(request: HttpRequest, row: Draft) -> HttpResponse:
    messages.warning(request, _("No comments are taken on “%(draft)s” today. Nothing was changed.") % {"draft": row})
    return redirect(row)


def _added(request: HttpRequest, form: CommentForm) -> HttpResponse:
    row = form.instance.draft
    try:
        with transaction.atomic():
            comment = put_comment(form.save(commit=False), by=request.user)
            carried_out(request.POST.get("once"), comment.get_absolute_url())
    except SentBeforeError as error:
        messages.info(request, _("This form was sent before. Here is what it made."))
        return redirect(error.address)
    told = {"organisation": comment.organisation}
    messages.success(request, _("%(organisation)s has commented. You can change it until the last day.") % told)
    return redirect(row)


def _comments(row: Draft, user: Any, members: Iterable[Organisation]) -> list[dict[str, Any]]:
    """Return the comments on a draft with what may be named of each: the organisation, who wrote it."""
    own = {each.pk for each in members}
    found = row.comments.select_related("organisation", "person").order_by("organisation__name", "date", "pk")
    return [
        {
            "comment": each,
            "organisation": each.organisation if is_own or _may_name(each.organisation, user) else None,
            "person": each.person if is_own or _may_name(each.person, user) else None,
            "is_own": is_own,
        }
        for each in found
        for is_own in [each.organisation_id in own]
    ]


@login_required
@require_POST
def no_remark(request: HttpRequest, key: str) -> HttpResponse:
    """Note that a member has read a draft and has no remark: silence says less."""
    row, asked = _draft(request, key), request.POST.get("organisation", "")
    organisation = next((each for each in speaks_for(request.user) if each.key == asked), None)
    if organisation is None:
        raise Http404(asked)
    if not row.is_open(timezone.localdate()):
        return _closed(request, row)
    told = {"organisation": organisation}
    if say_nothing(row, organisation, by=request.user):
        messages.success(request, _("%(organisation)s has no remark. You can still comment until the last day.") % told)
    else:
        messages.info(request, _("%(organisation)s has commented already.") % told)
    return redirect(row)


@never_cache
@login_required
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a comment of one's organisation until the last day."""
    found = get_object_or_404(own_comments(request.user).select_related("draft", "organisation"), pk=pk)
    localise([found.draft])
    if not found.draft.is_open(timezone.localdate()):
        return _closed(request, found.draft)
    form = CommentForm(request.POST or None, instance=found, user=request.user, organisations=[found.organisation])
    state = editing.state_of(form)
    differing = editing.overtaken(request.POST.get("seen", ""), state, form) if form.is_valid() else []
    if form.is_valid() and not differing:
        put_comment(form.save(commit=False), by=request.user)
        messages.success(request, _("Your comment is changed."))
        return redirect(found.draft)
    context = {
        "form": form,
        "comment": found,
        "seen": editing.seen_by(request.POST.get("seen", ""), state, differing),
        "differing": differing,
    }
    status = 409 if differing else 422 if form.is_bound else 200
    return render(request, "advocacy/own_comment.html", context, status=status)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a comment of one's organisation until the last day; the secretariat finds it in the bin."""
    found = get_object_or_404(own_comments(request.user).select_related("draft", "organisation"), pk=pk)
    if not found.draft.is_open(timezone.localdate()):
        return _closed(request, found.draft)
    wastebasket.discard(found)
    told = {"organisation": found.organisation}
    messages.success(request, _("The comment of %(organisation)s is withdrawn.") % told)
    return redirect(found.draft)
