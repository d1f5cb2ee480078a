"""Where the confederation's own logo is: in the bar of pages, as their icon, for those who pass one of them on."""

from django.urls import reverse

from umbel.core.head import at_site
from umbel.core.logo import FORMS


def addresses(mark: str) -> dict[str, str]:
    """Return the address of the logo in each form, whole for other sites too (`shared`); none without a mark."""
    if not mark:
        return {}
    found = {form: reverse("website.logo", args=[mark, form]) for form in FORMS}
    return {**found, "shared": at_site(found["whole"])}
