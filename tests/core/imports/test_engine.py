import csv
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories import (
    BodyFactory,
    CampaignFactory,
    EventFactory,
    OrganisationFactory,
    PersonFactory,
    PolicyFileFactory,
    PostFactory,
)
from umbel.advocacy.models import JointLetter
from umbel.communication.models import Channel
from umbel.core.audience import Operator
from umbel.core.changelog import Change, verify
from umbel.core.imports import jobs
from umbel.core.imports.conditions import holds
from umbel.core.imports.examining import Examination
from umbel.core.imports.kinds import every_kind, kind_of
from umbel.core.imports.models import ImportJob
from umbel.events.models import Event
from umbel.governance.models import Mandate, Meeting
from umbel.network.models import Organisation, OrganisationLink, Person, Post


def written(kind, rows, **options):
    """Bring rows in as somebody at the command line would; the first one names the columns."""
    job = checked(kind, rows, **options)
    jobs.start(job, jobs.State.WRITING)
    return job


def checked(kind, rows, **options):
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    job = jobs.receive(kind_of(kind), jobs.BY_COMMAND, "table.csv", ContentFile(buffer.getvalue().encode()))
    for name, value in options.items():
        setattr(job, name, value)
    job.save()
    jobs.start(job, jobs.State.EXAMINING)
    return job


def told(job):
    return [text for row in job.rows.filter(state="error") for _column, _value, text in row.problems]


@pytest.mark.django_db
def test_every_kind_of_record_but_those_of_one_can_be_brought_in():
    names = {kind.name for kind in every_kind()}

    assert len(names) == len(every_kind())
    assert {"network.organisation", "communication.channelcount", "events.event", "governance.meeting"} <= names
    assert "core.confederation" not in names


@pytest.mark.django_db
@pytest.mark.parametrize("kind", every_kind(), ids=lambda kind: kind.name)
def test_every_kind_can_be_examined(kind):
    job = ImportJob(kind=kind.name, headers=["A"], mapping=[next(iter(kind.columns))])

    lines = [line for some in Examination(job, Operator()).examine([(2, ["nonsense"]), (3, [""])]) for line in some]

    assert [line.number for line in lines] == [2, 3]
    assert all(line.state in ("error", "new") for line in lines)


@pytest.mark.django_db
def test_parts_name_their_whole_by_key_or_by_name():
    PersonFactory(key="hh", name="Hanna Hänninen")
    OrganisationFactory(key="coop", name="Coop")

    job = written(
        "network.post", [["Person", "Organisation", "Kind", "Title"], ["Hanna Hanninen", "coop", "staff", "Director"]]
    )

    assert job.counts == {"new": 1}
    assert str(Post.objects.get()) == "Hanna Hänninen, Director"


@pytest.mark.django_db
def test_name_that_several_have_is_told_with_their_keys():
    OrganisationFactory(key="coop-fr", name="Coop", country="FR")
    OrganisationFactory(key="coop-it", name="Coop", country="IT")

    job = checked("network.membership", [["Organisation", "From"], ["COOP", "2020"]])

    assert told(job) == ["several are called “COOP”; write the key: coop-fr, coop-it"]


