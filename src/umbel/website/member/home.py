"""The first page of the member area, and the page of one's organisation there."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from umbel.accounts.doors import NETWORK, may_enter
from umbel.core.records import not_over
from umbel.core.translations.saying import said
from umbel.governance.models import Mandate
from umbel.groups.models import Participant
from umbel.groups.rules import participations_of
from umbel.network.models import Membership, Organisation, Post, Proposal
from umbel.network.rules import own_organisations, today
from umbel.network.todo import Todo, todos
from umbel.reports.grants import reports_of
from umbel.website.member import calendar
from umbel.website.member.papers import paper, papers_of
from umbel.website.member.people import contacts_of
from umbel.website.pages.people import initials
from umbel.website.telling import country, span

PAPERS_SHOWN = 6
AHEAD_SHOWN = 5
RECENT = 5


def page(user: Any, day: date) -> dict[str, Any]:
    """Return what `member/home.html` shows: what is asked, what is new, what lies ahead, one's organisations."""
    organisations = own_organisations(user)
    asked = todos(user, organisations)
    return {
        "organisations": [standing(each, user) for each in organisations],
        "names": [each.name for each in organisations],
        "todos": [(todo, (todo.until.last_day - day).days if todo.until else None) for todo in asked],
        "papers": [paper(row, user) for row in papers_of(user)[:PAPERS_SHOWN]],
        "reports": list(reports_of(user).defer("printed")[:PAPERS_SHOWN]),
        "groups": [part.group for part in participations_of(user).select_related("group")],
        **(_calendar(user, day, asked) if may_enter(NETWORK, user) else {}),
    }


def _calendar(user: Any, day: date, asked: list[Todo]) -> dict[str, Any]:
    month = calendar.of_month(user, day.year, day.month, asked)
    return {
        "coming": calendar.ahead(user, day, asked)[:AHEAD_SHOWN],
        "month": calendar.grid(day.year, day.month, month, day),
        "address": reverse("member.calendar"),
    }


def standing(row: Organisation, user: Any) -> dict[str, Any]:
    """Return what an organisation is in the network today: category, facts, its people and their functions here."""
    period = today()
    term = Membership.objects.in_force(period).filter(organisation=row).select_related("category").first()
    posts = list(Post.objects.told_to(user).in_force(period).filter(organisation=row).select_related("person"))
    seats: dict[int, list[str]] = {}
    mandates = Mandate.objects.visible_to(user).in_force(period).filter(organisation=row).select_related("body")
    for mandate in mandates:
        told = f"{capfirst(str(mandate.get_role_display()))}, {mandate.body}"
        seats.setdefault(mandate.person_id, []).append(told)
    for part in Participant.objects.visible_to(user).in_force(period).filter(organisation=row).select_related("group"):
        seats.setdefault(part.person_id, []).append(str(part.group))
    contacts = contacts_of([post.person_id for post in posts], user)
    return {
        "record": row,
        "country": country(row.country),
        "category": said(term.category, "name").text if term and term.category else "",
        "is_member": term is not None,
        "since": span(term.start, None) if term else "",
        "people": [
            {
                "post": post,
                "name": post.person.name,
                "initials": initials(post.person.name),
                "seats": seats.get(post.person_id, []),
                "contacts": contacts.get(post.person_id, []),
                "is_you": post.person.user_id == user.pk,
                "url": reverse("network.own.post", args=[post.pk]),
            }
            for post in posts
        ],
    }


def organisation(row: Organisation, user: Any) -> dict[str, Any]:
    """Return what `member/organisation.html` shows: the standing, who has left, what became of proposed changes."""
    left = Post.objects.visible_to(user).filter(organisation=row).exclude(not_over("end", today().on.isoformat()))
    proposals = Proposal.objects.filter(organisation=row).exclude(state=Proposal.State.WITHDRAWN)
    return {
        **standing(row, user),
        "left": left.select_related("person").order_by("-end")[:RECENT],
        "proposals": proposals.select_related("made_by")[:RECENT],
        "title": _("Our organisation"),
    }
