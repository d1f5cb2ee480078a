"""Photographs in the widths in which pages show them: made once, without what a camera wrote into them."""

from collections.abc import Iterable
from hashlib import sha256
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from umbel.core.crud.uploads import opened
from umbel.library.models import Photo

WIDTHS = (480, 960, 1600)
QUALITY = 80
FOLDER = "private/pictures"


def mark_of(photo: Photo) -> str:
    """Return what the address of a photograph carries of its file, so that another file has another address."""
    return sha256(str(photo.file.name).encode()).hexdigest()[:12]


def size_of(photo: Photo) -> tuple[int, int]:
    """Return width and height of a photograph as it is looked at. Raises `OSError` where the file cannot be read."""
    with photo.file.open("rb") as file, opened(file) as picture:
        width, height = picture.size
        turned = picture.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    return (height, width) if turned else (width, height)


def resized(photo: Photo, width: int) -> Any:
    """Return a photograph as WebP of at most a width, open for reading; it is made on the first asking and kept.

    Raises `OSError` where the file is not there or is no picture.
    """
    name = f"{FOLDER}/{photo.pk}-{mark_of(photo)}-{width}.webp"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(_drawn(photo, width)))
    return default_storage.open(name, "rb")


def forget() -> int:
    """Erase what was made of photographs that have another file now, are gone or can no longer be shown."""
    shown = {f"{photo.pk}-{mark_of(photo)}" for photo in Photo.objects.placeable().only("file")}
    try:
        _folders, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return 0
    gone = [name for name in names if name.rpartition("-")[0] not in shown]
    for name in gone:
        default_storage.delete(f"{FOLDER}/{name}")
    return len(gone)


def _drawn(photo: Photo, width: int) -> bytes:
    from PIL import Image, ImageOps  # noqa: PLC0415 -- 3 MB, which a process pays that draws

    with photo.file.open("rb") as file, opened(file) as whole:
        turned = ImageOps.exif_transpose(whole)
        picture = turned.convert("RGBA" if "A" in turned.getbands() or turned.mode == "P" else "RGB")
    if picture.width > width:
        picture = picture.resize(
            (width, max(1, round(picture.height * width / picture.width))), Image.Resampling.LANCZOS
        )
    written = BytesIO()
    picture.save(written, "WEBP", quality=QUALITY, method=4, exif=b"", icc_profile=None)
    return written.getvalue()


def widths_of(natural: int) -> list[int]:
    """Return the widths worth making of a photograph with a width of its own: the smallest, and all that it fills."""
    return [width for width in WIDTHS if width == WIDTHS[0] or width < natural] + (
        [next(width for width in WIDTHS if width >= natural)] if WIDTHS[0] < natural <= WIDTHS[-1] else []
    )


def placeable(keys: Iterable[str], user: Any) -> list[Photo]:
    """Return the photographs of some keys that a page for the user may show."""
    return list(Photo.objects.visible_to(user).placeable().filter(key__in=list(keys)))
