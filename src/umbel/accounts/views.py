"""One's account: where it begins, its language, ending a session elsewhere; sign-in as anybody in a demonstration."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from umbel.accounts.models import User
from umbel.core.languages import offered_languages


def arrive(request: HttpRequest, user: User, shown_by: str) -> HttpResponse:
    """Sign a user in who has shown who they are, and lead them to where they belong."""
    record_authentication(request, user, shown_by)
    answer: HttpResponse = perform_login(request, user)
    return answer


@login_required
def home(request: HttpRequest) -> HttpResponse:
    return redirect("account_email")


@login_required
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign a user out on one of their devices."""
    get_object_or_404(UserSession, pk=pk, user_id=request.user.pk).end()
    return redirect("usersessions_list")


@login_required
@require_POST
def speak(request: HttpRequest) -> HttpResponse:
    """Show the rooms of a user in another language from now on, beginning with the page they came from."""
    chosen, back = request.POST.get("language", ""), request.POST.get("next", "")
    if chosen in offered_languages():
        user = get_object_or_404(User, pk=request.user.pk)
        user.language = chosen
        user.save(update_fields=["language"])
    return redirect(back if url_has_allowed_host_and_scheme(back, None) else "accounts.home")


def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Show the people of the demonstration; without `UMBEL_DEMO` there is no such page."""
    if not settings.DEMO:
        raise Http404
    cast = User.objects.filter(is_active=True, preferences__has_key="demo")
    if request.method == "POST":
        user = get_object_or_404(cast, pk=request.POST.get("user"))
        return arrive(request, user, "demo")
    return render(request, "account/sign_in_as.html", {"cast": cast.order_by("pk")})
