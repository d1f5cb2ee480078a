from typing import Any

from django.utils.translation import gettext_lazy as _

from umbel.communication import checks, figures, listings, recipients
from umbel.communication.models import Issue, PressItem, Story, Video
from umbel.core import registry
from umbel.core.registry import Kind, Ratio
from umbel.core.work import hourly


def kind(label: Any, icon: str) -> dict[str, Kind]:
    return {"": Kind(label, "communication", icon)}


registry.entry("communication.story", Story.objects.all, kind(_("Article"), "book-open"), beside=listings.beside)
registry.entry("communication.video", Video.objects.all, kind(_("Video"), "video"))
registry.entry("communication.issue", Issue.objects.all, kind(_("Newsletter"), "mail"))
registry.entry("communication.pressitem", PressItem.objects.all, kind(_("Press"), "newspaper"))

registry.figure(
    "communication.stories", _("Articles"), lambda period: Story.objects.within(period),
    rule=_("One row, one article, of whatever series."),
)  # fmt: skip
registry.figure(
    "communication.videos", _("Videos"), lambda period: Video.objects.within(period),
    rule=_("Videos published in the period, whatever the year of their campaign."),
)  # fmt: skip
registry.figure(
    "communication.external_newsletters", _("External newsletters"),
    lambda period: Issue.objects.external().within(period),
    rule=_("One row, one edition."),
)  # fmt: skip
registry.figure(
    "communication.internal_newsletters", _("Internal newsletters"),
    lambda period: Issue.objects.internal().within(period),
    rule=_("One row, one edition."),
)  # fmt: skip
registry.figure(
    "communication.press", _("Press items"), lambda period: PressItem.objects.within(period),
    rule=_("One row, one mention in one outlet."),
)  # fmt: skip
registry.figure(
    "communication.views_per_user", _("Page views per user"), digits=2,
    rule=_("Page views over users of the same period."),
    derived=Ratio("communication.page_views", "communication.website_users"),
)  # fmt: skip
registry.family("communication.", figures.site)
registry.family("communication.", figures.series)
registry.family("communication.followers.", figures.followers)
registry.family("communication.growth.", figures.growth)
registry.listing("communication.channels", listings.channels)
registry.listing("communication.told", listings.told)
registry.check("communication.channels", checks.odd_channels, *checks.ODD_CHANNELS)
hourly(recipients.keep_numbers)
