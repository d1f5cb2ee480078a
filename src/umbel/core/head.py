"""What the head of a page tells machines: its one address, what it is called, what it is about."""

import json
from typing import Any

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.safestring import SafeString, mark_safe

ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def at_site(path: str) -> str:
    """Return a path of the site as a whole address."""
    return f"{settings.SITE_URL}{iri_to_uri(path)}"


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
