import json
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import ConfederationFactory, EventFactory, OrganisationFactory, ReportFactory
from umbel.core import chronology, registry
from umbel.core.changelog import Change, verify
from umbel.core.models import Confederation, Named
from umbel.core.names import find_named, fold
from umbel.core.periods import Period
from umbel.core.records import Record
from umbel.events.models import Event
from umbel.governance.models import Meeting
from umbel.network.models import Organisation
from umbel.reports import document
from umbel.reports.models import Chapter, Report
from umbel.website.generation.plan import Plan

YEAR = Period.year(2024)


def umbel_generate(*words):
    out = StringIO()
    call_command("generate", *[str(word) for word in words], stdout=out)
    return out.getvalue()


def number_of_acts(year=2024):
    rows = [entry.rows().filter(date__within=Period.year(year)) for entry in registry.entries()]
    return sum(each.count() for each in rows)


def everything():
    """What is on record, without the numbers that the database gives."""
    models = [model for model in apps.get_models() if issubclass(model, Record)]
    return {model._meta.label: sorted(str(row) for row in model.objects.all()) for model in models}


def everything_made(*words):
    """What a generation makes, undone afterwards."""
    with transaction.atomic():
        umbel_generate(*words)
        found = everything()
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("records", [1, 40, 200])
def test_as_many_acts_are_made_as_were_asked_for(records):
    umbel_generate(records)

    assert number_of_acts() == records


@pytest.mark.django_db
def test_acts_of_every_kind_of_source_are_spread_over_the_year():
    umbel_generate(300)
    found = chronology.lines(YEAR) + chronology.lines(YEAR, listed=False)

    assert {line.source.name for line in found} == {entry.name for entry in registry.entries()}
    assert {line.date.month for line in found if line.date.month} == set(range(1, 13))
    assert {line.date.precision for line in found} >= {"day", "month"}


@pytest.mark.django_db
def test_the_year_can_be_chosen():
    umbel_generate(30, "--year", 2021)

    assert (number_of_acts(2021), number_of_acts(2024)) == (30, 0)
    assert Report.objects.get().year == 2021


@pytest.mark.django_db
def test_one_seed_makes_one_year():
    once, again, other = (everything_made(60, "--seed", seed) for seed in (5, 5, 6))

    assert once == again
    assert once["events.Event"] != other["events.Event"]


@pytest.mark.django_db
def test_meetings_are_whole():
    umbel_generate(200)
    meeting = Meeting.objects.select_related("body").first()

    assert meeting.kind == "statutory"
    assert Event.objects.get(pk=meeting.pk).meeting == meeting
    assert Organisation.objects.filter(parts_in_events__event=meeting.event_ptr).count() == meeting.partners.count()


@pytest.mark.django_db
def test_names_are_found_as_if_they_had_been_saved_one_by_one():
    umbel_generate(30)
    rows = [row for model in apps.get_models() if issubclass(model, Named) for row in model.objects.all()]
    organisation = Organisation.objects.filter(kind="enterprise").first()

    assert [row for row in rows if row.folded != fold(row.name)] == []
    assert organisation in find_named(organisation.name.upper(), Organisation.objects.all())


@pytest.mark.django_db
def test_the_log_tells_it_in_one_line():
    umbel_generate(30)

    [line] = Change.objects.all()
    assert (line.who, line.act, line.record) == ("umbel generate", "add", "2024-1")
    assert line.after["events.event"] > 0
    assert verify().broken is None


@pytest.mark.django_db
def test_every_chapter_of_the_report_is_there_and_can_be_built():
    umbel_generate(100)
    report = Report.objects.get()

    built = document.build(report)

    assert [chapter["layout"] for chapter in built["chapters"]] == [layout.value for layout in Chapter.Layout]
    assert json.loads(json.dumps(built)) == built


@pytest.mark.django_db
def test_acts_on_record_are_not_mixed_with_made_up_ones_by_mistake():
    EventFactory()

    with pytest.raises(CommandError, match="--add"):
        umbel_generate(10)

    assert number_of_acts() == 1


@pytest.mark.django_db
def test_add_keeps_what_is_there():
    own = ConfederationFactory(name="Ours")
    itself = OrganisationFactory(kind="self", name="Ours")
    report = ReportFactory(year=2024)
    EventFactory()

    umbel_generate(20, "--add")

    assert number_of_acts() == 21
    assert list(Confederation.objects.all()) == [own]
    assert list(Organisation.objects.filter(kind="self")) == [itself]
    assert list(Report.objects.all()) == [report]
    assert not report.chapters.exists()


@pytest.mark.django_db
def test_a_second_year_stands_beside_the_first():
    umbel_generate(20)
    umbel_generate(20, "--year", 2023, "--add")
    umbel_generate(20, "--seed", 2, "--add")

    assert (number_of_acts(2023), number_of_acts(2024)) == (20, 40)
    assert Confederation.objects.count() == 1


@pytest.mark.django_db
def test_the_same_year_of_the_same_seed_is_not_made_twice():
    umbel_generate(10)

    with pytest.raises(CommandError, match="choose another"):
        umbel_generate(10, "--add")


@pytest.mark.parametrize("records", [0, -1])
def test_at_least_one_act_is_made(records):
    with pytest.raises(CommandError, match="At least one"):
        umbel_generate(records)


@pytest.mark.django_db
def test_what_was_made_is_told_in_json():
    told = json.loads(umbel_generate(25, "--json"))

    assert (told["records"], told["year"], told["seed"]) == (25, 2024, 1)
    assert told["rows"]["network.organisation"] == Organisation.objects.exclude(kind="self").count() + 1
    assert (
        told["rows"]["events.event"]
        == Event.objects.filter(meeting=None, groupmeeting=None, projectmeeting=None, seatmeeting=None).count()
    )


@given(
    records=st.integers(1, 10**6),
    weights=st.dictionaries(st.text(min_size=1), st.floats(0.01, 1), min_size=1),
)
def test_shares_add_up_and_keep_their_proportion(records, weights):
    shares = Plan(records, 2024, 1).shares(weights)

    whole = sum(weights.values())
    assert sum(shares.values()) == records
    assert all(abs(shares[name] - records * weight / whole) < 1.001 for name, weight in weights.items())


def test_dice_fall_alike_for_one_seed_and_otherwise_for_another():
    one, same, other = (Plan(10, 2024, seed) for seed in (1, 1, 2))
    thrown = [[str(plan.date()) for _ in range(20)] for plan in (one, same, other)]

    assert thrown[0] == thrown[1] != thrown[2]
