"""What advocacy asks of members: comments on drafts."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from umbel.advocacy.models import Draft
from umbel.core.formatting import join, reading_language
from umbel.core.translations.saying import localise, said
from umbel.network.rules import today
from umbel.network.todo import Todo, asks


@asks
def open_drafts(user: Any, organisations: Sequence[Any]) -> Iterable[Todo]:
    """Yield the drafts of which a member for whom the user speaks has said nothing yet, not even that it agrees."""
    members = {each.pk: each for each in organisations if each.is_member}
    if not members:
        return
    rows: dict[int, Draft] = {}
    answered: dict[int, set[int]] = {}
    for row in Draft.objects.visible_to(user).open(today()).answered_by(list(members)):
        rows.setdefault(row.pk, row)
        answered.setdefault(row.pk, set()).add(row.answering)
    localise(rows.values())
    for row in rows.values():
        silent = [str(each) for pk, each in members.items() if pk not in answered[row.pk]]
        if silent:
            yield Todo(
                _("Comment on “%(draft)s”") % {"draft": said(row, "name").text},
                row.get_absolute_url(),
                _("Read and comment"),
                "file-pen-line",
                about=_("Not heard yet: %(organisations)s") % {"organisations": join(silent, reading_language())},
                until=row.comments_to,
            )
