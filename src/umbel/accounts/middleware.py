from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from umbel.core import changelog


class SignedChanges:
    """Signs what a request changes with the name of the user who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in {"GET", "HEAD"} or not request.user.is_authenticated:
            return self.get_response(request)
        with changelog.by(request.user.get_username()):
            return self.get_response(request)
