"""The pages of the set-up: the door, a page a step, the colours as they would look, what is put aside."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from umbel.accounts.models import User
from umbel.core import changelog
from umbel.core.audience import Role
from umbel.core.models import Confederation
from umbel.core.palette import style_sheet
from umbel.network.models import Invitation
from umbel.website.starting import door, left, posting, rows
from umbel.website.starting.forms import AdministratorForm, LookForm, NameForm, StatutesForm, TestMailForm
from umbel.website.starting.steps import ADMINISTRATOR, LOOK, MAIL, MEMBERS, NAME, STATUTES, STEPS, WORDS, after, find

REACHED = "starting.reached"


def start(request: HttpRequest) -> HttpResponse:
    """Lead to the step that is to be done next; before that ask for the token that the operator was shown."""
    given = request.POST.get("token", request.GET.get("token", ""))
    if given and door.fits(given) and door.is_open():
        door.let_in(request)
        return redirect("starting.start")
    if door.has_entered(request):
        return redirect("starting.step", _next(request))
    if not door.is_open():
        return door.turned_away(request)
    response = render(request, "website/starting/door.html", {"is_wrong": bool(given)})
    add_never_cache_headers(response)
    return response


def _next(request: HttpRequest) -> str:
    """Return the step at which somebody left, or the first that is not done."""
    if not Confederation.objects.exists():
        return NAME
    return str(request.session.get(REACHED, LOOK))


@sensitive_post_parameters("password", "again")
@door.entered
def step(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a step and take what is sent; what is right leads to the next one. Raises `Http404` for no step."""
    if slug not in PAGES:
        raise Http404(slug)
    own = Confederation.objects.first()
    if own is None and slug != NAME:
        return redirect("starting.start")
    if slug in {MAIL, MEMBERS} and not request.user.is_authenticated:
        return redirect("starting.step", ADMINISTRATOR)
    if request.session.get(REACHED) != slug:
        request.session[REACHED] = slug
    answer: HttpResponse = PAGES[slug](request, own)
    return answer


def _page(request: HttpRequest, slug: str, own: Confederation | None, **told: Any) -> HttpResponse:
    place = find(slug)
    frame = {
        "steps": STEPS,
        "step": STEPS[place],
        "number": place + 1,
        "before": STEPS[place - 1] if place else None,
        "after": after(slug),
        "own": own,
    }
    return render(request, f"website/starting/{slug}.html", {**frame, **told})


def _name(request: HttpRequest, own: Confederation | None) -> HttpResponse:
    form = NameForm(request.POST or None, instance=own)
    if form.is_valid():
        form.save()
        return redirect(after(NAME))
    return _page(request, NAME, own, form=form)


def _look(request: HttpRequest, own: Confederation) -> HttpResponse:
    sent = request.POST.copy()
    if take := sent.get("take"):
        sent["primary_colour"] = str(take)
    form = LookForm(sent or None, request.FILES or None, instance=own)
    if "show" not in sent and "take" not in sent and form.is_valid():
        form.save()
        return redirect(after(LOOK))
    colours = {name: form[f"{name}_colour"].value() for name in ("primary", "accent")}
    return _page(request, LOOK, own, form=form, **colours)


def _words(request: HttpRequest, own: Confederation) -> HttpResponse:
    kinds = {"categories": rows.CATEGORIES, "types": rows.TYPES}
    adds = next((prefix for prefix in kinds if f"add-row-{prefix}" in request.POST), None)
    data = rows.with_one_more(request.POST, adds) if adds else request.POST or None
    tables = [kind(data, prefix=prefix) for prefix, kind in kinds.items()]
    if data and not adds and all([table.is_valid() for table in tables]) and rows.save_words(tables):
        return redirect(after(WORDS))
    return _page(request, WORDS, own, tables=tables)


def _statutes(request: HttpRequest, own: Confederation) -> HttpResponse:
    form = StatutesForm(request.POST or None, instance=own)
    if form.is_valid():
        form.save()
        return redirect(after(STATUTES))
    return _page(request, STATUTES, own, form=form)


def _administrator(request: HttpRequest, own: Confederation) -> HttpResponse:
    if request.user.is_authenticated:
        return _page(request, ADMINISTRATOR, own)
    invited = Invitation.objects.pending().filter(role=Role.ADMINISTRATOR).first()
    initial = {"name": invited.name, "email": invited.email} if invited else {}
    form = AdministratorForm(request.POST or None, initial=initial)
    if not form.is_valid():
        return _page(request, ADMINISTRATOR, own, form=form)
    user = form.account()
    _open_account(user)
    record_authentication(request, user, "password")
    perform_login(request, user)
    return redirect(after(ADMINISTRATOR))


@transaction.atomic
def _open_account(user: User) -> None:
    """Store the first account; whoever holds the token vouches for its address."""
    with changelog.by(user.email):
        user.save()
    user.vouch()
    Invitation.objects.pending().filter(email=user.email).update(accepted_at=timezone.now())


def _mail(request: HttpRequest, own: Confederation) -> HttpResponse:
    form = TestMailForm(request.POST or None, initial={"to": getattr(request.user, "email", "")})
    outcome = posting.send_test(form.cleaned_data["to"], own) if form.is_valid() else None
    return _page(request, MAIL, own, form=form, outcome=outcome, server=posting.server())


def _members(request: HttpRequest, own: Confederation) -> HttpResponse:
    adds = "add-row-members" in request.POST
    data = rows.with_one_more(request.POST, "members") if adds else request.POST or None
    table = rows.MEMBERS(data, prefix="members")
    if data and not adds and table.is_valid():
        with transaction.atomic():
            table.save_all()
        messages.success(request, _("The confederation is set up. What is left to do stands here."))
        return redirect(after(MEMBERS))
    return _page(request, MEMBERS, own, tables=[table])


PAGES: dict[str, Any] = {
    NAME: _name,
    LOOK: _look,
    WORDS: _words,
    STATUTES: _statutes,
    ADMINISTRATOR: _administrator,
    MAIL: _mail,
    MEMBERS: _members,
}


def colours(request: HttpRequest) -> HttpResponse:
    """Return the tokens of two colours as a style sheet, to look at before they are kept. It tells nothing of ours."""
    try:
        sheet = style_sheet(request.GET.get("primary", ""), request.GET.get("accent", ""))
    except ValueError as error:
        raise Http404 from error
    return HttpResponse(sheet, content_type="text/css; charset=utf-8")


@login_required
@require_POST
def put_aside(request: HttpRequest) -> HttpResponse:
    """Take an item of the checklist, or all of it, from one's desk."""
    if not door.keeps_everything(request.user):
        raise Http404
    try:
        left.put_aside(request.user, request.POST.get("item", ""))
    except KeyError as error:
        raise Http404 from error
    return redirect("desk.home")
