"""What waits for the secretariat in the example year: undated, without evidence, not frozen (C171)."""

import re
from html import unescape

import pytest
from django.test import Client

from tests.factories import UserFactory
from umbel.projects.models import Proof


@pytest.fixture
def secretariat(example, db):
    client = Client()
    client.force_login(UserFactory(role="secretary_general"), backend="umbel.accounts.backends.PasswordBackend")
    return client


def lines(client, card):
    """The lines of a card of the home: the number, the text and the address of each."""
    page = client.get("/desk/", {"year": 2024}).text
    section = re.search(rf'<section class="card {card}".*?</section>', page, re.DOTALL).group()
    found = re.findall(r'<span class="n num">(\d+)</span><a class="grow" href="([^"]+)">([^<]+)</a>', section)
    return [(int(number), unescape(text), unescape(url)) for number, url, text in found]


def test_the_end_of_the_year_asks_for_dates_evidence_and_a_frozen_edition(secretariat):
    Proof.objects.filter(deliverable=Proof.objects.first().deliverable).delete()

    found = {text: number for number, text, _url in lines(secretariat, "unlinked")}

    assert {text: found.get(text) for text in found if "without" in text} == {
        "Year without frozen figures: 2024": 1,
        "Lines of the grant without evidence": 1,
        "Records without a date finer than the year": 12,
        "Seats and memberships without activity": 3,
    }


def test_what_is_missing_leads_to_exactly_these_records(secretariat):
    missing = lines(secretariat, "missing-on-record")

    listed = [secretariat.get(url).text.count('name="pick"') for _number, _text, url in missing]

    assert listed == [number for number, _text, _url in missing]
    assert {text: number for number, text, _url in missing if text.startswith(("Project", "Consultation"))} == {
        "Projects without an end": 2,
        "Project without a start": 1,
        "Consultation without a closing date": 1,
    }


def test_what_is_unlinked_leads_to_the_findings_of_the_audit(secretariat):
    asked = [(number, url) for number, _text, url in lines(secretariat, "unlinked") if "#check-" in url]

    audit = secretariat.get("/audit/2024/").text
    blocks = [
        re.search(rf'id="{url.partition("#")[2]}".*?(?=<section class="check-block"|</main>)', audit, re.DOTALL).group()
        for _number, url in asked
    ]

    assert [int(re.search(r'badge is-warn num">(\d+)<', block).group(1)) for block in blocks] == [
        number for number, _url in asked
    ]
