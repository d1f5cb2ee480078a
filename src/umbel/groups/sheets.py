"""The files of groups and their meetings."""

from umbel.core.exchange.sheets import part, sheet
from umbel.events.models import Event
from umbel.events.sheets import PARTS
from umbel.groups.models import Group, GroupMeeting, GroupOutput, Participant

PARTICIPANTS = part("participants", Participant, key=["person", "start"])
sheet("groups", Group, parts=[part("outputs", GroupOutput, key=["text"]), PARTICIPANTS])
sheet("group_meetings", GroupMeeting, parts=PARTS, refer_as=Event)
