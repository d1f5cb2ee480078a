"""What the desk shows of the library: publications with their language versions, documents, photographs."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from umbel.core.crud.columns import Column
from umbel.core.crud.sections import Section, View, section
from umbel.core.models import Act
from umbel.core.records import Told
from umbel.library.models import Document, LanguageVersion, Photo, Placement, Publication


def languages(numbers: Sequence[int], _user: Any) -> dict[str, dict[int, Any]]:
    """Return the languages in which publications are there."""
    found: dict[int, list[str]] = {}
    versions = LanguageVersion.objects.filter(publication__in=numbers).order_by("language")
    for number, language in versions.values_list("publication", "language"):
        found.setdefault(number, []).append(language)
    return {"languages": {number: ", ".join(codes) for number, codes in found.items()}}


@section
class PublicationSection(Section):
    model = Publication
    slug = "publications"
    group, place, icon = "voice", 60, "library"
    columns = ("title", "date", "kind", Column("languages", _("languages"), load=languages), "subject", "audience")
    wanted = ("date",)
    end, sub = "date", "kind"
    filters = ("kind", "date", "audience", "topics")
    views = (View(_("No date"), "without=date"), View(_("Statistical"), "kind=statistical"))
    order = "-date"
    form = (
        "title", "kind", "date", "audience", "opens_on", "subject", "lead", "text", "address", "licence",
        "reference_start", "reference_end", "is_first_edition", "topics", "place", "country",
    )  # fmt: skip
    parts = (LanguageVersion,)
    bulk = ("audience", "kind")
    captures = ("published", "publication", "publié", "publicado", "pubblicato", "opublikowano")
    takes = {"topics": _("about")}


@section
class LanguageVersionSection(Section):
    model = LanguageVersion
    slug = "language-versions"
    label = _("Language versions")
    icon = "globe"
    columns = ("publication", "language", "title")
    form = ("publication", "language", "title", "file")
    bulk = ()


@section
class DocumentSection(Section):
    model = Document
    slug = "documents"
    group, place, icon = "voice", 70, "paperclip"
    columns = ("title", "date", "language", "audience", "address", "key")
    filters = ("audience", "date")
    end, sub = "date", "audience"
    order = "title"
    form = ("title", "file", "language", "date", "audience", "address")
    goes_with = (Act, Told)
    part_label = _("Papers")


@section
class PhotoSection(Section):
    model = Photo
    slug = "photographs"
    label = _("Photos")
    group, place, icon = "voice", 80, "image"
    columns = ("alternative", "credit", "licence", "audience", "key")
    wanted = ("alternative",)
    filters = ("people", "consent", "audience")
    views = (
        View(_("Without words for it"), "without=alternative"),
        View(_("Consent withdrawn"), "consent=withdrawn"),
    )
    order = "key"
    form = (
        "file", "title", "credit", "licence", "alternative", "permission", "people", "consent", "consent_on",
        "consent_how", "audience",
    )  # fmt: skip
    images = ("file",)


@section
class PlacementSection(Section):
    model = Placement
    slug = "photographs-on-pages"
    icon = "image"
    columns = ("photo", "order")
    form = ("record", "photo", "order")
    more = ()
    goes_with = (Act, Told)
    part_label = _("Photographs")
    bulk = ()
