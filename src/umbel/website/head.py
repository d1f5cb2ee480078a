"""What the head of a page tells machines: its one address, what it is called, what it is about."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from umbel.website.feeds import at_site

ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def head(path: str, title: str, about: str = "", schema: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the head of a page: `path` is its one address on the site, `schema` what it is for schema.org."""
    url = at_site(path)
    data = {"@context": "https://schema.org", "name": title, "url": url, **schema} if schema else None
    return {
        "url": url,
        "title": title,
        "about": about[:300],
        "image": schema.get("image", "") if schema else "",
        "kind": "article" if schema and schema["@type"] == "Article" else "website",
        "data": as_data(data) if data else "",
    }


def as_data(told: dict[str, Any]) -> SafeString:
    """Return data as JSON that can stand in a page: no mark of HTML is left in it."""
    plain = {name: value for name, value in told.items() if value not in ("", None)}
    return mark_safe(json.dumps(plain, ensure_ascii=False).translate(ESCAPES))  # noqa: S308 -- escaped here


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
