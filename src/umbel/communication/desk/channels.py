"""What the desk shows of the ways by which people are reached: newsletters, channels, the site."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from umbel.communication.desk.stories import NO_DATE, WHERE
from umbel.communication.models import Channel, ChannelCount, Issue, Newsletter, SiteFigure
from umbel.core.crud.columns import Column
from umbel.core.crud.sections import Button, Section, section


def followers(numbers: Sequence[int], _user: Any) -> dict[str, dict[int, Any]]:
    """Return the last count of channels and its date."""
    found: dict[str, dict[int, Any]] = {"followers": {}, "counted": {}}
    counts = ChannelCount.objects.filter(channel__in=numbers).order_by("date")
    for number, value, date in counts.values_list("channel", "value", "date"):
        found["followers"][number], found["counted"][number] = value, date
    return found


@section
class IssueSection(Section):
    model = Issue
    slug = "newsletters"
    label = _("Newsletters")
    group, place, icon = "voice", 30, "mail"
    columns = ("title", "date", "newsletter", "number", "audience", "in_review")
    wanted = ("date",)
    end, sub = "date", "newsletter"
    filters = ("newsletter", "date", "audience")
    views = (NO_DATE,)
    order = "-date"
    form = (
        "title", "newsletter", "number", "date", "audience", "opens_on", "lead", "text", "topics", "recipients", *WHERE,
    )  # fmt: skip

    def buttons(self, row: Issue, user: Any) -> Sequence[Button]:
        is_internal = row.newsletter.readers == Newsletter.Readers.INTERNAL
        if not is_internal or not user.has_perm("communication.change_issue", row):
            return ()
        return [Button(_("Recipients"), "users", reverse("communication.recipients", args=[row.pk]))]


@section
class NewsletterSection(Section):
    model = Newsletter
    slug = "newsletter-titles"
    label = _("Newsletter titles")
    group, place, icon = "settings", 70, "mail"
    columns = ("name", "readers", "contents")
    order = "name"
    form = ("name", "readers", "audience", "contents")
    few = True


@section
class ChannelSection(Section):
    model = Channel
    slug = "channels"
    group, place, icon = "voice", 40, "rss"
    columns = (
        "name", Column("followers", _("followers"), kind="number", load=followers),
        Column("counted", _("counted"), kind="date", load=followers), "address", "start", "end", "in_footer",
    )  # fmt: skip
    end, sub = "followers", "counted"
    filters = ("in_footer", "in_force")
    order = "name"
    form = ("name", "address", "in_footer", "start", "end", "audience", "note")
    parts = (ChannelCount,)


@section
class SiteFigureSection(Section):
    model = SiteFigure
    slug = "figures-of-the-site"
    group, place, icon = "account", 25, "globe"
    columns = ("measure", "date", "value", "source")
    end, sub = "value", "date"
    order = "-date"
    form = ("measure", "date", "value", "audience", "source")
    bulk = ()
