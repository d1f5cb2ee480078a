"""How votes are counted: from a roll of units, each with what it said, to whether something is carried.

One unit has one vote: a member with five votes is five units. All arithmetic is in whole numbers; a fraction is never
rounded before it is compared.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

FOR, AGAINST, ABSTAIN = "for", "against", "abstain"
SIMPLE, TWO_THIRDS, ABSOLUTE = "simple", "two-thirds", "absolute"


@dataclass(frozen=True)
class Result:
    """What came of a vote, in units; `quorum` is in per cent of the units on the roll, `None` where none is asked."""

    entitled: int
    in_favour: int
    against: int
    abstained: int
    majority: str
    quorum: int | None = None

    @property
    def cast(self) -> int:
        """How many took part; whoever abstains does."""
        return self.in_favour + self.against + self.abstained

    @property
    def quorum_needs(self) -> int:
        """The least number that has to take part: half of 27 is 14."""
        return _ceiling((self.quorum or 0) * self.entitled, 100)

    @property
    def is_quorate(self) -> bool:
        return self.cast >= self.quorum_needs

    @property
    def majority_needs(self) -> int:
        """The least number of votes in favour by which it is carried: two thirds of 27 are 18, of 26 as well."""
        if self.majority == ABSOLUTE:
            return self.entitled // 2 + 1
        if self.majority == TWO_THIRDS:
            return max(1, _ceiling(2 * (self.in_favour + self.against), 3))
        return self.against + 1

    @property
    def is_carried(self) -> bool:
        """A tie does not carry, nor does a vote in which nobody spoke for or against."""
        return self.is_quorate and self.in_favour >= self.majority_needs

    @property
    def outcome(self) -> str:
        """What came of it in a word: "carried", "lost", or "quorum" where too few took part."""
        if not self.is_quorate:
            return "quorum"
        return "carried" if self.is_carried else "lost"


def _ceiling(number: int, by: int) -> int:
    return -(-number // by)


def count(roll: Iterable[str | None], majority: str, quorum: int | None = None) -> Result:
    """Count a roll: what each unit on it said, `None` where it said nothing.

    Raises `ValueError` for a majority or a choice that is not known.
    """
    if majority not in (SIMPLE, TWO_THIRDS, ABSOLUTE):
        raise ValueError(majority)
    said = Counter(roll)
    if unknown := said.keys() - {FOR, AGAINST, ABSTAIN, None}:
        raise ValueError(unknown)
    return Result(said.total(), said[FOR], said[AGAINST], said[ABSTAIN], majority, quorum)
