"""The example year frozen: what its contradictions forbid, and what the funder then reads."""

import csv
import io
from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests.acceptance.conftest import printed
from tests.core.crud.reading import words
from tests.factories import PersonFactory, PostFactory, UserFactory
from umbel.network.models import Organisation
from umbel.reports.models import Claim, Edition

pytestmark = pytest.mark.django_db

PAGE = "/grants/esf-plus-2022-2025/report/2024/"


def browser_of(user):
    user.vouch()
    client = Client()
    client.force_login(user, backend="umbel.accounts.backends.PasswordBackend")
    return client


@pytest.fixture
def secretary(example):
    return browser_of(UserFactory(email="secretary@example.org", role="secretary_general"))


@pytest.fixture
def funder(example):
    """Somebody of the Commission, which pays for the grant."""
    user = UserFactory(email="commission@example.org")
    PostFactory(person=PersonFactory(user=user), organisation=Organisation.objects.get(key="dg-empl"))
    return browser_of(user)


@pytest.mark.parametrize("path", ["/desk/reports/2024/freeze/", f"/desk{PAGE}freeze/"])
def test_nothing_is_frozen_while_two_chapters_print_two_numbers_of_newsletter_readers(secretary, path):
    page = secretary.post(path, {"confirmed": "1"})

    assert page.status_code == 409
    assert "3,411" in words(page)
    assert "3,495" in words(page)


@pytest.fixture
def frozen(secretary):
    """The report to the funder, frozen once the claims agree."""
    Claim.objects.exclude(measure="").delete()
    secretary.post(f"/desk{PAGE}freeze/", {"confirmed": "1"})


def test_funder_reads_seventeen_lines_with_their_sums(funder, frozen):
    doc = funder.get(PAGE).context["doc"]

    lines = [line for heading in doc["headings"] for line in heading["lines"]]
    figures = {key: figure["value"] for key, figure in doc["figures"].items()}
    assert [line["number"] for line in lines] == list(range(1, 18))
    assert [figures[key] for key in ("grant.publications", "grant.events", "grant.campaigns")] == ["3", "8", "1"]
    assert (doc["grant"]["ordinal"], doc["grant"]["length"]) == (3, 4)


def test_each_number_of_the_report_opens_its_rows(funder, frozen):
    page = funder.get(PAGE)

    doc = page.context["doc"]
    for ref, rows in doc["rows"].items():
        assert page.text.count(f'id="{ref}"') == 1
        assert doc["figures"][ref]["rows"] == len(rows)


def test_annex_has_titles_dates_and_links(secretary, funder, frozen):
    own, theirs = (
        list(csv.DictReader(io.StringIO(browser.get(f"{PAGE[:-1]}.csv").text))) for browser in (secretary, funder)
    )

    assert len({row["line"] for row in own}) == 17
    assert [row for row in own if not (row["title"] and row["date"] and row["link"])] == []
    assert [row["title"] for row in theirs] == [row["title"] for row in own]


def test_every_piece_of_evidence_leads_the_funder_to_its_record(funder, frozen):
    rows = list(csv.DictReader(io.StringIO(funder.get(f"{PAGE[:-1]}.csv").text)))

    links = {row["link"] for row in rows if row["title"] == "CECOP Link"}
    assert [row["title"] for row in rows if not row["link"]] == []
    assert (len(links), {funder.get(urlsplit(link).path, follow=True).status_code for link in links}) == (9, {200})


def test_edition_of_the_example_prints_what_the_live_report_printed(secretary):
    printed("freeze", "2024", "--anyway")
    edition = Edition.objects.get()

    live, frozen = secretary.get("/reports/2024/"), secretary.get("/reports/2024/editions/1/")

    assert frozen.context["doc"]["figures"] == live.context["doc"]["figures"]
    assert (edition.report.year, frozen.context["errata"]) == (2024, [])
