"""The files of advocacy: what the confederation follows and wants, and what it did about it."""

from umbel.advocacy.models import (
    Addressee,
    Appointment,
    Ask,
    Campaign,
    CampaignAct,
    Comment,
    Consultation,
    Draft,
    Engagement,
    Evidence,
    JointLetter,
    Milestone,
    Outcome,
    Pillar,
    PolicyFile,
    Position,
    Seat,
    SeatMeeting,
    Signatory,
)
from umbel.core.exchange.sheets import part, sheet
from umbel.events.models import Event
from umbel.events.sheets import PARTS

sheet("pillars", Pillar, format="csv")
sheet(
    "policy_files",
    PolicyFile,
    parts=[
        part("asks", Ask, key=["text"]),
        part("milestones", Milestone, key=["title"]),
        part("consultations", Consultation, key=["key"]),
    ],
)
sheet("campaigns", Campaign)
sheet("seats", Seat, format="csv")
sheet("appointments", Appointment)
sheet("positions", Position)
sheet("drafts", Draft, parts=[part("comments", Comment, key=["organisation", "passage"])])
sheet(
    "letters",
    JointLetter,
    parts=[part("addressees", Addressee, key=["name"]), part("signatories", Signatory, key=["organisation"])],
)
sheet("engagements", Engagement)
sheet("campaign_acts", CampaignAct)
sheet("seat_meetings", SeatMeeting, parts=PARTS, refer_as=Event)
sheet("outcomes", Outcome, parts=[part("evidence", Evidence, key=["record"])])
