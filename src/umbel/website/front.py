"""The front page: the latest position, what comes next, figures that open, stories, members, the newsletter."""

from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils.text import capfirst

from umbel.advocacy.models import Ask, JointLetter, PolicyFile, Position
from umbel.communication.models import Issue, Portrayal, Story
from umbel.core import formatting, registry
from umbel.core.formatting import language_name, reading_language
from umbel.core.languages import offered_languages
from umbel.core.models import Confederation
from umbel.core.periods import Period
from umbel.core.translations.marks import filled, joined
from umbel.core.translations.saying import localise
from umbel.events.models import Event
from umbel.reports.citing import Citations
from umbel.website.freshness import kept
from umbel.website.pages.acts import picture
from umbel.website.pages.attached import illustrated, pictures
from umbel.website.shelves.network import members_map
from umbel.website.telling import (
    NEWEST,
    Line,
    act,
    countries,
    kind_of,
    leaf,
    line,
    may_see,
    seen,
    source_of,
    wording,
    words,
)

FIGURES = (
    "network.members", "network.countries", "chronicle.entries", "advocacy.positions", "advocacy.joint_letters",
    "communication.website_users",
)  # fmt: skip
GATHERINGS = ("events", "network")
SHOWN, STORIES = 4, 3


def page(own: Confederation, today: date, user: Any) -> dict[str, Any]:
    """Return what `website/home.html` shows: figures of the reporting year, else what is latest on `today`."""
    positions = list(Position.objects.visible_to(user).order_by(*NEWEST)[: SHOWN + 1])
    letters = JointLetter.objects.visible_to(user).order_by(*NEWEST)[:SHOWN]
    texts = sorted([*positions[1:], *letters], key=lambda row: str(row.date or ""), reverse=True)[:SHOWN]
    localise([*positions[:1], *texts])
    gatherings = _gatherings(user)
    to_come = list(gatherings.ahead(today).order_by("date", "pk")[:SHOWN])
    held = list(gatherings.over(today).order_by(*NEWEST)[:SHOWN])
    localise([*to_come, *held])
    return {
        "year": own.reporting_year,
        "latest": _latest(positions[0], user) if positions else None,
        "texts": [_text(row) for row in texts],
        "coming": [_event(row) for row in to_come],
        "held": [_event(row) for row in held],
        "stories": _stories(user),
        "members": kept("members map", lambda: members_map(user)),
        "newsletter": _newsletter(user),
        "tongues": [(code, language_name(code, code)) for code in offered_languages()],
        **kept("front figures", lambda: _figures(own.reporting_year)),
    }


def _figures(year: int) -> dict[str, Any]:
    """Return the figures of a year in a strip, and what stands behind each."""
    cited = Citations(Period.year(year), reading_language())
    strip = [_figure(cited, key) for key in FIGURES if registry.declared(key)]
    return {"strip": strip, "cited": cited.as_dict(numbered=False)}


def _gatherings(user: Any) -> Any:
    """Return the events that a visitor can make something of: neither our own meetings nor those of projects."""
    source = source_of(Event)
    kinds = [name for name, kind in source.kinds.items() if kind.family in GATHERINGS] if source else []
    return Event.objects.visible_to(user).listed().filter(kind__in=kinds)


def _text(row: Any) -> Line:
    return act(row, when=formatting.partial_date(row.date, reading_language(), "month") if row.date else "")


def _latest(row: Position, user: Any) -> Line:
    """Return the latest position with its introduction, else our line on its file and what we ask there."""
    lead = words(row, "lead")
    when = formatting.partial_date(row.date, reading_language()) if row.date else ""
    return act(row, when=when, said=lead["text"] or _our_line(row, user), said_tongue=lead["tongue"])


def _our_line(row: Position, user: Any) -> str:
    files = PolicyFile.objects.visible_to(user).filter(pk__in=row.topics.values("pk")).prefetch_related("asks")
    said = [part for file in localise(files[:1]) for part in (wording(file, "standing"), _points(file)) if part]
    return joined(" ", (filled("%(part)s.", part=part) for part in said))


def _points(file: PolicyFile) -> str:
    asks = list(file.asks.all())
    asked = [ask for ask in asks if ask.kind == Ask.Kind.ASK] or [ask for ask in asks if ask.kind == Ask.Kind.CONCERN]
    return joined("; ", (wording(ask, "text", capital=not number) for number, ask in enumerate(localise(asked))))


def _event(row: Event) -> Line:
    told = act(row)
    kind = f"{capfirst(str(kind_of(row).label))}, {row.get_part_display()}"
    return {**told, **leaf(row.date), "kind": kind}


def _figure(cited: Citations, key: str) -> dict[str, str]:
    figure = registry.get_figure(key)
    return {"fig": cited.cite(key), "label": str(figure.label)}


def _stories(user: Any) -> list[Line]:
    shown = Prefetch("portrayals", queryset=Portrayal.objects.select_related("organisation"))
    stories = illustrated(Story.objects.visible_to(user), user).order_by(*NEWEST)
    rows = list(stories.prefetch_related(shown)[:STORIES])
    photos = pictures(rows)
    return [
        act(
            row,
            where=countries(one.organisation.country for one in seen(row.portrayals.all(), user, "organisation")),
            when=formatting.partial_date(row.date, reading_language(), "month") if row.date else "",
            picture=picture(row.key),
            photo=photos.get(row.pk),
        )
        for row in localise(rows)
    ]


def _newsletter(user: Any) -> Line | None:
    """Return the latest issue of a newsletter for everybody that the user may read."""
    row = Issue.objects.visible_to(user).external().select_related("newsletter").order_by(*NEWEST).first()
    if row is None:
        return None
    localise([row])
    is_named = may_see(row.newsletter, user)
    about = wording(row.newsletter, "contents") if is_named else ""
    return line(row, name=row.newsletter.name if is_named else "", about=about, date=row.date)
