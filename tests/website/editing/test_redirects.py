"""Old addresses lead on, and never round in a circle."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests import factories
from umbel.website.models import Redirect

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("is_permanent", "status"), [(True, 301), (False, 302)])
def test_old_address_leads_on(own, as_nobody, is_permanent, status):
    factories.RedirectFactory(from_path="/old/page.html", to="/members/", is_permanent=is_permanent)

    answer = as_nobody.get("/old/page.html")

    assert (answer.status_code, answer["Location"]) == (status, "/members/")


@pytest.mark.parametrize("asked", ["/old", "/old/"])
def test_slash_at_the_end_makes_no_difference(own, as_nobody, asked):
    factories.RedirectFactory(from_path="/old/", to="https://example.org/x")

    assert as_nobody.get(asked)["Location"] == "https://example.org/x"


def test_what_was_asked_of_the_old_address_is_asked_of_the_new_one(own, as_nobody):
    factories.RedirectFactory(from_path="/old/", to="/members/")

    assert as_nobody.get("/old/?country=IT")["Location"] == "/members/?country=IT"


def test_address_with_a_question_is_told_apart(own, as_nobody):
    factories.RedirectFactory(from_path="/index.php?page=3", to="/members/")

    assert as_nobody.get("/index.php?page=3")["Location"] == "/members/"
    assert as_nobody.get("/index.php?page=4").status_code == 404


def test_redirect_hides_no_page(own, as_nobody):
    factories.RedirectFactory(from_path="/members/", to="/events/")

    assert "<h1" in as_nobody.get("/members/").content.decode()


def test_redirect_for_members_is_not_there_for_visitors(own, client_of):
    factories.RedirectFactory(from_path="/old/", audience="members")

    answers = [client_of(seat).get("/old/") for seat in ("nobody", "representative_a")]

    assert [answer.get("Location") for answer in answers] == [None, "/members/"]


def test_redirect_in_a_language_stays_in_it(own, as_nobody):
    factories.RedirectFactory(from_path="/old/", to="/members/")

    assert as_nobody.get("/fr/old/")["Location"] == "/fr/members/"


def test_circle_is_refused(own, as_officer):
    factories.RedirectFactory(from_path="/a/", to="/b/")
    factories.RedirectFactory(from_path="/b/", to="/c/")

    answer = as_officer.post("/desk/redirects/add/", {"from_path": "/c", "to": "/a", "audience": "public"})

    assert answer.context["form"].errors["to"] == ["This leads round in a circle."]


@pytest.mark.parametrize("to", ["javascript:alert(1)", "//evil.example", "members", "ftp://example.org", "/\\evil"])
def test_redirect_leads_to_paths_and_safe_addresses_only(own, as_officer, to):
    answer = as_officer.post("/desk/redirects/add/", {"from_path": "/c/", "to": to, "audience": "public"})

    assert answer.context["form"].errors["to"] == ["Write /a/path/ of this site, or an address with https://."]


class Circles(TestCase):
    @given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), max_size=8))
    def test_redirects_that_are_taken_always_end(self, pairs):
        for old, new in pairs:
            redirect = Redirect(from_path=f"/{old}/", to=f"/{new}/")
            try:
                redirect.full_clean()
            except ValidationError:
                continue
            redirect.save()

        ways = dict(Redirect.objects.values_list("from_path", "to"))
        for start in ways:
            at, steps = start, 0
            while at in ways:
                at, steps = ways[at], steps + 1
                assert steps < 5
