"""What people keep themselves: their organisation's page, posts, contact data; what the secretariat decides."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from tests import factories
from umbel.core.changelog import Change
from umbel.network.models import Contact, EditRule, Post, Proposal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def confederation(cast):
    return factories.ConfederationFactory(name="COOPS", retention_years=3)


def form_of(organisation, **changes):
    """The form of an organisation's page as it is on record, with changes."""
    names = [name for name in EditRule.CAME_WITH if name != "logo"]
    told = {name: getattr(organisation, name) or "" for name in names}
    return {**told, **changes}


def edit(browser, organisation, **changes):
    return browser.post(f"/my/organisation/{organisation.key}/edit/", form_of(organisation, **changes))


def test_what_may_change_at_once_changes_and_the_rest_waits(cast, client_of):
    answer = edit(client_of("representative_a"), cast.member_a, city="Rome", name="Member A renamed")

    cast.member_a.refresh_from_db()
    proposal = Proposal.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/my/organisation/{cast.member_a.key}/")
    assert (cast.member_a.city, cast.member_a.name) == ("Rome", "Member A")
    assert (proposal.field, proposal.before, proposal.after, proposal.state) == (
        "name", "Member A", "Member A renamed", "waiting",
    )  # fmt: skip
    assert Change.objects.filter(type="network.organisation").last().who == "representative_a@example.org"


@pytest.mark.parametrize(
    ("seat", "status"), [("representative_b", 404), ("board", 404), ("reader", 404), ("nobody", 302)]
)
def test_nobody_else_edits_the_page_of_an_organisation(cast, client_of, seat, status):
    answer = edit(client_of(seat), cast.member_a, city="Rome")

    cast.member_a.refresh_from_db()
    assert (answer.status_code, cast.member_a.city) == (status, "")


def test_an_affiliate_edits_its_own_page(cast, client_of):
    edit(client_of("affiliate"), cast.cooperative, description="We make boats")

    cast.cooperative.refresh_from_db()
    assert cast.cooperative.description == "We make boats"


def test_a_closed_field_is_not_in_the_form_and_cannot_be_forged(cast, client_of):
    factories.EditRuleFactory(field="city", rule="closed")

    page = client_of("representative_a").get(f"/my/organisation/{cast.member_a.key}/edit/").content.decode()
    edit(client_of("representative_a"), cast.member_a, city="Rome")

    cast.member_a.refresh_from_db()
    assert ('name="city"' in page, cast.member_a.city) == (False, "")


def test_a_mistake_is_told_beside_the_field_and_nothing_changes(cast, client_of):
    answer = edit(client_of("representative_a"), cast.member_a, city="Rome", email="no address")

    cast.member_a.refresh_from_db()
    assert (answer.status_code, cast.member_a.city) == (422, "")
    assert "Enter a valid email address." in answer.content.decode()


def test_the_second_of_two_editors_sees_both_versions(cast, client_of):
    browser = client_of("representative_a")
    page = browser.get(f"/my/organisation/{cast.member_a.key}/edit/")
    seen = page.context["seen"]
    cast.member_a.city = "Milan"
    cast.member_a.save()

    answer = browser.post(
        f"/my/organisation/{cast.member_a.key}/edit/", {**form_of(cast.member_a, city="Rome"), "seen": seen}
    )

    cast.member_a.refresh_from_db()
    assert (answer.status_code, cast.member_a.city) == (409, "Milan")
    assert "Milan" in answer.content.decode()


def test_a_newer_proposal_stands_for_the_one_before(cast, client_of):
    for name in ("First", "Second"):
        edit(client_of("representative_a"), cast.member_a, name=name)

    found = list(Proposal.objects.order_by("pk").values_list("after", "state"))
    assert found == [("First", "withdrawn"), ("Second", "waiting")]


