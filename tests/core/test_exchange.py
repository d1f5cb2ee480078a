import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.core.years import YEAR, counted, write
from umbel.advocacy.models import Campaign, Evidence, JointLetter, PolicyFile
from umbel.core.changelog import verify
from umbel.core.exchange.loading import load
from umbel.core.exchange.problems import LoadError
from umbel.core.models import Alias, Change, Confederation, MembershipCategory
from umbel.events.models import Event, EventPartner, Speaker
from umbel.governance.models import Meeting
from umbel.network.models import Organisation, Person, Post
from umbel.projects.models import Deliverable


@pytest.fixture
def year(tmp_path, db):
    """A small year in files, loaded."""
    load(write(tmp_path / "year", YEAR))
    return tmp_path / "year"


def test_rows_are_created_with_what_they_refer_to(year):
    event = Event.objects.get(key="e1")

    assert (str(event.date), event.country, event.within.key) == ("2024-05-06", "NO", "e2")
    assert sorted(event.topics.values_list("key", flat=True)) == ["decent-work", "join-us"]
    assert [one.key for one in event.on_behalf_of.all()] == ["ally"]
    assert [str(one) for one in event.partners.all()] == ["Ally, host", "Ally, institution concerned"]
    assert [one.function for one in event.speakers.all()] == ["Director"]
    assert Event.objects.get(key="e2").in_review is False
    assert PolicyFile.objects.get().asks.count() == 2


def test_text_that_looks_like_something_else_stays_text(year):
    assert Organisation.objects.get(key="ally").description == "yes"


def test_aliases_are_kept_and_folded(year):
    aliases = Alias.objects.of(Person.objects.get(key="ada"))

    assert sorted(aliases.values_list("name", "folded")) == [("Ada L.", "ada l"), ("Countess", "countess")]


def test_a_meeting_is_referred_to_as_the_event_that_it_is(year):
    kinds = {proof.record.key: proof.content_type.model for proof in Evidence.objects.all()}

    assert kinds == {"m1": "event", "e1": "event", "l1": "jointletter"}
    assert Evidence.objects.first().content_type == ContentType.objects.get_for_model(Event)
    assert Evidence.objects.first().object_id == Meeting.objects.get().pk


def test_a_second_load_changes_nothing_and_logs_nothing(year):
    lines = Change.objects.count()

    assert counted(load(year)) == (0, 0, 14, 0)
    assert Change.objects.count() == lines


def test_a_load_after_an_edit_changes_and_logs_only_that(year):
    last = Change.objects.latest("pk").pk
    write(year, {"people.csv": YEAR["people.csv"].replace("bob,Bob", "bob,Robert")})

    summary = load(year)

    assert vars(summary.files["people.csv"]) == {"created": 0, "changed": 1, "unchanged": 1, "removed": 0}
    assert counted(summary) == (0, 1, 13, 0)
    line = Change.objects.get(pk__gt=last)
    assert (line.who, line.act, line.record, line.before, line.after) == (
        "load year",
        "change",
        "bob",
        {"name": "Bob"},
        {"name": "Robert"},
    )
    assert verify().broken is None


def test_every_new_record_has_its_line_in_the_log(year):
    added = Change.objects.filter(act="add")

    assert set(Change.objects.values_list("who", flat=True)) == {"load year"}
    assert added.filter(type="events.event").count() == 2
    assert added.get(type="events.speaker").after["function"] == "Director"
    assert added.get(record="e1").after["within"] == Event.objects.get(key="e2").pk
    assert verify().broken is None


def test_what_a_row_leaves_out_is_empty(year):
    events = YEAR["events.yaml"].replace("  country: NO\n", "")
    write(year, {"people.csv": "key,name\nada,Ada Lovelace\n", "events.yaml": events})

    assert counted(load(year)) == (0, 2, 11, 0)
    assert Event.objects.get(key="e1").country == ""
    assert not Alias.objects.of(Person.objects.get(key="ada")).exists()


def test_a_part_that_vanished_is_removed_and_a_row_that_vanished_is_not(year):
    host = "    - {organisation: ally, role: host}\n"
    write(year, {"events.yaml": YEAR["events.yaml"].replace(host, ""), "people.csv": "key,name\n"})

    summary = load(year)

    assert vars(summary.files["events.yaml"]) == {"created": 0, "changed": 1, "unchanged": 1, "removed": 1}
    assert EventPartner.objects.get().role == "institution"
    assert Person.objects.count() == 2
    assert Change.objects.latest("pk").act == "delete"


