"""The settings of the site: another name, other colours, and it is the site of another confederation."""

import pytest

from tests import factories
from tests.website.editing.conftest import wanted
from umbel.core.models import Confederation
from umbel.website.editing.site import SiteForm
from umbel.website.models import Page

pytestmark = pytest.mark.django_db


def sent(own, **values):
    return wanted(SiteForm(instance=own, user=None), **values)


def test_name_colours_and_categories_turn_the_site_into_that_of_another_confederation(own, client_of, as_nobody):
    factories.MembershipCategoryFactory(name="Full members")
    form = sent(
        own, name="FEDE", long_name="Federation of libraries", primary_colour="#7a1f5c", accent_colour="#d0a020",
        city="Lisbon", country="PT", purpose="Speaks for libraries.", leading="fr", others=["en"],
    )  # fmt: skip

    answer = client_of("secretary_general").post("/desk/site/", form)
    category = client_of("secretary_general").post(
        "/desk/membership-categories/add/",
        {"name": "National libraries", "order": 2, "audience": "public", "spellings": ""},
    )

    front, about = (as_nobody.get(path).content.decode() for path in ("/", "/about/"))
    sheet = as_nobody.get("/colours.css").content.decode()
    assert (answer.status_code, category.status_code) == (302, 302)
    assert "<span>FEDE<small>Federation of libraries</small></span>" in front
    assert "Lisbon" in front
    assert [words in about for words in ("Speaks for libraries.", "National libraries", "Lisbon")] == [True] * 3
    assert "light-dark(#7a1f5c" in sheet
    assert '<html lang="fr">' in front
    assert "Confederation" not in front


def test_officer_of_communication_keeps_the_site_and_others_do_not(own, client_of):
    seats = ("communication", "secretary_general", "administrator", "advocacy", "finance", "reader", "nobody")

    answers = {seat: client_of(seat).get("/desk/site/").status_code for seat in seats}

    assert answers == {
        "communication": 200, "secretary_general": 200, "administrator": 200, "advocacy": 404, "finance": 404,
        "reader": 404, "nobody": 302,
    }  # fmt: skip


def test_colour_that_cannot_be_read_is_refused_with_the_nearest_that_can(own, as_officer):
    answer = as_officer.post("/desk/site/", sent(own, primary_colour="#ffd200"))

    form = answer.context["form"]
    assert answer.status_code == 422
    assert form.proposal in form.errors["primary_colour"][0]
    assert Confederation.objects.get().primary_colour == own.primary_colour


def test_proposed_colour_is_taken_and_shown_before_it_is_kept(own, as_officer):
    refused = as_officer.post("/desk/site/", sent(own, primary_colour="#ffd200")).context["form"]

    looked_at = as_officer.post("/desk/site/", sent(own, primary_colour="#ffd200", take=refused.proposal))
    as_officer.post("/desk/site/", sent(own, primary_colour=refused.proposal))

    assert looked_at.context["primary"] == refused.proposal
    assert Confederation.objects.get().primary_colour == refused.proposal


def test_channels_that_are_ticked_stand_in_the_foot(own, as_officer, as_nobody):
    one, other = (
        factories.ChannelFactory(name="Bluesky", in_footer=False),
        factories.ChannelFactory(name="X", in_footer=True),
    )

    as_officer.post("/desk/site/", sent(own, channel=[one.pk]))

    for channel in (one, other):
        channel.refresh_from_db()
    foot = as_nobody.get("/").content.decode()
    assert [one.in_footer, other.in_footer] == [True, False]
    assert "<li>Bluesky</li>" in foot
    assert "<li>X</li>" not in foot


def test_pages_that_every_site_needs_are_made_once_as_drafts(own, as_officer):
    factories.PageFactory(path="privacy", title="Our privacy notice")

    for _ in range(2):
        as_officer.post("/desk/site/begin/", {"pages": "1"})

    drafts = Page.objects.filter(status="draft").order_by("path").values_list("path", flat=True)
    assert list(drafts) == ["about-us", "accessibility", "imprint", "terms"]
    assert Page.objects.get(path="privacy").title == "Our privacy notice"


def test_foot_leads_to_the_privacy_notice_once_it_is_out(own, as_nobody):
    page = factories.PageFactory(path="privacy", status="draft")

    before = as_nobody.get("/").content.decode()
    page.status = "published"
    page.save()
    after = as_nobody.get("/fr/").content.decode()

    assert ["/privacy/" in shown for shown in (before, after)] == [False, True]
    assert 'href="/fr/privacy/"' in after


def test_name_with_marks_of_html_stays_a_name(own, as_officer):
    own.long_name = "Union <b>of</b> unions"
    own.save()

    as_officer.post("/desk/site/begin/", {"pages": "1"})

    assert "Union &lt;b&gt;of&lt;/b&gt; unions" in Page.objects.get(path="imprint").body


def test_funding_notice_is_kept_and_stands_in_the_foot(own, as_officer, as_nobody):
    answer = as_officer.post("/desk/site/", sent(own, funding_notice="Funded by the Union."))
    own.refresh_from_db()

    assert (answer.status_code, own.funding_notice) == (302, "Funded by the Union.")
    assert "Funded by the Union." in as_nobody.get("/").content.decode().partition("<footer")[2]