@pytest.mark.django_db
def test_records_of_two_tables_are_written_to_both():
    BodyFactory(key="board", name="Board")

    job = written(
        "governance.meeting",
        [
            ["Title", "Date", "Kind", "Part", "Body", "Topics"],
            ["Board in May", "2024-05-03", "statutory", "organiser", "Board", ""],
        ],
    )

    meeting = Meeting.objects.get()
    assert (meeting.title, str(meeting.date), meeting.body.key) == ("Board in May", "2024-05-03", "board")
    assert Event.objects.get().pk == meeting.pk
    assert [(line.type, line.act) for line in Change.objects.filter(record=meeting.key)] == [
        ("governance.meeting", "add")
    ]

    job.undone_by = "somebody"
    job.save()
    jobs.start(job, jobs.State.UNDOING)
    assert (Meeting.objects.count(), Event.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_links_and_other_spellings_are_written_and_logged_as_by_hand():
    PolicyFileFactory(key="skills", name="Skills")
    CampaignFactory(key="year", name="Year of cooperatives")

    written(
        "events.event",
        [["Key", "Title", "Kind", "Part", "topics"], ["e1", "Forum", "conference", "attendee", "skills; year"]],
    )
    written("network.organisation", [["Name", "Kind", "aliases"], ["Alfa", "union", "A.; Álpha"]])

    assert list(Event.objects.get().topics.order_by("key").values_list("key", flat=True)) == ["skills", "year"]
    assert sorted(Organisation.objects.get().aliases.values_list("name", "folded")) == [("A.", "a"), ("Álpha", "alpha")]
    assert [(line.type, line.act) for line in Change.objects.order_by("-pk")[:5]] == [
        ("core.alias", "add"),
        ("core.alias", "add"),
        ("network.organisation", "add"),
        ("events.event", "change"),
        ("events.event", "add"),
    ]
    assert verify().broken is None


@pytest.mark.django_db
def test_import_says_the_same_in_the_log_as_saving_by_hand():
    written("network.organisation", [["Key", "Name", "Kind", "Founded"], ["alfa", "Alfa", "union", "1999"]])
    Organisation(key="beta", name="Beta", kind="union", founded="1999").save()

    alfa, beta = Change.objects.filter(type="network.organisation").order_by("pk")
    assert {**alfa.after, "key": "beta", "name": "Beta"} == beta.after
    assert (alfa.act, alfa.text, alfa.before) == (beta.act, "Alfa", beta.before)


@pytest.mark.django_db
def test_lists_change_where_a_table_says_otherwise():
    topics = [PolicyFileFactory(key=key, name=key) for key in ("skills", "work")]
    event = EventFactory(key="e1")
    event.topics.set(topics[:1])
    alfa = OrganisationFactory(key="alfa", name="Alfa")
    alfa.aliases.create(name="A.")

    first = written("events.event", [["Key", "topics"], ["e1", "work"]])
    second = written("network.organisation", [["Key", "aliases"], ["alfa", "A; Alfa I"]])
    again = checked("events.event", [["Key", "topics"], ["e1", "work"]])

    assert [topic.key for topic in event.topics.all()] == ["work"]
    assert sorted(alfa.aliases.values_list("name", flat=True)) == ["A", "Alfa I"]
    assert (first.counts, second.counts, again.counts) == ({"changed": 1}, {"changed": 1}, {"unchanged": 1})

    for job in (first, second):
        job.undone_by = "somebody"
        job.save()
        jobs.start(job, jobs.State.UNDOING)
    assert [topic.key for topic in event.topics.all()] == ["skills"]
    assert sorted(alfa.aliases.values_list("name", flat=True)) == ["A."]
    assert verify().broken is None


@pytest.mark.django_db
def test_row_that_comes_twice_is_told():
    job = checked("network.organisation", [["Key", "Name", "Kind"], ["a", "A", "union"], ["a", "B", "union"]])

    assert told(job) == ["says the same thing as row 2 of the file"]


@pytest.mark.django_db
def test_what_may_stand_once_is_told_with_what_stands_already():
    OrganisationFactory(key="we", name="We", kind="self")

    job = checked("network.organisation", [["Key", "Name", "Kind"], ["a", "A", "self"], ["b", "B", "self"]])

    assert told(job) == [
        "The confederation itself is already on record. the same is on record already: organisation “We”",
        "The confederation itself is already on record. says the same thing as row 2 of the file",
    ]


@pytest.mark.django_db
def test_rules_of_a_row_are_told_at_the_likely_column():
    PostFactory(person__key="p", organisation__key="o", title="T", start="2020")

    job = checked(
        "network.post",
        [["Person", "Organisation", "Kind", "Title", "From", "To"], ["p", "o", "staff", "T", "2020", "2019"]],
    )

    assert [problem for row in job.rows.all() for problem in row.problems] == [
        ["end", "2019", "The end is not before the beginning."]
    ]


@pytest.mark.django_db
def test_uneven_rows_are_told_by_line():
    content = b"Name,Kind\nAlfa,union\nBeta\nGamma,union,more\nDelta,union,\n"
    job = jobs.receive(kind_of("network.organisation"), jobs.BY_COMMAND, "t.csv", ContentFile(content))
    jobs.start(job, jobs.State.EXAMINING)

    assert [(row.number, row.problems[0][2][:26]) for row in job.rows.filter(state="error")] == [
        (3, "1 cells for 2 columns; put"),
        (4, "3 cells for 2 columns; put"),
    ]
    assert job.counts == {"new": 2, "error": 2}


@pytest.mark.django_db
def test_numbers_and_words_are_read_as_people_write_them():
    job = written(
        "communication.channel",
        [
            ["Name", "Order", "In the footer of the site", "From"],
            ["Alfa", "1 200", "Oui", "31/12/2020"],
            ["Beta", "3", "no", "Oct 2021"],
        ],
    )

    assert job.counts == {"new": 2}
    assert [(one.order, one.in_footer, str(one.start)) for one in Channel.objects.order_by("name")] == [
        (1200, True, "2020-12-31"),
        (3, False, "2021-10"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3, 30])
def test_check_and_writing_take_as_many_queries_for_many_rows(count, django_assert_max_num_queries):
    OrganisationFactory(key="known", name="Known")
    rows = [["Name", "Kind", "Country"], *([f"Alfa {number}", "union", "BE"] for number in range(count))]
    checked("network.organisation", [["Name"], ["x"]])

    with django_assert_max_num_queries(62):
        written("network.organisation", rows)

    assert Organisation.objects.count() == count + 1


@pytest.mark.django_db
def test_person_is_found_by_the_search_once_imported():
    from umbel.core.search import find

    written("network.person", [["Name"], ["Hanna Hänninen"]])

    assert [hit.title for hit in find("Hanninen", Operator()).hits] == ["Hanna Hänninen"]


@pytest.mark.django_db
def test_mandates_are_recognised_by_body_person_and_start():
    BodyFactory(key="board")
    PersonFactory(key="p")
    rows = [["Body", "Person", "From", "Role"], ["board", "p", "2020", ""], ["board", "p", "", ""]]

    first, again = written("governance.mandate", rows), checked("governance.mandate", rows)

    assert (first.counts, again.counts) == ({"new": 2}, {"unchanged": 2})
    assert Mandate.objects.count() == 2


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12).map(str.strip)
DATES = st.sampled_from(["", "2024", "2024-02", "2024-02-30", "2024-06-11", "1999-12", "yesterday"])
ROWS = {
    "network.organisation": st.fixed_dictionaries(
        {
            "key": st.one_of(st.from_regex(r"[a-z0-9-]{1,8}", fullmatch=True), TEXTS),
            "name": st.one_of(TEXTS, st.just("x" * 301)),
            "kind": st.sampled_from(["", "union", "self", "federation", "unions"]),
            "country": st.sampled_from(["", "BE", "XX"]),
            "founded": DATES,
            "activity": st.sampled_from(["", "nace2.1:11.05", "nace2.1:1"]),
        }
    ),
    "communication.channel": st.fixed_dictionaries(
        {
            "key": st.from_regex(r"[a-z0-9-]{1,8}", fullmatch=True),
            "name": st.just("Channel"),
            "order": st.sampled_from(["0", "32767", "-1", "x"]),
            "start": DATES,
            "end": DATES,
        }
    ),
    "advocacy.jointletter": st.fixed_dictionaries(
        {
            "key": st.from_regex(r"[a-z0-9-]{1,8}", fullmatch=True),
            "title": st.just("Letter"),
            "signatories_bound": st.sampled_from(["", "exact", "over"]),
            "signatories_number": st.sampled_from(["", "0", "12", "-3"]),
        }
    ),
}


