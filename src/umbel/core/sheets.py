"""The confederation's files: itself with its words, topics that are neither file nor campaign, reported numbers."""

from umbel.core.exchange.sheets import part, sheet
from umbel.core.models import Confederation, EnterpriseType, MembershipCategory, ReportedFigure, Topic

sheet(
    "confederation",
    Confederation,
    single=True,
    parts=[part("categories", MembershipCategory, key=["key"]), part("enterprise_types", EnterpriseType, key=["key"])],
)
sheet("topics", Topic, format="csv")
sheet("reported_figures", ReportedFigure, key=["figure", "date"], format="csv")
