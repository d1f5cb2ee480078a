"""The home of the desk: what falls due, what is missing and unlinked, the year beside the one before."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.utils import timezone

from tests import factories
from umbel.network.models import MembershipChange, Proposal
from umbel.website import workload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own(db):
    return factories.ConfederationFactory(reporting_year=2024, notice_days=30)


def in_days(number):
    return timezone.localdate() + timedelta(days=number)


def rows(page, card):
    """The lines of a card of the home, each as its words."""
    section = re.search(rf'<section class="card {card}".*?</section>', page.text, re.DOTALL)
    lines = re.findall(r"<li>(.*?)</li>", section.group(), re.DOTALL)
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", line)).split()) for line in lines]


def due(client, **asked):
    """What the home reminds of, without the dates."""
    told = rows(client.get("/desk/", asked), "due")
    return [re.sub(r"^\d+ \w+ \d{4} ", "", line) for line in told]


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: factories.ConsultationFactory(name="Skills", closes=in_days(9)), "“Skills” closes"),
        (
            lambda: factories.ConsultationFactory(name="Skills", closes=in_days(-9)),
            "“Skills” has closed without an answer of ours late",
        ),
        (
            lambda: factories.MeetingFactory(title="Assembly", date=in_days(40)),
            "Convene “Assembly”: the statutes ask for 30 days of notice",
        ),
        (
            lambda: factories.MeetingFactory(title="Assembly", date=in_days(27)),
            "Convene “Assembly”: the statutes ask for 30 days of notice late",
        ),
        (
            lambda: factories.MandateFactory(
                body=factories.BodyFactory(name="Board"), person=factories.PersonFactory(name="Ada"), end=in_days(9)
            ),
            "The mandate of Ada ends: Board, Board member",
        ),
        (
            lambda: factories.MandateFactory(
                body=factories.BodyFactory(name="Board"), person=factories.PersonFactory(name="Ada"), end=in_days(-9)
            ),
            "The mandate of Ada has ended and nobody follows: Board, Board member late",
        ),
        (
            lambda: factories.AppointmentFactory(
                seat=factories.SeatFactory(name="GECES"), holder=factories.PersonFactory(name="Ada"), end=in_days(9)
            ),
            "The term on GECES ends: Ada",
        ),
        (
            lambda: factories.MembershipFactory(
                organisation=factories.OrganisationFactory(name="Cooperatives"), end=in_days(9)
            ),
            "The membership of Cooperatives ends",
        ),
        (
            lambda: factories.MembershipFactory(
                organisation=factories.OrganisationFactory(name="Cooperatives"), end=in_days(-9)
            ),
            "The membership of Cooperatives has ended: record the exit, or renew it late",
        ),
        (
            lambda: factories.PostFactory(
                person=factories.PersonFactory(name="Ada"),
                organisation=factories.OrganisationFactory(name="House", kind="self"),
                title="Policy officer",
                end=in_days(9),
            ),
            "Ada leaves as Policy officer of House",
        ),
        (lambda: factories.RoundFactory(name="Snapshot", collected_to=in_days(9)), "Snapshot closes"),
        (
            lambda: factories.RoundFactory(name="Snapshot", collected_to=in_days(-9)),
            "Snapshot has closed and its results are not published late",
        ),
        (lambda: factories.ProjectFactory(name="Tandem", end=in_days(9)), "The project Tandem ends"),
        (lambda: factories.EventFactory(title="Forum", place="Rome", date=in_days(9)), "Forum, Rome"),
    ],
)  # fmt: skip
def test_the_home_reminds_of_what_ends_closes_and_comes(as_secretariat, make, told):
    make()

    assert due(as_secretariat) == [told]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2024, 12, 1), ["Grant, 2024: evidence for 2 deliverables", "The period of Grant ends"]),
        (date(2025, 2, 1), ["Grant, 2024: evidence for 2 deliverables"]),
        (date(2024, 6, 1), []),
    ],
)
def test_lines_of_a_grant_fall_due_with_their_year(cast, day, told):
    grant = factories.GrantFactory(name="Grant", last_year=2024)
    heading = factories.HeadingFactory(grant=grant, year=2024)
    factories.DeliverableFactory.create_batch(2, heading=heading)
    factories.ProofFactory(deliverable=factories.DeliverableFactory(heading=heading), record=factories.StoryFactory())

    found = workload.due(day, cast.secretariat)

    assert [waiting.text for waiting in found] == told
    assert [waiting.is_late for waiting in found] == [day > date(2024, 12, 31)] * len(told)


def answered():
    factories.PositionFactory(date=in_days(-12)).topics.add(
        factories.ConsultationFactory(opens=in_days(-30), closes=in_days(-9)).file
    )


def followed():
    body = factories.BodyFactory()
    factories.MandateFactory(body=body, end=in_days(-9))
    factories.MandateFactory(body=body, start=in_days(-8))


def left():
    gone = factories.MembershipFactory(end=in_days(-9)).organisation
    factories.MembershipChangeFactory(organisation=gone, kind=MembershipChange.Kind.EXIT, date=in_days(-9))


def published():
    factories.RoundFactory(collected_to=in_days(-9), publication=factories.PublicationFactory())


@pytest.mark.parametrize("make", [answered, followed, left, published])
def test_what_is_done_is_not_late(as_secretariat, make):
    make()

    assert due(as_secretariat) == []


def test_what_a_member_proposes_waits_for_whoever_keeps_the_network(cast, client_of):
    Proposal.objects.create(organisation=cast.member_a, field="name", value='"New"', made_at=timezone.now())
    told = ["Member A proposes another entry for: name"]

    found = {seat: due(client_of(seat)) for seat in ("membership", "secretary_general", "finance")}

    assert found == {"membership": told, "secretary_general": told, "finance": []}


def test_late_things_stand_first_and_all_stand_on_a_page_of_their_own(as_secretariat):
    for number in range(11):
        factories.EventFactory(title=f"Event {number:02}", date=in_days(number))
    factories.ConsultationFactory(name="Skills", closes=in_days(-9))
    late = "“Skills” has closed without an answer of ours late"

    home = as_secretariat.get("/desk/")

    assert due(as_secretariat) == [late, *(f"Event {number:02}" for number in range(9))]
    assert re.findall(r'<a href="/desk/due/">([^<]+)</a>', home.text) == ["All 12"]
    assert [line.split(" ", 3)[3] for line in rows(as_secretariat.get("/desk/due/"), "due")] == [
        late,
        *(f"Event {number:02}" for number in range(11)),
    ]


@pytest.mark.parametrize(
    ("seat", "told"), [("advocacy", ["Open"]), ("administrator", ["Closed", "Open"]), ("superuser", ["Closed", "Open"])]
)
def test_reminders_name_nothing_that_the_reader_may_not_see(client_of, seat, told):
    for title, audience in (("Open", "secretariat"), ("Closed", "administrator")):
        factories.EventFactory(title=title, audience=audience, date=in_days(3))

    assert due(client_of(seat)) == told


def test_missing_is_told_in_the_words_of_the_field_and_leads_to_those_records(as_secretariat):
    factories.ProjectFactory.create_batch(2, end="2030")
    factories.ProjectFactory(start="2030", end="2031")
    factories.ProjectFactory(start="2020", end="2022")
    factories.GrantFactory(amount=10)

    page = as_secretariat.get("/desk/", {"year": 2024})

    assert [line for line in rows(page, "missing-on-record") if "Project" in line] == ["2 Projects without a start"]
    (url,) = re.findall(r'href="(/desk/projects/[^"]+)"', page.text.split("missing-on-record")[1])
    assert unescape(url) == "/desk/projects/?without=start&on=2024"
    assert as_secretariat.get(unescape(url)).text.count('name="pick"') == 2


@pytest.mark.parametrize(("year", "told"), [(2024, ["1 Mandate without a start"]), (2020, [])])
def test_missing_is_about_the_year(as_secretariat, year, told):
    person = factories.PersonFactory()
    factories.MandateFactory(person=person, start=None, end="2024")
    if year == 2020:
        person.mandates.update(end="2019")

    found = rows(as_secretariat.get("/desk/", {"year": year}), "missing-on-record")

    assert [line for line in found if "Mandate" in line] == told


def unlinked(client, year=2024):
    return rows(client.get("/desk/", {"year": year}), "unlinked")


def test_unlinked_asks_what_the_audit_asks(as_secretariat):
    factories.StoryFactory(date="2024")
    factories.DeliverableFactory()
    report = factories.ReportFactory(year=2024)
    factories.PassageFactory(chapter=factories.ChapterFactory(report=report), text="We met 17 ministers.")

    assert unlinked(as_secretariat) == [
        "1 Year without frozen figures: 2024",
        "1 Lines of the grant without evidence",
        "1 Records without a date finer than the year",
        "1 Activities in the year at a glance and told in no chapter",
        "1 Numbers typed in texts",
    ]


def test_each_question_leads_to_where_the_audit_answers_it(as_secretariat):
    factories.StoryFactory.create_batch(3, date="2024")

    home = as_secretariat.get("/desk/", {"year": 2024}).text
    audit = as_secretariat.get("/audit/2024/").text
    (url,) = re.findall(r'href="/audit/2024/#([^"]+)"', home)
    answer = re.search(rf'<section class="check-block" id="{url}".*?</section>', audit, re.DOTALL).group()

    assert "3 Records without a date finer than the year" in unlinked(as_secretariat)
    assert answer.count("has no month") == 3


def test_a_frozen_year_is_not_asked_to_be_frozen(as_secretariat):
    report = factories.ReportFactory(year=2024)
    story = factories.StoryFactory()
    factories.MentionFactory(chapter=factories.ChapterFactory(report=report), record=story)
    before = unlinked(as_secretariat)

    factories.ReportEditionFactory(report=report)

    assert (before, unlinked(as_secretariat)) == (["1 Year without frozen figures: 2024"], [])


@pytest.mark.parametrize("seat", ["secretary_general", "administrator"])
def test_unlinked_counts_what_the_reader_may_see(client_of, seat):
    factories.StoryFactory(date="2024", audience="administrator")
    factories.ReportEditionFactory(report__year=2024)
    story = "1 Records without a date finer than the year"

    found = [line for line in unlinked(client_of(seat)) if "Records" in line]

    assert found == ([story] if seat == "administrator" else [])


def compared(client, label="Articles"):
    """The figure of the year, of the year before, and the difference."""
    page = client.get("/desk/", {"year": 2024}).text
    row = re.search(rf"<tr><th scope=\"row\"><a [^>]+>{label}</a></th>(.*?)</tr>", page).group(1)
    return [unescape(cell) for cell in re.findall(r"<td[^>]*>([^<]*)</td>", row)]


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        (["2024-05-02"], ["1", "—", ""]),
        (["2024-05-02", "2023-05-02", "2023-06-02"], ["1", "2", "−1"]),
        (["2023-05-02"], ["—", "1", ""]),
    ],
)
def test_a_year_without_records_has_no_figure(as_secretariat, dates, told):
    for day in dates:
        factories.StoryFactory(date=day)

    assert compared(as_secretariat) == told


def test_nothing_in_a_year_with_records_is_zero(as_secretariat):
    factories.StoryFactory(date="2024-05-02")
    factories.EventFactory(date="2023-05-02")

    assert compared(as_secretariat) == ["1", "0", "+1"]


def test_what_is_set_up_takes_one_line(as_secretariat):
    factories.MembershipCategoryFactory()

    lines = rows(as_secretariat.get("/desk/"), "checklist")

    assert [line for line in lines if line.startswith("Done")] == [
        "Done: Parameters of your statutes, Membership categories, Members and The people of the secretariat"
    ]


def test_the_home_offers_to_import_and_to_attach(as_secretariat):
    page = as_secretariat.get("/desk/").text

    assert re.findall(r'<a class="btn" href="([^"]+)"><svg[^>]*><use href="#i-(upload|paperclip)"', page) == [
        ("/desk/imports/new/", "upload"),
        ("/desk/capture/#file", "paperclip"),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_home_costs_the_same_however_many_there_are(as_secretariat, django_assert_num_queries, count):
    for _number in range(count):
        factories.EventFactory(date=in_days(5))
        factories.ConsultationFactory(closes=in_days(5))
        factories.MembershipFactory(end=in_days(5))
    as_secretariat.get("/desk/")

    with django_assert_num_queries(31):
        as_secretariat.get("/desk/")