def by_hand(model, row):
    """Whether Django's own checks let a row pass that is put together field by field."""
    made = model()
    for name, text in row.items():
        field = model._meta.get_field(name)
        try:
            setattr(made, field.attname, field.clean(text if text else (None if field.null else text), made))
        except (ValidationError, ValueError):
            return False
    try:
        made.full_clean()
    except ValidationError:
        return False
    return True


class FastPathTest(TestCase):
    """The check of whole batches lets the same rows pass as `full_clean` of each record."""

    @given(st.sampled_from(sorted(ROWS)).flatmap(lambda kind: st.tuples(st.just(kind), ROWS[kind])))
    @settings(max_examples=200)
    def test_check_of_a_batch_says_the_same_as_the_check_of_a_record(self, drawn):
        kind, row = drawn
        given_values = {name: text for name, text in row.items() if text or name not in ("key",)}
        job = ImportJob(kind=kind, headers=list(given_values), mapping=list(given_values), alike="create")

        lines = [
            line for some in Examination(job, Operator()).examine([(2, list(given_values.values()))]) for line in some
        ]

        if "key" in given_values:
            assert (lines[0].state == "new") == by_hand(kind_of(kind).model, row), lines[0].problems

    @given(
        st.sampled_from([Channel, OrganisationLink, JointLetter]).flatmap(
            lambda model: st.tuples(
                st.just(model),
                st.sampled_from([None, "2024", "2024-02", "2024-06-11"]),
                st.sampled_from([None, "2023", "2024", "2024-02-01"]),
                st.sampled_from(["", "exact"]),
                st.sampled_from([None, 0, 5]),
            )
        )
    )
    @settings(max_examples=100)
    def test_condition_in_memory_says_the_same_as_the_database(self, drawn):
        model, start, end, bound, number = drawn
        values = {"start": start, "end": end, "child_id": 1, "parent_id": number, "signatories_bound": bound}
        known = {field.attname for field in model._meta.concrete_fields}
        row = model(
            **{name: value for name, value in {**values, "signatories_number": number}.items() if name in known}
        )
        checks = [
            one for one in model._meta.constraints if hasattr(one, "condition") and not hasattr(one, "deferrable")
        ]

        for constraint in checks:
            held = {field.name: getattr(row, field.attname) for field in model._meta.concrete_fields}
            try:
                with transaction.atomic():
                    constraint.validate(model, row)
                passes = True
            except ValidationError:
                passes = False
            assert (holds(constraint.condition, held) is not False) == passes


@pytest.mark.django_db
def test_person_and_organisation_of_one_table_keep_their_order():
    names = [f"Person {number:03}" for number in range(120)]

    written("network.person", [["Name"], *([name] for name in names)])

    assert list(Person.objects.order_by("pk").values_list("name", flat=True)) == names
