"""Who may come to the member area: whoever the network gives a reason to. To anybody else it is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers

from umbel.accounts.doors import MEMBER_AREA, NETWORK, may_enter

View = Callable[..., HttpResponseBase]


def member_area(view: View) -> View:
    """Open a view to people of the network and its funders; visitors sign in, to others it is not there."""
    return _guarded(view, MEMBER_AREA)


def of_the_network(view: View) -> View:
    """Open a view to people of the network, as `member_area` does, but not to whoever only pays."""
    return _guarded(view, NETWORK)


def _guarded(view: View, room: str) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not may_enter(room, request.user):
            raise Http404
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return guarded
