"""Figures of governance: the Board on a day, by country."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from umbel.core.formatting import country
from umbel.core.periods import Period
from umbel.core.registry import Breakdown, Figure, Ratio
from umbel.governance.models import Mandate


def board(period: Period) -> QuerySet[Any]:
    return Mandate.objects.board().in_force(period).select_related("person", "organisation")


def presidency(period: Period) -> QuerySet[Any]:
    return board(period).filter(role__in=Mandate.PRESIDENCY)


SEATS = Breakdown(board, "organisation__country")


def seats_by_country() -> Iterator[Figure]:
    """Seats on the Board and their share, for each country that ever held one."""

    held = Mandate.objects.board().exclude(organisation__country="").exclude(organisation=None)
    for code in held.order_by("organisation__country").values_list("organisation__country", flat=True).distinct():
        seats, name = f"governance.board_seats.{code.lower()}", country(code)
        yield Figure(
            seats,
            _("Seats on the Board, %s") % name,
            SEATS.part(code),
            rule=_("Mandates held for organisations there."),
        )
        yield Figure(
            f"governance.board_share.{code.lower()}",
            _("Share of the Board, %s") % name,
            derived=Ratio(seats, "governance.board", 100),
            unit="%",
            digits=1,
            rule=_("Seats of the country over all seats."),
        )
