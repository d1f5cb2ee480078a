"""Files that people send: told by what is in them and not by their name, kept where nobody can guess."""

import secrets
import zipfile
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.urls import reverse
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from umbel.core.formatting import number

IMAGES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
OFFICE = ("[Content_Types].xml", "mimetype")
TEXT = {".txt", ".csv", ".ics", ".vtt", ".srt"}
NAME_LENGTH = 50
HEAD = 4096
MOST_PIXELS = 100_000_000


def limit() -> int:
    """Return how large a file may be, in bytes."""
    return int(settings.UPLOAD_LIMIT_MB) * 1_000_000


def opened(file: Any) -> Any:
    """Open a file as a picture that browsers draw.

    Raises `OSError`, `SyntaxError` or `ValueError` where it is none or would unpack to too much.
    """
    from PIL import Image  # noqa: PLC0415 -- 3 MB, which a process pays that looks at pictures

    try:
        return Image.open(file, formats=tuple(IMAGES))
    except Image.DecompressionBombError as error:
        raise ValueError(str(error)) from error


def is_image(file: Any) -> bool:
    """Tell whether a file holds a picture that browsers draw and that is whole."""
    file.seek(0)
    try:
        with opened(file) as picture:
            width, height = picture.size
            picture.verify()
    except (OSError, SyntaxError, ValueError):
        return False
    return bool(width * height <= MOST_PIXELS)


def is_pdf(file: Any) -> bool:
    file.seek(0)
    return bool(file.read(5) == b"%PDF-")


def is_office(file: Any) -> bool:
    """Tell whether a file is a document of an office suite: an archive with a list of its contents."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            return any(name in OFFICE for name in archive.namelist()[:50])
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def is_text(file: Any) -> bool:
    """Tell whether a file is plain text under a name that says so."""
    if PurePath(file.name or "").suffix.lower() not in TEXT:
        return False
    file.seek(0)
    head = file.read(HEAD)
    return b"\0" not in head and not head.lstrip().startswith(b"<")


KINDS: tuple[Callable[[Any], bool], ...] = (is_pdf, is_image, is_office, is_text)


class UploadInput(forms.ClearableFileInput):
    """The file that is kept, with a way to take it away, and a box for another one."""

    template_name = "desk/widgets/file.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if self.is_initial(value):
            row = value.instance
            address = reverse("desk.file.show", args=[row._meta.label_lower, row.pk, value.field.name])
            context["widget"] |= {"address": address, "name_kept": PurePath(value.name).name}
        return context


class UploadField(forms.FileField):
    """A file whose contents are among those allowed; cleans to a file under a name that nobody can guess.

    The name it came with stands behind the random part and is that of a download.
    """

    def __init__(self, *, only_images: bool = False, **kwargs: Any) -> None:
        kwargs.pop("max_length", None)
        super().__init__(**{**kwargs, "widget": UploadInput})
        self.only_images = only_images
        kinds = ",".join(IMAGES.values())
        self.widget.attrs["accept"] = (
            kinds if only_images else f"{kinds},.pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.txt,.csv"
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not file or file is initial:
            return file
        if file.size > limit():
            size = number(settings.UPLOAD_LIMIT_MB)
            raise ValidationError(_("This file is larger than %(size)s MB, the most that is kept.") % {"size": size})
        if self.only_images and not is_image(file):
            raise ValidationError(_("This is no picture that can be shown: send PNG, JPEG, WebP or GIF."))
        if not any(fits(file) for fits in KINDS):
            raise ValidationError(
                _("Files of this kind are not kept: send PDF, pictures, office documents or plain text.")
            )
        file.seek(0)
        return File(file, name=f"{secrets.token_urlsafe(16)}/{short_name(file.name)}")


def short_name(name: str) -> str:
    """Return a file's own name as it is kept: no folders, no odd letters, not long."""
    path = PurePath(get_valid_filename(PurePath(name).name) or "file")
    return f"{path.stem[:NAME_LENGTH]}{path.suffix[:10].lower()}"


def content_type(name: str) -> str:
    """Return the type with which a file is served: pictures as such, anything else as bytes to be kept."""
    suffix = PurePath(name).suffix.lower().removeprefix(".").upper()
    return IMAGES.get(
        {"JPG": "JPEG"}.get(suffix, suffix), "application/pdf" if suffix == "PDF" else "application/octet-stream"
    )
