"""What the desk shows of what was done: positions, letters, meetings, seats with their terms, acts of campaigns."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from umbel.advocacy.models import (
    Addressee,
    Appointment,
    CampaignAct,
    Engagement,
    JointLetter,
    Position,
    Seat,
    SeatMeeting,
    Signatory,
)
from umbel.core.crud.columns import Column
from umbel.core.crud.sections import Section, View, section
from umbel.core.crud.seen import seen_at
from umbel.core.models import Topic
from umbel.events.desk import FORM, GatheringSection
from umbel.events.models import EventPartner, Speaker
from umbel.network.models import Organisation, Person, Post
from umbel.network.rules import today

WHERE = ("place", "country")
INSTITUTIONS = (Organisation.Kind.INSTITUTION, Organisation.Kind.BODY, Organisation.Kind.AUTHORITY)


def topics_of(model: Any) -> Column:
    """Return the column that names the files and campaigns of acts."""

    def load(numbers: Sequence[int], user: Any) -> dict[str, dict[int, Any]]:
        found: dict[int, list[str]] = {}
        named = model.topics.through.objects.filter(**{f"{model._meta.model_name}__in": numbers})
        known = named.filter(seen_at("topic", Topic, user)).order_by("topic__name")
        for number, name in known.values_list(model._meta.model_name, "topic__name"):
            found.setdefault(number, []).append(name)
        return {"topics": {number: ", ".join(names) for number, names in found.items()}}

    return Column("topics", _("files and campaigns"), load=load)


@section
class PositionSection(Section):
    model = Position
    slug = "positions"
    group, place, icon = "work", 20, "file-pen-line"
    columns = ("title", "date", "kind", topics_of(Position), "addressed_to", "in_review")
    wanted = ("date",)
    end, sub = "date", "kind"
    filters = ("kind", "topics", "date", "addressed_to")
    views = (View(_("No date"), "without=date"), View(_("Contributions"), "kind=contribution"))
    order = "-date"
    form = ("title", "kind", "date", "audience", "opens_on", "lead", "text", "topics", "addressed_to", "seat", *WHERE)
    bulk = ("audience", "kind")
    captures = ("position", "adopted", "adopté", "adoptado", "adottato", "przyjęto")
    takes = {"topics": _("about")}


@section
class JointLetterSection(Section):
    model = JointLetter
    slug = "joint-letters"
    group, place, icon = "work", 40, "handshake"
    columns = ("title", "date", "form", "own_part", topics_of(JointLetter), "signatories_number")
    wanted = ("date",)
    end, sub = "date", "form"
    filters = ("form", "own_part", "topics", "date")
    views = (View(_("Our initiative"), "own_part=initiator"), View(_("No date"), "without=date"))
    order = "-date"
    form = (
        "title", "form", "own_part", "date", "audience", "opens_on", "signatories_bound", "signatories_number", "lead",
        "text", "address", "topics", "subject", *WHERE,
    )  # fmt: skip
    parts = (Addressee, Signatory)
    bulk = ("audience", "form", "own_part")
    captures = ("signed", "letter", "signé", "firmado", "firmato", "podpisano")
    takes = {"topics": _("about")}


@section
class SeatSection(Section):
    model = Seat
    slug = "seats"
    group, place, icon = "work", 50, "armchair"
    columns = ("name", "kind", "body", "on_behalf_of", "subjects")
    sub = "kind"
    filters = ("kind", "body", "on_behalf_of")
    order = "name"
    form = ("name", "kind", "audience", "body", "on_behalf_of", "subjects")
    few = True


@section
class EngagementSection(Section):
    model = Engagement
    slug = "engagements"
    group, place, icon = "work", 60, "landmark"
    columns = ("title", "date", "institution", "level", topics_of(Engagement), "place")
    wanted = ("date",)
    end, sub = "date", "institution"
    filters = ("institution", "topics", "date")
    views = (View(_("No date"), "without=date"),)
    order = "-date"
    form = ("title", "institution", "date", "audience", "level", "topics", "subject", *WHERE)
    captures = (
        "met", "meeting with", "call with", "talked to", "talked with", "spoke to", "spoke with",
        "rencontré", "réunion avec", "appel avec", "entretien avec", "reunión con", "llamada con",
        "incontrato", "riunione con", "incontro con", "telefonata con", "spotkanie z", "rozmowa z",
    )  # fmt: skip
    takes = {"institution": _("with"), "topics": _("about")}

    def completed(self, told: dict[str, list[Any]], names: Any) -> dict[str, list[Any]]:
        """Take the institution where somebody who is named holds their only post, and that post."""
        ours = [each for each in told.get("institution", []) if each.kind == Organisation.Kind.SELF]
        if told.get("institution") and not ours:
            return told
        posts = Post.objects.visible_to(names.user).in_force(today()).filter(person__in=names.of(Person))
        held = posts.filter(
            organisation__in=Organisation.objects.visible_to(names.user), organisation__kind__in=INSTITUTIONS
        )
        post = held.select_related("organisation").first() if len(held) == 1 else None
        found = {"institution": [post.organisation], "level": [post.title[:100]]} if post else {"institution": []}
        return told | found


@section
class CampaignActSection(Section):
    model = CampaignAct
    slug = "acts-of-campaigns"
    icon = "megaphone"
    columns = ("title", "date", "kind", topics_of(CampaignAct), "place")
    order = "-date"
    form = ("title", "kind", "date", "audience", "topics", *WHERE)


@section
class AppointmentSection(Section):
    model = Appointment
    slug = "appointments"
    icon = "armchair"
    columns = ("title", "date", "seat", "holder", "years", "end")
    filters = ("seat", "holder", "date")
    order = "-date"
    form = ("title", "seat", "holder", "date", "end", "years", "renewal", "topics", "audience", *WHERE)


@section
class SeatMeetingSection(GatheringSection):
    model = SeatMeeting
    slug = "meetings-on-seats"
    icon = "calendar"
    columns = ("title", "date", "seat", "kind", "part", "place")
    sub = "seat"
    filters = ("seat", "date", "part")
    order = "-date"
    form = ("title", "seat", *FORM[1:])
    parts = (EventPartner, Speaker)
