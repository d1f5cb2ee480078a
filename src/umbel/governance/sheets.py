"""The files of bodies, mandates and statutory meetings."""

from umbel.core.exchange.sheets import sheet
from umbel.events.models import Event
from umbel.events.sheets import PARTS
from umbel.governance.models import Body, Mandate, Meeting

sheet("bodies", Body, format="csv")
sheet("mandates", Mandate, key=["body", "person", "start"], format="csv")
sheet("meetings", Meeting, parts=PARTS, refer_as=Event)
