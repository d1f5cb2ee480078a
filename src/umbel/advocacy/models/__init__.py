"""What the confederation says and does towards institutions."""

from umbel.advocacy.models.acts import (
    Addressee,
    Appointment,
    CampaignAct,
    Engagement,
    JointLetter,
    Position,
    Seat,
    SeatMeeting,
    Signatory,
)
from umbel.advocacy.models.drafts import Comment, Draft
from umbel.advocacy.models.files import (
    Ask,
    Campaign,
    Consultation,
    Evidence,
    Milestone,
    Outcome,
    Pillar,
    PolicyFile,
)

__all__ = [
    "Addressee",
    "Appointment",
    "Ask",
    "Campaign",
    "CampaignAct",
    "Comment",
    "Consultation",
    "Draft",
    "Engagement",
    "Evidence",
    "JointLetter",
    "Milestone",
    "Outcome",
    "Pillar",
    "PolicyFile",
    "Position",
    "Seat",
    "SeatMeeting",
    "Signatory",
]
