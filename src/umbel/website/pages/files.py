"""The pages of what the confederation follows and wants: policy files, pillars, consultations, campaigns, seats."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.db.models import CharField, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from umbel.advocacy.models import (
    Appointment,
    Ask,
    Campaign,
    Consultation,
    Milestone,
    Outcome,
    Pillar,
    PolicyFile,
    Position,
    Seat,
    SeatMeeting,
)
from umbel.core import formatting, registry
from umbel.core.audience import audiences_of
from umbel.core.dates import PartialDate
from umbel.core.formatting import reading_language
from umbel.core.models import Topic
from umbel.core.records import address
from umbel.core.translations.marks import marked
from umbel.core.translations.saying import localise, said
from umbel.events.models import EventPartner
from umbel.groups.models import Group, GroupMeeting
from umbel.website.pages.items import fact, item, link, section, spellings
from umbel.website.telling import (
    NEWEST,
    Line,
    act,
    called,
    country,
    date,
    foreign,
    lede,
    line,
    may_see,
    span,
    titles,
    tongue_of,
    wording,
)

STANCES = {
    "": ("", ""),
    "support": (gettext_lazy("We support it"), "is-ok"),
    "qualified": (gettext_lazy("Support with concerns"), "is-info"),
    "mixed": (gettext_lazy("Mixed"), "is-warn"),
    "opposed": (gettext_lazy("We oppose it"), "is-danger"),
}
EVENT = "events.event"
TOLD = 120
"""How many acts on a file its page tells, the latest."""

ASKS = (
    (Ask.Kind.ASK, gettext_lazy("What we ask")),
    (Ask.Kind.WELCOMED, gettext_lazy("What we welcome")),
    (Ask.Kind.CONCERN, gettext_lazy("What worries us")),
    (Ask.Kind.NOTED, gettext_lazy("What we note")),
)


def acts_of(topic: Topic, user: Any) -> list[Line]:
    """Return the latest acts that serve a file or campaign, by date: one query and one for their partners."""
    found = []
    for source in registry.entries():
        text = CharField()
        columns = {
            "told_source": Value(source.name, output_field=text),
            "told_kind": Cast(F(source.column), text) if source.column else Value("", output_field=text),
            "told_part": Cast(F(source.part), text) if source.part else Value("", output_field=text),
            "told_on": Cast(F("date"), text),
        }
        acts: Any = source.rows()
        rows = acts.visible_to(user).filter(topics=topic).order_by().annotate(**columns)
        found.append(rows.values_list(*columns, "pk", "key", "title", "place", "country"))
    rows = found[0].union(*found[1:], all=True).order_by(F("told_on").desc(nulls_last=True))[:TOLD]
    lines = [_line(*row) for row in rows]
    known, other = titles((told["source"], told["pk"]) for told in lines), foreign()
    for told in lines:
        title = known.get((told["source"], told["pk"]))
        told |= {"text": title or told["text"], "tongue": "" if title else other}
    partners = _partners([told["pk"] for told in lines if told["source"] == EVENT], user)
    for told in lines:
        if told["source"] == EVENT and told["pk"] in partners:
            told["partners"] = formatting.join(partners[told["pk"]], reading_language())
    return sorted(lines, key=lambda told: (str(told["date"] or ""), told["text"]))


def _partners(events: Sequence[int], user: Any) -> dict[int, list[str]]:
    """Return the names of the partners of events, those that the user may see."""
    rows = EventPartner.objects.visible_to(user).filter(event__in=events, organisation__audience__in=audiences_of(user))
    found: dict[int, list[str]] = {}
    for event, name in rows.order_by("pk").values_list("event_id", "organisation__name"):
        found.setdefault(event, []).append(name)
    return found


def _line(name: str, kind: str, part: str, day: str | None, pk: int, *told: str) -> Line:
    key, title, place, code = told
    source = registry.get_entry(name)
    found = source.kinds[kind]
    return {
        "source": name,
        "pk": pk,
        "text": title,
        "url": address(name, key),
        "date": PartialDate.parse(day) if day else None,
        "kind": capfirst(str(found.label)),
        "icon": found.icon,
        "family": found.family,
        "part": str(source.parts.get(part, "")),
        "meta": ", ".join(filter(None, (_("Online") if place == "online" else place, country(code)))),
        "partners": "",
    }


def turns(theirs: Iterable[Line], ours: Iterable[Line]) -> list[dict[str, Any]]:
    """Return two lanes of dated lines as turns: what institutions did and what we did at one time, oldest first.

    What has no date comes last.
    """
    both = [(told, True) for told in theirs] + [(told, False) for told in ours]
    both.sort(key=lambda pair: str(pair[0]["date"] or "9999"))
    months = [(month, list(found)) for month, found in groupby(both, key=lambda pair: _month(pair[0]["date"]))]
    return [
        {
            "when": formatting.partial_date(month, reading_language(), "month") if month else _("no date"),
            "theirs": [told for told, is_theirs in found if is_theirs],
            "ours": [told for told, is_theirs in found if not is_theirs],
        }
        for month, found in months
    ]


def _month(day: PartialDate | None) -> PartialDate | None:
    return PartialDate(day.year, day.month) if day else None


def policy_file(row: PolicyFile, user: Any) -> dict[str, Any]:
    """Return what `website/policy_file.html` shows: stage, what we ask, how it went in two lanes, what is related."""
    localise([row])
    asks = localise(Ask.objects.visible_to(user).filter(file=row))
    theirs = [*_milestones(row, user), *_calls(row, user)]
    ours = acts_of(row, user)
    proposer = link(row.proposed_by, user)
    pillar = link(row.pillar, user)
    files = reverse("website.shelf.list", args=["policy-files"])
    return {
        **item(
            row,
            user,
            kind=_("Policy file"),
            icon="landmark",
            family="advocacy",
            **(lede(row, "standing") if row.standing.casefold() != row.get_stance_display().casefold() else {}),
            crumbs=[{"text": _("Our work"), "url": files}, pillar],
            badges=[
                {"text": STANCES[row.stance][0], "state": STANCES[row.stance][1]} if row.stance else None,
                {"text": proposer["text"] if proposer else row.author} if proposer or row.author else None,
                {"text": wording(row, "instrument")} if row.instrument else None,
            ],
            asides=_related(row, user),
        ),
        "asks": [
            {"title": title, "texts": [_ask(ask) for ask in asks if ask.kind == kind]}
            for kind, title in ASKS
            if any(ask.kind == kind for ask in asks)
        ],
        "stages": stages(row, theirs),
        "turns": turns(theirs, ours),
        "also": spellings(row),
    }


def _ask(ask: Ask) -> dict[str, str]:
    is_settled = ask.status != Ask.Status.OPEN
    return {"text": wording(ask, "text"), "status": capfirst(str(ask.get_status_display())) if is_settled else ""}


def stages(row: PolicyFile, theirs: Iterable[Line]) -> list[dict[str, str]]:
    """Return the way of a file: the steps of institutions on record, then where it stands; the last one is now."""
    steps = [
        {"text": marked(told["text"], told["tongue"]), "when": date(told["date"]), "state": "done"}
        for told in theirs
        if told["is_step"]
    ]
    stage = said(row, "stage")
    parts = [capfirst(part.strip()) for part in stage.text.split(";") if part.strip()]
    now = [{"text": marked(part, tongue_of(stage)), "when": "", "state": "done"} for part in parts]
    if now:
        now[-1]["state"] = "now"
    return [*steps[-3:], *now]


def _milestones(row: PolicyFile, user: Any) -> Iterable[Line]:
    for step in localise(Milestone.objects.visible_to(user).filter(file=row).select_related("institution")):
        by, told = step.institution if may_see(step.institution, user) else None, called(step)
        named = {"text": told.text, "tongue": tongue_of(told), "by": str(by or "")}
        yield {**named, "date": step.date, "icon": "landmark", "is_step": True}


def _calls(row: PolicyFile, user: Any) -> Iterable[Line]:
    for call in localise(Consultation.objects.visible_to(user).filter(file=row).select_related("institution")):
        by = str(call.institution) if may_see(call.institution, user) else ""
        note = _("closes %(date)s") % {"date": date(call.closes)} if call.closes else ""
        yield line(call, date=call.opens, by=by, icon="messages-square", meta=note, is_step=False)


def _related(row: PolicyFile, user: Any) -> list[dict[str, Any] | None]:
    meetings = GroupMeeting.objects.visible_to(user).filter(topics=row).values("group")
    groups = Group.objects.visible_to(user).filter(Q(topic=row) | Q(pk__in=meetings))
    outcomes = Outcome.objects.visible_to(user).filter(file=row)
    siblings = PolicyFile.objects.visible_to(user).filter(pillar=row.pillar).exclude(pk=row.pk) if row.pillar_id else []
    return [
        section(_("Groups that follow it"), [line(group, meta=_kind(group)) for group in localise(groups)]),
        section(_("Outcomes"), [line(outcome, date=outcome.date) for outcome in localise(outcomes)]),
        section(_("Files beside it"), [line(file, meta=wording(file, "stage")) for file in localise(siblings)]),
    ]


def _kind(row: Any) -> str:
    return capfirst(str(row.get_kind_display()))


def latest_positions(files: Sequence[PolicyFile], user: Any) -> dict[int, Position]:
    """Return the latest position on each of some files, by the file's number."""
    newest = Position.objects.visible_to(user).filter(topics=OuterRef("pk")).order_by(*NEWEST).values("pk")[:1]
    rows = PolicyFile.objects.filter(pk__in=[file.pk for file in files]).order_by()
    latest = dict(rows.annotate(newest=Subquery(newest)).exclude(newest=None).values_list("pk", "newest"))
    found = Position.objects.in_bulk(latest.values())
    localise(found.values())
    return {file: found[position] for file, position in latest.items()}


