"""The check of links: where each stands, where it leads, and whether a visitor finds something there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.http import Http404
from django.urls import Resolver404, resolve
from django.utils.text import capfirst

from umbel.core import chronology
from umbel.core.audience import Operator
from umbel.core.crud.sections import section_of
from umbel.core.languages import offered_languages
from umbel.core.models import Confederation
from umbel.core.periods import Period
from umbel.core.prose.fields import ProseField
from umbel.core.prose.reading import read
from umbel.core.records import Record
from umbel.core.translations.models import Translation
from umbel.website import records
from umbel.website.editing.redirects import leading
from umbel.website.models import LinkFinding, MenuItem, Page, Redirect
from umbel.website.shelf import get_shelf

State = LinkFinding.State
ADDRESS_FIELDS = {"address", "website", "url"}
PRIVATE = ("desk", "accounts", "account", "mfa", "usersessions", "socialaccount")
BATCH = 500
LONGEST = 500

Ask = Callable[[str], tuple[str, str]]


@dataclass(frozen=True)
class Link:
    """A link where it stands: in the report's year ("report"), in a text, the menu, a redirect or a record."""

    group: str
    text: str
    place: str
    address: str
    edit_address: str = ""

    @property
    def is_outside(self) -> bool:
        return self.address.startswith(("http:", "https:")) and not self.address.startswith(f"{settings.SITE_URL}/")


@dataclass
class Outcome:
    """What a check came to: how many links were looked at, how many lead outside and were not asked."""

    looked_at: int = 0
    unasked: int = 0


def check(ask: Ask | None = None) -> Outcome:
    """Look at every link of the site and keep what was found in place of what the check before found.

    Links that lead outside are asked by `ask` (address to state and answer), and left alone without it.
    """
    outcome, found = Outcome(), []
    for link in links():
        if link.is_outside and ask is None:
            outcome.unasked += 1
            continue
        state, answer = ask(link.address) if link.is_outside and ask else inside(link.address)
        outcome.looked_at += 1
        found.append(_finding(link, state, answer))
    with transaction.atomic():
        LinkFinding.objects.all().delete()
        LinkFinding.objects.bulk_create(found, batch_size=BATCH)
    return outcome


def _finding(link: Link, state: str, answer: str) -> LinkFinding:
    return LinkFinding(
        group=link.group,
        text=link.text[:400],
        place=link.place[:100],
        address=link.address[:LONGEST],
        edit_address=link.edit_address[:300],
        state=state,
        answer=answer[:200],
    )


def links() -> Iterator[Link]:
    """Yield every link of the site: those of the year reported on, of texts and menu, of redirects and of records."""
    yield from of_the_year()
    yield from of_texts()
    for item in MenuItem.objects.all():
        if item.address:
            yield Link("menu", str(item), "", item.address, desk_address(item))
    for row in Redirect.objects.all():
        yield Link("redirect", str(row), "", row.to, desk_address(row))
    yield from of_records()


def of_the_year() -> Iterator[Link]:
    """Yield the entries of the report's year behind which a page stands, as the report links them."""
    own = Confederation.objects.first()
    for line in chronology.lines(Period.year(own.reporting_year)) if own else ():
        if line.has_page:
            model: Any = apps.get_model(line.source.name)
            yield Link("report", line.title, "", line.url, section_of(model).url_of(line.pk))


def of_texts() -> Iterator[Link]:
    """Yield the links in texts, in each language."""
    for model in apps.get_models():
        names = [field.name for field in model._meta.concrete_fields if isinstance(field, ProseField)]
        rows: Any = model._default_manager.all() if names and issubclass(model, Record) else ()
        known = {row.pk: row for row in rows}
        for row in known.values():
            for name in names:
                yield from _in_text(row, name, getattr(row, name), "")
        if known:
            for told in Translation.objects.of(model).filter(field__in=names, object_id__in=list(known)):
                yield from _in_text(known[told.object_id], told.field, told.text, told.language)


def _in_text(row: Any, name: str, html: str, language: str) -> Iterator[Link]:
    label = capfirst(str(row._meta.get_field(name).verbose_name)) + (f" ({language})" if language else "")
    for address, _words in read(html).links:
        if not address.startswith(("mailto:", "tel:", "#")):
            yield Link("text", str(row), label, address, desk_address(row))


def of_records() -> Iterator[Link]:
    """Yield the addresses that records name."""
    own = {MenuItem, Redirect}
    for model in apps.get_models():
        if not issubclass(model, Record) or model in own:
            continue
        for field in model._meta.local_fields:
            if field.name in ADDRESS_FIELDS and isinstance(field, models.CharField):
                rows = model._default_manager.exclude(**{field.name: ""})
                for row in rows.iterator(chunk_size=2000):
                    yield Link(
                        "record",
                        str(row),
                        capfirst(str(field.verbose_name)),
                        _whole(getattr(row, field.name)),
                        desk_address(row),
                    )


def _whole(address: str) -> str:
    return address if "://" in address or address.startswith("/") else f"https://{address}"


def desk_address(row: Any) -> str:
    """Return where a record is edited."""
    return section_of(type(row)).url_of(row.pk)


def inside(address: str) -> tuple[str, str]:
    """Return what a visitor finds at an address of this site: a state, and words where that helps."""
    path = urlsplit(address.removeprefix(settings.SITE_URL)).path
    if not address.strip() or address.strip() == "#":
        return State.EMPTY, ""
    if not path.startswith("/"):
        return State.MISSING, ""
    first, _slash, rest = path[1:].partition("/")
    path = f"/{rest}" if first in offered_languages()[1:] else path
    try:
        match = resolve(path)
    except Resolver404:
        return (State.FINE, "") if Redirect.objects.visible_to(None).at(path).exists() else (State.MISSING, "")
    name = match.url_name or ""
    if name.split(".")[0].split("_")[0] in PRIVATE:
        return State.HIDDEN, ""
    return _found(name, match.kwargs, path)


def _found(name: str, named: dict[str, Any], path: str) -> tuple[str, str]:
    """Return whether a visitor finds the record of an address, or only the secretariat does."""
    try:
        if name == "website.shelf.show":
            get_shelf(named["shelf"]).find(named["handle"], None)
        elif name == "website.record.show":
            records.find(named["type"], named["handle"], None)
        elif name == "website.page.show":
            return _page(named["path"])
    except Http404:
        if leading(path, None):
            return State.FINE, ""
        return (State.HIDDEN, "") if _is_there(name, named) else (State.MISSING, "")
    return State.FINE, ""


def _page(path: str) -> tuple[str, str]:
    if Page.objects.visible_to(None).filter(path=path).exists():
        return State.FINE, ""
    if Redirect.objects.visible_to(None).at(f"/{path}/").exists():
        return State.FINE, ""
    return (State.HIDDEN if Page.objects.filter(path=path).exists() else State.MISSING), ""


def _is_there(name: str, named: dict[str, Any]) -> bool:
    try:
        if name == "website.shelf.show":
            get_shelf(named["shelf"]).find(named["handle"], Operator())
        else:
            records.find(named["type"], named["handle"], Operator())
    except Http404:
        return False
    return True
