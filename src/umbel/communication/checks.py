"""What the audit asks of communication."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from umbel.communication.models import Channel, ChannelCount
from umbel.core.periods import Period
from umbel.core.registry import Finding

ODD_CHANNELS = (
    gettext_lazy("Channels with figures and no link, or the reverse"),
    gettext_lazy("Close the channel with a date, or put its address in the footer."),
)


def odd_channels(period: Period) -> Iterator[Finding]:
    """Channels with counts in the period and no link in the footer, or with a link and no count."""
    counted = set(ChannelCount.objects.within(period).values_list("channel", flat=True))
    for channel in Channel.objects.all():
        if channel.in_footer and channel.pk not in counted:
            yield Finding(_("%(channel)s stands in the footer and has no figure.") % {"channel": channel}, (channel,))
        if not channel.in_footer and channel.pk in counted:
            yield Finding(
                _("%(channel)s has figures and does not stand in the footer.") % {"channel": channel},
                (channel,),
            )
