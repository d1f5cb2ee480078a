"""The pages of acts: positions, letters, meetings, gatherings, what was published."""

from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from umbel.advocacy.models import Appointment, Campaign, Draft, Engagement, JointLetter, Position
from umbel.communication.models import Issue, PressItem, Story, Video
from umbel.core.charts import Caption, ScreenPalette, plate
from umbel.core.names import fold
from umbel.core.records import Act, address
from umbel.core.translations.marks import joined
from umbel.core.translations.saying import asked_language, localise
from umbel.events import wording as words
from umbel.events.models import Event
from umbel.library.models import Document, Publication
from umbel.network.models import Organisation
from umbel.network.rules import own_organisations
from umbel.website import records
from umbel.website.pages.attached import Papers, paper, tongue, versions, written_in
from umbel.website.pages.items import fact, item, link, outside, place, section, serves, topics
from umbel.website.telling import (
    NEWEST,
    Line,
    act,
    countries,
    date,
    leaf,
    lede,
    line,
    may_see,
    name_of,
    seen,
    span,
    wording,
)

MORE = 6


def position(row: Position, user: Any) -> dict[str, Any]:
    files = topics(row, user)
    stand = next((file["record"] for file in files if getattr(file["record"], "standing", "")), None)
    return item(
        row,
        user,
        **(lede(stand, "standing") if stand else {}),
        facts=[
            fact(_("On"), rows=files),
            fact(_("Addressed to"), rows=[link(row.addressed_to, user)]),
            fact(_("Through the seat"), rows=[link(row.seat, user)]),
            place(row),
            *_consulted(row, user),
        ],
        asides=[section(_("Other positions"), _others(row, user))],
    )


def _consulted(row: Position, user: Any) -> list[Any]:
    """Return who was consulted on the drafts of a position, and when it was approved: one query.

    Members are named to whoever may see them, the drafts with their comments to those before whom they were put.
    """
    drafts, members = dict[int, Draft](), dict[str, Line]()
    for told in Draft.objects.consulted(row, user):
        drafts.setdefault(told.pk, told)
        if told.member:
            url = address("network.organisation", told.member)
            members.setdefault(told.member, {"text": told.member_name, "url": url})
    approved = [", ".join(filter(None, (date(each.approved_on), each.approved_by))) for each in drafts.values()]
    named = sorted(members.values(), key=lambda line: fold(line["text"]))
    return [
        fact(_("Members consulted"), rows=named),
        fact(_("Approved"), "; ".join(filter(None, approved))),
        fact(_("Draft and comments"), rows=[link(each, user) for each in drafts.values()]),
    ]


def _others(row: Act, user: Any) -> list[Line]:
    """Return the acts of the same kind just before, the newest first."""
    rows = type(row).objects.visible_to(user).exclude(pk=row.pk)
    before = rows.filter(date__lte=row.date) if row.date else rows.exclude(date=None)
    return [line(other, date=other.date) for other in localise(before.order_by(*NEWEST)[:MORE])]


def letter(row: JointLetter, user: Any) -> dict[str, Any]:
    signed = seen(row.signatories.select_related("organisation"), user, "organisation")
    number = row.signatories_number
    told = (
        _("%(bound)s %(number)s") % {"bound": row.get_signatories_bound_display(), "number": number} if number else ""
    )
    return item(
        row,
        user,
        **lede(row, "subject"),
        facts=[
            fact(
                _("Addressed to"),
                joined(", ", (wording(each, "name", capital=False) for each in localise(row.addressees.all()))),
            ),
            fact(_("Our part"), row.get_own_part_display()),
            fact(_("Signatories"), told),
            fact(_("Subject"), wording(row, "subject") if row.lead else ""),
            outside(_("Read it at"), row.address),
            place(row),
        ],
        sections=[section(_("Known to have signed"), [line(one.organisation) for one in signed])],
        asides=[serves(row, user), section(_("Other letters"), _others(row, user))],
    )


