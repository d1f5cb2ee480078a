"""Pages that make two records one."""

import pytest
from django.urls import reverse

from tests import factories
from umbel.core.crud.forms import keep_spellings
from umbel.core.crud.sections import section_of
from umbel.core.models import Merge
from umbel.events.models import EventPartner
from umbel.network.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    return factories.OrganisationFactory(key="cooperatives-europe", name="Cooperatives Europe", city="")


@pytest.fixture
def gone():
    return factories.OrganisationFactory(key="cooperative-europe", name="Cooperative Europe", city="Brussels")


@pytest.fixture
def conference(kept, gone):
    event = factories.EventFactory(key="conference")
    for organisation in (kept, gone):
        factories.EventPartnerFactory(event=event, organisation=organisation, role="partner")
    factories.EventPartnerFactory(event=factories.EventFactory(key="assembly"), organisation=gone, role="host")
    return event


def merge_page(row):
    return reverse("desk.record.merge", args=["organisations", row.pk])


def words(page):
    return " ".join(page.content.decode().split())


def test_merging_two_partners_leaves_one_on_the_conference_and_keeps_the_assembly(
    as_secretariat, kept, gone, conference
):
    as_secretariat.post(merge_page(kept), {"with-number": gone.pk, "take-city": "other"})

    partners = EventPartner.objects.order_by("event__key").values_list("event__key", "organisation__name")
    assert list(partners) == [("assembly", "Cooperatives Europe"), ("conference", "Cooperatives Europe")]
    assert Organisation.objects.get(key="cooperatives-europe").city == "Brussels"


def test_comparing_shows_both_and_what_will_be_moved(as_secretariat, kept, gone, conference):
    page = words(as_secretariat.get(merge_page(kept), {"with": "Cooperative Europe"}))

    assert "Kept: Cooperatives Europe" in page
    assert "Goes: Cooperative Europe" in page
    assert '<b class="n num">2</b><span class="grow">Event partners</span>' in page


def test_choosing_proposes_what_looks_alike(as_secretariat, kept, gone):
    page = as_secretariat.get(merge_page(kept))

    assert page.context["near"] == [gone]


def test_record_cannot_be_chosen_as_its_own_double(as_secretariat, kept):
    page = as_secretariat.get(merge_page(kept), {"with-number": kept.pk})

    assert "This is the record itself" in words(page)


def test_records_that_look_alike_are_listed(as_secretariat, kept, gone):
    factories.OrganisationFactory(key="another", name="Another")

    page = as_secretariat.get(reverse("desk.record.alike", args=["organisations"]))

    assert page.context["groups"] == [[kept, gone]]


def test_merge_is_taken_back_from_the_list_of_merges(as_secretariat, kept, gone, conference):
    as_secretariat.post(merge_page(kept), {"with-number": gone.pk})

    answer = as_secretariat.post(reverse("desk.merges.undo"), {"merge": Merge.objects.get().pk}, follow=True)

    assert "is a record of its own again" in words(answer)
    assert EventPartner.objects.filter(organisation__key="cooperative-europe").count() == 2
    assert "Taken back" in words(as_secretariat.get(reverse("desk.merges")))


def test_merge_is_not_there_for_a_role_that_does_not_keep_the_network(client_of, kept, gone):
    finance = client_of("finance")

    answers = [
        finance.get(merge_page(kept)).status_code,
        finance.post(merge_page(kept), {"with-number": gone.pk}).status_code,
        finance.get(reverse("desk.record.alike", args=["organisations"])).status_code,
    ]

    assert answers == [404, 404, 404]
    assert Organisation.objects.filter(key="cooperative-europe").exists()


def test_undo_of_a_merge_is_not_there_for_a_role_that_does_not_keep_the_network(client_of, kept, gone):
    client_of("secretary_general").post(merge_page(kept), {"with-number": gone.pk})

    answer = client_of("finance").post(reverse("desk.merges.undo"), {"merge": Merge.objects.get().pk})

    assert answer.status_code == 404
    assert Merge.objects.get().undone_at is None


def test_acts_are_not_merged(as_secretariat):
    event, other = factories.EventFactory.create_batch(2)
    address = reverse("desk.record.merge", args=["events", event.pk])

    answers = [as_secretariat.get(address), as_secretariat.post(address, {"with-number": other.pk})]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert (type(event).objects.count(), Merge.objects.exists()) == (2, False)
    assert address not in as_secretariat.get(f"/desk/events/{event.pk}/").text


@pytest.mark.parametrize(
    "factory", [factories.OrganisationFactory, factories.PersonFactory, factories.PolicyFileFactory]
)
def test_the_key_of_what_was_merged_leads_on_and_is_no_spelling_to_readers(as_secretariat, factory):
    kept, gone = factory(key="kept", name="Cooperatives Europe"), factory(key="gone-key", name="Coops Europe")
    gone.aliases.create(name="eurocoops")
    section = section_of(type(kept))
    as_secretariat.post(reverse("desk.record.merge", args=[section.key, kept.pk]), {"with-number": gone.pk})

    led = as_secretariat.get(gone.get_absolute_url())
    page = as_secretariat.get(led.url).text
    found = as_secretariat.get("/search/", {"q": "gone-key"}).text
    written = as_secretariat.get("/search/", {"q": "eurocoops"}).text

    assert (led.status_code, led.url) == (301, kept.get_absolute_url())
    assert [name in page for name in ("Coops Europe", "eurocoops", "gone-key")] == [True, True, False]
    assert ("Cooperatives Europe" in found, "also written" in found) == (True, False)
    assert "also written “eurocoops”" in written


def test_the_key_of_what_was_merged_stays_when_the_spellings_are_edited(as_secretariat, kept, gone):
    as_secretariat.post(merge_page(kept), {"with-number": gone.pk})
    form = as_secretariat.get(f"/desk/organisations/{kept.pk}/").context["form"]

    keep_spellings(kept, ["Coops"])

    assert form.fields["spellings"].initial == ["Cooperative Europe"]
    assert sorted(alias.name for alias in kept.aliases.all()) == ["Coops", "cooperative-europe"]
