"""Putting back a record as a whole: the rows that belong to it and its other spellings come back with its fields."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from tests import factories
from tests.core.crud.reading import form_of, words
from umbel.core.changelog import Change
from umbel.core.crud.forms import keep_spellings
from umbel.core.models import Alias
from umbel.network.models import Contact, Membership, Post

pytestmark = pytest.mark.django_db


def last():
    return Change.objects.order_by("-pk").values_list("pk", flat=True).first()


def after(number):
    """The number of the first line since another one."""
    return Change.objects.filter(pk__gt=number).order_by("pk").values_list("pk", flat=True).first()


def spellings_of(row):
    return sorted(Alias.objects.of(row).values_list("name", flat=True))


def put_back(client, section, row, number, **changes):
    """Open the form as it was before a change and send it, with some changes; return the page and the answer."""
    page = client.get(f"/desk/{section}/{row.pk}/?before={number}")
    sent, _texts = form_of(page)
    return page, client.post(f"/desk/{section}/{row.pk}/?before={number}", {**sent, **changes})


@pytest.fixture
def coop():
    coop = factories.OrganisationFactory(name="Coop")
    keep_spellings(coop, ["The Coop", "Coop Italia"])
    factories.MembershipFactory(organisation=coop, start="2020", end="2022")
    factories.MembershipFactory(organisation=coop, start="2023")
    return coop


def terms(coop):
    return sorted((str(each.start), str(each.end or "")) for each in Membership.objects.filter(organisation=coop))


def test_other_spellings_come_back(as_secretariat, coop):
    number = last()
    coop.city = "Rome"
    coop.save()
    keep_spellings(coop, ["Coop Italia", "New"])

    page, answer = put_back(as_secretariat, "organisations", coop, after(number))

    coop.refresh_from_db()
    assert "spellings" in page.context["version"].values
    assert (answer.status_code, coop.city, spellings_of(coop)) == (302, "", ["Coop Italia", "The Coop"])


def test_a_row_that_was_removed_comes_back_and_one_that_was_changed_is_as_it_was(as_secretariat, coop):
    number = last()
    first, second = Membership.objects.filter(organisation=coop).order_by("start")
    first.delete()
    second.end = "2024-12-31"
    second.save()

    page, answer = put_back(as_secretariat, "organisations", coop, after(number))

    assert sorted(each.act for each in page.context["version"].rows) == ["changed", "gone"]
    assert (answer.status_code, terms(coop)) == (302, [("2020", "2022"), ("2023", "")])


def test_a_row_that_was_added_since_stays_unless_it_is_removed(as_secretariat, coop):
    number = last()
    added = factories.MembershipFactory(organisation=coop, start="2019", end="2019")
    line = after(number)
    page, _answer = put_back(as_secretariat, "organisations", coop, line)
    kept = terms(coop)
    sent, _texts = form_of(page)
    place = next(name for name, values in sent.items() if name.endswith("-id") and values == [str(added.pk)])

    put_back(as_secretariat, "organisations", coop, line, **{place.replace("-id", "-DELETE"): "on"})

    assert "was added since and stays" in words(page)
    assert (len(kept), terms(coop)) == (3, [("2020", "2022"), ("2023", "")])


def test_nothing_is_changed_by_looking(as_secretariat, coop):
    number = last()
    Membership.objects.filter(organisation=coop).first().delete()
    lines = Change.objects.count()

    as_secretariat.get(f"/desk/organisations/{coop.pk}/?before={after(number)}")

    assert (Change.objects.count(), len(terms(coop))) == (lines, 1)


def test_putting_back_is_taken_back_the_same_way(as_secretariat, coop):
    number = last()
    keep_spellings(coop, ["New"])
    Membership.objects.filter(organisation=coop, start="2020").get().delete()
    then = last()
    put_back(as_secretariat, "organisations", coop, after(number))
    between = (terms(coop), spellings_of(coop))

    page, _answer = put_back(as_secretariat, "organisations", coop, after(then))

    assert between == ([("2020", "2022"), ("2023", "")], ["Coop Italia", "The Coop"])
    assert spellings_of(coop) == ["New"]
    assert [each.act for each in page.context["version"].rows] == ["added"]


def test_history_tells_rows_and_spellings_and_offers_the_way_back(as_secretariat, coop):
    number = last()
    Membership.objects.filter(organisation=coop, start="2020").get().delete()
    line = after(number)

    page = as_secretariat.get(f"/desk/organisations/{coop.pk}/history/")

    assert page.text.count(f"?before={line}") == 1
    assert "Deleted: membership" in words(page)
    assert "Added: Also written" in words(page)


def test_the_line_of_a_row_of_another_record_is_not_one_of_this(as_secretariat, coop):
    other = factories.MembershipFactory(start="2021")
    other.end = "2022"
    other.save()

    assert as_secretariat.get(f"/desk/organisations/{coop.pk}/?before={last()}").status_code == 404


def test_contact_data_are_not_put_back(as_secretariat, cast):
    person = factories.PersonFactory(name="Ada")
    contact = factories.ContactFactory(person=person)
    post = factories.PostFactory(person=person)
    number = last()
    post.delete()
    contact.delete()

    page, answer = put_back(as_secretariat, "people", person, after(number))

    assert [each.act for each in page.context["version"].rows] == ["gone"]
    assert (answer.status_code, Post.objects.filter(person=person).count()) == (302, 1)
    assert Contact.objects.filter(person=person).count() == 0


@pytest.fixture
def logo(coop, settings, tmp_path):
    """An organisation whose logo was replaced; the number of the line that says so."""
    settings.MEDIA_ROOT = tmp_path
    coop.logo.save("first.txt", ContentFile(b"first"))
    coop.logo.save("second.txt", ContentFile(b"second"))
    return last()


@pytest.mark.parametrize(("ticked", "held"), [(["logo"], b"first"), ([], b"second"), (["name"], b"second")])
def test_a_file_that_is_still_kept_is_put_back_where_that_is_ticked(as_secretariat, coop, logo, ticked, held):
    page, answer = put_back(as_secretariat, "organisations", coop, logo, **{"file-back": ticked})

    coop.refresh_from_db()
    assert 'name="file-back" value="logo" checked' in page.text
    assert (answer.status_code, Path(coop.logo.path).read_bytes()) == (302, held)


def test_a_file_that_is_not_kept_any_more_is_named(as_secretariat, coop, logo):
    coop.logo.storage.delete(Change.objects.get(pk=logo).before["logo"])

    page = as_secretariat.get(f"/desk/organisations/{coop.pk}/?before={logo}")

    assert "The file of then is not kept any more: Logo." in words(page)
    assert "file-back" not in page.text
