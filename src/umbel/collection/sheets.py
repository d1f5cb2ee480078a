"""The files of what is asked of the members."""

from umbel.collection.models import Indicator, Round, RoundIndicator
from umbel.core.exchange.sheets import part, sheet

sheet("indicators", Indicator, format="csv")
sheet("rounds", Round, parts=[part("indicators", RoundIndicator, key=["indicator"])])