def engagement(row: Engagement, user: Any) -> dict[str, Any]:
    return item(
        row,
        user,
        **lede(row, "subject"),
        facts=[
            fact(_("With"), rows=[link(row.institution, user)]),
            fact(_("Level"), wording(row, "level")),
            place(row),
        ],
        asides=[serves(row, user), section(_("Meetings before"), _others(row, user))],
    )


def appointment(row: Appointment, user: Any) -> dict[str, Any]:
    years = ngettext("%(years)s year", "%(years)s years", row.years) % {"years": row.years} if row.years else ""
    return item(
        row,
        user,
        facts=[
            fact(_("Seat"), rows=[link(row.seat, user)]),
            fact(_("Held by"), rows=[link(row.holder, user)]),
            fact(_("For"), years),
            fact(_("Until"), date(row.end)),
        ],
        asides=[serves(row, user)],
    )


def campaign_act(row: Act, user: Any) -> dict[str, Any]:
    served = Campaign.objects.visible_to(user).of_others().filter(pk__in=row.topics.values("pk"))
    owners = Organisation.objects.visible_to(user).filter(campaigns__in=served).distinct().order_by("name")
    facts = [fact(_("Campaign of"), rows=[line(owner) for owner in owners]), place(row)]
    return item(row, user, facts=facts, asides=[serves(row, user)])


def event(row: Event, user: Any) -> dict[str, Any]:
    """Return the page of a gathering; one of a body, group, project or seat names it."""
    held = records.whole(row)
    partners = seen(row.partners.select_related("organisation"), user, "organisation")
    speakers = localise(seen(row.speakers.select_related("person"), user, "person"))
    behalf = [line(body) for body in row.on_behalf_of.visible_to(user)]
    # Sorted here: asked for an order, SQLite walks all events by date.
    items = sorted(row.items.visible_to(user).order_by(), key=lambda one: (str(one.date or ""), one.key))
    return item(
        held,
        user,
        leaf=leaf(row.date),
        registration=_registration(row, user),
        **lede(held, "note"),
        facts=[
            fact(_("When"), span(row.date, row.ends) if row.ends else date(row.date)),
            place(row),
            fact(_("Our part"), row.get_part_display()),
            fact(_("Form"), row.get_format_display() if row.format else ""),
            fact(_("On behalf of"), rows=behalf),
            _holder(held, user),
            fact(_("Edition"), _edition(row.edition) if may_see(row.edition, user) else ""),
            fact(_("Within"), rows=[link(row.within, user)]),
            fact(_("Note"), wording(held, "note") if row.lead else ""),
        ],
        sections=[
            section(_("With"), [line(one.organisation, meta=_part(one)) for one in partners]),
            section(_("People"), [line(one.person, meta=_appearance(one)) for one in speakers]),
            section(_("Parts of it"), [act(part) for part in localise(items)]),
        ],
        asides=[serves(row, user), section(_("Just before"), _others(row, user))],
    )


def _registration(row: Event, user: Any) -> dict[str, str]:
    """Return until when members register for an event, and where somebody who speaks for one does; else nothing."""
    if not row.takes_registrations(timezone.localdate()):
        return {}
    url = reverse("events.registration", args=[row.key]) if own_organisations(user) else ""
    return {"told": words.registration(row), "url": url}


def _part(row: Any) -> str:
    return capfirst(str(row.get_role_display()))


def _appearance(row: Any) -> str:
    """Return what a person was at an event, and the function held that day."""
    return joined(", ", (_part(row), wording(row, "function", capital=False), row.party))


def _edition(row: Any) -> str:
    """Return an edition as its series and year."""
    return joined(" ", (name_of(row.series), str(row.year)))


def _holder(held: Any, user: Any) -> Any:
    """Return the body, group, project or seat of which a gathering is a meeting."""
    for name in ("body", "group", "project", "seat"):
        if (holder := getattr(held, name, None)) is not None:
            return fact(capfirst(str(holder._meta.verbose_name)), rows=[link(holder, user)])
    return None


