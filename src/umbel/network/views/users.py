"""The accounts: who may sign in, who they are, what gives them their rights and until when."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from umbel.accounts.models import User
from umbel.core.audience import require
from umbel.core.crud import editing
from umbel.core.leaf import OpenLeaf
from umbel.network import retention
from umbel.network.forms import AccountForm, AnybodyForm
from umbel.network.models import Invitation, Post
from umbel.network.rules import roles_without_end, today
from umbel.network.views.invitations import invite

SHOWN = 100
NO_ROLE = "none"


@login_required
def users(request: HttpRequest) -> HttpResponse:
    """List the accounts that match a name and a role (`?q=&role=finance&page=2`), and the invitations that are open."""
    require(request.user, "accounts.view_user")
    query, role = request.GET.get("q", "").replace("\0", "").strip(), request.GET.get("role", "")
    is_narrowed = request.GET.get("without") == "post"
    roles = [(value or NO_ROLE, label) for value, label in User.Role.choices]
    found = roles_without_end() if is_narrowed else User.objects.all()
    found = found.filter(Q(name__icontains=query) | Q(email__icontains=query))
    if role in dict(roles):
        found = found.filter(role="" if role == NO_ROLE else role)
    found = found.annotate(is_unbound=Q(pk__in=roles_without_end().values("pk")))
    posts = Prefetch("person__posts", Post.objects.in_force(today()).select_related("organisation"), "posts_today")
    shown = found.select_related("person").prefetch_related(posts, "authenticator_set")
    asked = {"q": query, "role": role, "without": "post" if is_narrowed else ""}
    leaf = OpenLeaf(shown, request.GET.get("page", ""), asked, SHOWN)
    sent = Invitation.objects.pending().select_related("organisation", "invited_by")
    return render(
        request,
        "network/users.html",
        {
            "leaf": leaf,
            "invitations": sent,
            "query": query,
            "role": role,
            "roles": roles,
            "is_narrowed": is_narrowed,
        },
    )


@login_required
def user(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the role of an account, or close it."""
    require(request.user, "accounts.change_user")
    accounts = User.objects.all() if request.user.is_superuser else User.objects.filter(is_superuser=False)
    account = get_object_or_404(accounts, pk=pk)
    form = AccountForm(request.POST or None, instance=account, by=request.user)
    state = editing.state_of(form)
    differing = editing.overtaken(request.POST.get("seen", ""), state, form) if form.is_valid() else []
    if form.is_valid() and not differing:
        form.save()
        messages.success(request, _("The account of %(user)s is changed.") % {"user": account})
        return redirect("network.user.list")
    context = {
        "account": accounts.get(pk=pk) if form.is_bound else account,
        "form": form,
        "seen": editing.seen_by(request.POST.get("seen", ""), state, differing),
        "differing": differing,
    }
    status = 409 if differing else 422 if form.is_bound else 200
    return render(request, "network/user.html", context, status=status)


@login_required
def invite_user(request: HttpRequest) -> HttpResponse:
    """Invite anybody."""
    require(request.user, "accounts.invite_user")
    form = AnybodyForm(request.POST or None, user=request.user)
    if form.is_valid():
        invite(request, form)
        return redirect("network.user.list")
    return render(request, "network/user_invite.html", {"form": form})


@login_required
def erasures(request: HttpRequest) -> HttpResponse:
    """Tell whose contact data and accounts the rules erase in the weeks to come."""
    require(request.user, "accounts.view_user")
    context = {"erasures": retention.coming(timezone.localdate(), request.user)[:SHOWN]}
    return render(request, "network/erasures.html", context)
