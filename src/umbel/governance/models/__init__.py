"""The bodies of the confederation, the mandates in them, their meetings, what they vote on and what they decide."""

from umbel.governance.models.bodies import Body, Mandate, MandateQuerySet, Meeting
from umbel.governance.models.polls import Ballot, Poll, Voter
from umbel.governance.models.resolutions import Resolution

__all__ = ["Ballot", "Body", "Mandate", "MandateQuerySet", "Meeting", "Poll", "Resolution", "Voter"]
