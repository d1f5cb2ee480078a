from functools import partial

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from umbel.advocacy import checks, dues, figures, listings
from umbel.advocacy.models import Appointment, CampaignAct, Engagement, JointLetter, PolicyFile, Position
from umbel.core import registry
from umbel.core.registry import Kind
from umbel.network import retention


def kinds(choices: type[TextChoices], icon: str) -> dict[str, Kind]:
    return {choice.value: Kind(choice.label, "advocacy", icon) for choice in choices}


MEETING = Kind(_("Meeting with an institution"), "advocacy", "messages-square")
registry.entry("advocacy.position", Position.objects.all, kinds(Position.Kind, "file-pen-line"), column="kind")
registry.entry("advocacy.jointletter", JointLetter.objects.all, kinds(JointLetter.Form, "handshake"), column="form")
registry.entry(
    "advocacy.campaignact", CampaignAct.objects.all, kinds(CampaignAct.Kind, "megaphone"), column="kind",
    beside=listings.beside,
)  # fmt: skip
registry.entry("advocacy.engagement", Engagement.objects.all, {"": MEETING})
registry.entry("advocacy.appointment", Appointment.objects.all, {"": Kind(_("Seat"), "advocacy", "armchair")})

ONE = _("One row, one text.")
registry.figure(
    "advocacy.files", _("Policy files followed"), lambda _period: PolicyFile.objects.all(), rule=_("Every policy file.")
)
registry.figure(
    "advocacy.positions", _("Policy position papers"), lambda period: Position.objects.papers().within(period),
    definition=_("What the confederation said in public on a policy file."),
    rule=_("Reactions, opinions and papers; contributions to the work of others are counted apart."),
)  # fmt: skip
registry.figure("advocacy.reactions", _("Reactions"), partial(figures.positions, Position.Kind.REACTION), rule=ONE)
registry.figure("advocacy.opinions", _("Opinions"), partial(figures.positions, Position.Kind.OPINION), rule=ONE)
registry.figure(
    "advocacy.contributions", _("Contributions"), partial(figures.positions, Position.Kind.CONTRIBUTION), rule=ONE
)
registry.figure(
    "advocacy.joint_letters", _("Joint letters"), lambda period: JointLetter.objects.within(period),
    rule=_("Letters, statements and calls signed with others; one row, one text, whatever a chapter calls it."),
)  # fmt: skip
registry.figure(
    "advocacy.engagements", _("Meetings with institutions"), lambda period: Engagement.objects.within(period),
    rule=_("One row, one meeting."),
)  # fmt: skip
registry.figure(
    "advocacy.external_seats", _("Seats on boards of umbrella bodies"), figures.board_seats,
    rule=_("Terms on such boards in force at the end of the period, on our own behalf or another's."),
)  # fmt: skip
registry.family("advocacy.external_seats.", figures.seats_by_person)
registry.family("advocacy.files.", figures.files_by_pillar)
registry.family("advocacy.", figures.acts_by_pillar_and_file)
registry.family("advocacy.signatories.", figures.signatories)
registry.family("advocacy.seat_meetings.", figures.seat_meetings)
registry.family("advocacy.seat_", figures.terms_of_seats)
for _name in ("pillars", "positions", "letters", "seats", "family", "acts_by_topic"):
    registry.listing(f"advocacy.{_name}", getattr(listings, _name))
registry.check("advocacy.silent_seats", checks.silent_seats, *checks.SILENT_SEATS)
registry.check("advocacy.outcomes", checks.outcomes, *checks.OUTCOMES)
registry.check("advocacy.late", checks.late_replies, *checks.LATE)
registry.check("advocacy.early", checks.early_positions, *checks.EARLY)
registry.check("advocacy.left_files", checks.left_files, *checks.LEFT)
for _name in ("consultations", "drafts", "terms", "files"):
    registry.due(f"advocacy.{_name}", getattr(dues, _name))
retention.functions(Appointment.objects.all, "holder")
