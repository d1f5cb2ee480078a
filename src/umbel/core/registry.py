"""What the apps tell the world: entries of the year, figures, listings and checks.

Each app declares its part in `chronicle.py`; everything downstream (year at a glance, figures, audit, reports) reads
here and nowhere else.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from django.db import models
from django.utils.module_loading import autodiscover_modules

from umbel.core.audience import Audience, audiences_of
from umbel.core.dates import PartialDate
from umbel.core.folds import Count, Fold
from umbel.core.periods import Period

Sets = models.QuerySet[Any] | list[models.QuerySet[Any]]
Rows = Callable[[Period], Sets]
Number = Decimal | int | None

FAMILIES = ("advocacy", "events", "network", "communication", "projects")


class DeclarationError(ValueError):
    """Two apps declare the same name, or somebody asks for a name that nobody declares."""


@dataclass(frozen=True)
class Kind:
    """What sort of act an entry is: its label, the family that colours its icon, the icon."""

    label: Any
    family: str
    icon: str


@dataclass(frozen=True)
class Entry:
    """A source of the year at a glance: one model whose rows are acts.

    `column` names the field that tells the kind of a row, a key of `kinds`; without it there is one kind under "".
    `part` names the field of our own part, `parts` its labels.
    `beside` takes primary keys and the audiences of the reader, and returns what stands beside the title: country codes
    and names of partners that the reader may see.
    """

    name: str
    rows: Callable[[], models.QuerySet[Any]]
    kinds: dict[str, Kind]
    column: str = ""
    part: str = ""
    parts: dict[str, Any] = field(default_factory=dict)
    beside: Callable[[list[int], frozenset[str]], dict[int, "Beside"]] | None = None

    def key_of(self, kind: Kind) -> str:
        """Return what stands for a kind in addresses: "events.event.webinar", or the source where it has only one."""
        names = [name for name, each in self.kinds.items() if each is kind]
        return self.name if len(names) == len(self.kinds) else f"{self.name}.{names[0]}"


@dataclass(frozen=True)
class Beside:
    """What the listing shows beside a title: ISO codes of countries, names of partners."""

    countries: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()


class Whole(Protocol):
    """Rows that figures tell part by part, one figure for each policy file or channel."""

    def rows(self, period: Period, part: Any) -> Sets:
        """Return the rows of a part."""
        ...

    def numbers(self, period: Period, fold: Fold, /) -> Callable[[Any], Number]:
        """Return the numbers of all parts as a function, from few queries: the same as folding the rows of each."""
        ...


@dataclass(frozen=True)
class Part:
    """The rows of one part of a whole; `figures.evaluate` asks for all parts at once where it evaluates many."""

    whole: Whole
    part: Any

    def __call__(self, period: Period) -> Sets:
        return self.whole.rows(period, self.part)


@dataclass(frozen=True, eq=False)
class Breakdown:
    """A whole whose rows tell their part themselves: `column` is the lookup of it, such as `group__key`."""

    all_rows: Callable[[Period], models.QuerySet[Any]]
    column: str

    def part(self, name: Any) -> Part:
        return Part(self, name)

    def rows(self, period: Period, part: Any) -> models.QuerySet[Any]:
        return self.all_rows(period).filter(**{self.column: part})

    def numbers(self, period: Period, fold: Fold) -> Callable[[Any], Number]:
        found = fold.grouped(self.all_rows(period), self.column)
        return lambda part: found.get(part, fold.of_nothing)


@dataclass(frozen=True)
class Ratio:
    """A figure over two others: `numerator / denominator * scale`."""

    numerator: str
    denominator: str
    scale: int = 1


@dataclass(frozen=True)
class Growth:
    """A figure compared with itself in the period before, in percent."""

    of: str


@dataclass(frozen=True)
class Figure:
    """A named set of rows and a fold over it; `rows` and `fold` or a `derived` rule, never both.

    `rows` gives one queryset, or several of different models whose folds are added up.
    `rule` says in words what is counted, `reported` marks a value taken from outside the records, `is_floor` one that
    its source calls “over”, `is_change` one printed with its sign; `digits` are the decimals printed, `unit` is "" or
    "%". A figure that is named after a record is listed for whoever may see the record: both have one `audience`.
    """

    key: str
    label: Any
    rows: Rows | None = None
    fold: Fold = field(default_factory=Count)
    derived: Ratio | Growth | None = None
    definition: Any = ""
    rule: Any = ""
    unit: str = ""
    digits: int = 0
    reported: bool = False
    is_floor: bool = False
    is_change: bool = False
    audience: str = Audience.PUBLIC

    @property
    def kind(self) -> str:
        """How the value comes about: `counted` from rows, `reported` from outside, `derived` from other figures."""
        if self.derived:
            return "derived"
        return "reported" if self.reported else "counted"

    @property
    def chapter(self) -> str:
        return self.key.split(".")[0]


@dataclass(frozen=True)
class Listing:
    """Rows laid out for print and pages: a function from a period to plain data (dicts, lists, text, numbers)."""

    key: str
    data: Callable[[Period], Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the audit tells about the records: what, on which rows, what to do.

    A row is a record, or a `figures.Row` that was read for whoever asks.
    """

    text: Any
    rows: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Check:
    """A question the audit asks of the records of a period."""

    key: str
    label: Any
    find: Callable[[Period], Iterable[Finding]]
    hint: Any = ""


