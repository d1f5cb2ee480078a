"""The acts of the year, of every kind, with those who took part and what they serve."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

from umbel.advocacy.models import (
    Addressee,
    Appointment,
    CampaignAct,
    Engagement,
    JointLetter,
    Position,
    SeatMeeting,
    Signatory,
)
from umbel.communication.models import Issue, Portrayal, PressItem, Story, Video
from umbel.core.audience import Audience
from umbel.core.dates import PartialDate
from umbel.core.models import Act
from umbel.events.models import Event, EventPartner, Speaker
from umbel.governance.models import Meeting
from umbel.groups.models import GroupMeeting
from umbel.library.models import LanguageVersion, Publication
from umbel.network.models import Organisation
from umbel.projects.models import ProjectMeeting
from umbel.website.generation.network import Network
from umbel.website.generation.plan import Plan
from umbel.website.generation.shelf import Shelf
from umbel.website.generation.subjects import Frame
from umbel.website.generation.words import ANGLES, CITIES, COUNTRIES, FUNCTIONS, LANGUAGES, OUTLETS, SUBJECTS, title

Kind, Part = Event.Kind, Event.Part

WEIGHTS = {
    "event": 0.42,
    "groupmeeting": 0.09,
    "seatmeeting": 0.05,
    "projectmeeting": 0.03,
    "meeting": 0.01,
    "engagement": 0.09,
    "position": 0.03,
    "appointment": 0.01,
    "campaignact": 0.02,
    "jointletter": 0.01,
    "story": 0.05,
    "pressitem": 0.12,
    "video": 0.02,
    "issue": 0.03,
    "publication": 0.02,
}
EVENTS = {
    Kind.CONFERENCE: 15,
    Kind.WEBINAR: 15,
    Kind.WORKSHOP: 8,
    Kind.SEMINAR: 8,
    Kind.HEARING: 6,
    Kind.DEBATE: 6,
    Kind.MEETING: 20,
    Kind.ASSEMBLY: 2,
    Kind.SUMMIT: 1,
    Kind.OBSERVANCE: 1,
    Kind.SESSION: 2,
    Kind.ORIENTATION: 0.5,
    Kind.VISIT: 0.5,
    Kind.VISITOR: 0.5,
    Kind.LAUNCH: 1,
    Kind.TRAINING: 3,
}
OWN_KINDS = {Kind.SESSION, Kind.ORIENTATION, Kind.LAUNCH, Kind.TRAINING, Kind.VISITOR}

OF_SEVERAL_DAYS = 0.12

Done = dict[str, list[Any]]


def fill(plan: Plan, shelf: Shelf, network: Network, frame: Frame) -> Done:
    """Store the acts with their parts and return them by model name."""
    makers = _Makers(plan, network, frame)
    done: Done = {}
    for name, number in plan.shares(WEIGHTS).items():
        make = cast(Callable[[], Act], getattr(makers, name))
        done[name] = shelf.add([make() for _ in range(number)])
        _serve(plan, shelf, frame, done[name])
    events = [act for acts in done.values() for act in acts if isinstance(act, Event)]
    _take_part(plan, shelf, network, events)
    _add_parts(plan, shelf, network, done)
    return done


def _serve(plan: Plan, shelf: Shelf, frame: Frame, acts: list[Act]) -> None:
    if acts:
        through = type(acts[0]).topics.through
        shelf.link(through, ((act, topic) for act in acts for topic in plan.some(frame.topics, 2)))


def _take_part(plan: Plan, shelf: Shelf, network: Network, events: list[Event]) -> None:
    roles, parts = EventPartner.Role.values, Speaker.Role.values
    shelf.add(
        [
            EventPartner(event_id=event.pk, organisation_id=organisation, role=plan.one(roles))
            for event in events
            for organisation in _different(plan, network.partners, 3)
        ]
    )
    shelf.add(
        [
            Speaker(event_id=event.pk, person_id=person, role=plan.one(parts), function=plan.one(FUNCTIONS))
            for event in events
            for person in _different(plan, [network.people], 2)
        ]
    )
    umbrellas = network.of(Organisation.Kind.UMBRELLA)
    spoken_for = [event for event in events if event.part in (Part.SPEAKER, Part.DELEGATE) and plan.chance(0.02)]
    shelf.link(Event.on_behalf_of.through, ((event, plan.one(umbrellas)) for event in spoken_for))


def _different(plan: Plan, circles: list[list[int]], most: int, least: int = 0) -> list[int]:
    """Return so many different rows, each from one of the circles, those in front of it more often."""
    return list(dict.fromkeys(plan.often(plan.one(circles)) for _ in range(plan.dice.randint(least, most))))


def _add_parts(plan: Plan, shelf: Shelf, network: Network, done: Done) -> None:
    shelf.add(
        [
            Portrayal(story=story, organisation_id=organisation)
            for story in done["story"]
            for organisation in _different(plan, [network.enterprises], 3, 1)
        ]
    )
    shelf.add(
        [
            LanguageVersion(publication=publication, language=language)
            for publication in done["publication"]
            for language in plan.some(LANGUAGES, 4, 1)
        ]
    )
    letters = done["jointletter"]
    names = list({body.name for body in network.institutions})
    shelf.add([Addressee(letter=letter, name=name) for letter in letters for name in plan.some(sorted(names), 3, 1)])
    shelf.add(
        [
            Signatory(letter=letter, organisation_id=organisation)
            for letter in letters
            for organisation in _different(plan, network.partners, 12, 3)
        ]
    )


class _Makers:
    """One method a kind of act, each named as its model: returns a row that is not stored yet."""

    def __init__(self, plan: Plan, network: Network, frame: Frame) -> None:
        self.plan, self.network, self.frame = plan, network, frame
        self.institutions = network.institutions
        self.boards = [seat for seat in frame.seats if seat.kind == "board"]
        self.tables = [seat for seat in frame.seats if seat.kind != "board"]
        self.holders = network.people[:6]

    def act(self, noun: str, has_place: bool = False) -> dict[str, Any]:
        """Return what all acts have in common."""
        plan = self.plan
        country = plan.one(COUNTRIES) if has_place else ""
        listed = not plan.chance(0.01)
        return {
            "key": plan.key(noun),
            "title": title(" and ".join(plan.some(SUBJECTS, 2, 1)), plan.one(ANGLES)),
            "date": plan.date(),
            "place": CITIES.get(country, ""),
            "country": country,
            "has_page": plan.chance(0.7),
            "in_review": listed,
            "review_note": "" if listed else "Told under another entry.",
            "audience": Audience.PUBLIC if plan.chance(0.95) else plan.one((Audience.MEMBERS, Audience.SECRETARIAT)),
        }

    def gathering(self, noun: str, kind: str, part: str) -> dict[str, Any]:
        online = self.plan.chance(0.3)
        return {
            **self.act(noun, has_place=not online),
            "kind": kind,
            "part": part,
            "format": Event.Format.ONLINE if online else Event.Format.ONSITE,
        }

    def event(self) -> Event:
        kind = self.plan.weighed(EVENTS)
        if kind in OWN_KINDS:
            part = self.plan.one(Event.OWN_PARTS)
        else:
            part = Part.ATTENDEE if kind == Kind.VISIT else self.plan.one(tuple(Part))
        row = Event(**self.gathering("event", kind, part))
        if row.date and row.date.day and self.plan.chance(OF_SEVERAL_DAYS):
            row.ends = PartialDate.of(row.date.first_day + timedelta(days=self.plan.dice.randint(1, 3)))
        if kind == Kind.SESSION:
            row.edition = self.plan.one(self.frame.editions)
        return row

    def meeting(self) -> Meeting:
        body = self.network.assembly if self.plan.chance(0.1) else self.network.board
        return Meeting(**self.gathering("meeting", Kind.STATUTORY, Part.ORGANISER), body=body)

    def groupmeeting(self) -> GroupMeeting:
        group = self.plan.one(self.frame.groups)
        kind = Kind.STEERING if group.kind == "steering" else Kind.GROUP
        return GroupMeeting(**self.gathering("groupmeeting", kind, Part.ORGANISER), group=group)

    def projectmeeting(self) -> ProjectMeeting:
        project = self.plan.one(self.frame.projects)
        return ProjectMeeting(**self.gathering("projectmeeting", Kind.PROJECT, Part.MEMBER), project=project)

    def seatmeeting(self) -> SeatMeeting:
        seat = self.plan.one(self.tables)
        kind = Kind.JURY if seat.kind == "jury" else Kind.EXPERTS
        return SeatMeeting(**self.gathering("seatmeeting", kind, Part.MEMBER), seat=seat)

    def engagement(self) -> Engagement:
        institution = self.plan.one(self.institutions)
        return Engagement(
            **self.act("engagement", has_place=True), institution=institution, subject=self.plan.one(SUBJECTS)
        )

    def position(self) -> Position:
        seat = self.plan.one(self.tables) if self.plan.chance(0.1) else None
        kind = self.plan.one(Position.Kind.values)
        return Position(**self.act("position"), kind=kind, addressed_to=self.plan.one(self.institutions), seat=seat)

    def appointment(self) -> Appointment:
        seat = self.plan.one(self.boards if self.plan.chance(0.3) else self.tables)
        return Appointment(
            **self.act("appointment"),
            seat=seat,
            holder_id=self.plan.one(self.holders),
            years=self.plan.dice.randint(1, 4),
        )

    def campaignact(self) -> CampaignAct:
        return CampaignAct(**self.act("campaignact"), kind=self.plan.one(CampaignAct.Kind.values))

    def jointletter(self) -> JointLetter:
        row = JointLetter(
            **self.act("jointletter"), form=self.plan.one(JointLetter.Form.values), subject=self.plan.one(SUBJECTS)
        )
        if self.plan.chance(0.2):
            row.signatories_number = self.plan.dice.randint(5, 120)
            row.signatories_bound = self.plan.one((JointLetter.Bound.EXACT, JointLetter.Bound.OVER))
        return row

    def story(self) -> Story:
        return Story(**self.act("story"), series=self.plan.one(self.frame.series))

    def pressitem(self) -> PressItem:
        return PressItem(**self.act("pressitem"), outlet=self.plan.one(OUTLETS), language=self.plan.one(LANGUAGES))

    def video(self) -> Video:
        return Video(**self.act("video"), language=self.plan.one(LANGUAGES))

    def issue(self) -> Issue:
        newsletter = self.plan.one(self.frame.newsletters)
        audience = Audience.MEMBERS if newsletter.readers == "internal" else Audience.PUBLIC
        return Issue(**{**self.act("issue"), "audience": audience}, newsletter=newsletter)

    def publication(self) -> Publication:
        return Publication(**self.act("publication"), kind=self.plan.one(Publication.Kind.values))
