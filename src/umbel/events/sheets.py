"""The files of gatherings."""

from umbel.core.exchange.sheets import part, sheet
from umbel.events.models import Attendance, Edition, Event, EventPartner, Registration, Series, Speaker

PARTS = (
    part("partners", EventPartner, key=["organisation", "role"]),
    part("speakers", Speaker, key=["person", "role"]),
    part("registrations", Registration, key=["person"]),
)

sheet(
    "series",
    Series,
    parts=[
        part(
            "editions",
            Edition,
            key=["year"],
            parts=(part("attendances", Attendance, key=["country", "organisation"]),),
        )
    ],
)
sheet("events", Event, parts=PARTS)