def file_lines(files: Iterable[PolicyFile], user: Any) -> list[Line]:
    """Return files as lines: stage, stance, the latest position."""
    rows = list(files)
    latest = latest_positions(rows, user)
    localise([*rows, *(file.pillar for file in rows)])
    return [
        line(
            file,
            stage=wording(file, "stage"),
            stance=file.stance,
            standing=wording(file, "standing"),
            pillar=link(file.pillar, user),
            position=act(latest[file.pk]) if file.pk in latest else None,
        )
        for file in rows
    ]


def pillar(row: Pillar, user: Any) -> dict[str, Any]:
    files = PolicyFile.objects.visible_to(user).filter(pillar=row).select_related("pillar")
    home = reverse("website.shelf.list", args=["policy-files"])
    crumbs = [{"text": _("Our work"), "url": home}]
    return item(row, user, kind=_("Pillar"), icon="flag", **lede(row, "centre"), crumbs=crumbs) | {
        "files": file_lines(files, user)
    }


def consultation(row: Consultation, user: Any) -> dict[str, Any]:
    answers = Position.objects.visible_to(user).filter(topics=row.file_id)
    return item(
        row,
        user,
        kind=_("Consultation"),
        icon="messages-square",
        facts=[
            fact(_("On"), rows=[link(row.file, user)]),
            fact(_("By"), rows=[link(row.institution, user)]),
            fact(_("Opens"), date(row.opens)),
            fact(_("Closes"), date(row.closes)),
        ],
        sections=[section(_("What we said on the file"), [act(answer) for answer in localise(answers)])],
    )


