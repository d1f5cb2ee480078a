"""The documents that are open to somebody, each with the reason why."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from umbel.core.audience import Audience, why
from umbel.core.crud.filters import Option, Rows
from umbel.library.models import Document
from umbel.website.filters import Filter
from umbel.website.pages.acts import tongue
from umbel.website.shelf import Shelf
from umbel.website.telling import NEWEST, Line, line


def papers_of(user: Any) -> QuerySet[Document]:
    """Return the documents that a user may read and that are not for everybody, the newest first."""
    rows: QuerySet[Document] = Document.objects.visible_to(user)
    return rows.exclude(audience=Audience.PUBLIC).order_by(*NEWEST)


def paper(row: Document, user: Any) -> Line:
    """Return a document as a line: title, date, form and language, why it is open."""
    form = PurePath(str(row.file)).suffix[1:].upper() if row.file else ""
    meta = ", ".join(filter(None, (form, tongue(row.language))))
    return line(row, date=row.date, meta=meta, why=why(user, row), is_public=row.audience == Audience.PUBLIC)


class MeantFor(Filter):
    """For whom a document is meant."""

    def options(self, user: Any) -> Sequence[Option]:
        found = set(Document.objects.visible_to(user).order_by().values_list("audience", flat=True).distinct())
        return [(value, capfirst(str(label))) for value, label in Audience.choices if value in found]

    def narrow(self, rows: Rows, value: str, _user: Any) -> Rows:
        return rows.filter(audience=value)


class Papers(Shelf):
    """Documents as the member area lists them."""

    slug = "my/documents"
    model = Document
    label = _("Documents")
    about = _("Everything that you may read, and why.")
    finder = _("Title")
    ordering = NEWEST
    filters = (MeantFor("audience", _("Meant for")),)
    rows_template = "member/_papers.html"

    @property
    def url(self) -> str:
        return reverse("member.documents")

    def tell(self, rows: Sequence[Any], user: Any) -> list[Line]:
        return [paper(row, user) for row in rows]


PAPERS = Papers()
