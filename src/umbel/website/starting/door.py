"""Who may set up an installation: whoever holds the token that its operator sees, until the first account is made.

The token follows from the secret key, so nothing has to be stored. It is void as soon as an account was ever made.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import constant_time_compare, salted_hmac

from umbel.accounts.models import User
from umbel.core import changelog
from umbel.core.audience import KEEP_EVERYTHING, role_of
from umbel.core.models import Change

KEPT_IN = "starting"
View = Callable[..., HttpResponse]


def token() -> str:
    """Return the set-up token of this installation: 128 bits, in hexadecimal."""
    return salted_hmac("umbel.starting", "token", algorithm="sha256").hexdigest()[:32]


def address() -> str:
    """Return the address, token included, under which an operator goes on in the browser."""
    return f"{settings.SITE_URL}{reverse('starting.start')}?token={token()}"


def is_open() -> bool:
    """Tell whether the token still opens the door: nobody has, or ever had, an account."""
    return not (User.objects.exists() or Change.objects.filter(type="accounts.user").exists())


def fits(given: str) -> bool:
    """Tell whether somebody has given the right token."""
    return constant_time_compare(given.strip(), token())


def let_in(request: HttpRequest) -> None:
    """Remember in the session that the token was shown."""
    request.session.cycle_key()
    request.session[KEPT_IN] = token()


def keeps_everything(user: Any) -> bool:
    """Tell whether a user may change the settings of the whole."""
    return user.is_authenticated and (user.is_superuser or role_of(user) in KEEP_EVERYTHING)


def has_entered(request: HttpRequest) -> bool:
    """Tell whether a visitor may set up: an administrator, or with the token while the door is open."""
    if keeps_everything(request.user):
        return True
    return fits(request.session.get(KEPT_IN, "")) and is_open()


def entered(view: View) -> View:
    """Open a view to those who may set up; before that the first page tells how, afterwards it asks to sign in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not has_entered(request):
            return turned_away(request)
        with changelog.by(request.user.get_username() or "set-up"):
            response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return guarded


def turned_away(request: HttpRequest) -> HttpResponse:
    """Answer who may not set up. Raises `Http404` for users who are no administrators."""
    if request.user.is_authenticated:
        raise Http404
    return redirect("starting.start") if is_open() else redirect_to_login(request.get_full_path())
