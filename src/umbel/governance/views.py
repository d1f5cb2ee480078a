"""Voting: what people of the network vote on and how, and what the secretariat sees and does with a vote."""

import csv
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from umbel.accounts.doors import NETWORK, may_enter
from umbel.core.audience import require
from umbel.core.crud import editing
from umbel.core.crud.access import desk
from umbel.core.crud.export import harmless
from umbel.core.crud.sections import section_of
from umbel.governance import rolls, voting
from umbel.governance.forms import BallotForm
from umbel.governance.models import Poll

View = Callable[..., HttpResponse]


def of_the_network(view: View) -> View:
    """Open a view to people of the network, with rolls that are due drawn up; to others it is not there."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_enter(NETWORK, request.user):
            raise Http404
        voting.draw_rolls()
        return view(request, *args, **kwargs)

    return guarded


@of_the_network
def votes(request: HttpRequest) -> HttpResponse:
    """List what is open, what comes and what came of the latest votes."""
    return render(request, "governance/votes.html", {"told": rolls.listed(request.user)})


@of_the_network
def vote(request: HttpRequest, key: str) -> HttpResponse:
    """Show a vote with the ballots that are somebody's to cast; take one."""
    seen = Poll.objects.visible_to(request.user).announced().select_related("body", "meeting")
    poll = get_object_or_404(seen, key=key)
    own = rolls.own_votes_in([poll], request.user)[poll.pk]
    forms = [BallotForm(request.POST or None, voter=each) for each in own]
    sent = next((form for form in forms if form.is_bound), None)
    if request.method == "POST" and sent is None:
        raise Http404
    papers = [_paper(form, request.POST.get("seen", "") if form is sent else "") for form in forms]
    is_overtaken = any(paper["differing"] for paper in papers)
    if sent is not None and sent.is_valid() and not is_overtaken:
        _take(request, sent)
        return redirect("governance.vote.show", poll.key)
    context = {**rolls.about(poll, request.user), "papers": papers}
    status = 409 if is_overtaken else 422 if sent is not None else 200
    return render(request, "governance/vote.html", context, status=status)


def _paper(form: BallotForm, seen: str) -> dict[str, Any]:
    """Return a ballot paper: its form, what it has seen, and what somebody else chose for the same vote since."""
    state = editing.state_of(form)
    differing = editing.overtaken(seen, state, form) if form.is_bound and form.is_valid() else []
    return {"form": form, "seen": editing.seen_by(seen, state, differing), "differing": differing}


def _take(request: HttpRequest, form: BallotForm) -> None:
    try:
        ballot = voting.cast(form.voter, form.cleaned_data["choice"], request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return
    told = {"voter": form.voter, "choice": ballot.get_choice_display()}
    text = _("%(voter)s has changed its vote: %(choice)s.") if form.ballot else _("%(voter)s has voted: %(choice)s.")
    messages.success(request, text % told)


def _poll(request: HttpRequest, pk: int) -> Poll:
    """Return a poll that somebody in the secretariat sees, its roll drawn up where that was due."""
    voting.draw_rolls()
    found: Poll = get_object_or_404(Poll.objects.visible_to(request.user).select_related("body", "meeting"), pk=pk)
    return found


@desk
def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how many have voted, once the vote is closed the result and the roll."""
    poll = _poll(request, pk)
    context = {
        **rolls.about(poll, request.user),
        "section": section_of(Poll),
        "can_end": request.user.has_perm("governance.change_poll", poll),
    }
    return render(request, "governance/poll.html", context)


@desk
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """Return who voted what in a closed vote as a table."""
    poll = _poll(request, pk)
    if not poll.is_closed:
        raise Http404
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="vote-{poll.key}.csv"'
    writer = csv.writer(response, lineterminator="\n")
    writer.writerow(["voter", "vote", "cast_at"])
    for row in rolls.roll(poll, request.user):
        ballot = getattr(row, "ballot", None)
        writer.writerow([harmless(row.told or ""), ballot.choice if ballot else "", _iso(ballot)])
    return response


def _iso(ballot: Any) -> str:
    return ballot.cast_at.isoformat(timespec="seconds") if ballot else ""


@desk
def end(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Ask once, saying what follows; then close a vote early, or withdraw it."""
    poll = _poll(request, int(pk))
    require(request.user, "governance.change_poll", poll)
    if request.method != "POST":
        context = {**rolls.about(poll, request.user), "section": section_of(Poll), "verb": verb}
        return render(request, "governance/poll_end.html", context)
    try:
        if verb == "close":
            voting.close(poll)
            messages.success(request, _("“%(poll)s” is closed.") % {"poll": poll})
        else:
            voting.withdraw(poll)
            messages.success(request, _("“%(poll)s” is withdrawn.") % {"poll": poll})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("governance.poll.result", poll.pk)
