"""What every page is told about accounts."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def account(request: HttpRequest) -> dict[str, Any]:
    """Tell whether this is a demonstration, in which anybody may sign in as anybody."""
    return {"demo": settings.DEMO}
