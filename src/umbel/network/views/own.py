"""What people keep themselves: the page of their organisation, who works there, how they can be reached."""

from typing import Any
from urllib.parse import urljoin

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from umbel.core.crud import editing
from umbel.core.crud.sections import section_of
from umbel.core.crud.sending import SentBeforeError, carried_out, fresh_token
from umbel.network import self_service
from umbel.network.contact_rows import OwnContacts
from umbel.network.forms import ColleagueForm, OwnPostForm
from umbel.network.models import EditRule, Organisation, Person, Post, Proposal
from umbel.network.rules import organisations_of, today


def organisation_of(request: HttpRequest, key: str) -> Organisation:
    """Return an organisation for which somebody speaks. Raises `Http404` for any other."""
    found: Organisation = get_object_or_404(organisations_of(request.user), key=key)
    return found


def page_of(organisation: Organisation) -> str:
    """Return the address of an organisation's page in the member area: it stands one above its form."""
    return urljoin(reverse("network.own.edit", args=[organisation.key]), "..")


@never_cache
@login_required
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Show the page of one's organisation as a form; tell what takes effect at once and what is looked at first."""
    organisation = organisation_of(request, key)
    form = self_service.own_form(organisation, request.POST or None, request.FILES or None, user=request.user)
    state = editing.state_of(form)
    differing: list[editing.Difference] = []
    if form.is_valid():
        differing = editing.overtaken(request.POST.get("seen", ""), state, form)
        if not differing:
            _told(request, *self_service.submit(form, request.user))
            return redirect(page_of(organisation))
    stored = Organisation.objects.get(pk=organisation.pk)
    context = {
        "organisation": stored,
        "back": page_of(stored),
        "form": form,
        "placed": [(form[name], form.rules[name] == EditRule.Rule.REVIEWED) for name in _in_order(form)],
        "seen": editing.seen_by(request.POST.get("seen", ""), state, differing),
        "differing": differing,
        "waiting": Proposal.objects.waiting().filter(organisation=stored),
    }
    status = 409 if differing else 422 if form.is_bound else 200
    return render(request, "network/own_page.html", context, status=status)


def _in_order(form: self_service.OwnPageForm) -> list[str]:
    """Return the fields of the form in the order of the desk's."""
    return [name for name in section_of(Organisation).edited if name in form.fields]


def _told(request: HttpRequest, at_once: list[str], proposals: list[Proposal]) -> None:
    if at_once:
        messages.success(request, _("Your page is changed."))
    if proposals:
        told = ngettext(
            "The secretariat looks at this change first: %(fields)s.",
            "The secretariat looks at these changes first: %(fields)s.",
            len(proposals),
        )
        fields = ", ".join(capfirst(proposal.label) for proposal in proposals)
        messages.info(request, told % {"fields": fields})


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a change that waits for the secretariat."""
    proposal = get_object_or_404(self_service.proposals_of(request.user), pk=pk)
    try:
        self_service.withdraw(proposal, request.user)
        messages.success(request, _("Your change is withdrawn: %(field)s.") % {"field": proposal.label})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("network.own.edit", proposal.organisation.key)


@never_cache
@login_required
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the function of somebody in one's organisation, or say until when they hold it."""
    found = get_object_or_404(_posts(request.user), pk=pk)
    is_own = found.person.user_id == request.user.pk
    form = OwnPostForm(request.POST or None, instance=found, is_own=is_own)
    state = editing.state_of(form)
    differing = editing.overtaken(request.POST.get("seen", ""), state, form) if form.is_valid() else []
    if form.is_valid() and not differing:
        form.save()
        messages.success(request, _("%(person)s: saved.") % {"person": found.person})
        # Whoever ends their own post may have no place here any more.
        return redirect("accounts.home" if is_own else page_of(found.organisation))
    stored = Post.objects.select_related("organisation").get(pk=pk)
    context = {
        "form": form,
        "post": stored,
        "is_own": is_own,
        "back": page_of(stored.organisation),
        "seen": editing.seen_by(request.POST.get("seen", ""), state, differing),
        "differing": differing,
    }
    status = 409 if differing else 422 if form.is_bound else 200
    return render(request, "network/own_post.html", context, status=status)


@never_cache
@login_required
def colleague(request: HttpRequest, key: str) -> HttpResponse:
    """Record somebody of one's organisation who has no account; they can be invited later."""
    organisation = organisation_of(request, key)
    form = ColleagueForm(request.POST or None, user=request.user, organisation=organisation)
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("name", "title", "email")}
        try:
            with transaction.atomic():
                person = self_service.add_colleague(organisation, **told)
                carried_out(request.POST.get("once"), page_of(organisation))
        except SentBeforeError as error:
            messages.info(request, _("This form was sent before. Here is what it made."))
            return redirect(error.address)
        messages.success(request, _("%(person)s is on record, without an account.") % {"person": person})
        return redirect(page_of(organisation))
    context = {
        "form": form,
        "organisation": organisation,
        "alike": [(person, _post_of(person)) for person in form.alike],
        "back": page_of(organisation),
        "once": request.POST.get("once") or fresh_token(),
    }
    return render(request, "network/own_colleague.html", context, status=422 if form.is_bound else 200)


def _post_of(person: Person) -> Post | None:
    """Return what somebody does today, to tell them from another of the same name."""
    return Post.objects.in_force(today()).filter(person=person).select_related("organisation").first()


def _posts(user: Any) -> Any:
    """Return the posts of today in one's organisations: what is over is for the secretariat to open again."""
    posts = Post.objects.told_to(user).in_force(today()).filter(organisation__in=organisations_of(user).values("pk"))
    return posts.select_related("person", "organisation")


@never_cache
@login_required
def contacts(request: HttpRequest) -> HttpResponse:
    """Let somebody say how they can be reached, and by whom."""
    person = get_object_or_404(Person, user=request.user)
    own = OwnContacts(person, request.POST)
    if own.rows.is_valid() and not own.differing:
        with transaction.atomic():
            own.rows.save()
        messages.success(request, _("Your contact data are saved."))
        return redirect("network.own.contacts")
    context = {"rows": own.rows, "person": person, "seen": own.seen_next, "differing": own.differing}
    status = 409 if own.differing else 422 if own.rows.is_bound else 200
    return render(request, "network/own_contacts.html", context, status=status)
