"""The files of projects and grants."""

from umbel.core.exchange.sheets import part, sheet
from umbel.events.models import Event
from umbel.events.sheets import PARTS
from umbel.projects.models import (
    Deliverable,
    Grant,
    Heading,
    Project,
    ProjectCountry,
    ProjectMeeting,
    ProjectPhase,
    Proof,
)

sheet(
    "projects",
    Project,
    parts=[part("countries", ProjectCountry, key=["country"]), part("phases", ProjectPhase, key=["name"])],
)
sheet("project_meetings", ProjectMeeting, parts=PARTS, refer_as=Event)

PROOFS = part("proofs", Proof, key=["record"])
DELIVERABLES = part("deliverables", Deliverable, key=["key"], parts=(PROOFS,))
sheet("grants", Grant, parts=[part("headings", Heading, key=["key"], parts=(DELIVERABLES,))])
