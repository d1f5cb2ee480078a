"""The pages of what lasts: projects, groups, bodies, series, grants."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from umbel.communication.models import ArticleSeries, Story
from umbel.core.charts import Caption, ScreenPalette, country_outline
from umbel.core.translations.saying import localise
from umbel.events.models import Event, Series
from umbel.governance.models import Body, Mandate, Meeting, Resolution
from umbel.groups.models import Group, GroupMeeting, Participant
from umbel.network.rules import today
from umbel.projects.models import Grant, Project, ProjectMeeting
from umbel.website.pages.items import fact, item, link, section, spellings
from umbel.website.telling import (
    NEWEST,
    Line,
    act,
    called,
    countries,
    country,
    domain,
    lede,
    line,
    seen,
    span,
    wording,
)


def project(row: Project, user: Any) -> dict[str, Any]:
    codes = [one.country for one in row.countries.all()]
    meetings = ProjectMeeting.objects.visible_to(user).filter(project=row).order_by(*NEWEST)
    phases = [
        {"text": wording(phase, "name"), "when": span(phase.start, phase.end)} for phase in localise(row.phases.all())
    ]
    return item(
        row,
        user,
        kind=_("Project"),
        icon="layers",
        family="projects",
        **lede(row, "headline" if row.headline else "subject"),
        drawing=outline(called(row).text, codes),
        facts=[
            fact(_("Headline"), wording(row, "headline") if row.lead else ""),
            fact(_("Subject"), wording(row, "subject") if row.headline or row.lead else ""),
            fact(_("Our role"), row.get_role_display()),
            fact(_("Runs"), span(row.start, row.end)),
            fact(_("Method"), wording(row, "method")),
            fact(_("Dimensions"), wording(row, "dimensions")),
            fact(_("Countries"), countries(codes)),
            fact(_("Coordinator"), rows=[link(row.coordinator, user)]),
            fact(_("Programme"), row.programme),
            fact(_("Site"), rows=[domain(row.website)]),
            spellings(row),
        ],
        sections=[section(_("Activities"), [act(meeting) for meeting in localise(meetings)])],
        asides=[section(_("Phases"), phases)],
    )


def outline(name: str, codes: list[str]) -> dict[str, Any] | None:
    """Return a map of the countries of a project, nothing without countries."""
    if not codes:
        return None
    caption = Caption(_("Countries of %(name)s") % {"name": name}, heads=(_("Country"),))
    names = {code: country(code) for code in codes}
    made = country_outline(codes, names=names, caption=caption, palette=ScreenPalette())
    return {"svg": made.svg, "title": made.title, "rows": []}


def group(row: Group, user: Any) -> dict[str, Any]:
    meetings = GroupMeeting.objects.visible_to(user).filter(group=row).order_by(*NEWEST)
    there = Participant.objects.visible_to(user).in_force(today()).filter(group=row)
    people = seen(there.select_related("person", "organisation"), user, "person", "organisation")
    results = [{"text": wording(one, "text"), "date": one.date} for one in localise(row.outputs.all())]
    return item(
        row,
        user,
        kind=capfirst(str(row.get_kind_display())),
        icon="users",
        **lede(row, "subject"),
        facts=[
            fact(_("Follows"), rows=[link(row.topic, user)]),
            fact(_("Works"), span(row.start, row.end)),
            spellings(row),
        ],
        sections=[
            section(_("Results"), results),
            section(_("Meetings"), [act(meeting) for meeting in localise(meetings)]),
        ],
        asides=[section(_("Participants today"), [_takes_part(one) for one in people])],
    )


def _takes_part(row: Participant) -> Line:
    return line(row.person, meta=str(row.organisation or ""))


def body(row: Body, user: Any) -> dict[str, Any]:
    meetings = Meeting.objects.visible_to(user).filter(body=row).order_by(*NEWEST)
    resolutions = Resolution.objects.visible_to(user).filter(body=row)
    held = Mandate.objects.visible_to(user).in_force(today()).filter(body=row).select_related("person", "organisation")
    people = seen(held, user, "person", "organisation")
    years = (
        ngettext("%(years)s year", "%(years)s years", row.mandate_years) % {"years": row.mandate_years}
        if row.mandate_years
        else ""
    )
    return item(
        row,
        user,
        kind=capfirst(str(row.get_kind_display())),
        icon="gavel",
        facts=[fact(_("Length of a mandate"), years), spellings(row)],
        sections=[
            section(_("Meetings"), [act(meeting) for meeting in localise(meetings)]),
            section(_("Resolutions"), [line(one, date=one.date, meta=one.number) for one in resolutions]),
        ],
        asides=[section(_("Mandates in force today"), [line(one.person, meta=_mandate(one)) for one in people])],
    )


def _mandate(row: Mandate) -> str:
    role = capfirst(str(row.get_role_display()))
    return f"{role}, {row.organisation}" if row.organisation else role


def series(row: Series, user: Any) -> dict[str, Any]:
    events = Event.objects.visible_to(user).filter(edition__series=row).order_by(*NEWEST)
    editions = [
        {"text": wording(one, "theme") or str(one.year), "when": str(one.year)}
        for one in localise(row.editions.order_by("-year"))
    ]
    return item(
        row,
        user,
        kind=_("Series of events"),
        icon="calendar",
        facts=[fact(_("With"), rows=[link(row.organiser, user)]), spellings(row)],
        sections=[section(_("Events"), [act(event) for event in localise(events)])],
        asides=[section(_("Editions"), editions)],
    )


def articles(row: ArticleSeries, user: Any) -> dict[str, Any]:
    stories = Story.objects.visible_to(user).filter(series=row).order_by(*NEWEST)
    return item(
        row,
        user,
        kind=_("Series of articles"),
        icon="book-open",
        **lede(row, "rule"),
        facts=[spellings(row)],
        sections=[section(_("Articles"), [act(story) for story in localise(stories)])],
    )


def grant(row: Grant, user: Any) -> dict[str, Any]:
    years = f"{row.first_year} – {row.last_year}" if row.first_year != row.last_year else str(row.first_year)
    return item(
        row,
        user,
        kind=_("Grant"),
        icon="award",
        **lede(row, "notice"),
        facts=[
            fact(_("Funder"), rows=[link(row.funder, user)]),
            fact(_("Programme"), row.programme),
            fact(_("Strand"), wording(row, "strand")),
            fact(_("Years"), years),
        ],
    )
