"""Several people at one record, and forms that were tampered with."""

import re

import pytest

from tests import factories
from tests.core.crud.reading import form_of, names, toasts, words
from umbel.events.models import EventPartner

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(db):
    return factories.EventFactory(title="A hearing", place="Brussels")


def at(event):
    return f"/desk/events/{event.pk}/"


def test_second_editor_sees_both_versions_before_anything_is_overwritten(client_of, event):
    first, second = client_of("secretary_general"), client_of("administrator")
    mine, _texts = form_of(first.get(at(event)))
    theirs, _texts = form_of(second.get(at(event)))
    first.post(at(event), {**mine, "place": "Rome"})

    page = second.post(at(event), {**theirs, "place": "Paris"})

    assert page.status_code == 409
    assert "secretary_general@example.org saved this record" in words(page)
    assert "Place Rome Paris" in words(page)
    event.refresh_from_db()
    assert event.place == "Rome"

    again, _texts = form_of(page)
    second.post(at(event), again)
    event.refresh_from_db()
    assert event.place == "Paris"


def test_second_editor_of_other_fields_is_asked_too_but_only_about_what_changed(client_of, event):
    first, second = client_of("secretary_general"), client_of("administrator")
    mine, _texts = form_of(first.get(at(event)))
    theirs, _texts = form_of(second.get(at(event)))
    first.post(at(event), {**mine, "note": "Ours"})

    page = second.post(at(event), {**theirs, "place": "Paris"})

    assert "Note Ours empty" in words(page)
    assert "Place Brussels" not in words(page)


def test_form_that_was_refused_has_still_not_seen_what_changed(client_of, event):
    client = client_of("secretary_general")
    data, _texts = form_of(client.get(at(event)))
    event.place = "Rome"
    event.save()
    refused, _texts = form_of(client.post(at(event), {**data, "title": ""}))

    page = client.post(at(event), {**refused, "title": "A hearing"})

    assert page.status_code == 409
    assert "Place Rome Brussels" in words(page)


def test_both_versions_of_a_text_are_told_without_their_markup(client_of):
    story = factories.StoryFactory(text="<p>We make boats.</p>")
    client, url = client_of("secretary_general"), f"/desk/stories/{story.pk}/"
    data, _texts = form_of(client.get(url))
    story.text = "<p>We make <strong>sails</strong>.</p>"
    story.save()

    page = client.post(url, {**data, "text": "We make oars."})

    assert "Text We make sails. We make oars." in words(page)


def test_rows_that_somebody_else_changed_are_not_overwritten(client_of, event):
    partner = factories.EventPartnerFactory(event=event, role="guest")
    first, second = client_of("secretary_general"), client_of("administrator")
    mine, _texts = form_of(first.get(at(event)))
    theirs, _texts = form_of(second.get(at(event)))
    first.post(at(event), {**mine, "event-partners-0-role": "host"})

    page = second.post(at(event), {**theirs, "event-partners-0-role": "speaker"})

    assert page.status_code == 409
    assert "Partners of events rows were changed your rows stand below" in words(page)
    partner.refresh_from_db()
    assert partner.role == "host"


def test_row_of_another_record_cannot_be_edited_here(as_secretariat, event):
    own = factories.EventPartnerFactory(event=event, role="guest")
    other = factories.EventPartnerFactory(role="guest")
    data, _texts = form_of(as_secretariat.get(at(event)))

    page = as_secretariat.post(at(event), {**data, "event-partners-0-id": other.pk, "event-partners-0-role": "host"})

    assert page.status_code == 422
    assert "One of these rows is not there any more." in words(page)
    assert set(EventPartner.objects.filter(pk__in=[own.pk, other.pk]).values_list("role", flat=True)) == {"guest"}


def test_row_cannot_be_moved_to_another_record(as_secretariat, event):
    own = factories.EventPartnerFactory(event=event)
    other = factories.EventFactory()
    data, _texts = form_of(as_secretariat.get(at(event)))

    as_secretariat.post(at(event), {**data, "event-partners-0-event": other.pk})

    own.refresh_from_db()
    assert own.event == event