def test_links_are_set_anew_only_where_they_differ(year):
    write(year, {"events.yaml": YEAR["events.yaml"].replace("[decent-work, join-us]", "[join-us]")})

    assert counted(load(year)) == (0, 1, 13, 0)
    assert list(Event.objects.get(key="e1").topics.values_list("key", flat=True)) == ["join-us"]


def test_a_table_leaves_parts_alone_that_it_cannot_hold(year):
    (year / "events.yaml").unlink()
    header = "key,title,date,country,kind,part,within,topics,on_behalf_of\n"
    row = "e1,A conference,2024-05-06,NO,conference,speaker,e2,join-us; decent-work,ally\n"
    write(year, {"events.csv": header + row})

    assert counted(load(year)) == (0, 0, 13, 0)
    assert (EventPartner.objects.count(), Speaker.objects.count()) == (2, 1)


def test_a_table_holds_parts_of_one_column_as_a_list(year):
    (year / "letters.yaml").unlink()
    write(year, {"letters.csv": 'key,title,date,addressees,signatories\nl1,To all,2024,"The Council; ""A; B""",ally\n'})

    assert vars(load(year).files["letters.csv"]) == {"created": 0, "changed": 1, "unchanged": 0, "removed": 1}
    assert [one.name for one in JointLetter.objects.get().addressees.all()] == ["The Council", "A; B"]


def test_a_keyed_part_can_move_to_another_whole(tmp_path, db):
    heading = "- {{key: g, name: G, funder: ally, first_year: 2022, last_year: 2025, headings: [{0}]}}\n"
    line = "deliverables: [{key: d1, name: Paper, target: 1}]"
    files = {"organisations.yaml": YEAR["organisations.yaml"]}
    before = heading.format(f"{{key: h1, year: 2024, name: One, {line}}}, {{key: h2, year: 2024, name: Two}}")
    load(write(tmp_path, {**files, "grants.yaml": before}))
    known = Deliverable.objects.get().pk

    load(write(tmp_path, {"grants.yaml": heading.format(f"{{key: h2, year: 2024, name: Two, {line}}}")}))

    moved = Deliverable.objects.get()
    assert (moved.pk, moved.heading.key) == (known, "h2")


def test_lists_of_the_confederation_belong_to_its_file(tmp_path, db):
    text = "{key: us, name: Us, long_name: Us all, reporting_year: 2024, categories: [%s]}\n"
    load(write(tmp_path, {"confederation.yaml": text % "{key: full, name: Full}, {key: half, name: Half}"}))

    summary = load(write(tmp_path, {"confederation.yaml": text % "{key: full, name: Full}"}))

    assert counted(summary) == (0, 1, 0, 1)
    assert [one.key for one in MembershipCategory.objects.all()] == ["full"]
    assert Confederation.current().languages == "en"


def test_a_dry_run_tells_the_same_and_does_nothing(tmp_path, db):
    write(tmp_path, YEAR)

    told = load(tmp_path, dry_run=True)

    assert not Organisation.objects.exists()
    assert not Change.objects.exists()
    assert {**load(tmp_path).as_data(), "dry_run": True} == told.as_data()


@pytest.mark.parametrize("number", [1, 30])
def test_a_load_that_changes_nothing_takes_the_same_queries_for_any_number_of_rows(db, tmp_path, number):
    header = "key,name,aliases\n"
    write(tmp_path, {"people.csv": header + "".join(f"p{one},P {one},Q{one}\n" for one in range(number))})
    load(tmp_path)
    ContentType.objects.clear_cache()

    with CaptureQueriesContext(connection) as queries:
        load(tmp_path)

    assert len(queries) == 6


def test_nothing_is_loaded_where_anything_is_wrong(year):
    write(year, {"people.csv": "key,name\nnew,New\n,No key\n", "campaigns.yaml": "- {key: other}\n"})

    with pytest.raises(LoadError) as error:
        load(year)

    assert [str(problem) for problem in error.value.problems] == [
        "people.csv line 3, field key: this field is required",
        "campaigns.yaml line 1, field name: this field is required",
    ]
    assert (Person.objects.count(), Campaign.objects.count(), Post.objects.count()) == (2, 1, 2)
