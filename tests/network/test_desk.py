"""What the desk tells of organisations and people today."""

import re

import pytest
from django.utils import timezone

from tests import factories
from tests.core.crud.reading import names, words

pytestmark = pytest.mark.django_db


def row_of(page, name):
    """The cells after the name of a row."""
    line = next(line for line in page.content.decode().split("<tr>") if f">{name}</a>" in line)
    return [
        re.sub(r"<[^>]*>", "", cell) for cell in re.findall(r"<td class=\"(?:t|nowrap|right)[^>]*>(.*?)</td>", line)
    ]


def test_organisation_is_listed_with_its_standing_today(as_secretariat):
    year = timezone.localdate().year
    category = factories.MembershipCategoryFactory(name="Full member")
    coop = factories.OrganisationFactory(name="Coop", country="IT")
    factories.MembershipFactory(organisation=coop, category=category, start="2020")
    factories.PostFactory(organisation=coop, person__name="Second", order=2)
    factories.PostFactory(organisation=coop, person__name="First", order=1)
    factories.PostFactory(organisation=coop, person__name="Gone", end="2001")
    event = factories.EventFactory(date=str(year))
    factories.EventPartnerFactory(event=event, organisation=coop, role="host")
    factories.EventPartnerFactory(event=event, organisation=coop, role="speaker")
    factories.EngagementFactory(institution=coop, date=str(year))
    factories.EngagementFactory(institution=coop, date="2001")

    page = as_secretariat.get("/desk/organisations/?cols=kind,country,category,contact,acts,last_act")

    assert row_of(page, "Coop") == ["Federation", "Italy", "Full member", "First", "2", str(year)]


def test_category_is_missing_of_members_only(as_secretariat):
    member, guest = factories.OrganisationFactory(name="Inside"), factories.OrganisationFactory(name="Outside")
    factories.MembershipFactory(organisation=member, start="2020")

    page = as_secretariat.get("/desk/organisations/?cols=category")

    assert row_of(page, "Inside") == ["not recorded"]
    assert row_of(page, str(guest)) == [""]


def test_country_is_missing_of_national_organisations_only(as_secretariat):
    factories.OrganisationFactory(name="National", country="")
    factories.OrganisationFactory(name="World", country="", scope="world")

    page = as_secretariat.get("/desk/organisations/?cols=country")

    assert row_of(page, "National") == ["not recorded"]
    assert row_of(page, "World") == [""]
    assert names(as_secretariat.get("/desk/organisations/?without=country")) == ["National"]


def test_members_are_those_of_a_day(as_secretariat):
    for name, start, end in (("Before", "2010", "2012"), ("During", "2011", None), ("After", "2014", None)):
        factories.MembershipFactory(organisation__name=name, start=start, end=end)

    assert names(as_secretariat.get("/desk/organisations/?member=31 Dec 2011")) == ["Before", "During"]
    assert "After" in names(as_secretariat.get("/desk/organisations/?member=today"))


def test_organisations_not_in_touch_this_year_are_those_that_no_act_names(as_secretariat):
    met, old = factories.OrganisationFactory(name="Met"), factories.OrganisationFactory(name="Old friend")
    factories.EngagementFactory(institution=met, date=str(timezone.localdate().year))
    factories.EngagementFactory(institution=old, date="2001")

    found = names(as_secretariat.get("/desk/organisations/?touch=no"))

    assert "Old friend" in found
    assert "Met" not in found


@pytest.mark.parametrize("year", [2011, 2024])
def test_acts_of_an_organisation_are_those_of_the_reporting_year(as_secretariat, year):
    factories.ConfederationFactory(reporting_year=year)
    met = factories.OrganisationFactory(name="Met")
    for date in (f"{year - 1}-12-31", f"{year}", f"{year}-01-01", f"{year}-12-31", f"{year + 1}", f"{year + 1}-01"):
        factories.EngagementFactory(institution=met, date=date)

    assert row_of(as_secretariat.get("/desk/organisations/?cols=acts"), "Met") == ["3"]
    assert names(as_secretariat.get("/desk/organisations/?touch=yes")) == ["Met"]


def test_category_narrows_to_members_in_it(as_secretariat):
    category = factories.MembershipCategoryFactory(name="Full member")
    factories.MembershipFactory(organisation__name="Full", category=category)
    factories.MembershipFactory(organisation__name="Other")

    assert names(as_secretariat.get(f"/desk/organisations/?category={category.pk}")) == ["Full"]


def test_person_is_listed_with_the_post_held_today(as_secretariat):
    ann = factories.PersonFactory(name="Ann")
    factories.PostFactory(person=ann, title="Intern", organisation__name="Elsewhere", end="2001")
    factories.PostFactory(person=ann, title="Chair", organisation__name="Coop")

    assert row_of(as_secretariat.get("/desk/people/?cols=post,organisation"), "Ann") == ["Chair", "Coop"]


def test_form_of_an_organisation_holds_its_memberships_posts_and_links(as_secretariat):
    coop = factories.OrganisationFactory(name="Coop")

    page = words(as_secretariat.get(f"/desk/organisations/{coop.pk}/"))

    assert [title for title in ("Memberships", "Posts", "Belongs to", "Steps of membership") if title not in page] == []
