"""The groups and bodies in which somebody sits: who else does, what comes next, what came of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.text import capfirst

from umbel.core.translations.saying import localise
from umbel.events.models import Event
from umbel.governance.models import Mandate
from umbel.governance.rules import mandates_of
from umbel.groups.models import Group, Participant
from umbel.groups.rules import participations_of
from umbel.network.rules import today
from umbel.website.telling import Line, act, line, may_see, span

MEETINGS_SHOWN = 3
OTHERS_SHOWN = 50


def page(user: Any, day: date) -> dict[str, Any]:
    """Return what `member/groups.html` shows: one's own circles in full, the other groups by name."""
    own = list(participations_of(user).select_related("group__topic"))
    bodies = {mandate.body_id: mandate for mandate in mandates_of(user).select_related("body")}
    others = Group.objects.visible_to(user).exclude(pk__in=[part.group_id for part in own])
    return {
        "circles": [
            *(_group(part, user, day) for part in own),
            *(_body(mandate, user, day) for mandate in bodies.values()),
        ],
        "others": [line(group, meta=group.subject) for group in others.in_force(today())[:OTHERS_SHOWN]],
    }


def _group(part: Participant, user: Any, day: date) -> dict[str, Any]:
    group = part.group
    people = Participant.objects.visible_to(user).in_force(today()).filter(group=group)
    return {
        **_circle(group, Q(groupmeeting__group=group), user, day),
        "kind": capfirst(str(group.get_kind_display())),
        "about": group.subject,
        "since": span(part.start, part.end),
        "people": _named(people.select_related("person", "organisation").order_by("person__name"), user),
        "results": list(group.outputs.order_by("-date")[:MEETINGS_SHOWN]),
    }


def _body(mandate: Mandate, user: Any, day: date) -> dict[str, Any]:
    body = mandate.body
    people = Mandate.objects.visible_to(user).in_force(today()).filter(body=body)
    return {
        **_circle(body, Q(meeting__body=body), user, day),
        "kind": capfirst(str(mandate.get_role_display())),
        "about": "",
        "since": span(mandate.start, mandate.end),
        "people": _named(people.select_related("person", "organisation"), user),
        "results": [],
    }


def _circle(row: Any, meetings: Q, user: Any, day: date) -> dict[str, Any]:
    """Return what groups and bodies have in common: the meetings that come and the latest ones."""
    found = Event.objects.visible_to(user).filter(meetings)
    coming, past = found.ahead(day).order_by("date"), found.over(day).order_by("-date")
    return {
        "row": line(row),
        "key": row.key,
        "coming": [act(meeting) for meeting in localise(coming[:MEETINGS_SHOWN])],
        "past": [act(meeting) for meeting in localise(past[:MEETINGS_SHOWN])],
    }


def _named(rows: Iterable[Any], user: Any) -> list[Line]:
    return [
        line(row.person, meta=str(row.organisation) if may_see(row.organisation, user) else "")
        for row in rows
        if may_see(row.person, user)
    ]
