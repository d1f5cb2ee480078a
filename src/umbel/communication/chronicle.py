from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from umbel.communication import figures, listings
from umbel.communication.models import Issue, PressItem, SiteFigure, Story, Video
from umbel.core import registry
from umbel.core.folds import Latest
from umbel.core.periods import Period
from umbel.core.registry import Kind, Ratio


def kind(label: Any, icon: str) -> dict[str, Kind]:
    return {"": Kind(label, "communication", icon)}


def site_figures(measure: str, period: Period) -> QuerySet[Any]:
    return SiteFigure.objects.of(measure).within(period)


registry.entry("communication.story", Story.objects.all, kinds=kind(_("Article"), "book-open"), beside=listings.beside)
registry.entry("communication.video", Video.objects.all, kinds=kind(_("Video"), "video"))
registry.entry("communication.issue", Issue.objects.all, kinds=kind(_("Newsletter"), "mail"))
registry.entry("communication.pressitem", PressItem.objects.all, kinds=kind(_("Press"), "newspaper"))

registry.figure(
    "communication.stories",
    _("Articles"),
    lambda period: Story.objects.within(period),
    rule=_("One row, one article, of whatever series."),
)
registry.figure(
    "communication.videos",
    _("Videos"),
    lambda period: Video.objects.within(period),
    rule=_("Videos published in the period, whatever the year of their campaign."),
)
registry.figure(
    "communication.external_newsletters",
    _("External newsletters"),
    lambda period: Issue.objects.external().within(period),
    rule=_("One row, one edition."),
)
registry.figure(
    "communication.internal_newsletters",
    _("Internal newsletters"),
    lambda period: Issue.objects.internal().within(period),
    rule=_("One row, one edition."),
)
registry.figure(
    "communication.press",
    _("Press items"),
    lambda period: PressItem.objects.within(period),
    rule=_("One row, one mention in one outlet."),
)
registry.family("communication.", figures.series)
for _key, _measure, _label in (
    ("website_users", SiteFigure.Measure.USERS, _("Website users")),
    ("page_views", SiteFigure.Measure.VIEWS, _("Page views")),
    ("subscribers", SiteFigure.Measure.SUBSCRIBERS, _("Subscribers of the mailing list")),
    ("reach", SiteFigure.Measure.REACH, _("People reached by the external newsletter")),
):
    registry.figure(
        f"communication.{_key}", _label, partial(site_figures, _measure),
        fold=Latest(), reported=True, rule=_("The latest value that the tool reported for the period."),
    )  # fmt: skip
registry.figure(
    "communication.views_per_user", _("Page views per user"), derived=Ratio("communication.page_views", "communication.website_users"),
    digits=2, rule=_("Page views over users of the same period."),
)  # fmt: skip
registry.family("communication.followers.", figures.followers)
registry.family("communication.growth.", figures.growth)

registry.listing("communication.channels", listings.channels)
registry.listing("communication.told", listings.told)
registry.check(
    "communication.channels",
    _("Channels with figures and no link, or the reverse"),
    listings.odd_channels,
    _("Close the channel with a date, or put its address in the footer."),
)
