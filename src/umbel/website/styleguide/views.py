"""The page that shows every component, from the templates and tokens that the product itself uses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from umbel.core.templatetags.ui import symbols_by_name
from umbel.website.styleguide import samples, tokens

SCHEMES = ("light", "dark")


def show(request: HttpRequest) -> HttpResponse:
    """Show the components; `?scheme=` forces light or dark, without it the reader's system decides."""
    asked = request.GET.get("scheme", "")
    told = {
        "scheme": asked if asked in SCHEMES else "",
        "parts": samples.PARTS,
        "colours": tokens.colours(),
        "icons": sorted(symbols_by_name()),
        **samples.samples(),
    }
    return render(request, "styleguide/styleguide.html", told)
