"""What the data collection asks of members: open rounds to answer, returns that were handed back."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from umbel.collection.models import Return, Round
from umbel.collection.models.rounds import open_in
from umbel.network.rules import today
from umbel.network.todo import Todo, asks


@asks
def rounds_to_answer(user: Any, organisations: Sequence[Any]) -> Iterable[Todo]:
    """Yield what is asked of each member for which somebody speaks: open rounds, and returns that were handed back.

    A round that is answered elsewhere than in a form is told as long as it is open.
    """
    members = [organisation for organisation in organisations if organisation.is_member]
    if not members:
        return
    own = Return.objects.filter(organisation__in=members)
    handed_back = Exists(own.filter(state=Return.State.HANDED_BACK, round=OuterRef("pk")))
    rounds = list(Round.objects.visible_to(user).filter(open_in(today()) | Q(handed_back)).with_form())
    answers = list(own.filter(round__in=rounds)) if any(row.has_form for row in rounds) else []
    given = {(answer.round_id, answer.organisation_id): answer for answer in answers}
    for row in rounds:
        if not row.has_form:
            yield _elsewhere(row)
            continue
        for member in members:
            yield from _of_member(row, member, given.get((row.pk, member.pk)), has_several=len(members) > 1)


def _elsewhere(row: Round) -> Todo:
    return Todo(
        _("Answer the round %(round)s") % {"round": row},
        row.get_absolute_url(),
        _("What is asked"),
        "table-2",
        about=row.method,
        until=row.collected_to,
    )


def _of_member(row: Round, member: Any, answer: Return | None, *, has_several: bool) -> Iterator[Todo]:
    """Yield what a member has still to do for a round: nothing once its return is sent."""
    found = answer or Return(organisation=member)
    found.round = row
    if found.is_changeable:
        told = {"round": row, "organisation": member}
        is_back = found.state == Return.State.HANDED_BACK
        yield Todo(
            (_mend(has_several) if is_back else _answer(has_several)) % told,
            reverse("collection.own.answer", args=[row.key, member.key]),
            _("Open the return") if found.pk else _("Answer"),
            "table-2",
            about=_("The secretariat hands it back: %(reason)s") % {"reason": found.reason} if is_back else row.method,
            until=row.collected_to if row.is_open(today().on) else None,
        )


def _answer(has_several: bool) -> str:
    return _("Answer the round %(round)s for %(organisation)s") if has_several else _("Answer the round %(round)s")


def _mend(has_several: bool) -> str:
    several = _("Mend the return to the round %(round)s of %(organisation)s")
    return several if has_several else _("Mend your return to the round %(round)s")
