from functools import partial

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from umbel.advocacy import checks, figures, listings
from umbel.advocacy.models import Appointment, CampaignAct, Engagement, JointLetter, PolicyFile, Position
from umbel.core import registry
from umbel.core.registry import Kind


def kinds(choices: type[TextChoices], icon: str) -> dict[str, Kind]:
    return {choice.value: Kind(choice.label, "advocacy", icon) for choice in choices}


registry.entry("advocacy.position", Position.objects.all, column="kind", kinds=kinds(Position.Kind, "file-pen-line"))
registry.entry(
    "advocacy.jointletter", JointLetter.objects.all, column="form", kinds=kinds(JointLetter.Form, "handshake")
)
registry.entry(
    "advocacy.engagement",
    Engagement.objects.all,
    kinds={"": Kind(_("Meeting with an institution"), "advocacy", "messages-square")},
)
registry.entry(
    "advocacy.campaignact", CampaignAct.objects.all, column="kind", kinds=kinds(CampaignAct.Kind, "megaphone")
)
registry.entry("advocacy.appointment", Appointment.objects.all, kinds={"": Kind(_("Seat"), "advocacy", "armchair")})

registry.figure(
    "advocacy.files",
    _("Policy files followed"),
    lambda _period: PolicyFile.objects.all(),
    rule=_("Every policy file on record."),
)
registry.figure(
    "advocacy.positions", _("Policy position papers"), lambda period: Position.objects.papers().within(period),
    definition=_("What the confederation said in public on a policy file."),
    rule=_("Reactions, opinions and papers; contributions to the work of others are counted apart."),
)  # fmt: skip
for _key, _kind, _label in (
    ("reactions", Position.Kind.REACTION, _("Reactions")),
    ("opinions", Position.Kind.OPINION, _("Opinions")),
    ("contributions", Position.Kind.CONTRIBUTION, _("Contributions")),
):
    registry.figure(
        f"advocacy.{_key}", _label, partial(figures.positions, _kind),
        rule=_("One row, one text."),
    )  # fmt: skip
registry.figure(
    "advocacy.joint_letters",
    _("Joint letters"),
    lambda period: JointLetter.objects.within(period),
    rule=_("Letters, statements and calls signed with others; one row, one text, whatever a chapter calls it."),
)
registry.figure(
    "advocacy.engagements",
    _("Meetings with institutions"),
    lambda period: Engagement.objects.within(period),
    rule=_("One row, one meeting."),
)
registry.figure(
    "advocacy.external_seats", _("Seats on boards of umbrella bodies"), figures.board_seats,
    rule=_("Terms on such boards in force at the end of the period, on our own behalf or another's."),
)  # fmt: skip
registry.family("advocacy.external_seats.", figures.seats_by_person)
registry.family("advocacy.files.", figures.files_by_pillar)
registry.family("advocacy.acts", figures.acts_by_pillar_and_file)
registry.family("advocacy.signatories.", figures.signatories)
registry.family("advocacy.seat_meetings.", figures.seat_meetings)
registry.family("advocacy.seat_", figures.terms_of_seats)

for _name in ("pillars", "positions", "letters", "seats", "family", "acts_by_file"):
    registry.listing(f"advocacy.{_name}", getattr(listings, _name))
for _key, _label, _find, _hint in (
    ("silent_seats", _("Seats and memberships without activity"), checks.silent_seats, _("Record what was done, or end the term.")),
    ("outcomes", _("Outcomes claimed and their evidence"), checks.outcomes, _("Link the acts and documents that show it.")),
    ("early", _("Positions dated before what they answer"), checks.early_positions, _("Check both dates.")),
):  # fmt: skip
    registry.check(f"advocacy.{_key}", _label, _find, _hint)
