"""A factory for each model: the least that the database takes, public, dated to the day where it needs a date."""

from datetime import UTC, datetime
from decimal import Decimal

from factory import LazyAttribute, Maybe, Sequence, SubFactory, make_factory
from factory.django import DjangoModelFactory

from umbel.accounts.models import User
from umbel.advocacy import models as advocacy
from umbel.collection import models as collection
from umbel.communication import models as communication
from umbel.core import models as core
from umbel.events import models as events
from umbel.governance import models as governance
from umbel.groups import models as groups
from umbel.library import models as library
from umbel.network import models as network
from umbel.projects import models as projects
from umbel.reports import models as reports
from umbel.website import models as website

DAY = "2024-06-11"


def factory_of(model, **fields):
    return make_factory(model, FACTORY_CLASS=DjangoModelFactory, **fields)


def named(model, **fields):
    """A factory of something called by its name: "Body 3", with the key "body-3"."""
    noun = model._meta.verbose_name.title() if model is not core.Confederation else "Confederation"
    fields.setdefault("name", Sequence(lambda n: f"{noun} {n}"))
    fields.setdefault("key", Sequence(lambda n: f"{model._meta.model_name}-{n}"))
    return factory_of(model, **fields)


def act(model, **fields):
    """A factory of something that happened on the same day in June 2024."""
    fields.setdefault("title", Sequence(lambda n: f"{model._meta.verbose_name} {n}".capitalize()))
    key = Sequence(lambda n: f"{model._meta.model_name}-{n}")
    return factory_of(model, **{"key": key, "date": DAY, **fields})


UserFactory = factory_of(User, email=Sequence(lambda n: f"user-{n}@example.org"))

# core
ConfederationFactory = named(core.Confederation, long_name="Confederation of cooperatives", reporting_year=2024)
MembershipCategoryFactory = named(core.MembershipCategory)
EnterpriseTypeFactory = named(core.EnterpriseType)
TopicFactory = named(core.Topic)
ReportedFigureFactory = factory_of(
    core.ReportedFigure,
    figure=Sequence(lambda n: f"facts.fact_{n}"),
    statement="A number from outside",
    value=Decimal(27),
    date="2024",
    source="a page",
)

# network
OrganisationFactory = named(network.Organisation, kind="federation", country="BE")
OrganisationLinkFactory = factory_of(
    network.OrganisationLink,
    child=SubFactory(OrganisationFactory),
    parent=SubFactory(OrganisationFactory),
    kind="affiliated",
)
MembershipFactory = factory_of(network.Membership, organisation=SubFactory(OrganisationFactory))
MembershipChangeFactory = factory_of(
    network.MembershipChange, organisation=SubFactory(OrganisationFactory), kind="entry", date=DAY
)
UmbrellaMembershipFactory = factory_of(
    network.UmbrellaMembership, body=SubFactory(OrganisationFactory, kind="umbrella"), standing="member"
)
PersonFactory = named(network.Person)
PostFactory = factory_of(
    network.Post,
    person=SubFactory(PersonFactory),
    organisation=SubFactory(OrganisationFactory),
    kind="representative",
    title="Director",
)
ContactFactory = factory_of(
    network.Contact,
    person=SubFactory(PersonFactory),
    kind="email",
    value=Sequence(lambda n: f"contact-{n}@example.org"),
    consented_on=DAY,
)
FeeFactory = factory_of(
    network.Fee, organisation=SubFactory(OrganisationFactory), year=2024, amount=Decimal(1200), due_on="2024-03-31"
)
EditRuleFactory = factory_of(
    network.EditRule, field=Sequence(lambda n: list(network.EditRule.CAME_WITH)[n % 12]), rule="closed"
)

# library
DocumentFactory = factory_of(library.Document, key=Sequence(lambda n: f"document-{n}"), title="A paper")
PublicationFactory = act(library.Publication, kind="report")
LanguageVersionFactory = factory_of(library.LanguageVersion, publication=SubFactory(PublicationFactory), language="en")
PhotoFactory = factory_of(library.Photo, key=Sequence(lambda n: f"photo-{n}"), credit="Somebody")
PlacementFactory = factory_of(
    library.Placement,
    photo=SubFactory(PhotoFactory, file="photos/table.jpg", alternative="A table"),
    record=SubFactory(PublicationFactory),
)

