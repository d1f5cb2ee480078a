"""Figures, audit and report on the site: what is there, for whom, at what cost."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    AppointmentFactory,
    ChannelCountFactory,
    ChannelFactory,
    ChapterFactory,
    ClaimFactory,
    ConfederationFactory,
    DeliverableFactory,
    IssueFactory,
    JointLetterFactory,
    LanguageVersionFactory,
    MandateFactory,
    MembershipFactory,
    NewsletterFactory,
    OrganisationFactory,
    PostFactory,
    ProofFactory,
    ReportFactory,
    UmbrellaMembershipFactory,
    VideoFactory,
)
from umbel.network.models import Organisation

pytestmark = pytest.mark.django_db

VIDEOS = "/figures/2024/communication.videos/"
INTERNAL = "/figures/2024/communication.internal_newsletters"


@pytest.fixture(autouse=True)
def own():
    return ConfederationFactory(name="The Umbrella")


@pytest.fixture
def report():
    return ReportFactory(year=2024)


@pytest.fixture
def editions():
    """Three editions of a newsletter, one of them meant for everybody."""
    letter = NewsletterFactory(readers="internal")
    IssueFactory(newsletter=letter, key="for-all", title="For all")
    IssueFactory.create_batch(2, newsletter=letter, audience="members")


def shown(page):
    """The keys of the figures that a page of figures lists."""
    return [figure["key"] for figure in page.context["figures"]]


@pytest.mark.parametrize(
    "path",
    [
        "/figures/0/",
        "/figures/9999/",
        "/figures/twenty/",
        "/figures/2024.xlsx",
        "/figures/2024/communication.songs/",
        "/figures/2024/communication.songs.csv",
        "/figures/2024/communication.videos.xlsx",
        "/figures/9999/communication.videos/",
        "/figures/2024/../videos/",
        "/audit/9999/",
        "/audit/9999.json",
        "/reports/1999/",
        "/reports/1999/report.pdf",
        "/reports/2024/passwords.txt",
        "/reports/2024/report.docx",
    ],
)
def test_address_of_nothing_is_not_found(client, report, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("report.pdf", b"%PDF-"),
        ("figures.csv", b"key,label,period,as_of,value,"),
        ("figures.json", b'[\n {\n  "key": '),
        ("listing.csv", b"key,date,month,family,kind,"),
    ],
)
def test_file_of_a_report_is_there(client, report, name, beginning):
    answer = client.get(f"/reports/2024/{name}")

    kinds = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8", "json": "application/json"}
    assert (answer.status_code, answer["Content-Type"]) == (200, kinds[name.split(".")[1]])
    assert answer.getvalue()[: len(beginning)] == beginning


def test_report_that_is_not_public_is_not_there(client, as_secretariat, report):
    report.audience = "secretariat"
    report.save()

    paths = ["/reports/2024/", "/reports/2024/report.pdf", "/reports/2024/listing.csv"]

    assert [client.get(path).status_code for path in paths] == [404, 404, 404]
    assert [as_secretariat.get(path).status_code for path in paths] == [200, 200, 200]
    assert ['href="report.pdf"' in page.get(paths[0]).text for page in (client, as_secretariat)] == [False, True]


def test_claims_of_a_report_that_is_not_public_are_not_told(client, as_secretariat, report):
    report.audience = "secretariat"
    report.save()
    ClaimFactory(report=report, figure="communication.videos", value=3)

    told = {
        who: page.get("/audit/2024.json").json()["claims"] for who, page in [("all", client), ("own", as_secretariat)]
    }

    assert (told["all"], [claim["figure"] for claim in told["own"]]) == ([], ["communication.videos"])
    assert client.get(VIDEOS).context["figure"]["claims"] == []
    assert client.get("/figures/2024/?findings=1").context["figures"] == []


@pytest.mark.parametrize(
    ("seat", "rows", "hidden"),
    [("nobody", 1, 2), ("reader", 1, 2), ("representative_a", 3, 0), ("secretariat", 3, 0), ("superuser", 3, 0)],
)
def test_rows_that_a_visitor_may_not_see_are_counted_and_not_shown(client_of, editions, seat, rows, hidden):
    page = client_of(seat).get(f"{INTERNAL}/")

    context = page.context
    assert (context["figure"]["value"], len(context["rows"]), context["hidden"]) == ("3", rows, hidden)


@pytest.mark.parametrize(("seat", "rows"), [("nobody", ["for-all"]), ("secretariat", None)])
def test_downloaded_rows_are_those_that_a_visitor_may_see(client_of, editions, seat, rows):
    entry = client_of(seat).get(f"{INTERNAL}.json").json()

    ids = [row["id"] for row in entry["rows"]]
    assert (entry["value"], entry.get("rows_not_public", 0)) == (3, 3 - len(ids))
    assert ids == (rows or ids)


def test_rows_download_as_csv(client, editions):
    lines = client.get(f"{INTERNAL}.csv").text.splitlines()

    assert lines[0] == "type,id,text,url"
    assert [line.split(",")[:3] for line in lines[1:]] == [["communication.issue", "for-all", "For all"]]


def test_list_of_figures_downloads_as_json_and_csv(client, editions):
    entries = client.get("/figures/2024.json").json()
    lines = client.get("/figures/2024.csv").text.splitlines()

    assert [entry["key"] for entry in entries] == [line.split(",")[0] for line in lines[1:]]


def test_audit_downloads_as_json(client, report):
    ClaimFactory(report=report, key="F19", figure="communication.videos", value=3)
    VideoFactory()

    told = json.loads(client.get("/audit/2024.json").content)

    assert told["totals"]["contradicts"] == 1
    assert [(claim["printed"], claim["recorded"]) for claim in told["claims"]] == [("3", "1")]


@pytest.mark.parametrize("count", [1, 3])
def test_rows_of_a_figure_are_read_at_a_fixed_cost(client, django_assert_num_queries, count):
    videos = VideoFactory.create_batch(count)
    client.get(VIDEOS)

    with django_assert_num_queries(37):
        page = client.get(VIDEOS)

    assert {row["id"] for row in page.context["rows"]} == {video.key for video in videos}


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_figures_is_read_at_a_cost_that_rows_do_not_raise(client, django_assert_num_queries, count):
    VideoFactory.create_batch(count)
    client.get("/figures/2024/")

    with django_assert_num_queries(45):
        page = client.get("/figures/2024/?chapter=communication")

    values = {figure["key"]: figure["value"] for figure in page.context["figures"]}
    assert values["communication.videos"] == str(count)


def asked(client, path):
    """The number of queries that a page takes once it has been opened."""
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


def employer():
    """The confederation's own organisation, of which there is one."""
    return Organisation.objects.filter(kind="self").first() or OrganisationFactory(kind="self")


