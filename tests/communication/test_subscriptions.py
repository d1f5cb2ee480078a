"""Subscribing to newsletters: asking, confirming, leaving, and what is kept of whom."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from tests import factories
from umbel.communication.models import Subscriber

pytestmark = pytest.mark.django_db

ADDRESS = "ana@example.org"


@pytest.fixture(autouse=True)
def own():
    cache.clear()
    factories.ConfederationFactory(name="FEDE", languages="en fr")
    yield
    cache.clear()


@pytest.fixture
def newsletter():
    return factories.NewsletterFactory(name="Letter", readers="external")


def ask(browser, *newsletters, email=ADDRESS, **more):
    sent = {"email": email, "language": "en", "newsletters": [row.pk for row in newsletters], **more}
    return browser.post("/newsletters/subscribe/", sent)


def links(message):
    """The paths of the links to confirm and to leave."""
    return re.findall(r"http://[^/]+(/newsletters/\S+)", message.body)


def test_visitor_subscribes_confirms_and_finds_the_archive(as_nobody, newsletter):
    factories.IssueFactory(newsletter=newsletter, title="Edition 1", key="edition-1")
    asked = ask(as_nobody, newsletter)
    confirm, _leave = links(mail.outbox[0])

    before = Subscriber.objects.reading().total()
    opened = as_nobody.get(confirm)
    confirmed = as_nobody.post(confirm)

    assert (asked.status_code, asked["Location"]) == (302, "/newsletters/subscribe/sent/")
    assert (before, Subscriber.objects.reading().total()) == (0, 1)
    assert "Letter" in opened.content.decode()
    assert 'href="/newsletters/"' in confirmed.content.decode()
    assert "Edition 1" in as_nobody.get("/newsletters/").content.decode()


def test_link_is_void_once_it_was_used_and_after_seven_days(as_nobody, newsletter):
    ask(as_nobody, newsletter)
    confirm, _leave = links(mail.outbox[0])
    as_nobody.post(confirm)
    ask(as_nobody, newsletter, email="other@example.org")
    late, _leave = links(mail.outbox[1])
    Subscriber.objects.filter(email="other@example.org").update(asked_at=timezone.now() - timedelta(days=8))

    pages = [as_nobody.get(link).content.decode() for link in (confirm, late, "/newsletters/confirm/x/")]
    assert ["This link is void" in page for page in pages] == [True, True, True]


def test_token_is_kept_as_a_hash_only(as_nobody, newsletter):
    ask(as_nobody, newsletter)
    confirm, _leave = links(mail.outbox[0])

    kept = Subscriber.objects.get().token_hash

    assert len(kept) == 64
    assert confirm.split("/")[-2] not in kept


def test_answer_tells_nobody_who_reads(as_nobody, newsletter):
    ask(as_nobody, newsletter)
    as_nobody.post(links(mail.outbox[0])[0])

    known = ask(as_nobody, newsletter)
    unknown = ask(as_nobody, newsletter, email="other@example.org")

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.to for message in mail.outbox] == [[ADDRESS], [ADDRESS], ["other@example.org"]]


def test_nobody_changes_what_somebody_else_reads(as_nobody, newsletter):
    other = factories.NewsletterFactory(name="Other", readers="external")
    ask(as_nobody, newsletter)
    as_nobody.post(links(mail.outbox[0])[0])

    ask(as_nobody, other, language="fr")

    reader = Subscriber.objects.get()
    assert (list(reader.newsletters.all()), reader.language) == ([newsletter], "en")


def test_only_newsletters_for_the_public_are_offered(as_nobody):
    inside = factories.NewsletterFactory(readers="internal")
    hidden = factories.NewsletterFactory(readers="external", audience="members")
    factories.NewsletterFactory.create_batch(2, readers="external")

    for newsletter in (inside, hidden):
        assert "newsletters" in ask(as_nobody, newsletter).context["form"].errors
    assert mail.outbox == []


def test_only_newsletter_needs_no_tick(as_nobody, newsletter):
    assert ask(as_nobody).status_code == 302
    assert list(Subscriber.objects.get().wanted.all()) == [newsletter]


def test_machine_that_fills_the_trap_is_thanked_and_forgotten(as_nobody, newsletter):
    answer = ask(as_nobody, newsletter, website="https://example.org")

    assert answer["Location"] == "/newsletters/subscribe/sent/"
    assert (Subscriber.objects.exists(), mail.outbox) == (False, [])


@pytest.mark.parametrize(
    "email", ["", "no address", "a@b", "a\nBcc: b@example.org@example.org", "x" * 300 + "@example.org"]
)
def test_what_is_no_address_is_refused(as_nobody, newsletter, email):
    answer = ask(as_nobody, newsletter, email=email)

    assert list(answer.context["form"].errors) == ["email"]
    assert mail.outbox == []


def test_one_address_is_written_to_three_times_an_hour(as_nobody, newsletter):
    answers = [ask(as_nobody, newsletter).status_code for _ in range(5)]

    assert answers == [302, 302, 302, 429, 429]
    assert len(mail.outbox) == 3


def test_reader_leaves_by_one_button_and_the_address_is_erased(as_nobody, newsletter):
    ask(as_nobody, newsletter)
    confirm, leave = links(mail.outbox[0])
    as_nobody.post(confirm)

    opened = as_nobody.get(leave).content.decode()
    still = Subscriber.objects.reading().total()
    as_nobody.post(leave)
    again = as_nobody.get(leave)

    reader = Subscriber.objects.get()
    assert ADDRESS in opened
    assert still == 1
    assert (reader.email, reader.token_hash, again.status_code) == ("", "", 200)


def test_mail_program_leaves_with_one_click(as_nobody, newsletter):
    ask(as_nobody, newsletter)
    as_nobody.post(links(mail.outbox[0])[0])
    headers = mail.outbox[0].extra_headers

    as_nobody.post(re.sub(r"^<http://[^/]+|>$", "", headers["List-Unsubscribe"]), {"List-Unsubscribe": "One-Click"})

    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert Subscriber.objects.reading().total() == 0


@pytest.mark.parametrize("token", ["1", "1:x", "x:y"])
def test_link_to_leave_that_nobody_gave_out_leads_nowhere(as_nobody, token):
    Subscriber.objects.create(email=ADDRESS, confirmed_at=timezone.now())

    assert as_nobody.post(f"/newsletters/leave/{token}/").status_code == 404
    assert Subscriber.objects.reading().total() == 1


def test_address_that_nobody_confirms_is_forgotten_after_seven_days(as_nobody, newsletter):
    ask(as_nobody, newsletter)
    Subscriber.objects.update(asked_at=timezone.now() - timedelta(days=8))

    ask(as_nobody, newsletter, email="other@example.org")

    assert list(Subscriber.objects.values_list("email", flat=True)) == ["other@example.org"]


def test_who_left_can_come_back(as_nobody, newsletter):
    Subscriber.objects.create(email=ADDRESS, confirmed_at=timezone.now()).leave()

    ask(as_nobody, newsletter)
    as_nobody.post(links(mail.outbox[0])[0])

    assert list(Subscriber.objects.reading().values_list("email", flat=True)) == [ADDRESS]


def test_mail_is_in_the_language_of_the_reader(as_nobody, newsletter):
    ask(as_nobody, newsletter, language="fr")

    assert Subscriber.objects.get().language == "fr"
    assert mail.outbox[0].subject == "FEDE\xa0: confirmez votre abonnement"


def test_form_sets_no_cookie(as_nobody, newsletter):
    answer = as_nobody.get("/newsletters/subscribe/")

    assert "Your e-mail address" in answer.content.decode()
    assert dict(answer.cookies) == {}


def test_readers_are_listed_and_erased_by_who_keeps_newsletters(client_of):
    reader = Subscriber.objects.create(email=ADDRESS, confirmed_at=timezone.now())
    seats = ("communication", "secretary_general", "advocacy", "reader", "nobody")

    answers = {seat: client_of(seat).get("/desk/subscribers/") for seat in seats}
    client_of("communication").post("/desk/subscribers/", {"erase": reader.pk})

    reader.refresh_from_db()
    assert [answer.status_code for answer in answers.values()] == [200, 200, 404, 404, 302]
    assert ADDRESS in answers["communication"].content.decode()
    assert reader.email == ""


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_readers_costs_the_same_with_more(client_of, newsletter, django_assert_num_queries, count):
    for number in range(count):
        Subscriber.objects.create(email=f"{number}@example.org", confirmed_at=timezone.now()).newsletters.add(
            newsletter
        )
    browser = client_of("communication")
    browser.get("/desk/subscribers/")

    with django_assert_num_queries(6):
        browser.get("/desk/subscribers/")
