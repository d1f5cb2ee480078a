"""To whom an issue of a newsletter for members goes: the contacts of members in force on its day who want it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from umbel.communication.models import Issue, MailPreference
from umbel.core.periods import Period
from umbel.network.models import Contact, Membership, Post


@dataclass(frozen=True)
class Recipient:
    """Somebody to whom an issue goes: name, organisation, function there, e-mail ("" where none is on record)."""

    name: str
    organisation: str
    function: str
    email: str


def day_of(issue: Issue) -> date | None:
    """Return the sending day of an issue: the last one by which it had gone out where only the month is known."""
    return issue.date.last_day if issue.date else None


def recipients(issue: Issue, user: Any) -> list[Recipient]:
    """Return who gets an issue of a newsletter for members, by organisation and name; nobody of one for the public.

    Posts of representatives in force on the sending day, in organisations that were members that day; each person once,
    as far as the user may see them. Whoever refused this newsletter is left out. Without a day there is nobody.
    """
    day = day_of(issue)
    if day is None or issue.newsletter.readers != issue.newsletter.Readers.INTERNAL:
        return []
    return list(_found(issue, Period.year(day.year).as_at(day), user))


def _found(issue: Issue, period: Period, user: Any) -> Iterator[Recipient]:
    members = Membership.objects.in_force(period).values("organisation")
    refused = MailPreference.objects.filter(newsletter=issue.newsletter, is_wanted=False).values("person")
    posts = (
        Post.objects.visible_to(user)
        .in_force(period)
        .filter(kind=Post.Kind.REPRESENTATIVE, organisation__in=members)
        .exclude(person__in=refused)
    )
    rows = list(posts.select_related("person__user", "organisation").order_by("organisation__name", "person__name"))
    emails = _emails([post.person_id for post in rows], user)
    told: set[Any] = set()
    for post in rows:
        if post.person_id not in told:
            told.add(post.person_id)
            account = post.person.user.email if post.person.user and post.person.user.is_active else ""
            yield Recipient(post.person.name, post.organisation.name, post.title, emails.get(post.person_id, account))


def _emails(people: list[int], user: Any) -> dict[int, str]:
    """Return the first e-mail on record of each person."""
    rows = (
        Contact.objects.visible_to(user)
        .emails()
        .filter(person__in=people)
        .order_by("-pk")
        .values_list("person_id", "value")
    )
    return dict(rows)
