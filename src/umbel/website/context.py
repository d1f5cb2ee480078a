"""What every page of the site is given."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from umbel.core.audience import is_secretariat
from umbel.website import followed, logo, navigation, own
from umbel.website.editing import menu
from umbel.website.editing.system import foot_pages
from umbel.website.starting.leading import UNFOUNDED


def confederation(request: HttpRequest) -> dict[str, Any]:
    """Give every page the confederation and the navigation of its year; before one is loaded there is neither.

    What only some pages show (channels, the room of a user) is asked for when it is shown.
    """
    found = own.confederation()
    if found is None:
        request.META[UNFOUNDED] = True
        return {"confederation": None, "navigation": []}
    return {
        "confederation": found,
        "own_logo": logo.addresses(found.logo_mark),
        "navigation": SimpleLazyObject(lambda: _navigation(request, found)),
        "foot_pages": foot_pages(found),
        "reading": navigation.footer(found.reporting_year),
        "channels": own.channels,
        "followed": followed.usual,
        "room": lambda: navigation.room_of(request.user) if request.user.is_authenticated else None,
        "captures": lambda: is_secretariat(request.user),
        "search_url": navigation.search_address(),
    }


def _navigation(request: HttpRequest, found: Any) -> list[dict[str, Any]]:
    """Return the menu as the communications officer arranged it, else the parts of the site."""
    arranged = menu.shown(request, found.reporting_year) if found.with_menu else []
    return arranged or navigation.main(request.path_info, found.reporting_year)
