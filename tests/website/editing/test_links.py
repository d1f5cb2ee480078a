"""The check of links, on the page and on the command line."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from threading import Thread

import pytest
from django.core.management import call_command

from tests import factories
from tests.house.tree import ROOT
from umbel.website.editing.checking import check
from umbel.website.editing.outside import Outside, is_public
from umbel.website.models import LinkFinding

pytestmark = pytest.mark.django_db


def report():
    out = StringIO()
    call_command("links", json=True, stdout=out)
    return json.loads(out.getvalue())


def test_no_link_of_the_report_of_2024_is_empty_out_of_45(db):
    call_command("load", str(ROOT / "examples" / "cecop-2024"), stdout=StringIO())

    tally = next(each for each in report()["tallies"] if each["group"] == "report")

    assert tally == {"group": "report", "total": 45, "empty": 0, "broken": 0}


@pytest.mark.parametrize(
    ("address", "state"),
    [
        ("/members/", "fine"),
        ("/events/forum/", "fine"),
        ("/fr/events/forum/", "fine"),
        ("/records/events.event/forum/", "fine"),
        ("/there/", "fine"),
        ("/old/", "fine"),
        ("/year/2024/#june", "fine"),
        ("/events/inside/", "hidden"),
        ("/draft/", "hidden"),
        ("/desk/", "hidden"),
        ("/events/nowhere/", "missing"),
        ("/nowhere/", "missing"),
        ("/nowhere.html", "missing"),
        ("", "empty"),
        ("#", None),
        ("mailto:a@example.org", None),
        ("https://example.org/", None),
    ],
)
def test_link_in_a_text_is_looked_up_as_a_visitor_would(own, address, state):
    factories.EventFactory(key="forum")
    factories.EventFactory(key="inside", audience="secretariat")
    factories.PageFactory(path="there")
    factories.PageFactory(path="draft", status="draft")
    factories.RedirectFactory(from_path="/old/", to="/members/")
    page = factories.PageFactory(title="Links", body=f'<p><a href="{address}">words</a></p>')

    report()

    found = LinkFinding.objects.filter(group="text").values_list("state", "text", "edit_address")
    assert list(found) == ([(state, "Links", f"/desk/pages/{page.pk}/")] if state else [])


def test_addresses_outside_are_counted_and_not_asked(own):
    factories.PageFactory(body='<p><a href="https://example.org/">words</a></p>')
    factories.MenuItemFactory(address="https://example.org/")

    assert report()["unasked"] == 2


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "", "no.such.host.invalid"]
)
def test_addresses_inside_the_house_are_never_asked(host):
    assert not is_public(host)


def test_address_that_is_not_of_the_public_network_fails_without_a_question():
    assert Outside().ask("http://127.0.0.1:1/") == ("failed", "no address of the public network")


class Answering(BaseHTTPRequestHandler):
    """A site that answers with the number in the address, and keeps what it was asked."""

    def do_HEAD(self):
        self.server.asked.append(self.path)
        self.send_response(int(self.path.strip("/")))
        self.end_headers()

    def log_message(self, *_told):
        pass


@pytest.fixture
def elsewhere():
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        server.asked = []
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.mark.parametrize(("number", "state"), [
    (200, "fine"), (301, "fine"), (403, "fine"), (429, "fine"), (404, "failed"), (410, "failed"), (500, "failed"),
])  # fmt: skip
def test_answer_of_another_site_says_whether_it_is_there(elsewhere, number, state):
    assert Outside().answer(f"http://127.0.0.1:{elsewhere.server_port}/{number}/") == (state, str(number))
    assert elsewhere.asked == [f"/{number}/"]


def test_site_that_does_not_answer_has_failed(elsewhere):
    elsewhere.shutdown()
    elsewhere.server_close()

    assert Outside().answer(f"http://127.0.0.1:{elsewhere.server_port}/200/")[0] == "failed"


def test_links_that_lead_outside_are_asked_and_kept(own):
    factories.PageFactory(title="Links", body='<p><a href="https://example.org/gone/">words</a></p>')
    factories.MenuItemFactory(address="https://example.org/there/")

    outcome = check(lambda address: ("failed", "404") if "gone" in address else ("fine", "200"))

    assert (outcome.looked_at, outcome.unasked) == (2, 0)
    assert sorted(LinkFinding.objects.values_list("address", "state", "answer")) == [
        ("https://example.org/gone/", "failed", "404"), ("https://example.org/there/", "fine", "200"),
    ]  # fmt: skip


def test_check_is_made_on_the_page_and_found_there(own, as_officer):
    page = factories.PageFactory(title="Links", body='<p><a href="/nowhere/">words</a></p>')

    as_officer.post("/desk/links/")

    shown = as_officer.get("/desk/links/")
    assert [(found.text, found.address, found.state) for found in shown.context["broken"]] == [
        ("Links", "/nowhere/", "missing")
    ]
    assert f"/desk/pages/{page.pk}/" in shown.content.decode()


def test_second_check_replaces_the_first(own):
    page = factories.PageFactory(body='<p><a href="/nowhere/">words</a></p>')
    report()
    page.body = "<p>No link</p>"
    page.save()

    assert report()["broken"] == []
