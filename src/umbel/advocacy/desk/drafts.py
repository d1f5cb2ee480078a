"""What the desk shows of drafts that are put before the members, and of what these say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from umbel.advocacy.desk.acts import topics_of
from umbel.advocacy.models import Comment, Draft
from umbel.core.crud.columns import Column
from umbel.core.crud.filters import Filter, Option, Rows
from umbel.core.crud.sections import Button, Section, View, section
from umbel.network.rules import today


@dataclass(frozen=True)
class Taken(Filter):
    """Drafts on which comments are taken today, or no longer are."""

    is_fixed: bool = True

    def options(self, _user: Any) -> Sequence[Option]:
        return (("open", _("Open")), ("closed", _("Closed")))

    def narrow(self, rows: Rows, value: str, _user: Any) -> Rows:
        drafts = {"open": Draft.objects.open, "closed": Draft.objects.closed}.get(value)
        if drafts is None:
            raise ValidationError(_("“%(value)s” is none of the values of this list.") % {"value": value})
        return rows.filter(pk__in=drafts(today()).values("pk"))


@dataclass(frozen=True)
class Unanswered(Filter):
    """Comments that want something and of which is not said what became of it."""

    def narrow(self, rows: Rows, _value: str, _user: Any) -> Rows:
        return rows.filter(pk__in=Comment.objects.unanswered().values("pk"))


def heard(numbers: Sequence[int], _user: Any) -> dict[str, dict[int, Any]]:
    """Return how many organisations have commented on drafts."""
    rows = Draft.objects.with_answers().filter(pk__in=numbers).order_by()
    return {"heard": dict(rows.values_list("pk", "with_organisations"))}


@section
class DraftSection(Section):
    model = Draft
    slug = "drafts"
    group, place, icon = "work", 15, "pencil"
    columns = (
        "name", "comments_to", "version", Column("heard", _("organisations heard"), kind="number", load=heard),
        topics_of(Draft), "position", "approved_on",
    )  # fmt: skip
    end, sub = "comments_to", "position"
    filters = (Taken("comments", _("Comments")), "topics", "comments_to", "position")
    views = (View(_("Open for comments"), "comments=open"), View(_("Closed"), "comments=closed"))
    order = "-comments_to"
    form = (
        "name", "audience", "version", "comments_from", "comments_to", "lead", "text", "topics", "position",
        "approved_on", "approved_by",
    )  # fmt: skip
    parts = ()

    def buttons(self, row: Any, _user: Any) -> Sequence[Button]:
        return [Button(_("Comments"), "messages-square", reverse("advocacy.draft.answers", args=[row.pk]))]


@section
class CommentSection(Section):
    model = Comment
    slug = "comments"
    group, place, icon = "work", 16, "messages-square"
    columns = (
        "organisation", "draft", "kind", "state", "passage", "text", "suggestion", "answer", "version", "date",
    )  # fmt: skip
    end, sub = "date", "draft"
    filters = ("draft", "organisation", "kind", "state", Unanswered("unanswered", _("To answer"), widget="none"))
    views = (View(_("To answer"), "unanswered=yes"), View(_("Objections"), "kind=objection"))
    order = "-date"
    form = (
        "draft", "organisation", "person", "kind", "passage", "text", "suggestion", "state", "answer", "version",
        "date",
    )  # fmt: skip
    bulk = ("state",)
