"""What members are asked to do, what the desk is reminded of, and what the models refuse."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests import factories
from tests.collection.conftest import days
from umbel.collection import dues
from umbel.collection.models import Return, Round, Value
from umbel.collection.todo import rounds_to_answer
from umbel.core.audience import why
from umbel.network.rules import own_organisations
from umbel.website import workload

pytestmark = pytest.mark.django_db


def asked(user):
    return [(todo.text, todo.url, todo.about) for todo in rounds_to_answer(user, own_organisations(user))]


def test_a_member_is_asked_until_its_return_is_sent(cast, snapshot):
    before = asked(cast.representative_a)
    row = factories.ReturnFactory(round=snapshot, organisation=cast.member_a)
    begun = asked(cast.representative_a)
    row.send(cast.representative_a)

    assert before == [("Answer the round SNAPSHOT", "/my/rounds/snapshot/member-a/", "")]
    assert begun == before
    assert asked(cast.representative_a) == []
    assert [text for text, *_rest in asked(cast.representative_b)] == ["Answer the round SNAPSHOT"]


def test_a_return_that_was_handed_back_is_asked_for_even_after_the_round(cast, snapshot):
    factories.ReturnFactory(round=snapshot, organisation=cast.member_a, state="handed-back", reason="A typing error?")
    Round.objects.update(collected_to=days(-1))

    assert asked(cast.representative_a) == [
        (
            "Mend your return to the round SNAPSHOT",
            "/my/rounds/snapshot/member-a/",
            "The secretariat hands it back: A typing error?",
        )
    ]
    assert asked(cast.representative_b) == []


def test_whoever_speaks_for_several_members_is_asked_for_each(cast, snapshot):
    factories.PostFactory(person=cast.representative_a.person, organisation=cast.member_b)

    assert [(text, url) for text, url, _about in asked(cast.representative_a)] == [
        ("Answer the round SNAPSHOT for Member A", "/my/rounds/snapshot/member-a/"),
        ("Answer the round SNAPSHOT for Member B", "/my/rounds/snapshot/member-b/"),
    ]


def test_a_round_that_is_answered_elsewhere_leads_to_what_is_asked(cast, snapshot):
    Round.objects.update(first_year=None, last_year=None, method="By telephone")

    assert asked(cast.representative_a) == [
        ("Answer the round SNAPSHOT", snapshot.get_absolute_url(), "By telephone"),
    ]


@pytest.mark.parametrize("seat", ["affiliate", "board", "participant"])
def test_others_are_asked_nothing(cast, snapshot, seat):
    assert asked(cast.people[seat]) == []


@pytest.mark.parametrize("count", [0, 1, 3])
def test_what_is_asked_costs_one_query_and_with_a_round_one_more(cast, django_assert_num_queries, count):
    for row in factories.RoundFactory.create_batch(count, collected_from="2024", first_year=2023, last_year=2023):
        factories.RoundIndicatorFactory(round=row)
        factories.ReturnFactory(round=row, organisation=cast.member_a)
    organisations = own_organisations(cast.representative_a)
    Round.objects.visible_to(cast.representative_a).first()

    with django_assert_num_queries(2 if count else 1):
        found = list(rounds_to_answer(cast.representative_a, organisations))

    assert len(found) == count


def test_the_home_tells_how_many_have_answered(cast, snapshot):
    factories.ReturnFactory(round=snapshot, organisation=cast.member_a, state="accepted")

    assert [waiting.text for waiting in workload.due(timezone.localdate(), cast.secretariat)] == [
        "SNAPSHOT closes; 1 of 2 returns are in"
    ]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_rounds_that_close_cost_one_query(cast, django_assert_num_queries, count):
    factories.RoundFactory.create_batch(count, collected_to=days(5), first_year=2023, last_year=2023)
    Round.objects.visible_to(cast.secretariat).first()

    with django_assert_num_queries(1):
        found = list(dues.rounds(timezone.localdate(), cast.secretariat))

    assert len(found) == count


def test_colleagues_are_told_why_they_see_a_return(cast, snapshot):
    row = factories.ReturnFactory(round=snapshot, organisation=cast.member_a)

    assert why(cast.representative_a, row) == "Because you speak for Member A"
    assert why(cast.representative_b, row) == ""
    assert why(cast.finance, row) == "Because you work in the secretariat"


@pytest.mark.parametrize("seat", ["representative_a", "representative_b", "affiliate", "board", "participant"])
def test_a_return_is_seen_by_whoever_speaks_for_its_organisation(cast, snapshot, workers, seat):
    row = factories.ReturnFactory(round=snapshot, organisation=cast.member_a)
    value = factories.ValueFactory(of_return=row, asked=workers)

    seen = [*Return.objects.visible_to(cast.people[seat]), *Value.objects.visible_to(cast.people[seat])]

    assert seen == ([row, value] if seat == "representative_a" else [])


def test_a_return_is_hidden_from_whoever_has_left(cast, snapshot):
    factories.ReturnFactory(round=snapshot, organisation=cast.member_a)
    cast.representative_a.person.posts.update(end=days(-1))

    assert list(Return.objects.visible_to(cast.representative_a)) == []


@pytest.mark.parametrize(
    ("first", "last", "is_right"),
    [(None, None, True), (2022, 2023, True), (2023, 2023, True), (2023, 2022, False), (2022, None, False),
     (None, 2022, False), (2000, 2009, True), (2000, 2010, False)],
)  # fmt: skip
def test_a_round_asks_about_a_few_years_in_order(first, last, is_right):
    row = factories.RoundFactory.build(first_year=first, last_year=last)

    try:
        row.full_clean(exclude=["folded"])
        told = []
    except ValidationError as error:
        told = error.messages

    assert told == ([] if is_right else ["Name the first and the last year, at most ten years."])


def test_a_value_is_of_the_round_of_its_return(snapshot):
    value = Value(of_return=factories.ReturnFactory(round=snapshot), asked=factories.RoundIndicatorFactory(), year=2023)

    with pytest.raises(ValidationError) as error:
        value.clean()

    assert error.value.messages == ["The round of this return does not ask for that."]


@pytest.mark.parametrize(("act", "right"), [("accept", "sent"), ("reopen", "accepted"), ("take_back", "sent")])
def test_each_act_has_the_state_that_it_follows(cast, snapshot, act, right):
    done = []
    for state in Return.State.values:
        row = factories.ReturnFactory(round=snapshot, state=state)
        try:
            getattr(row, act)()
            done.append(state)
        except ValidationError:
            assert Return.objects.get(pk=row.pk).state == state

    assert done == [right]
