"""The confederation's own logo as it is shown: on pages, as their icon, where they are passed on, in print."""

from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from typing import Any

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage

from umbel.core.crud.uploads import opened
from umbel.core.models import Confederation

FORMS = {"bar": (600, 120), "icon": (180, 180), "whole": (1200, 1200)}
"""The sizes in which it is given out: at most so wide and high; an icon has both, on white."""
UNREADABLE = (OSError, SyntaxError, ValueError, SuspiciousFileOperation)


def mark_of(own: Confederation) -> str:
    """Return what the addresses of the logo carry of its file, another for each; "" without one that can be drawn."""
    if not own.logo.name:
        return ""
    try:
        with default_storage.open(own.logo.name) as file, opened(file):
            told = f"{own.logo.name} {file.size}"
    except UNREADABLE:
        return ""
    return sha256(told.encode()).hexdigest()[:12]


@lru_cache(maxsize=len(FORMS))
def drawn(name: str, _mark: str, form: str) -> bytes:
    """Return the file of that name as PNG in a form; of the same mark it is drawn once. Raises one of `UNREADABLE`."""
    from PIL import Image, ImageOps  # noqa: PLC0415 -- 3 MB, which a process pays that draws

    with default_storage.open(name) as file, opened(file) as whole:
        picture = ImageOps.exif_transpose(whole).convert("RGBA")
    picture.thumbnail(FORMS[form], Image.Resampling.LANCZOS)
    written = BytesIO()
    (_on_white(picture) if form == "icon" else picture).save(written, "PNG", optimize=True)
    return written.getvalue()


def _on_white(picture: Any) -> Any:
    """Return a picture in the middle of a white square, as a telephone puts it on its first page."""
    from PIL import Image  # noqa: PLC0415 -- likewise

    width, height = FORMS["icon"]
    square = Image.new("RGBA", (width, height), "white")
    square.alpha_composite(picture, ((width - picture.width) // 2, (height - picture.height) // 2))
    return square.convert("RGB")
