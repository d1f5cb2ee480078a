"""What falls due in the network: memberships and posts that end, changes that members ask for, fees that are late."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from umbel.core.audience import visible_rows
from umbel.core.dates import PartialDate
from umbel.core.dues import near
from umbel.core.registry import Reminder
from umbel.network.models import Fee, Membership, MembershipChange, Organisation, Post, Proposal

ANSWERED_WITHIN = timedelta(days=7)


def memberships(today: date, user: Any) -> Iterator[Reminder]:
    """Memberships that end; one that has ended is late until it is renewed or the exit is recorded."""
    later = Membership.objects.filter(organisation=OuterRef("organisation"), start__gte=OuterRef("end"))
    exits = MembershipChange.objects.filter(organisation=OuterRef("organisation"), kind=MembershipChange.Kind.EXIT)
    exits = exits.filter(date__gte=Substr(OuterRef("end"), 1, 4))
    rows = Membership.objects.visible_to(user).filter(~Exists(later)).select_related("organisation")
    for on, row in near(rows.filter(~Exists(exits)), "end", today, behind=60):
        text = (
            _("The membership of %(organisation)s ends")
            if on.last_day >= today
            else _("The membership of %(organisation)s has ended: record the exit, or renew it")
        )
        yield Reminder(on, text % {"organisation": row.organisation}, row)


def posts(today: date, user: Any) -> Iterator[Reminder]:
    """Posts that end in the secretariat, and elsewhere of people who sign in: their access ends with the post."""
    watched = Q(organisation__kind=Organisation.Kind.SELF) | Q(person__user__isnull=False)
    rows = Post.objects.visible_to(user).filter(watched, visible_rows(user, Organisation, "organisation"))
    for on, row in near(rows.select_related("person", "organisation"), "end", today):
        told = {"person": row.person, "title": row.title, "organisation": row.organisation}
        yield Reminder(on, _("%(person)s leaves as %(title)s of %(organisation)s") % told, row)


def proposals(_today: date, user: Any) -> Iterator[Reminder]:
    """Changes of their pages that members asked for; a week after that an answer is late."""
    if not user.has_perm("network.change_organisation"):
        return
    for row in Proposal.objects.visible_to(user).waiting().select_related("organisation").order_by("made_at"):
        on = timezone.localdate(row.made_at) + ANSWERED_WITHIN
        told = {"organisation": row.organisation, "field": row.label}
        text = _("%(organisation)s proposes another entry for: %(field)s") % told
        yield Reminder(PartialDate.of(on), text, url=reverse("network.proposal.list"))


def fees(today: date, user: Any) -> Iterator[Reminder]:
    """Fees that are late, one reminder for those of a year, to whoever keeps them."""
    if not user.has_perm("network.change_fee"):
        return
    for year, number, first in Fee.objects.visible_to(user).late(today).by_year():
        text = ngettext("One fee of %(year)s is late", "%(number)s fees of %(year)s are late", number)
        url = f"{reverse('desk.record.list', args=['fees'])}?state=late&year={year}"
        yield Reminder(first, text % {"number": number, "year": year}, url=url)
