import pytest

from tests.factories import (
    ArticleSeriesFactory,
    ChannelCountFactory,
    ChannelFactory,
    PillarFactory,
    ReportedFigureFactory,
)
from umbel.core import registry
from umbel.core.folds import Latest
from umbel.core.models import Topic
from umbel.core.periods import Period
from umbel.core.registry import DeclarationError, Figure, Kind

YEAR = Period.year(2024)
SHELVES = ("_entries", "_figures", "_listings", "_checks")


@pytest.fixture
def empty_registry(monkeypatch):
    """The registry before any app has declared anything."""
    for shelf in SHELVES:
        monkeypatch.setattr(registry, shelf, {})
    monkeypatch.setattr(registry, "_families", [])


def topics(period):
    return Topic.objects.all()


def declare_figure():
    registry.figure("core.topics", "Topics", topics)


def declare_entry():
    registry.entry("core.topic", Topic.objects.all, kinds={"": Kind("Topic", "events", "calendar")})


def declare_family():
    registry.family("core.topic.", lambda: [Figure("core.topic.care", "Care", topics)])


def declare_listing():
    registry.listing("core.topics", lambda period: [period.label])


def declare_check():
    registry.check("core.topics", lambda period: [], "Topics", "Look.")


@pytest.mark.parametrize("declare", [declare_figure, declare_entry, declare_listing, declare_check])
def test_a_second_declaration_of_a_key_is_refused(empty_registry, declare):
    declare()

    with pytest.raises(DeclarationError, match="declared twice"):
        declare()


def test_one_key_may_name_a_figure_and_a_listing(empty_registry):
    declare_figure()
    declare_listing()

    assert registry.get_figure("core.topics").label == "Topics"
    assert registry.get_listing("core.topics", YEAR) == ["2024"]


def test_several_families_may_share_a_prefix(empty_registry):
    declare_family()
    registry.family("core.topic.", lambda: [Figure("core.topic.tax", "Tax", topics)])

    assert [figure.key for figure in registry.figures()] == ["core.topic.care", "core.topic.tax"]
    assert registry.get_figure("core.topic.tax").label == "Tax"


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["core.nothing", "advocacy.files.nothing", ""])
def test_an_unknown_figure_is_an_error(key):
    with pytest.raises(DeclarationError, match="no app declares a figure"):
        registry.get_figure(key)


def test_an_unknown_listing_is_an_error():
    with pytest.raises(DeclarationError, match="no app declares a listing"):
        registry.get_listing("core.nothing", YEAR)


def test_a_family_has_the_figures_that_its_rows_call_for(empty_registry):
    declare_figure()
    declare_family()

    assert [figure.key for figure in registry.figures()] == ["core.topics", "core.topic.care"]
    assert registry.get_figure("core.topic.care").label == "Care"


@pytest.mark.django_db
def test_families_follow_the_records():
    ChannelCountFactory(channel=ChannelFactory(key="lantern"))
    PillarFactory(key="rights")
    keys = {figure.key for figure in registry.figures()}

    assert {"communication.followers.lantern", "communication.growth.lantern", "advocacy.files.rights"} <= keys
    assert registry.get_figure("advocacy.files.rights").kind == "counted"
    assert registry.get_figure("communication.followers.lantern").kind == "reported"
    assert registry.get_figure("communication.growth.lantern").kind == "derived"


@pytest.mark.django_db
def test_a_reported_figure_of_two_years_is_one_figure():
    for year in ("2023", "2024"):
        ReportedFigureFactory(figure="network.members_reported", statement=f"Members in {year}", date=year)

    reported = [figure for figure in registry.figures() if figure.key == "network.members_reported"]

    assert [(figure.label, figure.fold) for figure in reported] == [("Members in 2024", Latest())]


@pytest.mark.django_db
def test_a_series_of_articles_cannot_take_the_key_of_another_figure():
    ArticleSeriesFactory(key="videos")
    keys = [figure.key for figure in registry.figures()]

    assert sorted(keys) == sorted(set(keys))


@pytest.mark.django_db
def test_every_figure_says_what_it_counts():
    assert [figure.key for figure in registry.figures() if not (str(figure.label) and str(figure.rule))] == []


@pytest.mark.django_db
def test_every_figure_has_rows_or_a_derived_rule_but_not_both():
    assert [figure.key for figure in registry.figures() if bool(figure.rows) == bool(figure.derived)] == []


def test_every_entry_is_a_source_of_acts_in_known_families():
    sources = {
        entry.name: (entry.rows().model._meta.label_lower, {kind.family for kind in entry.kinds.values()})
        for entry in registry.entries()
    }

    assert {name for name, (model, _) in sources.items() if model != name} == set()
    assert {family for _, families in sources.values() for family in families} <= set(registry.FAMILIES)


def test_every_choice_of_a_kind_has_its_place_in_the_listing():
    missing = {
        (entry.name, value)
        for entry in registry.entries()
        if entry.column
        for value, _ in entry.rows().model._meta.get_field(entry.column).choices
        if value not in entry.kinds
    }

    assert missing == set()
