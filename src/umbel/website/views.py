from django.http import HttpRequest, HttpResponse


def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def record(request: HttpRequest, type: str, handle: str) -> HttpResponse:
    return HttpResponse(f"{type} {handle}")