@lru_cache(maxsize=256)
def picture(key: str) -> str:
    """Return the picture of what has none: umbels drawn from its key."""
    return plate(key, caption=Caption(_("Place of a photograph")), palette=ScreenPalette()).svg


def story(row: Story, user: Any) -> dict[str, Any]:
    shown = seen(row.portrayals.select_related("organisation"), user, "organisation")
    of_series = Story.objects.visible_to(user).filter(series=row.series).exclude(pk=row.pk).order_by(*NEWEST)
    more = [line(other, date=other.date) for other in localise(of_series[:MORE])]
    return item(
        row,
        user,
        picture=picture(row.key),
        lede=countries(one.organisation.country for one in shown),
        facts=[
            fact(_("About"), rows=[line(one.organisation) for one in shown]),
            fact(_("Series"), rows=[link(row.series, user)]),
            fact(_("Occasion"), wording(row, "occasion")),
            place(row),
        ],
        asides=[serves(row, user), section(_("More of the series") if row.series_id else _("More articles"), more)],
    )


def video(row: Video, user: Any) -> dict[str, Any]:
    return item(
        row,
        user,
        picture=picture(row.key),
        facts=[
            fact(_("About"), rows=[link(row.about, user)]),
            fact(_("Language"), tongue(row.language)),
            place(row),
            outside(_("Watch it at"), row.address),
        ],
        asides=[serves(row, user), section(_("More videos"), _others(row, user))],
    )


def issue(row: Issue, user: Any) -> dict[str, Any]:
    is_named = may_see(row.newsletter, user)
    others = Issue.objects.visible_to(user).filter(newsletter=row.newsletter_id).exclude(pk=row.pk)
    more = [line(other, date=other.date) for other in localise(others.order_by(*NEWEST)[:MORE])]
    return item(
        row,
        user,
        **(lede(row.newsletter, "contents") if is_named else {}),
        facts=[
            fact(_("Newsletter"), row.newsletter.name if is_named else ""),
            fact(_("Issue"), row.number),
        ],
        asides=[serves(row, user), section(_("Other issues"), more)],
    )


def press(row: PressItem, user: Any) -> dict[str, Any]:
    facts = [
        fact(_("Outlet"), row.outlet),
        fact(_("Language"), tongue(row.language)),
        place(row),
        outside(_("Read it at"), row.address),
    ]
    return item(row, user, facts=facts, asides=[serves(row, user)])


def publication(row: Publication, user: Any) -> dict[str, Any]:
    """Return the page of a publication with its language versions, that of the reader first."""
    told = versions(row.versions.all())
    page = item(
        row,
        user,
        kind=capfirst(str(row.get_kind_display())),
        **lede(row, "subject"),
        versions=told,
        facts=[
            fact(_("Subject"), wording(row, "subject") if row.lead else ""),
            fact(_("Is about"), span(row.reference_start, row.reference_end)),
            fact(_("Edition"), _("the first") if row.is_first_edition else ""),
            fact(_("Licence"), row.licence),
            place(row),
            outside(_("Read it at"), row.address),
        ],
        asides=[serves(row, user), section(_("Published before"), _others(row, user))],
    )
    if page["tongue"] and told and told[0]["text"] and told[0]["code"].split("-")[0] == asked_language():
        page |= {"title": told[0]["text"], "tongue": ""}
    return page


def document(row: Document, user: Any) -> dict[str, Any]:
    """Return the page of a document: the file, and the record to which it belongs."""
    page = item(
        row,
        user,
        kind=_("Document"),
        papers=Papers([paper(row)] if row.file else []),
        facts=[
            fact(_("Belongs to"), rows=[link(row.record, user)]),
            fact(_("Language"), tongue(row.language)),
            outside(_("Read it at"), row.address),
        ],
    )
    return page | {"tongue": written_in(row) if page["tongue"] else ""}
