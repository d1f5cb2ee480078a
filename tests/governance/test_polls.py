"""Votes on the desk: what is fixed once it is open, how one ends, what becomes of it."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests import factories
from tests.core.crud.reading import names, words
from tests.governance.conftest import hours
from umbel.core.merging import merge
from umbel.governance import voting
from umbel.governance.models import Ballot, Poll, Voter

pytestmark = pytest.mark.django_db

STATES = [
    ({}, "open"),
    ({"opens_at": hours(1)}, "coming"),
    ({"opens_at": hours(-3), "closes_at": hours(-1)}, "closed"),
    ({"closed_at": hours(-0.5)}, "closed"),
    ({"withdrawn_at": hours(-0.5)}, "withdrawn"),
    ({"audience": "secretariat"}, "prepared"),
    ({"audience": "secretariat", "opens_at": hours(-3), "closes_at": hours(-1)}, "prepared"),
]


def ballot(poll, organisation, choice="for"):
    voting.draw_rolls()
    return factories.BallotFactory(voter=poll.voters.get(organisation=organisation), choice=choice)


@pytest.mark.parametrize(("fields", "state"), STATES)
def test_the_state_follows_from_the_clock_for_one_row_and_for_many(poll, fields, state):
    Poll.objects.filter(pk=poll.pk).update(**fields)
    poll.refresh_from_db()

    found = [each for each in Poll.State.values if poll in Poll.objects.in_state(each, timezone.now())]

    assert (poll.state, found) == (state, [state])


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", "Another?"), ("text", "<p>More</p>"), ("majority", "two-thirds"), ("quorum_percent", 1)],
)
def test_question_and_rules_are_fixed_once_a_vote_is_cast(cast, poll, field, value):
    voting.draw_rolls()
    poll.refresh_from_db()
    setattr(poll, field, value)
    poll.full_clean()

    ballot(poll, cast.member_a)

    with pytest.raises(ValidationError) as error:
        poll.full_clean()
    assert list(error.value.message_dict) == [field]


@pytest.mark.parametrize(
    ("field", "value"),
    [("opens_at", hours(-2)), ("audience", "secretariat"), ("closes_at", hours(1)), ("body", None)],
)
def test_what_the_roll_rests_on_is_fixed_when_it_is_drawn_up(poll, field, value):
    changed = value or factories.BodyFactory(kind="assembly")
    setattr(poll, field, changed)
    poll.full_clean()
    poll.refresh_from_db()
    voting.draw_rolls()
    poll.refresh_from_db()

    setattr(poll, field, changed)

    with pytest.raises(ValidationError) as error:
        poll.full_clean()
    assert list(error.value.message_dict) == [field]


def test_the_end_can_be_put_off_while_the_vote_is_open(cast, poll):
    ballot(poll, cast.member_a)
    poll.refresh_from_db()
    poll.closes_at += timedelta(days=1)

    poll.full_clean()

    Poll.objects.filter(pk=poll.pk).update(closed_at=timezone.now())
    with pytest.raises(ValidationError, match="put off"):
        poll.full_clean()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"audience": "board"}, "they would not see it"),
        ({"meeting": lambda: factories.MeetingFactory()}, "another body"),
        ({"closes_at": hours(-2)}, "It closes before it opens."),
    ],
)
def test_a_vote_that_cannot_be_is_refused(poll, fields, told):
    for name, value in fields.items():
        setattr(poll, name, value() if callable(value) else value)

    with pytest.raises(ValidationError, match=told):
        poll.full_clean()


def test_a_rule_that_is_broken_is_told_beside_its_field(cast, as_secretariat, poll):
    ballot(poll, cast.member_a)
    sent = {
        "name": "Another?", "body": poll.body_id, "audience": poll.audience, "majority": poll.majority,
        "quorum_percent": "50", "opens_at": f"{timezone.localtime(poll.opens_at):%Y-%m-%dT%H:%M:%S.%f}",
        "closes_at": f"{timezone.localtime(poll.closes_at):%Y-%m-%dT%H:%M:%S.%f}", "key": "budget",
    }  # fmt: skip

    page = as_secretariat.post(f"/desk/polls/{poll.pk}/", sent)

    assert page.status_code == 422
    assert "Votes are cast: this can no longer be changed." in words(page)
    assert Poll.objects.get().name == "Adopt the budget?"


@pytest.mark.parametrize(("verb", "field"), [("close", "closed_at"), ("withdraw", "withdrawn_at")])
def test_a_vote_is_ended_after_a_question(as_secretariat, poll, verb, field):
    asked = as_secretariat.get(f"/desk/polls/{poll.pk}/{verb}/")
    before = getattr(Poll.objects.get(), field)

    answer = as_secretariat.post(f"/desk/polls/{poll.pk}/{verb}/")

    assert "It cannot be opened again" in words(asked)
    assert (before, answer.url) == (None, f"/desk/polls/{poll.pk}/result/")
    assert getattr(Poll.objects.get(), field) is not None


@pytest.mark.parametrize("seat", ["finance", "communication", "representative_a"])
def test_only_those_who_keep_governance_end_a_vote(client_of, poll, seat):
    paths = [f"/desk/polls/{poll.pk}/{verb}/" for verb in ("close", "withdraw")]

    assert [client_of(seat).post(path).status_code for path in paths] == [404, 404]
    assert Poll.objects.get().state == "open"


@pytest.mark.parametrize("verb", ["close", "withdraw"])
def test_a_vote_that_is_over_is_not_ended_again(as_secretariat, poll, verb):
    Poll.objects.update(closed_at=hours(-0.5))

    page = as_secretariat.post(f"/desk/polls/{poll.pk}/{verb}/", follow=True)

    assert "is not open" in words(page) or "can no longer be withdrawn" in words(page)
    assert Poll.objects.get().withdrawn_at is None


def test_a_vote_that_has_opened_is_not_deleted(as_secretariat, poll):
    before = as_secretariat.get(f"/desk/polls/{poll.pk}/delete/").status_code

    voting.draw_rolls()

    assert (before, as_secretariat.post(f"/desk/polls/{poll.pk}/delete/").status_code) == (200, 404)
    assert poll.voters.exists()


def test_the_roll_is_changed_by_nobody(cast, client_of, poll):
    voting.draw_rolls()
    voter = poll.voters.first()
    client = client_of("superuser")

    answers = [client.post("/desk/rolls/add/"), client.post(f"/desk/rolls/{voter.pk}/delete/")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert len(Voter.objects.all()) == 2


def test_the_list_tells_state_turnout_and_outcome(cast, as_secretariat, poll):
    ballot(poll, cast.member_a)
    open_now = words(as_secretariat.get("/desk/polls/"))
    Poll.objects.update(closed_at=timezone.now())

    closed = words(as_secretariat.get("/desk/polls/?state=closed"))

    assert ("1 of 2" in open_now, "carried" in open_now) == (True, False)
    assert ("1 of 2" in closed, "carried" in closed) == (True, True)
    assert names(as_secretariat.get("/desk/polls/?state=open")) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_result_asks_the_same_whatever_the_length_of_the_roll(
    as_secretariat, assembly, django_assert_num_queries, count
):
    poll = factories.PollFactory(body=assembly, drawn_at=hours(-2), opens_at=hours(-2), closes_at=hours(-1))
    for _ in range(count):
        factories.BallotFactory(voter__poll=poll)
    as_secretariat.get(f"/desk/polls/{poll.pk}/result/")

    with django_assert_num_queries(8):
        page = as_secretariat.get(f"/desk/polls/{poll.pk}/result/")

    assert page.content.decode().count('<tr><th scope="row">') == count


def test_the_result_can_be_had_as_a_table(cast, as_secretariat, poll):
    cast_at = ballot(poll, cast.member_a, "against").cast_at
    Poll.objects.update(closed_at=timezone.now())

    table = as_secretariat.get(f"/desk/polls/{poll.pk}/result.csv").content.decode()

    assert table.splitlines() == [
        "voter,vote,cast_at",
        f"Member A,against,{cast_at.isoformat(timespec='seconds')}",
        "Member B,,",
    ]


def test_the_roll_does_not_name_whom_the_reader_may_not_see(cast, client_of, poll):
    ballot(poll, cast.member_a)
    type(cast.member_a).objects.filter(pk=cast.member_a.pk).update(audience="secretariat")
    Poll.objects.update(closed_at=timezone.now())

    pages = [client_of(seat).get("/my/votes/budget/") for seat in ("representative_b", "secretariat")]

    assert ["Member A" in words(page) for page in pages] == [False, True]


def test_a_vote_stands_once_for_each_on_the_roll(cast, poll):
    first = ballot(poll, cast.member_a)

    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.create(voter=first.voter, choice="against")
    with pytest.raises(IntegrityError), transaction.atomic():
        Voter.objects.create(poll=poll, organisation=cast.member_a)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_votes_that_race_with_the_close_are_counted_or_refused(cast, poll):
    voting.draw_rolls()
    voter = poll.voters.get(organisation=cast.member_a)
    outcomes, start = [], threading.Barrier(5)

    def act(done):
        start.wait()
        try:
            done()
            outcomes.append("done")
        except ValidationError:
            outcomes.append("refused")
        finally:
            connection.close()

    acts = [lambda: voting.cast(voter, "for", cast.representative_a)] * 4 + [lambda: voting.close(poll)]
    threads = [threading.Thread(target=act, args=(each,)) for each in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    poll.refresh_from_db()
    ballots = list(Ballot.objects.all())
    assert len(outcomes) == 5
    assert len(ballots) <= 1
    assert all(each.cast_at < poll.closed_at for each in ballots)
    assert outcomes.count("done") >= 1 + len(ballots)


def test_two_members_on_one_roll_are_not_made_one_while_both_have_voted(cast, poll):
    ballot(poll, cast.member_a)
    ballot(poll, cast.member_b)

    with pytest.raises(ValidationError, match="cannot be given up"):
        merge(cast.member_a, cast.member_b)

    assert len(Ballot.objects.all()) == 2


@pytest.mark.parametrize(("choice", "is_told"), [("for", True), ("against", False)])
def test_a_vote_that_has_carried_is_due_until_a_resolution_records_it(cast, as_secretariat, poll, choice, is_told):
    told = "The vote “Adopt the budget?” is carried and no resolution records it"
    before = words(as_secretariat.get("/desk/"))
    ballot(poll, cast.member_a, choice)
    Poll.objects.update(closed_at=timezone.now())

    after = words(as_secretariat.get("/desk/"))

    assert "The vote “Adopt the budget?” closes" in before
    assert (told in before, told in after) == (False, is_told)
    factories.ResolutionFactory(poll=poll, body=poll.body)
    assert told not in words(as_secretariat.get("/desk/"))


def test_a_resolution_is_of_the_body_that_voted_and_of_what_was_carried(cast, poll):
    resolution = factories.ResolutionFactory.build(body=factories.BodyFactory(), poll=poll, key="r")
    with pytest.raises(ValidationError, match="another body"):
        resolution.full_clean()

    resolution.body = poll.body
    with pytest.raises(ValidationError, match="carried nothing"):
        resolution.full_clean()

    ballot(poll, cast.member_a)
    Poll.objects.update(closed_at=timezone.now())
    poll.refresh_from_db()
    resolution.full_clean()


def test_the_board_names_the_resolution_that_elected(cast, client_of):
    factories.ConfederationFactory()
    mandate = factories.MandateFactory(body__name="Board", start="2024")
    mandate.resolution = factories.ResolutionFactory(name="Election of the Board", text="<p>By acclamation.</p>")
    hidden = factories.MandateFactory(body=mandate.body, start="2024")
    hidden.resolution = factories.ResolutionFactory(name="In confidence", audience="secretariat")
    mandate.save()
    hidden.save()

    board, page = (client_of("nobody").get(path) for path in ("/board/", mandate.resolution.get_absolute_url()))

    assert "Elected by Election of the Board" in words(board)
    assert "In confidence" not in words(board)
    assert "By acclamation." in words(page)