def test_record_that_one_may_not_see_cannot_be_chosen(client_of):
    hidden = factories.OrganisationFactory(name="Hush", audience="administrator")
    engagement = factories.EngagementFactory()
    client = client_of("advocacy")
    address = f"/desk/engagements/{engagement.pk}/"
    data, _texts = form_of(client.get(address))

    page = client.post(address, {**data, "institution": "Hush", "institution-number": hidden.pk})

    assert page.status_code == 422
    assert "No record is called “Hush”." in words(page)


@pytest.mark.parametrize("number", ["9" * 30, "-1", "x", "0"])
def test_forged_number_of_a_chooser_is_no_error_of_the_server(as_secretariat, number):
    engagement = factories.EngagementFactory()
    institution = engagement.institution
    address = f"/desk/engagements/{engagement.pk}/"
    data, _texts = form_of(as_secretariat.get(address))

    page = as_secretariat.post(address, {**data, "institution": "Nobody", "institution-number": number})

    assert page.status_code == 422
    assert "No record is called “Nobody”." in words(page)
    engagement.refresh_from_db()
    assert engagement.institution == institution


def test_name_that_several_have_asks_for_the_key(as_secretariat):
    for key in ("one", "two"):
        factories.OrganisationFactory(name="Coop", key=key)
    engagement = factories.EngagementFactory()
    address = f"/desk/engagements/{engagement.pk}/"
    data, _texts = form_of(as_secretariat.get(address))

    page = as_secretariat.post(address, {**data, "institution": "COOP", "institution-number": ""})
    assert "Several records are called “COOP”: write the key of one: one, two." in words(page)

    as_secretariat.post(address, {**data, "institution": "two", "institution-number": ""})
    engagement.refresh_from_db()
    assert engagement.institution.key == "two"


def test_edition_of_a_report_is_changed_by_nobody(client_of):
    edition = factories.ReportEditionFactory()
    client = client_of("administrator")
    address = f"/desk/editions-of-reports/{edition.pk}/"

    before = type(edition).objects.values().get()

    page = client.get(address)

    assert (page.status_code, "data-save" in page.text) == (200, False)
    assert client.post(address, {"number": 2}).status_code == 404
    assert client.post(f"{address}delete/").status_code == 404
    assert type(edition).objects.values().get() == before


def test_evidence_of_any_kind_is_named_by_kind_and_name(as_secretariat):
    line = factories.DeliverableFactory()
    event = factories.EventFactory(title="A hearing")
    factories.PositionFactory(title="A hearing")
    address = f"/desk/deliverables/{line.pk}/"
    data, _texts = form_of(as_secretariat.get(address))
    row = {"evidence-of-lines-TOTAL_FORMS": "1", "evidence-of-lines-0-record-number": ""}

    page = as_secretariat.post(address, {**data, **row, "evidence-of-lines-0-record": "A hearing"})
    assert "Several records are called so" in words(page)

    answer = as_secretariat.post(
        address, {**data, **row, "evidence-of-lines-0-record": "event: a hearing"}, follow=True
    )
    assert toasts(answer) == [f"“{line}” was saved."]
    assert [proof.record for proof in line.proofs.all()] == [event]

    again, _texts = form_of(as_secretariat.get(address))
    assert again["evidence-of-lines-0-record"] == ["Event: A hearing"]
    assert as_secretariat.post(address, again, follow=True).redirect_chain != []
    twice = {"evidence-of-lines-TOTAL_FORMS": "2", "evidence-of-lines-1-record": "Event: A hearing"}
    assert as_secretariat.post(address, {**again, **twice}).status_code == 422


def test_lookup_of_any_kind_tells_the_kind(as_secretariat):
    event = factories.EventFactory(title="A hearing")

    found = as_secretariat.get("/desk/lookup/any/?q=hear").json()["rows"]

    assert found == [{"number": f"events.event:{event.pk}", "text": "Event: A hearing"}]