def campaign(row: Campaign, user: Any) -> dict[str, Any]:
    return item(
        row,
        user,
        kind=_("Campaign"),
        icon="megaphone",
        **lede(row, "aims"),
        facts=[
            fact(_("Owner"), rows=[link(row.owner, user)]),
            fact(_("Aims"), wording(row, "aims") if row.lead else ""),
            fact(_("Addressed to"), wording(row, "targets")),
            fact(_("Runs"), span(row.start, row.end)),
            spellings(row),
        ],
        sections=[section(_("What we did"), acts_of(row, user))],
    )


def outcome(row: Outcome, user: Any) -> dict[str, Any]:
    found = [one.record for one in row.evidence.prefetch_related("record") if may_see(one.record, user)]
    lines = [line(one, date=getattr(one, "date", None)) for one in localise(found)]
    return item(
        row,
        user,
        kind=_("Outcome"),
        icon="award",
        facts=[
            fact(_("Credited to"), row.credited_to),
            fact(_("On"), rows=[link(row.file, user)]),
            fact(_("Claimed for"), date(row.date)),
        ],
        sections=[section(_("Evidence"), lines)],
    )


def seat(row: Seat, user: Any) -> dict[str, Any]:
    terms = Appointment.objects.visible_to(user).filter(seat=row).select_related("holder").order_by(*NEWEST)
    meetings = SeatMeeting.objects.visible_to(user).filter(seat=row).order_by(*NEWEST)
    positions = Position.objects.visible_to(user).filter(seat=row)
    return item(
        row,
        user,
        kind=_kind(row),
        icon="armchair",
        **lede(row, "subjects"),
        facts=[
            fact(_("In"), rows=[link(row.body, user)]),
            fact(_("On behalf of"), rows=[link(row.on_behalf_of, user)]),
            spellings(row),
        ],
        sections=[
            section(_("Who sits there"), [_term(term, user) for term in localise(terms)]),
            section(_("Meetings"), [act(meeting) for meeting in localise(meetings)]),
            section(_("What we said there"), [act(position) for position in localise(positions)]),
        ],
    )


def _term(term: Appointment, user: Any) -> Line:
    told = span(term.date, term.end)
    if not may_see(term.holder, user) or term.holder is None:
        return line(term, date=term.date, meta=told)
    return line(term.holder, date=term.date, meta=told)