@dataclass(frozen=True)
class Reminder:
    """Something to be done: the day by which, what it is in a sentence, the record or the address where it is done."""

    on: PartialDate
    text: Any
    row: models.Model | None = None
    url: str = ""


@dataclass(frozen=True)
class Due:
    """What falls due around a day: a function from the day and a reader to reminders of what the reader may see.

    A reminder of a day gone by is late: it is yielded as long as nobody has done what it asks.
    """

    key: str
    find: Callable[[date, Any], Iterable[Reminder]]


_entries: dict[str, Entry] = {}
_figures: dict[str, Figure] = {}
_families: list[tuple[str, Callable[[], Iterable[Figure]]]] = []
_listings: dict[str, Listing] = {}
_checks: dict[str, Check] = {}
_dues: dict[str, Due] = {}

T = TypeVar("T")


def _declare(shelf: dict[str, T], key: str, thing: T) -> T:
    if key in shelf:
        raise DeclarationError(f"{key} is declared twice")
    shelf[key] = thing
    return thing


def entry(name: str, rows: Callable[[], models.QuerySet[Any]], kinds: dict[str, Kind], **more: Any) -> Entry:
    """Declare a source of the year at a glance; see `Entry`. Raises `DeclarationError` on a second one of that name."""
    return _declare(_entries, name, Entry(name, rows, kinds, **more))


def figure(key: str, label: Any, rows: Rows | None = None, **more: Any) -> Figure:
    """Declare a figure; see `Figure`. The default fold counts the rows. Raises `DeclarationError` on a doubled key."""
    return _declare(_figures, key, Figure(key, label, rows, **more))


def family(prefix: str, members: Callable[[], Iterable[Figure]]) -> None:
    """Declare figures that follow from rows, such as one for each channel: `members` lists them when asked."""
    _families.append((prefix, members))


def listing(key: str, data: Callable[[Period], Any]) -> Listing:
    """Declare rows laid out for pages and print; see `Listing`."""
    return _declare(_listings, key, Listing(key, data))


def check(key: str, find: Callable[[Period], Iterable[Finding]], label: Any, hint: Any) -> Check:
    """Declare a question of the audit; see `Check`."""
    return _declare(_checks, key, Check(key, label, find, hint))


def due(key: str, find: Callable[[date, Any], Iterable[Reminder]]) -> Due:
    """Declare what the desk reminds of; see `Due`."""
    return _declare(_dues, key, Due(key, find))


def dues() -> list[Due]:
    return list(_dues.values())


def entries() -> list[Entry]:
    return list(_entries.values())


def get_entry(name: str) -> Entry:
    return _entries[name]


def kinds_of(name: str) -> dict[str, Kind]:
    """Return the kinds of a source of the year at a glance, none for what is no such source."""
    return _entries[name].kinds if name in _entries else {}


def checks() -> list[Check]:
    return list(_checks.values())


def figures() -> list[Figure]:
    """Return every figure, those of families among them, in the order in which the apps declare them.

    A member of a family whose key is taken, by a row named like another figure, gives way.
    """
    shelf = dict(_figures)
    for _prefix, members in _families:
        for member in members():
            shelf.setdefault(member.key, member)
    return list(shelf.values())


def figures_for(user: Any) -> list[Figure]:
    """Return the figures that a person may find listed."""
    mine = audiences_of(user)
    return [figure for figure in figures() if figure.audience in mine]


def declared(key: str) -> Figure | None:
    """Return a figure that an app declares by its key, without looking at the families."""
    return _figures.get(key)


def get_figure(key: str) -> Figure:
    """Return one figure. Raises `DeclarationError` when no app declares the key."""
    if key in _figures:
        return _figures[key]
    for prefix, members in _families:
        if key.startswith(prefix):
            for member in members():
                if member.key == key:
                    return member
    raise DeclarationError(f"no app declares a figure {key}")


def is_figure(key: str) -> bool:
    """Tell whether some app declares a figure of that key, a member of a family among them."""
    try:
        get_figure(key)
    except DeclarationError:
        return False
    return True


def unknown(keys: Iterable[str]) -> set[str]:
    """Return those of the keys under which no app declares a figure; each family is asked once, if it may know one."""
    left = {key for key in keys if key not in _figures}
    for prefix, members in _families:
        if any(key.startswith(prefix) for key in left):
            left -= {member.key for member in members()}
    return left


def get_listing(key: str, period: Period) -> Any:
    """Return the rows of a listing in a period. Raises `DeclarationError` when no app declares the key."""
    if key not in _listings:
        raise DeclarationError(f"no app declares a listing {key}")
    return _listings[key].data(period)


def autodiscover() -> None:
    """Import `chronicle.py` of every installed app, from the lowest layer up."""
    autodiscover_modules("chronicle")
