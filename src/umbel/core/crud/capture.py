"""Quick capture: from one line of what happened, or from a file, to the form that records it."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from umbel.core.crud.days import find_date, spoken
from umbel.core.crud.listing import matching
from umbel.core.crud.naming import Names
from umbel.core.crud.parcels import Parcel
from umbel.core.crud.sections import Section, section_of, sections
from umbel.core.dates import PartialDate
from umbel.core.names import fold

LONGEST_LINE = 400
NEAR = 3
ABOUT = {
    "en": ("about", "on the subject of", "regarding"),
    "fr": ("sur", "à propos de"),
    "es": ("sobre", "acerca de"),
    "it": ("su", "riguardo a"),
    "pl": ("na temat", "o"),
}
NOTHING = _("Nothing was understood. Write what happened, with whom and when: “met DG EMPL on 4 July about skills”.")


@dataclass(frozen=True)
class Draft:
    """A kind of record, and what its form can begin with: records and texts by their place.

    A place is a field (`institution`), or a field of the rows that belong to the record (`speakers.person`).
    """

    section: Section
    told: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Return the address of the form with what was understood already in it."""
        told = [(place.replace(".", "-"), value) for place, values in self.told.items() for value in values]
        pairs = [(place, getattr(value, "pk", value)) for place, value in told]
        return f"{self.section.url}add/?{urlencode(pairs)}"

    @cached_property
    def named(self) -> list[tuple[Any, str, list[Any]]]:
        """Return the records that it names: the word before them, the place in the form, the records."""
        told = [(word, place, self.told.get(place)) for place, word in self.section.takes.items()]
        return [(word, _anchor(place), rows) for word, place, rows in told if rows]

    @property
    def number(self) -> int:
        return sum(len(rows) for _word, _place, rows in self.named)

    @property
    def lacks(self) -> bool:
        """Tell whether its form asks for a record that was not named."""
        links = [(place, self.section.model._meta.get_field(place)) for place in self.section.takes if "." not in place]
        return any(not link.many_to_many and not link.null and place not in self.told for place, link in links)


@dataclass(frozen=True)
class Understood:
    """What was understood of a line: the likeliest record, others that it may be as well, what is like it on record.

    `is_sure` tells whether the line says what it is, or when it was; else it may be the words of a search. `unknown`
    and `hours` are what a file tells and the form has no place for.
    """

    text: str
    draft: Draft
    date: PartialDate | None = None
    others: list[Draft] = field(default_factory=list)
    alike: list[Any] = field(default_factory=list)
    is_sure: bool = True
    unknown: list[str] = field(default_factory=list)
    hours: str = ""


def understand(text: str, user: Any, today: date, language: str = "en") -> Understood | None:
    """Read a line such as "met DG EMPL on 4 July about skills"; `None` where no kind of record can be captured."""
    line = " ".join(text.split())[:LONGEST_LINE]
    day, rest = find_date(line, today, language)
    return _understood(line, Names(rest, user), day, language)


def understand_parcel(parcel: Parcel, user: Any, language: str = "en") -> Understood | None:
    """Read a calendar entry or an e-mail in the same way.

    Hours, and whom it names and nobody knows, go into the note.
    """
    names = Names(parcel.title, user, parcel.people)
    day = PartialDate.of(parcel.day) if parcel.day else None
    found = _understood(parcel.title, names, day, language)
    if found is None:
        return None
    asked = set(found.draft.section.edited)
    unknown = names.unknown(_kinds_of(found.draft.section))
    told = [parcel.hours and f"{parcel.hours}."]
    told += [gettext("With %(people)s.") % {"people": ", ".join(unknown)}] if unknown else []
    note = " ".join(filter(None, told))
    certain = {"ends": str(PartialDate.of(parcel.ends)) if parcel.ends else "", "place": parcel.place, "note": note}
    kept = {name: [value[:LONGEST_LINE]] for name, value in certain.items() if value and name in asked}
    draft = replace(found.draft, told={**found.draft.told, **kept})
    return (
        replace(found, draft=draft)
        if "note" in asked
        else replace(found, draft=draft, unknown=unknown, hours=parcel.hours)
    )