def test_the_secretariat_takes_a_change_over_and_tells_by_mail(cast, client_of):
    edit(client_of("representative_a"), cast.member_a, name="Member A renamed")
    proposal = Proposal.objects.get()

    client_of("membership").post(f"/desk/proposals/{proposal.pk}/", {"accept": "1"})

    cast.member_a.refresh_from_db()
    proposal.refresh_from_db()
    assert (cast.member_a.name, proposal.state, proposal.decided_by) == (
        "Member A renamed",
        "accepted",
        cast.membership,
    )
    assert [(sent.to, "has taken over" in sent.body) for sent in mail.outbox] == [
        (["representative_a@example.org"], True)
    ]


def test_declining_needs_a_reason_that_the_proposer_reads(cast, client_of):
    edit(client_of("representative_a"), cast.member_a, country="FR")
    proposal = Proposal.objects.get()
    desk = client_of("membership")

    desk.post(f"/desk/proposals/{proposal.pk}/", {"reason": " "})
    proposal.refresh_from_db()
    without = proposal.state
    desk.post(f"/desk/proposals/{proposal.pk}/", {"reason": "The seat is in Brussels."})

    proposal.refresh_from_db()
    page = client_of("representative_a").get(f"/my/organisation/{cast.member_a.key}/").content.decode()
    assert (without, proposal.state) == ("waiting", "declined")
    assert "The seat is in Brussels." in page
    assert "The seat is in Brussels." in mail.outbox[0].body


def test_a_change_that_is_no_longer_possible_is_told_and_keeps_waiting(cast, client_of):
    edit(client_of("representative_a"), cast.member_a, country="FR")
    Proposal.objects.update(value="no country")
    proposal = Proposal.objects.get()

    page = client_of("membership").post(f"/desk/proposals/{proposal.pk}/", {"accept": "1"}, follow=True)

    proposal.refresh_from_db()
    assert proposal.state == "waiting"
    assert "Select a valid choice" in page.content.decode()


@pytest.mark.parametrize(("seat", "status"), [("communication", 404), ("representative_a", 404), ("nobody", 302)])
def test_others_decide_nothing(cast, client_of, seat, status):
    edit(client_of("representative_a"), cast.member_a, name="Member A renamed")
    proposal = Proposal.objects.get()

    answer = client_of(seat).post(f"/desk/proposals/{proposal.pk}/", {"accept": "1"})

    proposal.refresh_from_db()
    assert (answer.status_code, proposal.state) == (status, "waiting")


def test_a_change_is_withdrawn_by_its_organisation_alone(cast, client_of):
    edit(client_of("representative_a"), cast.member_a, name="Member A renamed")
    proposal = Proposal.objects.get()

    refused = client_of("representative_b").post(f"/my/proposals/{proposal.pk}/withdraw/").status_code
    client_of("representative_a").post(f"/my/proposals/{proposal.pk}/withdraw/")

    proposal.refresh_from_db()
    assert (refused, proposal.state) == (404, "withdrawn")


def test_whoever_wants_no_mail_gets_none(cast, client_of):
    edit(client_of("representative_a"), cast.member_a, name="Member A renamed")
    cast.representative_a.preferences = {"mail_decisions": False}
    cast.representative_a.save()

    client_of("membership").post(f"/desk/proposals/{Proposal.objects.get().pk}/", {"accept": "1"})

    assert mail.outbox == []


def test_rules_of_self_service_are_set_on_the_desk(cast, client_of):
    rules = {**EditRule.CAME_WITH, "city": "reviewed", "name": "closed"}

    client_of("membership").post("/desk/self-service/", rules)

    assert EditRule.rules() == rules
    assert EditRule.objects.count() == 2


def test_a_colleague_who_left_loses_access_after_the_last_day(cast, client_of):
    post = cast.representative_a.person.posts.get()
    colleague = factories.PersonFactory(name="Colleague", user=factories.UserFactory())
    theirs = factories.PostFactory(person=colleague, organisation=cast.member_a, title="Adviser")
    yesterday = timezone.localdate() - timedelta(days=1)
    paper = factories.DocumentFactory(title="For members", audience="members")

    before = type(paper).objects.visible_to(colleague.user).count()
    client_of("representative_a").post(f"/my/posts/{theirs.pk}/", {"title": "Adviser", "end": yesterday.isoformat()})

    theirs.refresh_from_db()
    fresh = type(colleague.user).objects.get(pk=colleague.user.pk)
    assert (before, type(paper).objects.visible_to(fresh).count()) == (1, 0)
    assert Post.objects.get(pk=post.pk).end is None