def test_lookup_proposes_what_one_may_see(client_of):
    seen = factories.OrganisationFactory(name="Coop Hush")
    factories.OrganisationFactory(name="Coop Hidden", audience="administrator")

    found = client_of("membership").get("/desk/lookup/network.organisation/?q=coop h").json()["rows"]

    assert found == [{"number": seen.pk, "text": "Coop Hush"}]


def test_lookup_knows_records_only(as_secretariat):
    kinds = ["accounts.user", "core.change", "nothing", "a.b.c", "auth.group", "events.event"]

    known = [kind for kind in kinds if as_secretariat.get(f"/desk/lookup/{kind}/?q=a").status_code == 200]

    assert known == ["events.event"]


def test_history_says_names_and_labels(as_secretariat, cast):
    person, other = factories.PersonFactory(name="Ann"), factories.PersonFactory(name="Ben")
    body = factories.BodyFactory(name="Committee", kind="committee")
    mandate = factories.MandateFactory(body=body, person=person, start="2024-03")
    mandate.person, mandate.start, mandate.role = other, "2024-04", "president"
    mandate.save()

    page = as_secretariat.get(f"/desk/mandates/{mandate.pk}/history/")

    assert "Person Ann Ben" in words(page)
    assert "Role Board member President" in words(page)
    assert "From Mar 2024 Apr 2024" in words(page)


def test_history_says_texts_without_their_markup(as_secretariat):
    story = factories.StoryFactory(text="<p>We make <strong>boats</strong>.</p>")
    story.text = "<p>We make sails.</p>"
    story.save()

    page = as_secretariat.get(f"/desk/stories/{story.pk}/history/")

    assert "Text We make boats. We make sails." in words(page)


def test_history_says_no_name_that_one_may_not_see(client_of):
    hidden = factories.OrganisationFactory(name="Hush", audience="administrator")
    engagement = factories.EngagementFactory(institution=hidden)

    page = client_of("advocacy").get(f"/desk/engagements/{engagement.pk}/history/")

    assert "Hush" not in words(page)
    assert "a record that you may not see" in words(page)


def test_record_says_which_figures_count_it_and_what_names_it(as_secretariat):
    factories.ConfederationFactory(reporting_year=2024)
    organisation = factories.OrganisationFactory()
    event = factories.EventFactory(title="Hearing of June", part="organiser", has_page=True)
    factories.EventPartnerFactory(event=event, organisation=organisation)

    assert "Activities of the year" in words(as_secretariat.get(f"/desk/events/{event.pk}/"))
    assert "Partners of events 1 Hearing of June" in words(
        as_secretariat.get(f"/desk/organisations/{organisation.pk}/")
    )


@pytest.mark.parametrize(("year", "shown"), [("2021", 2021), ("", 2024), ("x", 2024), ("9" * 30, 2024), ("9999", 2024)])
def test_year_of_the_figures_that_count_a_record_can_be_chosen(as_secretariat, year, shown):
    factories.ConfederationFactory(reporting_year=2024)
    event = factories.EventFactory(date="2021-05-04", in_review=True)

    page = as_secretariat.get(f"/desk/events/{event.pk}/?year={year}").text

    assert f'<a href="?year={shown - 1}">{shown - 1}</a><strong aria-current="true">{shown}</strong>' in page
    assert (f"No figure of {shown} counts this record." in page) == (shown == 2024)


def test_more_than_a_dozen_related_records_have_a_way_to_all_of_them(as_secretariat):
    few, many = factories.OrganisationFactory(name="Few"), factories.OrganisationFactory(name="The Commission")
    for number in range(13):
        factories.EngagementFactory(institution=many, title=f"Meeting {number}")
    factories.EngagementFactory(institution=few)

    shown, other = (as_secretariat.get(f"/desk/organisations/{row.pk}/").text for row in (many, few))

    url = re.search(r'href="(/desk/engagements/\?[^"]*)"', shown)[1]
    assert len(names(as_secretariat.get(url))) == 13
    assert "/desk/engagements/?" not in other
