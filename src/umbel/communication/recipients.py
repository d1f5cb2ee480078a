"""To whom an issue of a newsletter for members goes: the contacts of members in force on its day who want it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from umbel.communication.models import Issue, MailPreference
from umbel.core.models import Change
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
    return list(_found(issue, _as_at(day), user))


def keep_numbers() -> int:
    """Keep the number of recipients of issues for members whose day is over and of which nobody has kept any.

    Days before the first line of the change log are left alone: who was in office then may not be on record. Returns
    how many issues those were.
    """
    first, today = Change.objects.order_by("pk").first(), timezone.localdate()
    begun = timezone.localdate(first.at) if first else today
    open_ones = Issue.objects.internal().filter(recipients=None).exclude(date=None)
    days = {issue.pk: day for issue in open_ones.select_related("newsletter") if (day := day_of(issue))}
    return sum(_keep(pk, day) for pk, day in days.items() if begun <= day < today)


@transaction.atomic
def _keep(pk: int, day: date) -> bool:
    """Keep the number of an issue unless somebody has done so meanwhile; tell whether it was kept."""
    issue = Issue.objects.select_for_update().filter(pk=pk, recipients=None).first()
    if issue is None:
        return False
    issue.recipients = issue.counted = len(set(_posts(issue, _as_at(day)).values_list("person", flat=True)))
    issue.save(update_fields=["recipients", "counted"])
    return True


def _as_at(day: date) -> Period:
    return Period.year(day.year).as_at(day)


def _posts(issue: Issue, period: Period) -> Any:
    """Return the posts by which people get an issue."""
    members = Membership.objects.in_force(period).values("organisation")
    refused = MailPreference.objects.filter(newsletter=issue.newsletter, is_wanted=False).values("person")
    posts = Post.objects.in_force(period).filter(kind=Post.Kind.REPRESENTATIVE, organisation__in=members)
    return posts.exclude(person__in=refused)


def _found(issue: Issue, period: Period, user: Any) -> Iterator[Recipient]:
    posts = _posts(issue, period).visible_to(user)
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
