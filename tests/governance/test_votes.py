"""Voting by name: who sees a vote and casts one, what is seen while it is open and after."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests import factories
from tests.governance.conftest import hours
from tests.website.page import page_of
from umbel.governance import voting
from umbel.governance.models import Ballot, Mandate, Poll, Voter
from umbel.network.models import Membership

pytestmark = pytest.mark.django_db

PAGE = "/my/votes/budget/"


def paper(poll, organisation, choice, seen=None):
    """What the form of a vote sends."""
    voting.draw_rolls()
    voter = poll.voters.get(organisation=organisation)
    sent = {"voter": voter.pk, f"v{voter.pk}-choice": choice}
    return sent if seen is None else {**sent, "seen": seen}


def seen_in(client):
    return re.search(r'name="seen" value="([^"]*)"', client.get(PAGE).content.decode())[1]


def close(poll):
    Poll.objects.filter(pk=poll.pk).update(closed_at=timezone.now())


def said(organisation):
    return Ballot.objects.filter(voter__organisation=organisation).values_list("choice", flat=True).first()


def test_a_representative_votes_for_the_own_member(cast, client_of, poll):
    answer = client_of("representative_a").post(PAGE, paper(poll, cast.member_a, "for"), follow=True)

    assert answer.redirect_chain == [(PAGE, 302)]
    assert "Member A has voted: for." in answer.content.decode()
    assert (said(cast.member_a), said(cast.member_b)) == ("for", None)
    assert Ballot.objects.get().cast_by == cast.representative_a


def test_a_vote_can_be_changed_while_the_poll_is_open(cast, client_of, poll):
    client = client_of("representative_a")
    client.post(PAGE, paper(poll, cast.member_a, "for"))

    answer = client.post(PAGE, paper(poll, cast.member_a, "abstain", seen_in(client)), follow=True)

    assert "Member A has changed its vote: abstention." in answer.content.decode()
    assert said(cast.member_a) == "abstain"


def test_a_second_colleague_sees_what_the_first_chose_before_it_is_overwritten(cast, client_of, poll):
    client = client_of("representative_a")
    stale = paper(poll, cast.member_a, "against", seen_in(client))
    client.post(PAGE, paper(poll, cast.member_a, "for"))

    answer = client.post(PAGE, stale)

    assert answer.status_code == 409
    assert said(cast.member_a) == "for"


@pytest.mark.parametrize("choice", ["", "perhaps"])
def test_a_paper_without_a_choice_is_handed_back(cast, client_of, poll, choice):
    answer = client_of("representative_a").post(PAGE, paper(poll, cast.member_a, choice))

    assert answer.status_code == 422
    assert "Choose one of the three." in answer.content.decode()
    assert said(cast.member_a) is None


@pytest.mark.parametrize("seat", ["representative_b", "affiliate", "participant", "board", "secretariat", "superuser"])
def test_nobody_votes_for_another_member(cast, client_of, poll, seat):
    answer = client_of(seat).post(PAGE, paper(poll, cast.member_a, "for"))

    assert answer.status_code == 404
    assert said(cast.member_a) is None


@pytest.mark.parametrize(
    ("seat", "status"),
    [
        ("representative_a", 200), ("representative_b", 200), ("secretariat", 200), ("affiliate", 404),
        ("participant", 404), ("funder", 404), ("reader", 404), ("board", 404), ("nobody", 302),
    ],
)  # fmt: skip
def test_those_who_vote_and_the_secretariat_see_a_vote_of_the_assembly(client_of, poll, seat, status):
    assert client_of(seat).get(PAGE).status_code == status
    assert ("Adopt the budget?" in client_of(seat).get("/my/votes/").content.decode()) is (status == 200)


def test_a_vote_of_the_board_is_cast_by_the_person_who_sits_there(cast, client_of):
    body = Mandate.objects.get().body
    poll = factories.PollFactory(
        key="budget", body=body, audience="participants", opens_at=hours(-1), closes_at=hours(1)
    )
    voting.draw_rolls()
    voter = poll.voters.get()
    sent = {"voter": voter.pk, f"v{voter.pk}-choice": "against"}

    answers = {seat: client_of(seat).post(PAGE, sent).status_code for seat in ("representative_b", "board")}

    assert answers == {"representative_b": 404, "board": 302}
    assert Ballot.objects.get().cast_by == cast.board


def test_the_roll_is_that_of_the_day_on_which_the_poll_opens(cast, client_of, poll):
    client_of("representative_a").get("/my/votes/")
    Membership.objects.filter(organisation=cast.member_b).update(end=timezone.localdate() - timedelta(days=2))
    factories.MembershipFactory(organisation=cast.cooperative, start="2020")

    client_of("representative_a").get("/my/votes/")
    voting.draw_rolls()

    assert {voter.organisation for voter in poll.voters.all()} == {cast.member_a, cast.member_b}


def test_a_roll_that_is_drawn_up_late_is_that_of_the_day_of_the_opening(cast, poll):
    Poll.objects.update(opens_at=timezone.now() - timedelta(days=5))
    Membership.objects.filter(organisation=cast.member_b).update(end=timezone.localdate() - timedelta(days=1))
    factories.MembershipFactory(organisation=cast.cooperative, start=timezone.localdate() - timedelta(days=1))

    voting.draw_rolls()

    assert {voter.organisation for voter in poll.voters.all()} == {cast.member_a, cast.member_b}


def test_the_quorum_of_the_statutes_is_frozen_with_the_roll(poll):
    voting.draw_rolls()
    type(factories.ConfederationFactory._meta.model.objects.get()).objects.update(quorum_percent=10)

    poll.refresh_from_db()

    assert poll.quorum_percent == 50


@pytest.mark.parametrize(
    ("fields", "number"),
    [
        ({}, 2), ({"opens_at": hours(1)}, 0), ({"audience": "secretariat"}, 0), ({"withdrawn_at": hours(-1)}, 0),
        ({"closes_at": hours(-0.5)}, 2),
    ],
)  # fmt: skip
def test_a_roll_is_drawn_up_for_what_has_opened(poll, fields, number):
    Poll.objects.filter(pk=poll.pk).update(**fields)

    voting.draw_rolls()

    assert len(Voter.objects.filter(poll=poll)) == number


def test_while_it_is_open_nobody_sees_how_others_voted(cast, client_of, poll):
    client_of("representative_a").post(PAGE, paper(poll, cast.member_a, "against"))
    pages = {
        "representative_b": client_of("representative_b").get(PAGE),
        "secretariat": client_of("secretariat").get(f"/desk/polls/{poll.pk}/result/"),
        "superuser": client_of("superuser").get(f"/desk/polls/{poll.pk}/result/"),
    }

    told = {seat: page_of_answer(answer) for seat, answer in pages.items()}

    assert all("1 of 2 have voted." in text for text in told.values())
    assert [seat for seat, text in told.items() if "Member A" in text] == []
    assert client_of("superuser").get(f"/desk/polls/{poll.pk}/result.csv").status_code == 404


def page_of_answer(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_no_ballot_stands_in_the_desk_its_log_or_its_files(cast, client_of, poll):
    from umbel.core.changelog import Change

    client_of("representative_a").post(PAGE, paper(poll, cast.member_a, "against"))
    voter = poll.voters.get(organisation=cast.member_a)
    client = client_of("superuser")
    paths = [
        f"/desk/polls/{poll.pk}/", "/desk/polls/", "/desk/polls.csv", "/desk/rolls/", "/desk/rolls.csv",
        f"/desk/rolls/{voter.pk}/", f"/desk/rolls/{voter.pk}/history/", f"/records/governance.voter/{voter.pk}/",
        "/records/governance.ballot/1/", "/desk/changes/",
    ]  # fmt: skip

    answers = [client.get(path) for path in paths]

    texts = [answer.getvalue().decode() for answer in answers if answer.status_code == 200]
    assert len(texts) > 7
    assert [path for path, answer in zip(paths, answers, strict=True) if "ballot" in answer.getvalue().decode()] == []
    assert not Change.objects.filter(type="governance.ballot").exists()


def test_once_it_is_closed_everybody_who_sees_it_sees_result_and_roll(cast, client_of, poll):
    client_of("representative_a").post(PAGE, paper(poll, cast.member_a, "for"))
    close(poll)

    page = page_of(PAGE, client_of("representative_b"))
    desk = page_of_answer(client_of("secretariat").get(f"/desk/polls/{poll.pk}/result/"))

    rows = [text for text, around in page.texts if any(tag == "tbody" for tag, _ in around)]
    assert rows == ["Member A", "For", "Member B", "did not vote"]
    assert "Carried" in page.words("span")
    assert "Member A For" in desk


def test_a_vote_after_the_close_is_refused(cast, client_of, poll):
    sent = paper(poll, cast.member_a, "for")
    close(poll)

    answer = client_of("representative_a").post(PAGE, sent, follow=True)

    assert "What you chose was not counted." in answer.content.decode()
    assert said(cast.member_a) is None


def test_the_end_is_told_with_its_time_zone(client_of, poll):
    closes = datetime(2199, 12, 4, 17, 0, tzinfo=ZoneInfo("Europe/Brussels"))
    Poll.objects.update(closes_at=closes)

    assert "4 December 2199, 17:00 CET" in page_of(PAGE, client_of("representative_a")).words("time")


def test_a_question_that_is_withdrawn_is_no_longer_there_for_those_who_vote(client_of, poll):
    Poll.objects.update(withdrawn_at=timezone.now())

    assert client_of("representative_a").get(PAGE).status_code == 404


def tasks(client):
    page = page_of("/my/", client)
    return [text for text, around in page.texts if ("ul", {"class": "tasks"}) in around and text.startswith("Vote on")]


def test_the_task_stands_until_the_vote_is_cast(cast, client_of, poll):
    client = client_of("representative_a")
    sent = paper(poll, cast.member_a, "for")
    before = tasks(client)

    client.post(PAGE, sent)

    assert (before, tasks(client)) == (["Vote on “Adopt the budget?”"], [])
    assert [tasks(client_of(seat)) for seat in ("representative_b", "affiliate")] == [before, []]


def test_the_task_is_there_as_soon_as_the_vote_opens(client_of, poll):
    assert tasks(client_of("representative_a")) == ["Vote on “Adopt the budget?”"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_whatever_its_length(cast, client_of, assembly, django_assert_num_queries, count):
    for opens, closes in ((-2, -1), (-2, 2), (1, 2)):
        polls = factories.PollFactory.create_batch(
            count, body=assembly, audience="participants", opens_at=hours(opens), closes_at=hours(closes)
        )
    voting.draw_rolls()
    client = client_of("representative_a")
    client.get("/my/votes/")

    with django_assert_num_queries(10):
        page = client.get("/my/votes/")

    assert page.content.decode().count("<li data-record>") == 3 * len(polls)
