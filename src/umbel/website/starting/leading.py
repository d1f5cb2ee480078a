"""Leads visitors of an installation that holds no confederation to where one is set up."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

UNFOUNDED = "UNFOUNDED"
LEFT_ALONE = (
    "starting.",
    "account",
    "mfa_",
    "openid_",
    "socialaccount_",
    "usersessions_",
    "network.invitation.",
    "styleguide",
)


class FirstRun:
    """Turns every page that found no confederation into the first page of the set-up, for who has not signed in.

    The context of the pages notes in the request that there is none, so this asks the database nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if UNFOUNDED not in request.META or request.method != "GET" or request.user.is_authenticated:
            return response
        name = (request.resolver_match and request.resolver_match.url_name) or ""
        return response if name.startswith(LEFT_ALONE) else redirect("starting.start")
