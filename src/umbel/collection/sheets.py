"""The files of what is asked of the members, and of what they answer."""

from umbel.collection.models import Indicator, Return, Round, RoundIndicator, Value
from umbel.core.exchange.sheets import part, sheet

sheet("indicators", Indicator, format="csv")
sheet("rounds", Round, parts=[part("indicators", RoundIndicator, key=["indicator"])])
sheet("returns", Return, key=["round", "organisation"], parts=[part("values", Value, key=["asked", "year"])])
