"""What is attached to a record: its photographs, and its papers as far as the reader may see them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.core.exceptions import SuspiciousFileOperation
from django.db import models
from django.db.models.functions import JSONObject
from django.urls import reverse

from umbel.core import formatting
from umbel.core.audience import Audience, is_in_audience, visible_rows
from umbel.core.formatting import reading_language
from umbel.core.languages import lead_language
from umbel.core.prose.pictures import Picture
from umbel.core.translations.marks import marked
from umbel.core.translations.saying import asked_language, localise, said
from umbel.library.models import Document, LanguageVersion, Photo, Placement
from umbel.website.editing.photos import picture
from umbel.website.telling import Line

SHOWN = ("file", "credit", "licence", "alternative")


@dataclass(frozen=True)
class Papers:
    """The papers of a record that one may read, and whether there are others for members."""

    lines: Sequence[Line]
    has_others: bool = False

    def __bool__(self) -> bool:
        return bool(self.lines) or self.has_others


def photographs(row: models.Model, user: Any) -> list[Picture]:
    """Return the photographs on the page of a record, in their order."""
    placed = Placement.objects.visible_to(user).of(row).placeable().select_related("photo")
    return [made for photo in localise(one.photo for one in placed) if (made := picture(photo)) is not None]


def illustrated(rows: models.QuerySet[Any], user: Any) -> models.QuerySet[Any]:
    """Add to rows of one kind what `pictures` needs of the photograph that stands for each in a list."""
    kind = {"content_type__app_label": rows.model._meta.app_label, "content_type__model": rows.model._meta.model_name}
    placed = Placement.objects.visible_to(user).placeable().filter(object_id=models.OuterRef("pk"), **kind)
    told = JSONObject(**{name: f"photo__{name}" for name in ("id", *SHOWN)})
    found: models.QuerySet[Any] = rows.annotate(first_photo=models.Subquery(placed.values(told=told)[:1]))
    return found


def pictures(rows: Iterable[Any]) -> dict[int, Picture]:
    """Return the photographs that stand for rows in a list, by the number of the row; `illustrated` found them."""
    photos = {row.pk: Photo(**row.first_photo) for row in rows if row.first_photo}
    localise(photos.values())
    return {pk: made for pk, photo in photos.items() if (made := picture(photo)) is not None}


def papers(row: models.Model, user: Any) -> Papers:
    """Return the papers of a record, those in the reader's language first, then the latest first."""
    seen = visible_rows(user, Document) | models.Q(audience=Audience.MEMBERS)
    found = Document.objects.of(row).filter(seen).order_by(models.F("date").desc(nulls_last=True), "title")
    shown = [one for one in found if one.audience != Audience.MEMBERS or is_in_audience(user, one)]
    shown.sort(key=lambda one: _tongue_of(one.language) != asked_language())
    return Papers([paper(one) for one in localise(shown)], has_others=len(shown) < len(found))


def versions(rows: Iterable[LanguageVersion]) -> list[Line]:
    """Return the language versions of a publication, that of the reader first."""
    told = [file_line(row, row.title, foreign(row.language)) for row in rows]
    return sorted(told, key=lambda one: (_tongue_of(one["code"]) != asked_language(), one["language"]))


def paper(row: Document) -> Line:
    """Return a document as a line that leads to its file, to where it stands elsewhere, or to its page."""
    title = said(row, "title")
    told = file_line(row, title.text, written_in(row) if title.is_fallback else "")
    return {**told, "url": told["url"] or row.address or row.get_absolute_url(), "date": row.date}


def written_in(row: Document) -> str:
    """Return the language of a document's own title where that is not the reader's: its own, else the leading one."""
    return foreign(row.language or lead_language())


def foreign(language: str) -> str:
    return "" if _tongue_of(language) == asked_language() else language


def file_line(row: Any, title: str, tongue_of_title: str = "") -> Line:
    """Return a row with a file as a line: language, address, type and size in bytes."""
    label = row._meta.label_lower
    return {
        "text": title if row.language else marked(title, tongue_of_title),
        "tongue": tongue_of_title if row.language else "",
        "code": row.language,
        "language": tongue(row.language),
        "url": reverse("desk.file.show", args=[label, row.pk, "file"]) if row.file else "",
        "type": PurePath(row.file.name).suffix.removeprefix(".").upper() if row.file else "",
        "size": _size(row.file) if row.file else 0,
    }


def _size(file: Any) -> int:
    """Return the size of a file, 0 where it is not there."""
    try:
        return int(file.size)
    except (OSError, SuspiciousFileOperation):
        return 0


def tongue(code: str) -> str:
    return formatting.language_name(code, reading_language()) if code else ""


def _tongue_of(code: str) -> str:
    return code.split("-")[0]
