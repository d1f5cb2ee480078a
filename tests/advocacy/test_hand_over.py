"""Who is responsible for a policy file; what somebody leaves behind is flagged until it is handed over."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from tests import factories
from umbel.advocacy.models import PolicyFile
from umbel.core.models import Change
from umbel.core.periods import Period
from umbel.core.registry import checks

pytestmark = pytest.mark.django_db
PATH = "/desk/policy-files/hand-over/"


def in_days(number):
    return timezone.localdate() + timedelta(days=number)


@pytest.fixture
def house(db):
    factories.ConfederationFactory(reporting_year=2024)
    return factories.OrganisationFactory(key="house", name="House", kind="self")


@pytest.fixture
def gone(house):
    """Somebody whose post in the secretariat ended yesterday."""
    person = factories.PersonFactory(key="gone", name="Gone")
    factories.PostFactory(person=person, organisation=house, kind="staff", end=in_days(-1))
    return person


@pytest.fixture
def here(house):
    """Somebody who works in the secretariat."""
    person = factories.PersonFactory(key="here", name="Here")
    factories.PostFactory(person=person, organisation=house, kind="staff")
    return person


def reminders(client):
    return re.findall(r"“File[^<]+", client.get("/desk/").text)


def findings(day):
    (check,) = (check for check in checks() if check.key == "advocacy.left_files")
    return [finding.text for finding in check.find(Period.year(day.year).as_at(day))]


def test_the_file_of_somebody_who_left_is_flagged_until_it_is_handed_over(client_of, gone, here):
    file = factories.PolicyFileFactory(name="File", responsible=gone)
    factories.PolicyFileFactory(name="Other file", responsible=here)
    desk, flagged = client_of("advocacy"), "“File” needs somebody responsible: Gone has left"
    before = [unescape(told) for told in reminders(desk)]
    audit = findings(in_days(0))

    desk.post(PATH, {"pick": [file.pk], "person": here.pk, "sure": "1"})

    assert (before, reminders(desk)) == ([flagged], [])
    assert (audit, findings(in_days(0))) == (["“File” is in the hands of Gone, whose post has ended."], [])


@pytest.mark.parametrize(("end", "told"), [(-1, ["File"]), (0, []), (9, [])])
def test_the_list_of_what_was_left_follows_the_last_day(client_of, here, end, told):
    here.posts.update(end=in_days(end))
    factories.PolicyFileFactory(name="File", responsible=here)

    page = client_of("advocacy").get("/desk/policy-files/", {"left": "yes"})

    assert re.findall(r"(File)</a>", page.text) == told


def test_another_post_in_the_house_keeps_the_file(client_of, gone, house):
    factories.PolicyFileFactory(name="File", responsible=gone)
    factories.PostFactory(person=gone, organisation=house, title="Adviser", start=in_days(-1))

    assert reminders(client_of("advocacy")) == []


def test_many_files_are_handed_over_at_once(client_of, gone, here):
    files = factories.PolicyFileFactory.create_batch(3, responsible=gone)
    desk = client_of("advocacy")

    asked = desk.post(PATH, {"pick": [file.pk for file in files[:2]]})
    answer = desk.post(PATH, {"pick": [file.pk for file in files[:2]], "person": here.pk, "sure": "1"})

    assert re.findall(r'<option value="\d+"[^>]*>([^<]+)</option>', asked.text) == ["Here"]
    assert (answer.status_code, answer.url) == (302, "/desk/policy-files/")
    assert [file.responsible for file in PolicyFile.objects.order_by("pk")] == [here, here, gone]
    assert Change.objects.last().after == {"responsible": here.pk}


def test_all_that_fit_the_list_are_handed_over(client_of, gone, here):
    factories.PolicyFileFactory.create_batch(2, responsible=gone)
    factories.PolicyFileFactory()

    page = client_of("advocacy").post(PATH, {"all": "1", "address": "?left=yes"})

    assert len(re.findall(r'name="pick"', page.text)) == 2


@pytest.mark.parametrize("person", ["gone", "nobody"])
def test_a_file_is_handed_to_whoever_works_here_today(client_of, gone, here, person):
    file = factories.PolicyFileFactory()

    answer = client_of("advocacy").post(
        PATH, {"pick": [file.pk], "person": gone.pk if person == "gone" else 0, "sure": "1"}
    )

    file.refresh_from_db()
    assert (answer.status_code, file.responsible) == (422, None)


def test_nothing_picked_is_told(client_of, here):
    answer = client_of("advocacy").post(PATH, {}, follow=True)

    assert "Nothing was picked: tick the rows first." in unescape(answer.text)


@pytest.mark.parametrize(("seat", "status"), [("advocacy", 200), ("finance", 404), ("representative_a", 404)])
def test_files_are_handed_over_by_who_keeps_them(client_of, here, seat, status):
    file = factories.PolicyFileFactory()

    assert client_of(seat).post(PATH, {"pick": [file.pk]}).status_code == status


@pytest.mark.parametrize(("seat", "offered"), [("advocacy", ["Hand over"]), ("finance", [])])
def test_the_list_offers_it_with_ticks_to_who_keeps_files(client_of, here, seat, offered):
    factories.PolicyFileFactory()

    page = client_of(seat).get("/desk/policy-files/")

    assert re.findall(r"(Hand over)\s*</button>", page.text) == offered
    assert page.text.count('name="pick"') == len(offered)


def test_more_files_than_are_done_at_once_are_refused(client_of, here, monkeypatch):
    monkeypatch.setattr("umbel.core.crud.views.bulk.AT_ONCE", 1)
    factories.PolicyFileFactory.create_batch(2)

    answer = client_of("advocacy").post(PATH, {"all": "1"}, follow=True)

    assert "These are more than 1 rows: narrow the list" in unescape(answer.text)
