"""What every page of the site is given."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from umbel.core.models import Confederation


def confederation(request: HttpRequest) -> dict[str, Any]:
    """Give every page the confederation and the navigation of its year; before one is loaded there is neither."""
    own = Confederation.objects.first()
    return {"confederation": own, "navigation": navigation(request.path, own) if own else []}


def navigation(path: str, own: Confederation) -> list[dict[str, Any]]:
    year = [own.reporting_year]
    pages = [
        (_("%(year)s at a glance") % {"year": year[0]}, reverse("website.year.show", args=year)),
        (_("Activity Report"), reverse("reports.report.show", args=year)),
        (_("Figures"), reverse("reports.figure.list", args=year)),
        (_("Audit"), reverse("reports.audit.show", args=year)),
    ]
    return [{"label": label, "url": url, "here": path.startswith(url)} for label, url in pages]
