"""Photographs of the library on the site: shown in several widths to whoever may see them."""

from collections.abc import Iterable

from django.core.exceptions import SuspiciousFileOperation
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control

from umbel.core.crud.access import desk
from umbel.core.prose.pictures import Picture, source
from umbel.core.translations.saying import localise, said
from umbel.library.models import Photo
from umbel.library.pictures import WIDTHS, mark_of, placeable, resized, size_of, widths_of

YEAR = 365 * 24 * 3600
PROPOSED = 12


@source
def pictures_of(keys: Iterable[str]) -> dict[str, Picture]:
    """Return the photographs that may stand in a page for everybody."""
    return {photo.key: made for photo in localise(placeable(keys, None)) if (made := picture(photo))}


def picture(photo: Photo) -> Picture | None:
    """Return a photograph as a page shows it, `None` where its file cannot be read."""
    try:
        width, height = size_of(photo)
    except (OSError, SuspiciousFileOperation, ValueError):
        return None
    addresses = {each: address(photo, each) for each in sorted(set(widths_of(width)))}
    return Picture(addresses, width, height, said(photo, "alternative").text, photo.credit, photo.licence)


def address(photo: Photo, width: int) -> str:
    return reverse("website.photo.show", args=[photo.pk, mark_of(photo), width])


def show(request: HttpRequest, pk: int, mark: str, width: int) -> HttpResponseBase:
    """Return a photograph in one of the widths that are made, to whoever may see it."""
    if width not in WIDTHS:
        raise Http404(width)
    photo = get_object_or_404(Photo.objects.visible_to(request.user).placeable(), pk=pk)
    if mark != mark_of(photo):
        raise Http404(mark)
    etag = f'"{pk}-{mark}-{width}"'
    unchanged = get_conditional_response(request, etag=etag)
    try:
        response = unchanged or FileResponse(resized(photo, width), content_type="image/webp")
    except (OSError, SuspiciousFileOperation, ValueError) as error:
        raise Http404(mark) from error
    response["ETag"] = etag
    response["X-Content-Type-Options"] = "nosniff"
    is_public = photo.audience == "public"
    patch_cache_control(response, public=is_public, private=not is_public, max_age=YEAR if is_public else 3600)
    return response


@desk
def choose(request: HttpRequest) -> JsonResponse:
    """Return photographs to place in a text: those that can be, by what is typed of them."""
    asked = request.GET.get("q", "").replace("\0", "").strip()[:100]
    rows = Photo.objects.visible_to(request.user).filter(audience="public").placeable()
    if wanted := request.GET.get("key", ""):
        rows = rows.filter(key=wanted)
    for word in asked.split():
        rows = rows.filter(Q(title__icontains=word) | Q(alternative__icontains=word) | Q(credit__icontains=word))
    return JsonResponse({"rows": [_told(photo) for photo in rows.order_by("-pk")[:PROPOSED]]})


def _told(photo: Photo) -> dict[str, str]:
    return {
        "key": photo.key,
        "title": photo.title or photo.alternative,
        "alternative": photo.alternative,
        "credit": photo.credit,
        "url": address(photo, WIDTHS[0]),
    }
