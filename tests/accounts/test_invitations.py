"""Accounts are made by invitation: from the secretariat, or from an organisation for its own people."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.factories import (
    EventFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    PostFactory,
    UserFactory,
)
from umbel.accounts.models import User
from umbel.core.changelog import Change
from umbel.network.models import Invitation, Person, Post

pytestmark = pytest.mark.django_db
PASSWORD = "a very long walk in Rome"
WORDS = {"password": PASSWORD, "again": PASSWORD}
OWN, ALL, ANEW = "/my/invitations/", "/desk/users/", "/desk/users/invite/"


def link_in(sent):
    return re.search(r"http://testserver(/\S+)", sent.body)[1]


def invite_own(browser, organisation, **more):
    return browser.post(
        OWN, {"organisation": organisation.pk, "name": "Ada Lovelace", "email": "ada@example.org", **more}
    )


def test_an_invited_colleague_makes_an_account_and_speaks_for_the_member(cast, client_of):
    paper = EventFactory(audience="members")

    invite_own(client_of("representative_a"), cast.member_a, function="Director")
    browser = Client()
    page = browser.get(link_in(mail.outbox[0])).content.decode()
    answer = browser.post(link_in(mail.outbox[0]), WORDS)

    [post] = Post.objects.filter(person__name="Ada Lovelace")
    user = User.objects.get(email="ada@example.org")
    assert "representative_a@example.org invites you" in page
    assert "You will speak for Member A." in page
    assert (answer.status_code, user.person, user.name) == (302, post.person, "Ada Lovelace")
    assert (post.organisation, post.title, post.start.first_day) == (cast.member_a, "Director", timezone.localdate())
    assert post.person.audience == "members"
    assert browser.get(paper.get_absolute_url(), follow=True).status_code == 200


def test_what_an_invitation_makes_is_signed_with_the_address_that_took_it_up(cast, client_of):
    invite_own(client_of("representative_a"), cast.member_a)

    Client().post(link_in(mail.outbox[0]), WORDS)

    made = Change.objects.filter(who="ada@example.org").values_list("type", flat=True)
    assert set(made) == {"accounts.user", "network.person", "network.post"}


def test_somebody_on_record_is_tied_to_the_account(cast, client_of):
    post = PostFactory(organisation=cast.member_a, person=PersonFactory(name="Ada Lovelace"))
    before = Person.objects.count()

    invite_own(client_of("representative_a"), cast.member_a, person=post.person.pk)
    Client().post(link_in(mail.outbox[0]), WORDS)

    post.person.refresh_from_db()
    assert post.person.user.email == "ada@example.org"
    assert (Person.objects.count(), post.person.posts.count()) == (before, 1)


def test_a_representative_invites_for_no_other_organisation(cast, client_of):
    stranger = PostFactory(organisation=cast.member_b).person
    browser = client_of("representative_a")

    pages = [invite_own(browser, cast.member_b), invite_own(browser, cast.member_a, person=stranger.pk)]

    assert [page.status_code for page in pages] == [200, 200]
    assert not Invitation.objects.exists()


def test_a_representative_gives_no_role(cast, client_of):
    invite_own(client_of("representative_a"), cast.member_a, role="administrator")

    assert Invitation.objects.get().role == ""


@pytest.mark.parametrize(("seat", "role"), [("administrator", "finance"), ("superuser", "finance"), ("membership", "")])
def test_only_administrators_give_roles(cast, client_of, seat, role):
    client_of(seat).post(ANEW, {"name": "Ada", "email": "ada@example.org", "role": "finance"})
    Client().post(link_in(mail.outbox[0]), WORDS)

    assert User.objects.get(email="ada@example.org").role == role


def test_the_secretariat_invites_people_by_the_names_on_record(cast, client_of):
    person = PersonFactory(name="Matti Hänninen")

    client_of("membership").post(
        ANEW, {"name": "Matti", "email": "m@example.org", "person": "matti hanninen", "organisation": "member a"}
    )
    Client().post(link_in(mail.outbox[0]), WORDS)

    person.refresh_from_db()
    assert (person.user.email, person.posts.get().organisation) == ("m@example.org", cast.member_a)


@pytest.mark.parametrize(
    ("field", "name", "told"),
    [
        ("person", "Nobody Known", "Nobody without an account has this name."),
        ("organisation", "No Such House", "No organisation on record has this name."),
        ("person", "Twin", "Several on record have this name."),
    ],
)
def test_a_name_that_is_not_one_record_is_told(client_of, field, name, told):
    PersonFactory.create_batch(2, name="Twin")

    page = client_of("membership").post(ANEW, {"name": "Ada", "email": "ada@example.org", field: name})

    assert page.context["form"].errors == {field: [told]}


def test_a_link_is_good_once(cast, client_of):
    invite_own(client_of("representative_a"), cast.member_a)
    link = link_in(mail.outbox[0])
    Client().post(link, WORDS)

    answer = Client().post(link, {"password": "another walk in Milan", "again": "another walk in Milan"})

    assert answer.status_code == 410
    assert User.objects.get(email="ada@example.org").check_password(PASSWORD)


def test_a_link_ends_after_fourteen_days(cast, client_of, monkeypatch):
    from django.core import signing

    invite_own(client_of("representative_a"), cast.member_a)
    link, now = link_in(mail.outbox[0]), signing.time.time()

    answers = []
    for days in (13, 14):
        later = now + timedelta(days=days).total_seconds() + 60
        monkeypatch.setattr(signing, "time", SimpleNamespace(time=lambda later=later: later))
        answers.append(Client().get(link).status_code)

    assert answers == [200, 410]


def test_sending_again_makes_the_link_before_worthless(cast, client_of):
    browser = client_of("representative_a")
    invite_own(browser, cast.member_a)
    invitation = Invitation.objects.get()

    browser.post(f"/invitations/{invitation.pk}/resend/")

    assert [Client().get(link_in(sent)).status_code for sent in mail.outbox] == [410, 200]
    Client().post(link_in(mail.outbox[0]), WORDS)
    assert not User.objects.filter(email="ada@example.org").exists()
    Client().post(link_in(mail.outbox[1]), WORDS)
    assert User.objects.get(email="ada@example.org").person.posts.get().organisation == cast.member_a


def test_a_withdrawn_invitation_opens_nothing(cast, client_of):
    browser = client_of("representative_a")
    invite_own(browser, cast.member_a)

    browser.post(f"/invitations/{Invitation.objects.get().pk}/withdraw/")

    assert Client().get(link_in(mail.outbox[0])).status_code == 410
    assert "ada@example.org" not in browser.get(OWN).context["invitations"].values_list("email", flat=True)


@pytest.mark.parametrize(
    ("seat", "status"),
    [("representative_a", 302), ("membership", 302), ("representative_b", 404), ("reader", 404), ("advocacy", 404)],
)
def test_invitations_are_handled_by_who_made_them_and_the_secretariat(cast, client_of, seat, status):
    invite_own(client_of("representative_a"), cast.member_a)

    answer = client_of(seat).post(f"/invitations/{Invitation.objects.get().pk}/withdraw/")

    assert answer.status_code == status
    assert Invitation.objects.pending().exists() is (status == 404)


@pytest.mark.parametrize("token", ["x", "WzEsMV0:1abc:forged", "%00"])
def test_a_forged_link_opens_nothing(client, token):
    address = f"/account/invitations/{token}/"

    pages = [client.get(address), client.post(address, WORDS)]

    assert [page.status_code for page in pages] == [410, 410]
    assert ["This invitation is over" in page.text for page in pages] == [True, True]
    assert not User.objects.exists()


def test_a_second_invitation_to_the_same_address_is_refused_in_words(cast, client_of):
    browser = client_of("representative_a")
    invite_own(browser, cast.member_a)

    page = invite_own(browser, cast.member_a, email="ADA@example.org")

    told = "An invitation to this e-mail is open: send it again, or withdraw it."
    assert page.context["form"].errors == {"email": [told]}


def test_who_has_an_account_adds_the_invitation_to_it_after_signing_in(cast, client_of):
    known = UserFactory(email="ada@example.org", name="Ada")
    invite_own(client_of("representative_a"), cast.member_a)
    link = link_in(mail.outbox[0])
    stranger, own = Client(), Client()
    own.force_login(known, backend="umbel.accounts.backends.PasswordBackend")

    stranger.post(link, WORDS)
    untouched = Post.objects.filter(person__user=known).count()
    page = stranger.get(link).content.decode()
    own.post(link)

    assert (untouched, Post.objects.get(person__user=known).organisation) == (0, cast.member_a)
    assert "There is an account for ada@example.org already." in page
    assert User.objects.get(pk=known.pk).password == known.password


def test_a_person_who_has_got_another_account_meanwhile_is_told(cast, client_of):
    post = PostFactory(organisation=cast.member_a)
    invite_own(client_of("representative_a"), cast.member_a, person=post.person.pk)
    Person.objects.filter(pk=post.person.pk).update(user=UserFactory())

    page = Client().post(link_in(mail.outbox[0]), WORDS)

    assert page.status_code == 200
    assert f"{post.person} has another account." in page.content.decode()
    assert not User.objects.filter(email="ada@example.org").exists()
    assert Invitation.objects.pending().count() == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"password": PASSWORD, "again": "something else"}, "The two passwords differ."),
        ({"password": "ada", "again": "ada"}, "This password is too short."),
    ],
)
def test_a_bad_password_makes_no_account(cast, client_of, words, told):
    invite_own(client_of("representative_a"), cast.member_a)

    page = Client().post(link_in(mail.outbox[0]), words)

    assert told in page.content.decode()
    assert not User.objects.filter(email="ada@example.org").exists()


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_users_asks_the_same_whatever_its_length(client_of, django_assert_num_queries, count):
    browser = client_of("administrator")
    User.objects.exclude(email="administrator@example.org").delete()
    for _ in range(count):
        organisation = OrganisationFactory()
        MembershipFactory(organisation=organisation)
        PostFactory(organisation=organisation, person=PersonFactory(user=UserFactory()), end="2999")

    with django_assert_num_queries(9):
        page = browser.get(ALL)

    assert len(page.context["leaf"].rows) == count + 1


@pytest.mark.parametrize(
    ("asked", "seats"),
    [
        ({"role": "finance"}, ["finance"]),
        ({"role": "finance", "q": "nobody-like-this"}, []),
        ({"role": "none", "q": "representative_"}, ["representative_a", "representative_b"]),
        ({"role": "unknown", "q": "representative_a"}, ["representative_a"]),
        ({"q": "a\0b"}, []),
    ],
)
def test_list_of_users_is_narrowed_by_words_and_by_role(client_of, asked, seats):
    page = client_of("administrator").get(ALL, asked)

    assert [user.email for user in page.context["leaf"].rows] == [f"{seat}@example.org" for seat in seats]


def test_list_of_users_goes_on_after_a_hundred(cast, client_of):
    User.objects.bulk_create(User(email=f"{number:03}@many.org", name="Many") for number in range(130))
    client = client_of("administrator")

    first, second = (client.get(ALL, {"q": "many.org", "role": "none", "page": page}) for page in (1, 2))

    assert [len(page.context["leaf"].rows) for page in (first, second)] == [100, 30]
    assert 'href="?q=many.org&amp;role=none&amp;page=2" rel="next"' in first.text
    assert 'href="?q=many.org&amp;role=none&amp;page=1" rel="prev"' in second.text


def test_list_of_users_tells_who_they_are_and_until_when(cast, client_of):
    Post.objects.filter(organisation=cast.member_a).update(end="2999-06-30")

    page = client_of("membership").get(ALL, {"q": "REPRESENTATIVE_A"}).content.decode()

    assert [text for text in ("Member A", "30 Jun 2999", "representative_a@example.org") if text not in page] == []
    assert "representative_b@example.org" not in page


def test_an_administrator_changes_a_role_and_closes_an_account(cast, client_of):
    client_of("administrator").post(f"/desk/users/{cast.finance.pk}/", {"name": "Fin", "role": "advocacy"})

    cast.finance.refresh_from_db()
    assert (cast.finance.name, cast.finance.role, cast.finance.is_active) == ("Fin", "advocacy", False)


def test_nobody_changes_their_own_role_or_shuts_themselves_out(cast, client_of):
    own = cast.administrator

    client_of("administrator").post(f"/desk/users/{own.pk}/", {"name": "Ada", "role": "finance"})

    own.refresh_from_db()
    assert (own.name, own.role, own.is_active) == ("Ada", "administrator", True)


def test_an_administrator_does_not_touch_a_superuser(cast, client_of):
    kept = User.objects.values().get(pk=cast.superuser.pk)

    answer = client_of("administrator").post(f"/desk/users/{cast.superuser.pk}/", {"name": "Ada"})

    assert answer.status_code == 404
    assert User.objects.values().get(pk=cast.superuser.pk) == kept
