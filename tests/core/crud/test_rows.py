"""Rows that are removed in the form of what they belong to: refused where they are needed, and kept in the bin."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import factories
from tests.core.crud.reading import form_of, toasts, words
from umbel.core import changelog, wastebasket
from umbel.core.models import Change, Deletion
from umbel.events.models import Edition, EventPartner
from umbel.network.models import Contact, Membership, Post
from umbel.projects.models import Deliverable, Heading, Proof

pytestmark = pytest.mark.django_db


def saved_without(client, url, *ticked, **more):
    """Save the form at an address with rows ticked to be removed (`speakers-0`)."""
    data, _texts = form_of(client.get(url))
    assert [row for row in ticked if f"{row}-id" not in data] == []
    return client.post(url, {**data, **{f"{row}-DELETE": "on" for row in ticked}, **more}, follow=True)


def undone(client, page):
    """Press *Undo* in the message of a page."""
    numbers = re.search(r'name="deletions" value="([\d,]+)"', page.text)[1]
    return client.post("/desk/bin/restore/", {"deletions": numbers}, follow=True)


@pytest.fixture
def event(db):
    return factories.EventFactory(title="A hearing", has_page=True)


@pytest.fixture
def partner(event):
    return factories.EventPartnerFactory(event=event, organisation__name="COCETA", role="guest")


def at(event):
    return f"/desk/events/{event.pk}/"


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 record names it. Change that one first."), (3, "3 records name it. Change those first.")]
)
def test_row_that_records_need_is_not_removed_and_nothing_is_saved(as_secretariat, count, said):
    edition = factories.EditionFactory(series__name="Forum", year=2024)
    free = factories.EditionFactory(series=edition.series, year=2025)
    events = [factories.EventFactory(title=f"Day {number}", edition=edition) for number in range(count)]
    url = f"/desk/series/{edition.series.pk}/"

    page = saved_without(as_secretariat, url, "editions-of-series-0", "editions-of-series-1", name="Another name")

    assert page.status_code == 422
    error = re.search(r'<p class="error">.*?(“Forum 2024”.*?)</p>', page.text, re.DOTALL)[1]
    assert error.startswith(f"“Forum 2024” cannot be removed: {said}")
    assert re.findall(r'href="([^"]*)">([^<]*)', error) == [(at(each), each.title) for each in events]
    edition.series.refresh_from_db()
    assert (edition.series.name, list(Edition.objects.all())) == ("Forum", [edition, free])
    assert not Deletion.objects.exists()


def test_row_that_a_hidden_record_needs_is_not_removed_and_that_one_not_named(client_of):
    edition = factories.EditionFactory()
    factories.EventFactory(title="Hush", edition=edition, audience="administrator")

    page = saved_without(client_of("secretary_general"), f"/desk/series/{edition.series.pk}/", "editions-of-series-0")

    assert (page.status_code, "Hush" in page.text) == (422, False)
    assert Edition.objects.get() == edition


def test_row_that_is_named_as_evidence_is_not_removed(as_secretariat):
    letter = factories.JointLetterFactory()
    signatory = factories.SignatoryFactory(letter=letter)
    factories.ProofFactory(record=signatory)
    page = saved_without(as_secretariat, f"/desk/joint-letters/{letter.pk}/", "signatories-0")

    assert (page.status_code, "1 record names it" in words(page)) == (422, True)
    assert list(letter.signatories.all()) == [signatory]


def test_preview_says_which_row_cannot_be_removed(as_secretariat):
    edition = factories.EditionFactory()
    factories.EventFactory(edition=edition)
    url = f"/desk/series/{edition.series.pk}/"
    data, _texts = form_of(as_secretariat.get(url))

    page = as_secretariat.post(f"{url}as-typed/", {**data, "editions-of-series-0-DELETE": "on"})

    assert "1 record names it. Change that one first." in words(page)
    assert not Deletion.objects.exists()


def test_preview_without_a_row_leaves_it_where_it_is(as_secretariat, event, partner):
    data, _texts = form_of(as_secretariat.get(at(event)))

    page = as_secretariat.post(f"{at(event)}as-typed/", {**data, "event-partners-0-DELETE": "on"})

    assert (page.status_code, "COCETA" in words(page)) == (200, False)
    assert (list(EventPartner.objects.all()), Deletion.objects.exists()) == ([partner], False)


def test_removed_row_is_brought_back_by_the_message(as_secretariat, event, partner):
    before = EventPartner.objects.values().get()

    page = saved_without(as_secretariat, at(event), "event-partners-0", place="Rome")
    gone = not EventPartner.objects.exists()
    back = undone(as_secretariat, page)

    assert toasts(page) == [f"“A hearing” was saved, and a row removed: {partner}."]
    assert gone
    assert EventPartner.objects.values().get() == before
    assert back.redirect_chain == [(at(event), 302)]
    event.refresh_from_db()
    assert event.place == "Rome"


def test_removed_rows_come_back_together(as_secretariat, event, partner):
    factories.EventPartnerFactory(event=event)
    factories.SpeakerFactory(event=event)
    counts = [(event.partners.count(), event.speakers.count())]

    page = saved_without(as_secretariat, at(event), "event-partners-0", "event-partners-1", "speakers-0")
    counts.append((event.partners.count(), event.speakers.count()))
    undone(as_secretariat, page)
    counts.append((event.partners.count(), event.speakers.count()))

    assert counts == [(2, 1), (0, 0), (2, 1)]
    assert "and 3 rows removed: " in toasts(page)[0]


def test_removed_row_is_kept_as_it_was_on_record_whatever_was_typed_into_it(as_secretariat, event, partner):
    more = {"event-partners-0-role": "speaker", "event-partners-0-organisation": "", "event-partners-0-order": "x"}

    undone(as_secretariat, saved_without(as_secretariat, at(event), "event-partners-0", **more))

    assert EventPartner.objects.values_list("role", "organisation__name").get() == ("guest", "COCETA")


def test_removed_rows_of_a_member_stand_in_the_bin(client_of):
    post = factories.PostFactory(title="President")
    factories.MembershipFactory(organisation=post.organisation)
    client = client_of("membership")

    saved_without(client, f"/desk/organisations/{post.organisation.pk}/", "memberships-0", "posts-0")
    told = words(client.get("/desk/bin/"))
    for deletion in Deletion.objects.all():
        client.post("/desk/bin/restore/", {"deletions": deletion.pk})

    assert [text for text in Deletion.objects.values_list("text", flat=True) if text not in told] == []
    assert sorted(Deletion.objects.values_list("type", flat=True)) == ["network.membership", "network.post"]
    assert [model.objects.filter(organisation=post.organisation).count() for model in (Membership, Post)] == [1, 1]


def test_removed_row_takes_along_and_brings_back_what_hangs_on_it(as_secretariat):
    proof = factories.ProofFactory()
    deliverable = proof.deliverable
    url = f"/desk/grants/{deliverable.heading.grant.pk}/"
    kinds = (Heading, Deliverable, Proof)
    before = [list(model.objects.values()) for model in kinds]

    page = saved_without(as_secretariat, url, "headings-of-grants-0")
    gone = [model.objects.count() for model in kinds]
    undone(as_secretariat, page)

    assert gone == [0, 0, 0]
    assert [list(model.objects.values()) for model in kinds] == before


def test_row_removed_from_a_meeting_comes_back_to_it(as_secretariat):
    meeting = factories.MeetingFactory(has_page=True)
    speaker = factories.SpeakerFactory(event=meeting)
    url = f"/desk/statutory-meetings/{meeting.pk}/"

    back = undone(as_secretariat, saved_without(as_secretariat, url, "speakers-0"))

    assert [step for step, _status in back.redirect_chain] == [at(meeting), url]
    assert list(meeting.speakers.all()) == [speaker]


def test_row_of_a_whole_that_was_deleted_since_comes_back_after_it(as_secretariat, event, partner):
    saved_without(as_secretariat, at(event), "event-partners-0")
    as_secretariat.post(f"{at(event)}delete/")
    row, whole = Deletion.objects.order_by("pk")

    too_early = as_secretariat.post("/desk/bin/restore/", {"deletions": row.pk}, follow=True)
    for deletion in (whole, row):
        as_secretariat.post("/desk/bin/restore/", {"deletions": deletion.pk})

    assert "cannot be brought back" in toasts(too_early)[-1]
    assert list(event.partners.all()) == [partner]


def test_removed_row_is_not_brought_back_after_thirty_days(as_secretariat, event, partner):
    page = saved_without(as_secretariat, at(event), "event-partners-0")
    Deletion.objects.update(at=timezone.now() - timedelta(days=31))

    assert toasts(undone(as_secretariat, page)) == ["This can no longer be undone."]
    assert (wastebasket.forget(), EventPartner.objects.exists()) == (1, False)


def test_row_may_take_the_place_of_one_that_is_removed_with_it(as_secretariat):
    edition = factories.EditionFactory(year=2024)
    other = factories.EditionFactory(series=edition.series, year=2025)
    url = f"/desk/series/{edition.series.pk}/"

    saved_without(as_secretariat, url, "editions-of-series-1", **{"editions-of-series-0-year": "2025"})

    assert Edition.objects.values_list("pk", "year").get() == (edition.pk, 2025)
    assert Deletion.objects.get().record == other.handle


def test_log_tells_removals_and_what_came_back_in_order(as_secretariat, event, partner):
    start = Change.objects.order_by("pk").last().pk

    page = saved_without(as_secretariat, at(event), "event-partners-0", place="Rome")
    undone(as_secretariat, page)

    lines = Change.objects.filter(pk__gt=start).order_by("pk").values_list("type", "act")
    assert list(lines) == [
        ("events.eventpartner", "delete"),
        ("events.event", "change"),
        ("events.eventpartner", "add"),
    ]
    assert changelog.verify().broken is None


def test_contact_that_is_removed_is_erased_at_once(as_secretariat):
    contact = factories.ContactFactory(value="ann@example.org")

    page = saved_without(as_secretariat, f"/desk/people/{contact.person.pk}/", "contacts-0")

    assert toasts(page)[0].startswith(f"“{contact.person}” was saved, and a row removed: ")
    assert 'name="deletions"' not in page.text
    assert (Contact.objects.exists(), Deletion.objects.exists()) == (False, False)


def test_removed_row_is_not_offered_to_who_could_not_bring_it_back(client_of, event, partner):
    page = saved_without(client_of("secretary_general"), at(event), "event-partners-0")
    numbers = {"deletions": Deletion.objects.get().pk}

    assert 'name="deletions"' in page.text
    assert client_of("finance").post("/desk/bin/restore/", numbers).status_code == 404
    assert not EventPartner.objects.exists()


def test_saving_without_removals_asks_as_much_as_ever(as_secretariat, event, partner):
    as_secretariat.post(at(event), form_of(as_secretariat.get(at(event)))[0])
    data, _texts = form_of(as_secretariat.get(at(event)))

    with CaptureQueriesContext(connection) as queries:
        as_secretariat.post(at(event), data)

    assert len(queries) == 28