@pytest.mark.parametrize(
    ("figure", "make"),
    [
        ("communication.videos", VideoFactory),
        ("network.members", MembershipFactory),
        ("network.umbrellas", UmbrellaMembershipFactory),
        ("network.staff", lambda: PostFactory(kind="staff", organisation=employer())),
        ("governance.board", lambda: MandateFactory(organisation=OrganisationFactory())),
        ("advocacy.joint_letters", JointLetterFactory),
        ("advocacy.external_seats", lambda: AppointmentFactory(seat__kind="board")),
        ("library.snapshot_languages", lambda: LanguageVersionFactory(publication__kind="statistical")),
        ("grant.events", lambda: ProofFactory(deliverable__nature="event")),
        ("grant.lines", DeliverableFactory),
    ],
)
def test_rows_of_a_figure_do_not_raise_its_cost(client, figure, make):
    make()
    of_one = asked(client, f"/figures/2024/{figure}/")

    make(), make()

    assert len(client.get(f"/figures/2024/{figure}/").context["rows"]) == 3
    assert asked(client, f"/figures/2024/{figure}/") == of_one


@pytest.mark.parametrize("path", ["/audit/2024/", "/reports/2024/", "/reports/2024/listing.csv", "/figures/2024.json"])
def test_rows_of_a_year_do_not_raise_the_cost_of_a_page(client, report, path):
    ChapterFactory(report=report, layout="glance", title="The year")
    VideoFactory()
    of_one = asked(client, path)

    VideoFactory.create_batch(2)

    assert asked(client, path) == of_one


def test_figures_of_a_chapter_are_shown_when_the_address_asks(client):
    chapters = {key.split(".")[0] for key in shown(client.get("/figures/2024/?chapter=governance"))}

    assert chapters == {"governance"}


def test_figures_of_a_kind_are_shown_when_the_address_asks(client):
    figures = client.get("/figures/2024/?kind=derived").context["figures"]

    assert {figure["kind"] for figure in figures} == {"derived"}


@pytest.mark.parametrize("query", ["videos", "VIDÉOS", "communication.videos"])
def test_figures_are_found_by_name_and_key(client, query):
    assert shown(client.get("/figures/2024/", {"q": query})) == ["communication.videos"]


