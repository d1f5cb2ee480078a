from django.utils.translation import gettext_lazy as _

from umbel.core import registry
from umbel.core.folds import Distinct
from umbel.core.work import hourly
from umbel.governance import dues, figures, listings, voting
from umbel.governance.figures import board, presidency
from umbel.governance.models import Mandate, Meeting
from umbel.network import retention

registry.figure(
    "governance.board",
    _("Board members"),
    board,
    rule=_("Mandates on the Board in force at the end of the period."),
)
registry.figure(
    "governance.board_organisations", _("Organisations on the Board"), board, fold=Distinct("organisation"),
    rule=_("Different organisations for which the mandates are held."),
)  # fmt: skip
registry.figure(
    "governance.board_countries", _("Countries on the Board"), board, fold=Distinct("organisation__country"),
    rule=_("Different countries of the organisations on the Board; each state counts once."),
)  # fmt: skip
registry.figure(
    "governance.presidency", _("Presidency"), presidency,
    rule=_("President, Vice Presidents and Treasurer, who are part of the Board."),
)  # fmt: skip
registry.figure(
    "governance.board_meetings",
    _("Board meetings"),
    lambda period: Meeting.objects.of_board().within(period),
    rule=_("One row, one meeting."),
)
registry.figure(
    "governance.general_assemblies", _("General Assemblies"),
    lambda period: Meeting.objects.of_assembly().within(period),
    rule=_("One row, one assembly."),
)  # fmt: skip

registry.family("governance.board_s", figures.seats_by_country)
registry.listing("governance.board", listings.board)
registry.listing("governance.meetings", listings.meetings)
registry.due("governance.convocations", dues.convocations)
registry.due("governance.mandates", dues.mandates)
registry.due("governance.polls", dues.polls)
retention.functions(Mandate.objects.all)
hourly(voting.draw_rolls)
