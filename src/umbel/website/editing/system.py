"""Pages that every site needs: about, privacy, accessibility, terms, imprint; made as drafts where they are missing."""

from typing import Any

from django.db.models import Exists
from django.urls import get_script_prefix
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from umbel.core.models import Confederation
from umbel.website.models import Page

PAGES = {
    "about-us": (gettext_lazy("About us"), 10),
    "privacy": (gettext_lazy("Privacy notice"), 900),
    "accessibility": (gettext_lazy("Accessibility statement"), 910),
    "terms": (gettext_lazy("Terms of use"), 920),
    "imprint": (gettext_lazy("Imprint"), 930),
}
FOOT = ("privacy", "accessibility", "terms", "imprint")


def make_missing() -> list[Page]:
    """Make a draft of each page that every site needs and that is not there yet; return those made."""
    there = set(Page.objects.filter(path__in=PAGES).values_list("path", flat=True))
    own = Confederation.objects.first()
    made = []
    for path, (title, order) in PAGES.items():
        if path not in there:
            body = _begun(path, own)
            made.append(Page.objects.create(path=path, title=str(title), body=body, order=order))
    return made


def _begun(path: str, own: Confederation | None) -> str:
    """Return what a page begins with, to be written on: facts that are on record, and what is to be said."""
    if own is None:
        return ""
    where = ", ".join(
        part for part in (own.street, f"{own.postcode} {own.city}".strip(), own.get_country_display()) if part
    )
    if path == "imprint":
        return f"<p><strong>{escape(own.long_name)}</strong></p><p>{escape(where)}</p>"
    if path == "about-us":
        return f"<p>{escape(own.purpose)}</p>" if own.purpose else ""
    if path == "privacy":
        told = _(
            "This site sets no cookies for visitors and loads nothing from other sites. Write here who answers for it."
        )
        return f"<p>{told}</p>"
    return ""


def foot_conditions() -> dict[str, Exists]:
    """Return what tells, of each page of the foot, whether it is out: conditions for a query about something else."""
    return {f"with_{path}": Exists(Page.objects.visible_to(None).filter(path=path)) for path in FOOT}


def foot_pages(own: Any) -> list[dict[str, Any]]:
    """Return links to the pages of the foot that are out, of a confederation that was asked with the conditions."""
    there = [path for path in FOOT if getattr(own, f"with_{path}")]
    return [{"label": PAGES[path][0], "url": f"{get_script_prefix()}{path}/"} for path in there]
