"""What is asked of the members, and what they answer."""

from umbel.collection.models.returns import Return, Value
from umbel.collection.models.rounds import Indicator, Round, RoundIndicator

__all__ = ["Indicator", "Return", "Round", "RoundIndicator", "Value"]
