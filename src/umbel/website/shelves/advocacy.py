"""What the confederation follows and says: files, positions, letters, campaigns, seats."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import F
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from umbel.advocacy.models import (
    Appointment,
    Campaign,
    CampaignAct,
    Consultation,
    Engagement,
    JointLetter,
    Outcome,
    Pillar,
    PolicyFile,
    Position,
    Seat,
)
from umbel.core.crud.columns import Column
from umbel.core.crud.filters import Rows
from umbel.website.filters import ByKey, Kinds, OfTopic, Years
from umbel.website.pages import acts, files
from umbel.website.shelf import Shelf, shelf
from umbel.website.telling import Line, line, may_see, wording

STANCES = tuple(choice for choice in PolicyFile.Stance.choices if choice[0])
TOPIC = OfTopic("topic", _("File or campaign"))
PAPERS = "papers"


class Lasting(Shelf):
    """What has a name and lasts."""

    group = "work"
    columns: ClassVar[Sequence[str | Column]] = ("name",)
    template = "website/item.html"


@shelf
class PolicyFiles(Lasting):
    slug = "policy-files"
    model = PolicyFile
    label = _("Policy files")
    about = _("Initiatives of the institutions that the confederation follows, with its line on each.")
    columns = ("name", "pillar", "stage", "stance", "standing", "start")
    ordering = (F("pillar__order").asc(nulls_last=True), "order", "name")
    related = ("pillar",)
    filters = (
        ByKey("pillar", _("Pillar"), lookup="pillar", model=Pillar),
        Kinds("stance", _("Our stance"), path="stance", choices=STANCES),
    )  # fmt: skip
    rows_template = "website/_files.html"
    template = "website/policy_file.html"

    def tell(self, rows: Sequence[Any], user: Any) -> list[Line]:
        return files.file_lines(rows, user)

    def page(self, row: Any, user: Any, _address: QueryDict) -> dict[str, Any]:
        return files.policy_file(row, user)


class Acts(Shelf):
    """Acts in their order, the newest first."""

    group = "work"
    columns: ClassVar[Sequence[str | Column]] = ("title", "date", "place", "country")
    fetched: ClassVar[Sequence[Any]] = ("topics",)
    rows_template = "website/_dated.html"
    template = "website/item.html"
    finder = _("Words of the title")


class PositionKinds(Kinds):
    """A kind of position, or all that count as papers."""

    def options(self, user: Any) -> Any:
        return [(PAPERS, _("Position papers, as counted")), *super().options(user)]

    def narrow(self, rows: Rows, value: str, user: Any) -> Rows:
        return rows.papers() if value == PAPERS else super().narrow(rows, value, user)  # type: ignore[attr-defined]  # -- rows are positions


@shelf
class Positions(Acts):
    slug = "positions"
    model = Position
    label = _("Positions")
    about = _("What the confederation said on a policy file: reactions, opinions, papers, contributions.")
    columns = ("title", "kind", "date", "addressed_to")
    filters = (
        PositionKinds("kind", _("Kind"), path="kind", choices=tuple(Position.Kind.choices)),
        Years("year", _("Year"), model=Position),
        TOPIC,
    )

    def page(self, row: Any, user: Any, _address: QueryDict) -> dict[str, Any]:
        return acts.position(row, user)


@shelf
class JointLetters(Acts):
    slug = "joint-letters"
    model = JointLetter
    label = _("Joint letters")
    about = _("Letters, statements and calls signed together with others.")
    columns = ("title", "form", "date", "own_part", "signatories_number")
    filters = (
        Kinds("form", _("Form"), path="form", choices=tuple(JointLetter.Form.choices)),
        Years("year", _("Year"), model=JointLetter),
        TOPIC,
    )

    def page(self, row: Any, user: Any, _address: QueryDict) -> dict[str, Any]:
        return acts.letter(row, user)


@shelf
class Engagements(Acts):
    slug = "engagements"
    model = Engagement
    label = _("Meetings with institutions")
    about = _("Whom the confederation met, when, and on what.")
    columns = ("title", "date", "institution", "subject")
    filters = (Years("year", _("Year"), model=Engagement), TOPIC)

    def page(self, row: Any, user: Any, _address: QueryDict) -> dict[str, Any]:
        return acts.engagement(row, user)


@shelf
class Appointments(Acts):
    slug = "appointments"
    group = ""
    model = Appointment
    label = _("Appointments")
    about = _("Elections and appointments to seats in bodies of others.")
    columns = ("title", "date", "seat", "holder")
    filters = (Years("year", _("Year"), model=Appointment), TOPIC)

    def page(self, row: Any, user: Any, _address: QueryDict) -> dict[str, Any]:
        return acts.appointment(row, user)


@shelf
class CampaignActs(Acts):
    slug = "campaign-acts"
    group = ""
    model = CampaignAct
    label = _("Steps of campaigns")
    about = _("When campaigns began, and when the confederation joined them.")
    columns = ("title", "kind", "date")
    filters = (Years("year", _("Year"), model=CampaignAct), TOPIC)

    def page(self, row: Any, user: Any, _address: QueryDict) -> dict[str, Any]:
        return acts.campaign_act(row, user)


@shelf
class Pillars(Lasting):
    slug = "policy-files/pillar"
    model = Pillar
    group = ""
    label = _("Pillars")
    about = _("The headings under which policy files stand.")
    columns = ("name", "centre")
    ordering = ("order", "name")
    template = "website/pillar.html"

    def tell(self, rows: Sequence[Any], _user: Any) -> list[Line]:
        return [line(row, meta=wording(row, "centre")) for row in rows]

    def page(self, row: Any, user: Any, _address: QueryDict) -> dict[str, Any]:
        return files.pillar(row, user)


@shelf
class Consultations(Lasting):
    slug = "consultations"
    model = Consultation
    group = ""
    label = _("Consultations")
    has_days = True
    about = _("Calls for views by institutions, open for a time.")
    columns = ("name", "file", "institution", "opens", "closes")
    ordering = ("-opens", "key")
    filters = (Years("year", _("Year"), lookup="opens", model=Consultation),)

    def tell(self, rows: Sequence[Any], _user: Any) -> list[Line]:
        return [line(row, date=row.opens) for row in rows]

    def page(self, row: Any, user: Any, _address: QueryDict) -> dict[str, Any]:
        return files.consultation(row, user)


@shelf
class Campaigns(Lasting):
    slug = "campaigns"
    model = Campaign
    label = _("Campaigns")
    about = _("Campaigns of our own, and those of others that we joined.")
    columns = ("name", "owner", "start", "end", "aims")
    related = ("owner",)

    def tell(self, rows: Sequence[Any], user: Any) -> list[Line]:
        return [line(row, meta=str(row.owner) if may_see(row.owner, user) else "") for row in rows]

    def page(self, row: Any, user: Any, _address: QueryDict) -> dict[str, Any]:
        return files.campaign(row, user)


@shelf
class Outcomes(Lasting):
    slug = "outcomes"
    model = Outcome
    group = ""
    label = _("Outcomes")
    has_days = True
    about = _("Results that the confederation claims, with the evidence for each.")
    columns = ("claim", "date", "credited_to")
    ordering = ("-date", "key")
    filters = (Years("year", _("Year"), model=Outcome),)

    def tell(self, rows: Sequence[Any], _user: Any) -> list[Line]:
        return [line(row, date=row.date) for row in rows]

    def page(self, row: Any, user: Any, _address: QueryDict) -> dict[str, Any]:
        return files.outcome(row, user)


@shelf
class Seats(Lasting):
    slug = "seats"
    model = Seat
    label = _("Seats")
    about = _("Places of the confederation in bodies of others: expert groups, dialogues, boards, juries.")
    columns = ("name", "kind", "body", "on_behalf_of", "subjects")
    ordering = ("order", "name")
    filters = (Kinds("kind", _("Kind"), path="kind", choices=tuple(Seat.Kind.choices)),)

    def tell(self, rows: Sequence[Any], _user: Any) -> list[Line]:
        return [line(row, meta=capfirst(str(row.get_kind_display()))) for row in rows]

    def page(self, row: Any, user: Any, _address: QueryDict) -> dict[str, Any]:
        return files.seat(row, user)