# events
SeriesFactory = named(events.Series)
EditionFactory = factory_of(events.Edition, series=SubFactory(SeriesFactory), year=2024)
EventFactory = act(events.Event, kind="conference", part="attendee")
EventPartnerFactory = factory_of(
    events.EventPartner, event=SubFactory(EventFactory), organisation=SubFactory(OrganisationFactory)
)
SpeakerFactory = factory_of(events.Speaker, event=SubFactory(EventFactory), person=SubFactory(PersonFactory))
AttendanceFactory = factory_of(events.Attendance, edition=SubFactory(EditionFactory), country="BE")
RegistrationFactory = factory_of(
    events.Registration,
    event=SubFactory(EventFactory),
    person=SubFactory(PersonFactory),
    made_at=datetime(2024, 6, 1, tzinfo=UTC),
)

# governance
BodyFactory = named(governance.Body, kind="board")
MandateFactory = factory_of(governance.Mandate, body=SubFactory(BodyFactory), person=SubFactory(PersonFactory))
MeetingFactory = act(governance.Meeting, kind="statutory", part="organiser", body=SubFactory(BodyFactory))
PollFactory = named(
    governance.Poll,
    audience="public",
    body=SubFactory(BodyFactory),
    opens_at=datetime(2024, 6, 11, 8, tzinfo=UTC),
    closes_at=datetime(2024, 6, 18, 15, tzinfo=UTC),
)
VoterFactory = factory_of(
    governance.Voter,
    poll=SubFactory(PollFactory),
    organisation=Maybe("mandate", no_declaration=SubFactory(OrganisationFactory), yes_declaration=None),
    mandate=None,
)
BallotFactory = factory_of(governance.Ballot, voter=SubFactory(VoterFactory), choice="for")
ResolutionFactory = named(governance.Resolution, body=SubFactory(BodyFactory))

# collection
IndicatorFactory = named(collection.Indicator)
RoundFactory = named(collection.Round)
RoundIndicatorFactory = factory_of(
    collection.RoundIndicator, round=SubFactory(RoundFactory), indicator=SubFactory(IndicatorFactory)
)
ReturnFactory = factory_of(
    collection.Return, round=SubFactory(RoundFactory), organisation=SubFactory(OrganisationFactory)
)
ValueFactory = factory_of(
    collection.Value, of_return=SubFactory(ReturnFactory), asked=SubFactory(RoundIndicatorFactory), year=2023, number=12
)

# advocacy
PillarFactory = named(advocacy.Pillar)
PolicyFileFactory = named(advocacy.PolicyFile)
CampaignFactory = named(advocacy.Campaign)
MilestoneFactory = factory_of(advocacy.Milestone, file=SubFactory(PolicyFileFactory), title="Proposal", date=DAY)
AskFactory = factory_of(advocacy.Ask, file=SubFactory(PolicyFileFactory), text="A place at the table")
ConsultationFactory = named(advocacy.Consultation, file=SubFactory(PolicyFileFactory))
OutcomeFactory = factory_of(
    advocacy.Outcome, key=Sequence(lambda n: f"outcome-{n}"), claim="The text names cooperatives", date="2024"
)
EvidenceFactory = factory_of(advocacy.Evidence, outcome=SubFactory(OutcomeFactory), record=SubFactory(EventFactory))
SeatFactory = named(advocacy.Seat, kind="experts")
PositionFactory = act(advocacy.Position, kind="opinion")
DraftFactory = named(advocacy.Draft, audience="members")
CommentFactory = factory_of(
    advocacy.Comment, draft=SubFactory(DraftFactory), organisation=SubFactory(OrganisationFactory), text="More of it."
)
JointLetterFactory = act(advocacy.JointLetter)
AddresseeFactory = factory_of(
    advocacy.Addressee, letter=SubFactory(JointLetterFactory), name=Sequence(lambda n: f"Addressee {n}")
)
SignatoryFactory = factory_of(
    advocacy.Signatory, letter=SubFactory(JointLetterFactory), organisation=SubFactory(OrganisationFactory)
)
EngagementFactory = act(advocacy.Engagement, institution=SubFactory(OrganisationFactory, kind="institution"))
CampaignActFactory = act(advocacy.CampaignAct, kind="launch")
AppointmentFactory = act(advocacy.Appointment, seat=SubFactory(SeatFactory), holder=SubFactory(PersonFactory))
SeatMeetingFactory = act(advocacy.SeatMeeting, kind="experts", part="member", seat=SubFactory(SeatFactory))

# groups
GroupFactory = named(groups.Group, kind="working")
ParticipantFactory = factory_of(groups.Participant, group=SubFactory(GroupFactory), person=SubFactory(PersonFactory))
GroupOutputFactory = factory_of(groups.GroupOutput, group=SubFactory(GroupFactory), text="A guide", date=DAY)
GroupMeetingFactory = act(groups.GroupMeeting, kind="group", part="organiser", group=SubFactory(GroupFactory))

