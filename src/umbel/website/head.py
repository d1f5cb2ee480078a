"""What the page of a record tells machines in its head: what the record is for schema.org."""

from typing import Any

from umbel.core.head import at_site


def schema_of(row: Any, told: dict[str, Any]) -> dict[str, Any]:
    """Return what a record is for schema.org, from the record and what its page tells, its photograph among it."""
    photos = told.get("photos") or [None]
    image = at_site(photos[0].addresses[max(photos[0].addresses)]) if photos[0] else ""
    return {**_kind_of(row, told), "image": image}


def _kind_of(row: Any, told: dict[str, Any]) -> dict[str, Any]:
    label = row._meta.label_lower
    if label == "network.organisation":
        logo = at_site(told["logo"]) if told.get("logo") else ""
        return {"@type": "Organization", "alternateName": row.long_name, "sameAs": _site(row.website), "logo": logo}
    if label == "network.person":
        return {"@type": "Person", "jobTitle": told.get("lede", "")}
    day = getattr(row, "date", None)
    if hasattr(row, "partners") and day:
        ends = getattr(row, "ends", None)
        place = {"@type": "Place", "name": row.place, "address": row.country} if row.place else None
        return {"@type": "Event", "startDate": str(day), "endDate": str(ends or ""), "location": place}
    if day:
        return {"@type": "Article", "headline": told["title"], "datePublished": str(day)}
    return {"@type": "Thing", "description": told.get("lede", "")}


def _site(website: str) -> str:
    return website if website.startswith("http") or not website else f"https://{website}"
