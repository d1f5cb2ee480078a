"""Counting votes: exact, whatever the order, and never carried without quorum."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umbel.governance.counting import ABSOLUTE, ABSTAIN, AGAINST, FOR, SIMPLE, TWO_THIRDS, Result, count

MAJORITIES = (SIMPLE, TWO_THIRDS, ABSOLUTE)
rolls = st.lists(st.sampled_from([FOR, AGAINST, ABSTAIN, None]), max_size=60)
majorities = st.sampled_from(MAJORITIES)
quorums = st.none() | st.integers(0, 100)


def roll(in_favour=0, against=0, abstained=0, absent=0):
    return [FOR] * in_favour + [AGAINST] * against + [ABSTAIN] * abstained + [None] * absent


@given(rolls, majorities, quorums, st.randoms(use_true_random=False))
def test_the_order_of_the_roll_does_not_matter(votes, majority, quorum, chance):
    shuffled = [*votes]
    chance.shuffle(shuffled)

    assert count(shuffled, majority, quorum) == count(votes, majority, quorum)


@given(rolls, majorities, quorums, st.data())
def test_one_more_vote_in_favour_never_undoes_what_was_carried(votes, majority, quorum, data):
    others = [number for number, said in enumerate(votes) if said != FOR]
    if not others:
        return
    changed = data.draw(st.sampled_from(others))
    more = [FOR if number == changed else said for number, said in enumerate(votes)]

    assert count(more, majority, quorum).is_carried >= count(votes, majority, quorum).is_carried


@given(rolls, majorities, quorums)
def test_nothing_is_carried_without_quorum_or_without_a_vote_in_favour(votes, majority, quorum):
    result = count(votes, majority, quorum)

    assert not (result.is_carried and not result.is_quorate)
    assert not (result.is_carried and result.in_favour == 0)


@given(st.integers(0, 40), st.integers(0, 40))
def test_a_tie_is_not_carried_by_a_simple_majority(each, abstained):
    assert not count(roll(each, each, abstained), SIMPLE).is_carried


@given(rolls, majorities, quorums)
def test_every_vote_on_the_roll_is_counted_once(votes, majority, quorum):
    result = count(votes, majority, quorum)

    assert result.entitled == len(votes)
    assert result.entitled - result.cast == sum(1 for said in votes if said is None)


def asked(majority, in_favour, against, entitled):
    """The rule as the statutes word it, in fractions."""
    expressed = in_favour + against
    return {
        SIMPLE: in_favour > against,
        TWO_THIRDS: expressed > 0 and Fraction(in_favour, expressed or 1) >= Fraction(2, 3),
        ABSOLUTE: Fraction(in_favour) > Fraction(entitled, 2),
    }[majority]


@pytest.mark.parametrize("majority", MAJORITIES)
@pytest.mark.parametrize("quorum", [None, 33, 50, 100])
def test_majority_and_quorum_agree_with_fractions_for_every_vote_of_up_to_nine(majority, quorum):
    wrong = []
    for in_favour, against, abstained, absent in product(range(4), range(4), range(3), range(3)):
        result = count(roll(in_favour, against, abstained, absent), majority, quorum)
        entitled = in_favour + against + abstained + absent
        enough = Fraction(entitled - absent) >= Fraction((quorum or 0) * entitled, 100)
        if result.is_carried != (enough and asked(majority, in_favour, against, entitled)):
            wrong.append(result)

    assert wrong == []


@pytest.mark.parametrize(("expressed", "needs"), [(27, 18), (26, 18), (25, 17), (9, 6), (3, 2), (1, 1), (0, 1)])
def test_two_thirds_are_rounded_up(expressed, needs):
    assert count(roll(0, expressed), TWO_THIRDS).majority_needs == needs


@pytest.mark.parametrize(
    ("in_favour", "against", "majority", "is_carried"),
    [(18, 9, TWO_THIRDS, True), (17, 10, TWO_THIRDS, False), (13, 0, ABSOLUTE, False), (14, 0, ABSOLUTE, True)],
)
def test_the_least_number_carries_and_one_less_does_not(in_favour, against, majority, is_carried):
    votes = roll(in_favour, against, absent=27 - in_favour - against)

    assert count(votes, majority).is_carried is is_carried


@pytest.mark.parametrize(("quorum", "needs"), [(None, 0), (0, 0), (50, 14), (33, 9), (100, 27)])
def test_quorum_of_27_members(quorum, needs):
    assert Result(27, 0, 0, 0, SIMPLE, quorum).quorum_needs == needs


@pytest.mark.parametrize(
    ("votes", "outcome"),
    [(roll(3, 1, 1), "carried"), (roll(1, 3, 1), "lost"), (roll(3, absent=7), "quorum"), (roll(abstained=9), "lost")],
)
def test_the_outcome_in_a_word(votes, outcome):
    assert count(votes, SIMPLE, 50).outcome == outcome


@pytest.mark.parametrize(("votes", "majority"), [([FOR], "consent"), (["perhaps"], SIMPLE)])
def test_what_is_not_known_is_not_counted(votes, majority):
    with pytest.raises(ValueError, match="consent|perhaps"):
        count(votes, majority)
