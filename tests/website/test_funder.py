"""What somebody sees who is on record as a funder alone: the frozen report, its evidence, what is public."""

import pytest

from tests import factories
from tests.house.test_visibility import MODELS
from umbel.core.audience import why
from umbel.core.records import Kept
from umbel.projects.models import Grant

pytestmark = pytest.mark.django_db

SEATS = ("funder", "reader", "affiliate", "representative_a")
KEPT = [model for model in MODELS if issubclass(model, Kept)]


@pytest.fixture
def line(cast):
    """A line of the grant of the cast's funder for 2024."""
    factories.ConfederationFactory(name="The Umbrella")
    return factories.DeliverableFactory(heading__grant=Grant.objects.get(key="grant"), heading__year=2024)


def freeze(line, **report):
    heading = line.heading
    return factories.GrantReportFactory(**{"grant": heading.grant, "year": heading.year, **report})


def opens(browser, row):
    return browser.get(row.get_absolute_url()).status_code == 200


def test_proof_meant_for_members_opens_to_its_funder_once_the_report_is_frozen(client_of, line):
    proof, other = factories.EventFactory.create_batch(2, audience="members")
    factories.ProofFactory(deliverable=line, record=proof)
    funder = client_of("funder")
    before = opens(funder, proof)

    freeze(line)

    assert (before, opens(funder, proof), opens(funder, other)) == (False, True, False)
    assert [opens(client_of(seat), proof) for seat in ("reader", "affiliate", "participant")] == [False, False, False]


@pytest.mark.parametrize("audience", ["participants", "board", "secretariat", "administrator"])
def test_proof_meant_for_a_narrower_circle_stays_shut_to_the_funder(client_of, line, audience):
    proof = factories.EventFactory(audience=audience)
    factories.ProofFactory(deliverable=line, record=proof)

    freeze(line)

    assert not opens(client_of("funder"), proof)


@pytest.mark.parametrize("report", [{"year": 2023}, {"audience": "public"}, {"audience": "secretariat"}])
def test_report_on_another_year_or_for_somebody_else_opens_no_proof(client_of, line, report):
    proof = factories.EventFactory(audience="members")
    factories.ProofFactory(deliverable=line, record=proof)

    freeze(line, **report)

    assert not opens(client_of("funder"), proof)


def test_another_funder_opens_no_proof(cast, client_of, line):
    proof = factories.EventFactory(audience="members")
    factories.ProofFactory(deliverable=line, record=proof)
    freeze(line)
    person = factories.PersonFactory(user=cast.reader)
    factories.PostFactory(person=person, organisation=factories.GrantFactory(key="other").funder)

    assert not opens(client_of("reader"), proof)


def test_search_and_documents_hold_the_proofs_and_no_other_paper_of_members(cast, client_of, line):
    proof = factories.DocumentFactory(title="Timesheets of the conference", audience="members")
    factories.DocumentFactory(title="Timesheets of the secretariat", audience="members")
    factories.ProofFactory(deliverable=line, record=proof)
    freeze(line)
    funder = client_of("funder")

    listed = funder.get("/my/documents/").context["lines"]
    found = funder.get("/search.json", {"q": "timesheets"}).json()["hits"]

    assert [(each["text"], each["why"]) for each in listed] == [
        ("Timesheets of the conference", f"Because it is evidence for {line.heading.grant}")
    ]
    assert [hit["title"] for hit in found] == ["Timesheets of the conference"]


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model._meta.label_lower)
def test_visible_to_returns_what_has_perm_allows_of_proofs(cast, line, model):
    proof, other = factories.FACTORIES[model](audience="members"), factories.FACTORIES[model](audience="members")
    factories.ProofFactory(deliverable=line, record=proof)
    freeze(line)
    rows = list(model.objects.filter(audience="members"))

    seen = {seat: set(model.objects.visible_to(cast.people[seat]).filter(audience="members")) for seat in SEATS}
    allowed = {seat: {row for row in rows if cast.people[seat].has_perm(model.get_perm("view"), row)} for seat in SEATS}

    assert seen == allowed
    assert (proof in seen["funder"], other in seen["funder"], seen["reader"]) == (True, False, set())
    assert why(cast.funder, proof) == f"Because it is evidence for {line.heading.grant}"


def test_area_of_a_funder_has_no_directory_groups_or_calendar(client_of, line):
    freeze(line)

    pages = {seat: client_of(seat).get("/my/") for seat in ("funder", "participant")}

    rooms = ("/my/documents/", "/my/directory/", "/my/groups/", "/my/calendar/")
    assert {seat: [f'href="{room}"' in page.text for room in rooms] for seat, page in pages.items()} == {
        "funder": [True, False, False, False],
        "participant": [True, True, True, True],
    }
    assert [text in pages["funder"].text for text in ("Reports to funders", "Nothing is ")] == [True, False]
