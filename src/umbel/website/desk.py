"""What the desk shows of the site: pages, menu, front page, redirects."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from umbel.core.audience import keeps
from umbel.core.crud.rooms import room
from umbel.core.crud.sections import Button, Section, View, section
from umbel.website.models import FrontBlock, MenuItem, Page, Redirect, Wording


@section
class PageSection(Section):
    model = Page
    slug = "pages"
    group, place, icon = "voice", 82, "file-text"
    columns = ("title", "path", "status", "publish_on", "audience", "parent", "order")
    end, sub = "status", "path"
    filters = ("status", "audience")
    views = (View(_("Drafts"), "status=draft"),)
    order = "order"
    form = ("title", "path", "status", "publish_on", "audience", "lead", "body", "parent")
    more = ("order",)
    bulk = ("audience", "status")

    def buttons(self, row: Page, _user: Any) -> Sequence[Button]:
        return [
            Button(_("Preview"), "eye", reverse("desk.page.preview", args=[row.pk])),
            Button(_("Revisions"), "history", reverse("desk.page.revisions", args=[row.pk])),
        ]


@section
class MenuItemSection(Section):
    model = MenuItem
    slug = "menu"
    group, place, icon = "voice", 84, "menu"
    columns = ("label", "parent", "page", "place", "address", "order", "audience")
    end, sub = "order", "parent"
    filters = ("audience",)
    order = "order"
    form = ("label", "page", "place", "address", "parent", "order", "audience")
    more = ()
    few = True


@section
class WordingSection(Section):
    model = Wording
    slug = "titles"
    group, place, icon = "voice", 85, "file-text"
    columns = ("place", "title", "about", "audience")
    sub = "about"
    order = "place"
    form = ("place", "title", "about", "audience")
    more = ()
    few = True


@section
class FrontBlockSection(Section):
    model = FrontBlock
    slug = "front-page"
    group, place, icon = "voice", 86, "house"
    columns = ("kind", "title", "order", "is_shown", "audience")
    end, sub = "order", "title"
    filters = ("is_shown",)
    order = "order"
    form = ("kind", "title", "order", "is_shown", "audience", "body", "figures", "photo")
    more = ()
    bulk = ("is_shown", "audience")
    few = True


@section
class RedirectSection(Section):
    model = Redirect
    slug = "redirects"
    group, place, icon = "settings", 80, "link"
    columns = ("from_path", "to", "is_permanent", "audience")
    end, sub = "is_permanent", "to"
    order = "from_path"
    form = ("from_path", "to", "is_permanent", "audience")
    bulk = ()


def keeps_site(user: Any) -> bool:
    """Tell whether a person keeps the pages of the site."""
    return keeps(user, "website")


room("desk.site", _("The site"), "globe", keeps_site)
room("desk.languages", _("Languages"), "languages", group="voice")
room("desk.links", _("Links"), "link", keeps_site, group="voice")
room("communication.readers", _("Subscribers"), "users", keeps_site, group="voice")