# communication
ArticleSeriesFactory = named(communication.ArticleSeries)
StoryFactory = act(communication.Story)
PortrayalFactory = factory_of(
    communication.Portrayal, story=SubFactory(StoryFactory), organisation=SubFactory(OrganisationFactory)
)
VideoFactory = act(communication.Video)
NewsletterFactory = named(communication.Newsletter, readers="external")
IssueFactory = act(communication.Issue, newsletter=SubFactory(NewsletterFactory))
ChannelFactory = named(communication.Channel)
ChannelCountFactory = factory_of(
    communication.ChannelCount, channel=SubFactory(ChannelFactory), date="2024", value=1000, source="the channel"
)
SiteFigureFactory = factory_of(
    communication.SiteFigure, measure="users", date=Sequence(lambda n: str(1900 + n)), value=7300, source="the tool"
)
PressItemFactory = act(communication.PressItem, outlet="The Evening Square")

# projects
ProjectFactory = named(projects.Project, role="partner")
ProjectCountryFactory = factory_of(projects.ProjectCountry, project=SubFactory(ProjectFactory), country="BE")
ProjectPhaseFactory = factory_of(projects.ProjectPhase, project=SubFactory(ProjectFactory), name="Research")
ProjectMeetingFactory = act(projects.ProjectMeeting, kind="project", part="member", project=SubFactory(ProjectFactory))
GrantFactory = named(
    projects.Grant, funder=SubFactory(OrganisationFactory, kind="institution"), first_year=2022, last_year=2025
)
HeadingFactory = factory_of(
    projects.Heading,
    grant=SubFactory(GrantFactory),
    year=2024,
    key=Sequence(lambda n: f"heading-{n}"),
    name=LazyAttribute(lambda heading: heading.key.capitalize()),
)
DeliverableFactory = factory_of(
    projects.Deliverable,
    heading=SubFactory(HeadingFactory),
    key=Sequence(lambda n: f"line-{n}"),
    name=LazyAttribute(lambda line: line.key.capitalize()),
    target=1,
)
ProofFactory = factory_of(projects.Proof, deliverable=SubFactory(DeliverableFactory), record=SubFactory(EventFactory))

# reports
ReportFactory = factory_of(
    reports.Report,
    key=LazyAttribute(lambda report: f"report-{report.year}"),
    title="Activity Report",
    year=Sequence(lambda n: 3000 + n),
)
ReportEditionFactory = factory_of(
    reports.Edition,
    report=SubFactory(ReportFactory),
    number=1,
    frozen_at=datetime(2025, 5, 1, tzinfo=UTC),
    frozen_by="somebody",
    figures={},
    hash="0" * 64,
)
GrantReportFactory = factory_of(
    reports.GrantReport,
    grant=SubFactory(GrantFactory),
    year=2024,
    number=Sequence(lambda n: n + 1),
    frozen_at=datetime(2025, 5, 1, tzinfo=UTC),
    frozen_by="somebody",
    printed="{}",
    hash="0" * 64,
)
CreditFactory = factory_of(
    reports.Credit, report=SubFactory(ReportFactory), role="author", person=SubFactory(PersonFactory)
)
ChapterFactory = factory_of(
    reports.Chapter,
    report=SubFactory(ReportFactory),
    key=Sequence(lambda n: f"chapter-{n}"),
    layout="about",
    title="About",
)
PassageFactory = factory_of(reports.Passage, chapter=SubFactory(ChapterFactory), slot="lead", text="A text.")
MentionFactory = factory_of(reports.Mention, chapter=SubFactory(ChapterFactory), record=SubFactory(EventFactory))
ClaimFactory = factory_of(
    reports.Claim,
    report=SubFactory(ReportFactory),
    key=Sequence(lambda n: f"claim-{n}"),
    place="cover",
    statement="Members",
    value=Decimal(27),
)

# website
PageFactory = factory_of(
    website.Page,
    title=Sequence(lambda n: f"Page {n}"),
    path=Sequence(lambda n: f"page-{n}"),
    status=website.Page.Status.PUBLISHED,
)
MenuItemFactory = factory_of(website.MenuItem, label=Sequence(lambda n: f"Entry {n}"), address="/members/")
LISTS = (
    "events stories positions members people projects groups bodies videos press seats campaigns documents outcomes"
    " publications newsletters engagements appointments series grants"
).split()
WordingFactory = factory_of(website.Wording, place=Sequence(lambda n: LISTS[n % len(LISTS)]), title="Otherwise")
FrontBlockFactory = factory_of(website.FrontBlock, kind=website.FrontBlock.Kind.LATEST)
RedirectFactory = factory_of(website.Redirect, from_path=Sequence(lambda n: f"/old-{n}/"), to="/members/")

FACTORIES = {
    each._meta.model: each for each in list(globals().values()) if hasattr(each, "_meta") and isinstance(each, type)
}