def test_nobody_changes_posts_of_another_organisation(cast, client_of):
    theirs = cast.representative_b.person.posts.get()

    answer = client_of("representative_a").post(f"/my/posts/{theirs.pk}/", {"title": "Gone", "end": "2024-01-01"})

    theirs.refresh_from_db()
    assert (answer.status_code, theirs.end) == (404, None)


def rows(*contacts):
    told = {"contacts-TOTAL_FORMS": len(contacts), "contacts-INITIAL_FORMS": 0}
    for number, fields in enumerate(contacts):
        told |= {f"contacts-{number}-{name}": value for name, value in fields.items()}
    return told


def test_showing_a_contact_is_the_consent_of_that_day(cast, client_of):
    shown = {"kind": "email", "value": "a@example.org", "audience": "members"}
    kept = {"kind": "phone", "value": "+32 2 543 10 33", "audience": "secretariat"}

    client_of("representative_a").post("/my/contacts/", rows(shown, kept))

    today = timezone.localdate().isoformat()
    found = Contact.objects.order_by("kind").values_list("kind", "audience", "consented_on", "person__key")
    assert [(*each[:2], str(each[2] or ""), each[3]) for each in found] == [
        ("email", "members", today, "representative-a"),
        ("phone", "secretariat", "", "representative-a"),
    ]


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        ("email", "nobody", "Enter a valid email address."),
        ("phone", "call me", "A telephone number has digits"),
        ("site", "javascript:alert(1)", "Enter a valid URL."),
    ],
)
def test_a_contact_that_reaches_nobody_is_refused(cast, client_of, kind, value, told):
    answer = client_of("representative_a").post(
        "/my/contacts/", rows({"kind": kind, "value": value, "audience": "public"})
    )

    assert (answer.status_code, Contact.objects.count()) == (422, 0)
    assert told in answer.content.decode()


def test_the_log_keeps_no_contact_data(cast):
    contact = factories.ContactFactory(value="secret@example.org")
    contact.value = "other@example.org"
    contact.save()
    contact.delete()

    told = [str([line.text, line.before, line.after]) for line in Change.objects.filter(type="network.contact")]
    assert len(told) >= 2
    assert [line for line in told if "example.org" in line] == []


def test_contact_data_are_erased_some_years_after_the_last_function(cast, capsys):
    """The mandate of a former board member stays, with the name."""
    former, present = factories.PersonFactory(name="Former"), factories.PersonFactory(name="Present")
    for person, end in ((former, "2019-06-30"), (present, None)):
        factories.MandateFactory(person=person, start="2015", end=end)
        factories.ContactFactory(person=person)
    Contact.objects.update(recorded_on="2015")

    call_command("tidy")

    assert list(Contact.objects.values_list("person__name", flat=True)) == ["Present"]
    assert former.mandates.count() == 1
    assert "1 contacts" in capsys.readouterr().out


def test_fresh_contact_data_of_somebody_without_a_function_stay(cast):
    factories.ContactFactory(person=factories.PersonFactory(name="A journalist"))

    call_command("tidy")

    assert Contact.objects.count() == 1


def test_reminder_tells_once_a_day_what_is_asked(cast):
    factories.RoundFactory(name="SNAPSHOT", collected_from="2024")
    cast.representative_b.preferences = {"mail_tasks": False}
    cast.representative_b.save()

    for _time in range(2):
        call_command("remind")

    assert sorted(sent.to[0] for sent in mail.outbox) == ["affiliate@example.org", "representative_a@example.org"]
    told = next(sent.body for sent in mail.outbox if sent.to == ["representative_a@example.org"])
    assert "Answer the round SNAPSHOT" in told
    assert "http://127.0.0.1:8000/my/preferences/" in told