def _understood(line: str, names: Names, day: PartialDate | None, language: str) -> Understood | None:
    kinds = _kinds(line, names.user)
    if not line or not kinds:
        return None
    about = _about(names.line, language)
    drafts = [_draft(section, names, about, day) for section, _is_said in kinds]
    is_said = kinds[0][1]
    # Without a word for it, or without whom it needs, it is the kind that has a place for most of what is named.
    if not is_said:
        drafts.sort(key=lambda draft: (-draft.number, draft.lacks))
    elif drafts[0].lacks:
        drafts.sort(key=lambda draft: -draft.number)
    return Understood(line, drafts[0], day, drafts[1:], _alike(drafts[0], day, names.user), is_said or day is not None)


def _kinds(line: str, user: Any) -> list[tuple[Section, bool]]:
    """Return the kinds that a line may be, the likeliest first, and whether a word says so.

    The words that name a kind stand early and are many.
    """
    words = f" {fold(line)} "
    found = []
    for section in sections():
        meta = section.model._meta
        if section.captures and user.has_perm(f"{meta.app_label}.add_{meta.model_name}"):
            places = [(words.find(f" {fold(word)} "), -len(word)) for word in section.captures]
            known = [place for place in places if place[0] >= 0]
            found.append((min(known, default=(len(words), 0)), section, bool(known)))
    return [(section, is_said) for _place, section, is_said in sorted(found, key=lambda each: each[0])]


def _about(line: str, language: str) -> str:
    """Return the words after "about"."""
    for word in spoken(ABOUT, language):
        _before, found, after = f" {line} ".partition(f" {word} ")
        if found:
            return after.strip()
    return ""


def _draft(section: Section, names: Names, about: str, day: PartialDate | None) -> Draft:
    told: dict[str, list[Any]] = {}
    taken: set[Any] = set()
    for place in section.takes:
        link = _field_of(section, place)
        rows = [row for row in names.of(link.related_model) if row not in taken]
        if not rows and about and place == "topics":
            rows = list(matching(link.related_model._default_manager.visible_to(names.user), about)[:1])
        if chosen := rows if link.many_to_many or "." in place else rows[:1]:
            told[place] = chosen
            taken.update(chosen)
    told |= _texts(section, names.line, about, day)
    return Draft(section, {place: rows for place, rows in section.completed(told, names).items() if rows})


def _field_of(section: Section, place: str) -> Any:
    part, _dot, name = place.rpartition(".")
    model = next(each for each, _link in section.part_links if section_of(each).key == part) if part else section.model
    return model._meta.get_field(name)


def _kinds_of(section: Section) -> list[Any]:
    return [_field_of(section, place).related_model for place in section.takes]


def _anchor(place: str) -> str:
    part, _dot, name = place.rpartition(".")
    return f"#rows-{part}" if part else f"#id_{name}"


def _texts(section: Section, line: str, about: str, day: PartialDate | None) -> dict[str, list[Any]]:
    title = line[:1].upper() + line[1:]
    told = {"title": title, "name": title, "subject": about, "date": str(day or ""), "kind": _kind(section, line)}
    return {name: [value] for name, value in told.items() if value and name in section.edited}


def _kind(section: Section, line: str) -> str:
    """Return the choice of the field `kind` that a line names, the longest: "seminar"."""
    if "kind" not in section.edited:
        return ""
    choices = section.model._meta.get_field("kind").flatchoices
    words = f" {fold(line)} "
    said = [(len(str(label)), value) for value, label in choices if f" {fold(str(label))} " in words]
    return str(max(said)[1]) if said else ""


def _alike(draft: Draft, day: PartialDate | None, user: Any) -> list[Any]:
    """Return records of the kind in the same month that name the same, or are called so: perhaps it is on record."""
    if day is None or "date" not in draft.section.edited:
        return []
    near = models.Q(title__iexact=draft.told["title"][0]) if "title" in draft.told else models.Q()
    for place in draft.section.takes:
        for row in draft.told.get(place, []) if place != "topics" else []:
            near |= models.Q(**{_lookup(draft.section, place): row})
    rows = draft.section.rows(user).filter(near, date__startswith=str(day)[:7])
    return list(rows.distinct()[:NEAR]) if near else []


def _lookup(section: Section, place: str) -> str:
    part, _dot, name = place.rpartition(".")
    if not part:
        return name
    model, link = next((each, link) for each, link in section.part_links if section_of(each).key == part)
    return f"{model._meta.get_field(link).related_query_name()}__{name}"
