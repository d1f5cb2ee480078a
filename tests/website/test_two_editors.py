"""Forms outside the desk's records: whoever saves second sees both versions, and nothing is overwritten unseen."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests import factories
from tests.core.crud.reading import words
from umbel.accounts.models import User
from umbel.core import languages
from umbel.core.translations.models import Translation, translate
from umbel.network.models import Contact, EditRule

pytestmark = pytest.mark.django_db


@dataclass
class Case:
    """A form: whose, where, what it sends, and what is on record of what it asks for."""

    seat: str
    url: str
    sent: dict[str, Any]
    others: dict[str, Any]
    ours: dict[str, Any]
    stored: Any
    told: str


@pytest.fixture
def own(db):
    yield factories.ConfederationFactory(languages="en fr", purpose="Speaks.", street="Old street 1")
    languages._offered.clear()


def site(own, cast):
    sent = {
        "name": own.name, "long_name": own.long_name, "country": own.country, "leading": "en", "others": ["fr"],
        "reporting_year": own.reporting_year, "primary_colour": own.primary_colour, "purpose": own.purpose,
        "accent_colour": own.accent_colour, "street": own.street,
    }  # fmt: skip

    def stored():
        return type(own).objects.get().purpose

    return Case("communication", "/desk/site/", sent, {"purpose": "Acts."}, {"street": "New street 2"}, stored,
                "Purpose Acts. Speaks.")  # fmt: skip


def channels(own, cast):
    case = site(own, cast)
    channel = factories.ChannelFactory(name="Bluesky", in_footer=False)
    case.others = {"channel": [channel.pk]}
    case.stored = lambda: type(channel).objects.get().in_footer
    case.told = "Channels in the foot Bluesky empty"
    return case


def translation(own, cast):
    page = factories.PageFactory(title="Members", body="<p>Nine members</p>", lead="")
    translate(page, "title", "fr", "Membres")

    def stored():
        return Translation.objects.filter(field="body").values_list("text", flat=True).first()

    return Case("communication", f"/desk/languages/website.page/{page.pk}/fr/", {"title": "Membres", "body": ""},
                {"body": "<p>Neuf membres</p>"}, {"title": "Les membres"}, stored,
                "Text Neuf membres empty")  # fmt: skip


def role(own, cast):
    account = cast.finance

    def stored():
        return User.objects.get(pk=account.pk).role

    return Case("administrator", f"/desk/users/{account.pk}/", {"name": "", "role": "finance", "is_active": "on"},
                {"role": "advocacy"}, {"name": "Fina"}, stored, "Role advocacy officer finance officer")  # fmt: skip


def rules_of_self_service(own, cast):
    def stored():
        return EditRule.rules()["city"]

    return Case("membership", "/desk/self-service/", dict(EditRule.CAME_WITH), {"city": "reviewed"},
                {"name": "closed"}, stored, "City after a look by the secretariat at once")  # fmt: skip


def own_post(own, cast):
    post = factories.PostFactory(organisation=cast.member_a, title="Adviser", start="2020")

    def stored():
        return type(post).objects.get(pk=post.pk).title

    return Case("representative_a", f"/my/posts/{post.pk}/", {"title": "Adviser", "end": ""}, {"title": "Head"},
                {"end": "2099-12-31"}, stored, "Title Head Adviser")  # fmt: skip


def own_contacts(own, cast):
    contact = factories.ContactFactory(
        person=cast.representative_a.person, kind="email", value="old@example.org", audience="secretariat"
    )
    sent = {
        "contacts-TOTAL_FORMS": 1, "contacts-INITIAL_FORMS": 1, "contacts-0-id": contact.pk,
        "contacts-0-kind": "email", "contacts-0-value": "old@example.org", "contacts-0-audience": "secretariat",
    }  # fmt: skip

    def stored():
        return Contact.objects.get().value

    return Case("representative_a", "/my/contacts/", sent, {"contacts-0-value": "new@example.org"},
                {"contacts-0-audience": "members"}, stored, "new@example.org old@example.org")  # fmt: skip


FORMS = (site, channels, translation, role, rules_of_self_service, own_post, own_contacts)


@pytest.fixture(params=FORMS, ids=lambda form: form.__name__)
def case(request, own, cast):
    return request.param(own, cast)


def test_second_editor_sees_both_versions_and_saves_knowingly(case, client_of):
    first, second = client_of(case.seat), client_of(case.seat)
    mine, theirs = (client.get(case.url).context["seen"] for client in (first, second))
    saved = first.post(case.url, {**case.sent, **case.others, "seen": mine})
    between = case.stored()

    page = second.post(case.url, {**case.sent, **case.ours, "seen": theirs})
    held = case.stored()
    again = second.post(case.url, {**case.sent, **case.ours, "seen": page.context["seen"]})

    assert (saved.status_code, page.status_code, again.status_code) == (302, 409, 302)
    assert held == between
    assert case.told in words(page)


def test_what_nobody_else_changed_is_saved_at_once(case, client_of):
    client, before = client_of(case.seat), case.stored()
    seen = client.get(case.url).context["seen"]
    client.post(case.url, {**case.sent, **case.others, "seen": seen})
    between = case.stored()

    again = client.get(case.url).context["seen"]
    client.post(case.url, {**case.sent, **case.ours, "seen": again})

    assert before != between
    assert case.stored() == before


def test_original_that_changed_while_somebody_translated_it_is_shown_first(own, client_of):
    page = factories.PageFactory(title="Members", body="")
    url, client = f"/desk/languages/website.page/{page.pk}/fr/", client_of("communication")
    seen = client.get(url).context["seen"]
    page.title = "Members of today"
    page.save()

    answer = client.post(url, {"title": "Membres", "seen": seen})

    assert (answer.status_code, Translation.objects.count()) == (409, 0)
    assert "Title, the original Members of today Membres" in words(answer)


def test_contact_that_somebody_else_erased_is_added_again_knowingly_only(own, cast, client_of):
    case = own_contacts(own, cast)
    client = client_of(case.seat)
    seen = client.get(case.url).context["seen"]
    Contact.objects.all().delete()

    page = client.post(case.url, {**case.sent, "contacts-0-value": "mine@example.org", "seen": seen})
    held = Contact.objects.count()
    rows = {field: value for field, value in case.sent.items() if field != "contacts-0-id"}
    again = {**rows, "contacts-INITIAL_FORMS": 0, "contacts-0-value": "mine@example.org"}
    client.post(case.url, {**again, "seen": page.context["seen"]})

    assert (page.status_code, held) == (409, 0)
    assert "E-mail erased mine@example.org" in words(page)
    assert page.context["rows"].initial_forms == []
    assert Contact.objects.get().value == "mine@example.org"


def test_looking_at_colours_does_not_forget_what_was_seen(own, cast, client_of):
    case = site(own, cast)
    client = client_of(case.seat)
    seen = client.get(case.url).context["seen"]
    client_of(case.seat).post(case.url, {**case.sent, **case.others})

    looked = client.post(case.url, {**case.sent, "show": "1", "seen": seen})

    page = client.post(case.url, {**case.sent, "seen": looked.context["seen"]})

    assert case.told in words(page)
    assert case.stored() == "Acts."
