"""A representative records people of their own organisation who shall have no account."""

import pytest
from django.core import mail
from django.utils import timezone

from tests import factories
from umbel.accounts.models import User
from umbel.core.changelog import Change
from umbel.network.models import Contact, Person, Post

pytestmark = pytest.mark.django_db

ADA = {"name": "Ada Lovelace", "title": "Head of studies", "email": "ada@example.org"}


def url_of(organisation):
    return f"/my/organisation/{organisation.key}/people/add/"


def test_colleague_is_recorded_without_an_account(cast, client_of):
    accounts = User.objects.count()

    answer = client_of("representative_a").post(url_of(cast.member_a), ADA)

    post = Post.objects.get(person__name="Ada Lovelace")
    contact = Contact.objects.get()
    assert answer["Location"] == f"/my/organisation/{cast.member_a.key}/"
    assert (post.organisation, post.title, post.kind, str(post.start)) == (
        cast.member_a, "Head of studies", "representative", timezone.localdate().isoformat()
    )  # fmt: skip
    assert (post.person.user, post.person.audience, post.person.key) == (None, "members", "ada-lovelace")
    assert (contact.person, contact.value, contact.audience) == (post.person, "ada@example.org", "secretariat")
    assert (User.objects.count(), mail.outbox) == (accounts, [])
    assert Change.objects.filter(type="network.person").latest("pk").who == "representative_a@example.org"


def test_colleague_stands_on_the_page_and_can_be_invited_later(cast, client_of):
    browser = client_of("representative_a")
    browser.post(url_of(cast.member_a), ADA)
    person = Person.objects.get(name="Ada Lovelace")

    _told, page = (browser.get(f"/my/organisation/{cast.member_a.key}/").text for _time in range(2))
    browser.post(
        "/my/invitations/",
        {"organisation": cast.member_a.pk, "person": person.pk, "name": "Ada Lovelace", "email": "ada@example.org"},
    )

    assert ("Ada Lovelace" in page, url_of(cast.member_a) in page) == (True, True)
    assert [sent.to for sent in mail.outbox] == [["ada@example.org"]]


@pytest.mark.parametrize("seat", ["representative_b", "affiliate", "board", "reader", "membership"])
def test_nobody_else_records_people_of_an_organisation(cast, client_of, seat):
    answer = client_of(seat).post(url_of(cast.member_a), ADA)

    assert answer.status_code == 404
    assert not Person.objects.filter(name="Ada Lovelace").exists()


def test_form_sent_twice_records_one_colleague(cast, client_of):
    browser = client_of("representative_a")
    once = browser.get(url_of(cast.member_a)).context["once"]

    answers = [browser.post(url_of(cast.member_a), {**ADA, "name": name, "once": once}) for name in ("Ada", "Eve")]

    assert [answer["Location"] for answer in answers] == [f"/my/organisation/{cast.member_a.key}/"] * 2
    assert list(Person.objects.filter(name__in=["Ada", "Eve"]).values_list("name", flat=True)) == ["Ada"]


@pytest.mark.parametrize("sent", [ADA, {**ADA, "name": "A. Lovelace"}], ids=["name", "address"])
def test_somebody_like_them_is_told_and_stays_as_they_are(cast, client_of, sent):
    known = factories.PersonFactory(name="Ada LOVELACE", audience="members")
    factories.PostFactory(person=known, title="Chair", organisation=cast.member_b)
    factories.ContactFactory(
        person=known, kind="email", value="Ada@example.org", audience="members", consented_on="2024"
    )
    browser = client_of("representative_a")

    page = browser.post(url_of(cast.member_a), sent)
    held = Post.objects.filter(organisation=cast.member_a, title="Head of studies").count()
    added = browser.post(url_of(cast.member_a), {**sent, "is_other": "on"})

    assert (page.status_code, held, added.status_code) == (422, 0, 302)
    assert f"Ada LOVELACE</a>, Chair, {cast.member_b}" in page.text
    assert [post.title for post in known.posts.all()] == ["Chair"]
    assert Post.objects.get(title="Head of studies").person != known


def test_somebody_who_is_hidden_is_not_told(cast, client_of):
    hidden = factories.PersonFactory(name="Ada Lovelace", audience="secretariat")
    factories.ContactFactory(person=hidden, kind="email", value="ada@example.org")

    client_of("representative_a").post(url_of(cast.member_a), ADA)

    assert Person.objects.filter(name="Ada Lovelace").count() == 2


@pytest.mark.parametrize(
    ("sent", "field"),
    [({**ADA, "name": ""}, "name"), ({**ADA, "title": ""}, "title"), ({**ADA, "email": "nobody"}, "email"),
     ({**ADA, "name": "Somebody"}, "name")],
)  # fmt: skip
def test_colleague_who_cannot_be_recorded_is_told_at_the_field(cast, client_of, sent, field):
    factories.PostFactory(person__name="Somebody", person__audience="members", organisation=cast.member_a)

    page = client_of("representative_a").post(url_of(cast.member_a), sent)

    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert not Post.objects.filter(title="Head of studies").exists()
