from django.utils.translation import gettext_lazy as _

from umbel.collection import dues, listings
from umbel.collection.models import RoundIndicator
from umbel.core import registry

registry.figure(
    "collection.indicators", _("Indicators of the collection published"),
    lambda period: RoundIndicator.objects.published(period),
    rule=_("Indicators asked in the rounds whose results were published in the period."),
)  # fmt: skip
registry.listing("collection.rounds", listings.rounds)
registry.due("collection.rounds", dues.rounds)