def test_figures_that_contradict_are_shown_when_the_address_asks(client, report):
    VideoFactory()
    ClaimFactory(report=report, figure="communication.videos", value=3)
    ClaimFactory(report=report, figure="communication.stories", value=0)

    assert shown(client.get("/figures/2024/?findings=1")) == ["communication.videos"]


def test_filters_narrow_each_other(client):
    assert shown(client.get("/figures/2024/?chapter=governance&q=videos")) == []
    assert client.get("/figures/2024/?chapter=governance&q=videos").text.count("No figure matches") == 1


@pytest.mark.parametrize(
    ("asked", "narrows"),
    [("chapter=songs", True), ("kind=sung", True), ("q=%00%F0%9F%8E%B5", False), ("findings=maybe", False)],
)
def test_filter_that_means_nothing_is_no_error(client, asked, narrows):
    page = client.get(f"/figures/2024/?{asked}")

    assert (page.status_code, page.text.count("No figure matches")) == (200, int(narrows))
    assert shown(page) == ([] if narrows else shown(client.get("/figures/2024/")))


@pytest.mark.parametrize("path", ["/figures/2024/?chapter=governance", "/audit/2024/?state=agrees"])
def test_narrowed_page_has_a_way_back_to_the_whole(client, report, path):
    """An empty address would lead back to the narrowed page, query and all."""
    page = client.get(path).text

    assert page.count('href=""') == 0


def test_claims_are_narrowed_by_their_state(client, report):
    VideoFactory()
    ClaimFactory(report=report, key="F1", figure="communication.videos", value=1)
    ClaimFactory(report=report, key="F2", figure="communication.videos", value=2)

    page = client.get("/audit/2024/?state=agrees")

    assert [claim["key"] for claim in page.context["claims"]] == ["F1"]
    assert page.context["totals"]["contradicts"] == 1


def test_figure_page_shows_what_was_printed_beside_the_records(client, report):
    VideoFactory()
    ClaimFactory(report=report, figure="communication.videos", value=3, place="visibility")

    figure = client.get(VIDEOS).context["figure"]

    assert [(claim["place"], claim["value"], claim["state"]) for claim in figure["claims"]] == [
        ("visibility", "3", "contradicts")
    ]
    assert (figure["value"], figure["rows"], figure["state"]) == ("1", 1, "contradicts")


def test_years_with_records_or_a_report_lead_to_their_figures(client, report):
    VideoFactory(date="2022-05")
    VideoFactory(date="2021")
    VideoFactory(date="2019", audience="members")
    ReportFactory(year=2018, audience="secretariat")

    page = client.get("/figures/")

    assert [(each["year"], each["report"]) for each in page.context["years"]] == [
        (2024, report),
        (2022, None),
        (2021, None),
    ]
    assert "/figures/2022/" in page.text


def test_numbers_of_the_year_stand_in_the_language_of_the_reader(client, own, report):
    own.languages = "en fr"
    own.save()
    channel = ChannelFactory(key="linkedin")
    for date, value in (("2023", 3000), ("2024", 3200)):
        ChannelCountFactory(channel=channel, date=date, value=value)
    ClaimFactory(report=report, figure="communication.followers.linkedin", value=3200)

    listed = client.get("/fr/figures/2024/").context["figures"]
    alone = client.get("/fr/figures/2024/communication.growth.linkedin/").context["figure"]
    claim = client.get("/fr/audit/2024/").context["claims"][0]

    values = {figure["key"]: figure["value"] for figure in listed}
    assert values["communication.growth.linkedin"] == alone["value"] == "+6,7\xa0%"
    assert values["communication.followers.linkedin"] == claim["printed"] == claim["recorded"] == "3\u202f200"


def test_title_that_looks_like_markup_is_shown_as_it_is_written(client):
    VideoFactory(title="<script>alert(1)</script>")

    page = client.get(VIDEOS).text

    assert (page.count("<script>alert"), page.count("&lt;script&gt;alert(1)&lt;/script&gt;")) == (0, 1)


@pytest.mark.parametrize("path", ["/figures/2024/", VIDEOS, "/audit/2024/", "/reports/2024/"])
def test_page_forbids_what_others_might_put_in(client, report, path):
    answer = client.get(path)

    policy = answer["Content-Security-Policy"]
    assert {"default-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"} <= set(
        policy.split("; ")
    )
    assert answer["X-Frame-Options"] == "DENY"
