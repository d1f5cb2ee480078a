"""The files of bodies, mandates, statutory meetings and resolutions; votes are cast, not brought in."""

from umbel.core.exchange.sheets import sheet
from umbel.events.models import Event
from umbel.events.sheets import PARTS
from umbel.governance.models import Body, Mandate, Meeting, Resolution

sheet("bodies", Body, format="csv")
sheet("mandates", Mandate, key=["body", "person", "start"], format="csv")
sheet("meetings", Meeting, parts=PARTS, refer_as=Event)
sheet("resolutions", Resolution, exclude=["poll"])
