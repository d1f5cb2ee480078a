"""What there is to follow: lists, a year, a policy file or campaign, who is in office."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from umbel.advocacy.models import Consultation, Milestone
from umbel.core.chronology import Line as Entry
from umbel.core.figures import Value
from umbel.core.formatting import reading_language
from umbel.core.models import Topic
from umbel.core.translations.saying import localise
from umbel.groups.models import GroupMeeting
from umbel.reports.citing import path as page_of
from umbel.reports.citing import printed
from umbel.website.feeds import Feed, Item, of_act, titled
from umbel.website.freshness import kept
from umbel.website.glance import shown_of
from umbel.website.pages.files import EVENT, acts_of
from umbel.website.shelf import FORMS, PublicListing, Shelf, get_shelf
from umbel.website.telling import called, kind_of, may_see, tongue_of, where

ITEMS = 100
DAYS_AT_MOST = 2_000
FEEDS = ("json", "atom", "ics")
File = dict[str, str]


def files(name: str, arguments: Sequence[Any], title: str, forms: Iterable[str], asked: str = "") -> list[File]:
    """Return the files of a page as its head and its links name them: `label`, `type`, `url`, `title`."""
    return [
        {
            "label": FORMS[form].label,
            "type": FORMS[form].type,
            "url": reverse(name, args=[*arguments, form]) + asked,
            "title": title,
        }
        for form in forms
    ]


def usual() -> list[File]:
    """Return the feeds that the foot of every page leads to."""
    return kept("followed", _usual)


def _usual() -> list[File]:
    wanted = (("positions", "atom"), ("stories", "atom"), ("events", "ics"))
    return [
        file for slug, form in wanted for file in files("website.shelf.file", [slug], str(get_shelf(slug).name), [form])
    ]


def files_of(shelf: Shelf, row: Any) -> list[File]:
    """Return the feeds of a policy file or campaign; other records have none of their own."""
    if not isinstance(row, Topic):
        return []
    return files("website.topic.file", [shelf.slug, row.key], called(row).text, FEEDS)


def asides(found: Sequence[File]) -> list[dict[str, Any]]:
    """Return files as a part of a page that says how to follow it; nothing without files."""
    lines = [{"text": file["label"], "tongue": "", "url": file["url"]} for file in found]
    return [{"title": _("Follow it"), "lines": lines}] if found else []


def of_listing(listing: PublicListing, form: str) -> Feed:
    """Return the first records of a list; of a calendar more, because it leaves out what has no day."""
    page = listing.section.url + listing.address(page="").removesuffix("?")
    items = _dated(listing) if form == "ics" else _items(listing)
    return Feed(titled(str(listing.section.name)), str(listing.section.about), page, listing.file(form), items)


def _items(listing: PublicListing) -> list[Item]:
    rows = list(listing.with_ends()[:ITEMS])
    topics = {row.pk: _topics(row, listing.user) for row in rows}
    localise(topic for named in topics.values() for topic in named)
    return [
        Item(
            told["text"],
            told["url"],
            getattr(row, "date", None),
            told.get("tongue", ""),
            sentence(told),
            [called(topic).text for topic in topics[row.pk]],
        )
        for row, told in zip(rows, listing.section.told(rows, listing.user), strict=True)
    ]


def _dated(listing: PublicListing) -> list[Item]:
    rows = localise(listing.rows()[:DAYS_AT_MOST])
    return [item for row in rows for item in (_call(row) if isinstance(row, Consultation) else [of_act(row)])]


def _topics(row: Any, user: Any) -> list[Any]:
    known = getattr(row, "_prefetched_objects_cache", {}).get("topics", ())
    return [topic for topic in known if may_see(topic, user)]


def sentence(told: Mapping[str, Any]) -> str:
    """Return what a line says below its title: the introduction, else its kind, its place and what stands beside it."""
    return told.get("lead") or ", ".join(str(part) for part in (told.get("kind"), told.get("meta")) if part)


def of_year(year: int, entries: Sequence[Entry], path: str) -> Feed:
    """Return the entries of a year as a feed, the newest first."""
    page = reverse("website.year.show", args=[year])
    items = [_entry(*told) for told in reversed(shown_of(entries))]
    return Feed(titled(_("%(year)s at a glance") % {"year": year}), "", page, path, items)


def _entry(line: Entry, tongue: str) -> Item:
    kind = ", ".join(filter(None, (capfirst(str(line.kind.label)), line.part_label)))
    return Item(
        line.title,
        line.url,
        line.date,
        tongue,
        kind,
        uid=f"{line.source.name}.{line.key}",
        place=line.place,
    )


def of_topic(topic: Topic, user: Any, path: str) -> Feed:
    """Return what happens on a policy file or campaign as a feed, the newest first.

    Steps and calls of institutions, our own acts, and the meetings of the groups that follow it, as the user may see.
    """
    page = topic.get_absolute_url()
    items = [*_steps(topic, page, user), *_calls(topic, user), *_acts(topic, user)]
    newest = sorted(items, key=lambda item: str(item.date or ""), reverse=True)
    return Feed(titled(called(topic).text), "", page, path, newest)


def _steps(topic: Topic, page: str, user: Any) -> Iterator[Item]:
    for step in localise(Milestone.objects.visible_to(user).filter(file=topic.pk).select_related("institution")):
        by = f", {step.institution}" if may_see(step.institution, user) else ""
        told = f"{_('Milestone')}{by}"
        title, path = called(step), f"{page}#step-{step.pk}"
        yield Item(title.text, path, step.date, tongue_of(title), told, uid=f"advocacy.milestone.{step.pk}")


def _calls(topic: Topic, user: Any) -> Iterator[Item]:
    """Yield the consultations on a file: the day on which each opens, and the day on which it closes."""
    for call in localise(Consultation.objects.visible_to(user).filter(file=topic.pk)):
        yield from _call(call)


def _call(call: Consultation) -> Iterator[Item]:
    kind = _("Consultation")
    text, path, uid = called(call).text, call.get_absolute_url(), f"advocacy.consultation.{call.key}"
    yield Item(text, path, call.opens, tongue_of(called(call)), kind, uid=uid)
    if call.closes:
        closing = _("%(name)s closes") % {"name": text}
        yield Item(closing, f"{path}#closes", call.closes, told=kind, uid=f"{uid}.closes")


def _acts(topic: Topic, user: Any) -> Iterator[Item]:
    acts = acts_of(topic, user)
    for told in acts:
        key = told["url"].rstrip("/").rsplit("/", 1)[-1]
        yield Item(
            told["text"],
            told["url"],
            told["date"],
            told["tongue"],
            sentence(told),
            uid=f"{told['source']}.{key}",
        )
    listed = [told["pk"] for told in acts if told["source"] == EVENT]
    meetings = GroupMeeting.objects.visible_to(user).filter(group__topic=topic.pk).exclude(pk__in=listed)
    for row in localise(meetings):
        kind = capfirst(str(kind_of(row).label))
        yield Item(
            called(row).text,
            row.get_absolute_url(),
            row.date,
            tongue_of(called(row)),
            sentence({"kind": kind, "meta": where(row)}),
            uid=f"{EVENT}.{row.key}",
            ends=row.ends,
            place=row.place,
        )


def of_office(title: str, groups: Iterable[Mapping[str, Any]], page: str, path: str) -> Feed:
    """Return the people in office on a day as a feed, in their order."""
    items = [
        Item(person["name"], person["url"], told=sentence({"kind": person["role"], "meta": person["where"]}))
        for group in groups
        for person in group["people"]
    ]
    return Feed(titled(title), "", page, path, items)


TABLED = ("csv", "json", "atom")
OFFICE_COLUMNS = ("key", "name", "part", "role", "organisation", "country", "from", "to", "url")


def office_rows(groups: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return the people in office on a day as rows of a table."""
    return [{**person["row"], "part": str(group["title"])} for group in groups for person in group["people"]]


def of_umbrellas(title: str, bodies: Iterable[Mapping[str, Any]], page: str, path: str) -> Feed:
    """Return the bodies of which the confederation is a part as a feed, in their order."""
    items = [
        Item(body["text"], body["url"], tongue=body["tongue"], told=sentence({"lead": capfirst(body["standing"])}))
        for body in bodies
    ]
    return Feed(titled(title), "", page, path, items)


UMBRELLA_COLUMNS = ("key", "name", "standing", "through", "takes_part_in", "from", "to", "holder", "url")


def of_figures(values: Iterable[Value], year: int, path: str) -> Feed:
    """Return the figures of a year that have a value as a feed: each with its value, and how it is counted."""
    language = reading_language()
    items = [
        Item(
            f"{value.figure.label}: {printed(value, language)}",
            page_of(value.figure.key, year),
            told=str(value.figure.rule),
        )
        for value in values
        if value.value is not None
    ]
    page = reverse("reports.figure.list", args=[year])
    return Feed(titled(_("Figures of %(year)s") % {"year": year}), "", page, path, items)
