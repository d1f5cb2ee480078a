"""Free pages come last: any other address of the site goes before."""

from django.urls import path, register_converter

from umbel.website.editing import pages
from umbel.website.models import PATH


class PagePath:
    """The address of a free page: parts of small letters, digits and hyphens."""

    regex = PATH

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PagePath, "page")

urlpatterns = [path("<page:path>/", pages.show, name="website.page.show")]