def test_nobody_lengthens_their_own_post(cast, client_of):
    post = cast.representative_a.person.posts.get()
    ends = timezone.localdate() + timedelta(days=2)
    Post.objects.filter(pk=post.pk).update(end=ends.isoformat())
    browser = client_of("representative_a")

    refused = [
        browser.post(f"/my/posts/{post.pk}/", {"title": "Director", "end": end}).status_code for end in ("", "2099")
    ]

    post.refresh_from_db()
    assert (refused, str(post.end)) == ([422, 422], ends.isoformat())


def test_a_post_that_is_over_is_opened_by_the_secretariat_alone(cast, client_of):
    gone = factories.PostFactory(organisation=cast.member_a, end="2020")

    assert client_of("representative_a").post(f"/my/posts/{gone.pk}/", {"title": "Back", "end": ""}).status_code == 404


def test_a_post_that_would_end_before_it_began_is_told(cast, client_of):
    colleague = factories.PostFactory(organisation=cast.member_a, start="2020", title="Adviser")

    answer = client_of("representative_a").post(f"/my/posts/{colleague.pk}/", {"title": "Adviser", "end": "1990"})

    colleague.refresh_from_db()
    assert (answer.status_code, colleague.end) == (422, None)


def test_hidden_people_are_not_told_to_their_organisation(cast, client_of):
    hidden = factories.PersonFactory(name="Somebody hidden", audience="secretariat")
    post = factories.PostFactory(person=hidden, organisation=cast.member_a)
    browser = client_of("representative_a")

    page = browser.get(f"/my/organisation/{cast.member_a.key}/").content.decode()

    assert "Somebody hidden" not in page
    assert browser.get(f"/my/posts/{post.pk}/").status_code == 404


def test_contacts_go_no_further_than_their_person(cast, client_of):
    contact = factories.ContactFactory(person=factories.PersonFactory(audience="secretariat"), audience="public")

    answers = {seat: client_of(seat).get(contact.get_absolute_url()).status_code for seat in ("nobody", "secretariat")}

    assert answers == {"nobody": 404, "secretariat": 200}


def test_widening_a_contact_is_a_consent_of_its_own(cast, client_of):
    contact = factories.ContactFactory(
        person=cast.representative_a.person, audience="members", consented_on="2022-05-01"
    )
    sent = {
        "contacts-TOTAL_FORMS": 1, "contacts-INITIAL_FORMS": 1, "contacts-0-id": contact.pk, "contacts-0-kind": "email",
        "contacts-0-value": contact.value, "contacts-0-audience": "public",
    }  # fmt: skip

    client_of("representative_a").post("/my/contacts/", sent)

    contact.refresh_from_db()
    assert (contact.audience, str(contact.consented_on)) == ("public", timezone.localdate().isoformat())


def test_a_contact_closed_by_the_secretariat_stays_so_in_ones_own_form(cast, client_of):
    factories.ContactFactory(person=cast.representative_a.person, audience="administrator", consented_on=None)

    page = client_of("representative_a").get("/my/contacts/").content.decode()

    assert '<option value="administrator" selected>' in page


def test_an_address_in_the_directory_does_not_tell_who_works_in_a_hidden_organisation(cast, client_of):
    hidden = factories.OrganisationFactory(key="hidden", audience="secretariat")
    factories.MembershipFactory(organisation=hidden)
    person = factories.PersonFactory(name="Somebody there")
    factories.PostFactory(person=person, organisation=hidden)
    factories.PostFactory(person=person, organisation=cast.member_b)

    page = client_of("representative_a").get("/my/directory/?organisation=hidden").content.decode()

    assert "Somebody there" not in page


def test_refusal_while_mails_go_out_is_kept(cast):
    from umbel.website.member.reminding import _mark

    type(cast.representative_a).objects.filter(pk=cast.representative_a.pk).update(preferences={"calendar": "new"})

    _mark(cast.representative_a, timezone.localdate())

    cast.representative_a.refresh_from_db()
    assert cast.representative_a.preferences["calendar"] == "new"
