"""The page of a person, and the Board and the staff on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Day
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from umbel.advocacy.models import Appointment
from umbel.core.head import at_site
from umbel.core.merging import spellings
from umbel.core.models import Alias
from umbel.core.periods import Period
from umbel.core.records import is_in_force, is_over
from umbel.core.translations.marks import joined
from umbel.core.translations.saying import localise
from umbel.events.models import Speaker
from umbel.governance.models import Mandate
from umbel.groups.models import Participant
from umbel.network.models import Organisation, Person, Post
from umbel.website.telling import Line, act, country, initials, line, may_see, name_of, span, wording


def page(row: Person, year: int, user: Any) -> dict[str, Any]:
    """Return what `website/person.html` shows: functions, dated; what the person represented us at, and spoke at.

    With a `year` the activities are those of that year.
    """
    functions = [*_mandates(row, user), *_posts(row, user), *_groups(row, user)]
    seats = list(_seats(row, user))
    appearances = Speaker.objects.visible_to(user).filter(person=row).select_related("event").order_by("-event__date")
    spoken = [(found.role, found, found.event) for found in appearances]
    years = sorted({event.date.year for _role, _function, event in spoken if event.date}, reverse=True)
    spoken = [told for told in spoken if not year or (told[2].date and told[2].date.year == year)]
    localise(event for _role, _function, event in spoken)
    localise(speaker for speaker in appearances)
    return {
        "record": row,
        "title": row.name,
        "kind": _("Person"),
        "icon": "user",
        "initials": initials(row.name),
        "lede": joined("; ", dict.fromkeys(told["short"] for told in functions if told["is_held"])),
        "functions": functions,
        "seats": seats,
        "year": year,
        "years": years,
        "represented": [act(event, note=_role(function)) for role, function, event in spoken if role == REPRESENTED],
        "spoke": [act(event, note=_role(function)) for role, function, event in spoken if role != REPRESENTED],
        "spellings": ", ".join(spellings(alias.name for alias in Alias.objects.of(row))),
    }


REPRESENTED = Speaker.Role.REPRESENTATIVE


def _role(speaker: Speaker) -> str:
    return wording(speaker, "function")


def _function(title: str, other: Any, row: Any, user: Any, **more: Any) -> Line:
    """Return a function as a line: what, where, from when to when."""
    is_seen = may_see(other, user)
    start, end = getattr(row, "start", None) or getattr(row, "date", None), row.end
    return {
        "text": title,
        "at": {"text": name_of(other), "url": other.get_absolute_url()} if is_seen else None,
        "span": span(start, end),
        "is_held": is_in_force(start, end, timezone.localdate()),
        "short": joined(", ", (title, name_of(other))) if is_seen else title,
        **more,
    }


def _mandates(row: Person, user: Any) -> Iterable[Line]:
    found = list(Mandate.objects.visible_to(user).filter(person=row).select_related("body", "organisation"))
    localise(mandate.body for mandate in found)
    for mandate in found:
        behalf = mandate.organisation if may_see(mandate.organisation, user) else None
        title = capfirst(str(mandate.get_role_display()))
        for_whom = {"text": str(behalf), "url": behalf.get_absolute_url()} if behalf else None
        yield _function(title, mandate.body, mandate, user, behalf=for_whom, icon="armchair")


def _posts(row: Person, user: Any) -> Iterable[Line]:
    for post in localise(Post.objects.visible_to(user).filter(person=row).select_related("organisation")):
        note = joined(", ", (post.party, wording(post, "note", capital=False)))
        yield _function(
            wording(post, "title", capital=False), post.organisation, post, user, note=note, icon="briefcase"
        )


def _groups(row: Person, user: Any) -> Iterable[Line]:
    found = list(Participant.objects.visible_to(user).filter(person=row).select_related("group"))
    localise(part.group for part in found)
    for part in found:
        yield _function(_("Participant"), part.group, part, user, icon="users")


def _seats(row: Person, user: Any) -> Iterable[Line]:
    found = list(Appointment.objects.visible_to(user).filter(holder=row).select_related("seat__on_behalf_of"))
    localise(term.seat for term in found)
    for term in found:
        if may_see(term.seat, user):
            behalf = term.seat.on_behalf_of
            told = _("on behalf of %(body)s") % {"body": behalf} if may_see(behalf, user) else ""
            kind = capfirst(str(term.seat.get_kind_display()))
            yield _function(kind, term.seat, term, user, note=told, icon="armchair")


@dataclass(frozen=True)
class When:
    """What a page of people in office is asked for: a day, or all of a year."""

    on: Day
    year: int = 0

    def keep(self, rows: Any) -> Any:
        """Keep dated rows in force on the day, or at any time of the year."""
        if self.year:
            return rows.overlapping(Period.year(self.year))
        return rows.in_force(Period.year(self.on.year).as_at(self.on))


def board(when: When, user: Any) -> dict[str, Any]:
    """Return the Board: the presidency, then the other members."""
    mandates = Mandate.objects.visible_to(user).board()
    found = when.keep(mandates).select_related("person", "organisation", "body", "resolution")
    people = [_mandated(mandate, user) for mandate in found if may_see(mandate.person, user)]
    return {
        "groups": [
            {"title": _("Presidency"), "people": [each for each in people if each["leads"]]},
            {"title": _("Members of the Board"), "people": [each for each in people if not each["leads"]]},
        ]
    }


def _mandated(mandate: Mandate, user: Any) -> Line:
    body = mandate.organisation if may_see(mandate.organisation, user) else None
    return {
        **_named(mandate.person, mandate, capfirst(str(mandate.get_role_display())), body),
        "at": {"text": str(body), "url": body.get_absolute_url(), "country": country(body.country)} if body else None,
        "leads": mandate.is_in_presidency,
        "elected_by": line(mandate.resolution) if may_see(mandate.resolution, user) else None,
    }


def staff(when: When, user: Any) -> dict[str, Any]:
    """Return who worked in the secretariat: posts, then internships."""
    found = when.keep(Post.objects.visible_to(user)).select_related("person")
    return {
        "groups": [
            {"title": _("Staff"), "people": [_posted(post) for post in localise(found.staff())]},
            {"title": _("Interns"), "people": [_posted(post) for post in localise(found.interns())]},
        ]
    }


def _posted(post: Post) -> Line:
    title, note = (wording(post, field, capital=False) for field in ("title", "note"))
    return {**_named(post.person, post, title), "note": note}


def _named(person: Person, term: Mandate | Post, role: str, body: Organisation | None = None) -> Line:
    """Return somebody in office as a line, and as a `row` of a table."""
    url = person.get_absolute_url()
    row = {
        "key": person.key,
        "name": person.name,
        "role": str(role),
        "organisation": body.name if body else "",
        "country": body.country if body else "",
        "from": str(term.start or ""),
        "to": str(term.end or ""),
        "url": at_site(url),
    }
    return {
        "name": person.name,
        "url": url,
        "initials": initials(person.name),
        "role": role,
        "where": body.name if body else "",
        "span": span(term.start, term.end),
        "is_held": not is_over(term.end, timezone.localdate()),
        "row": row,
    }
