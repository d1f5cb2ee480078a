"""Rounds whose results came out, as pages and print lay them out."""

from typing import Any

from umbel.collection.models import Round
from umbel.core.periods import Period


def rounds(period: Period) -> list[dict[str, Any]]:
    """Return rounds published in the period.

    `[{"name", "title", "date", "is_new", "from", "to", "method", "indicators": [names], "languages": [codes]}]`
    """
    found = Round.objects.filter(publication__date__within=period).select_related("publication")
    return [
        {
            "name": round.name,
            "title": round.publication.title,
            "date": round.publication.date,
            "is_new": round.publication.is_first_edition,
            "from": round.collected_from,
            "to": round.collected_to,
            "method": round.method,
            "indicators": [row.indicator.name for row in round.indicators.all()],
            "languages": [version.language for version in round.publication.versions.all()],
        }
        for round in found.prefetch_related("indicators__indicator", "publication__versions")
    ]
