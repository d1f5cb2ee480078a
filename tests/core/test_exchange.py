from pathlib import Path

import pytest
import yaml
from django.contrib.contenttypes.models import ContentType
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from umbel.accounts.models import User
from umbel.advocacy.models import Campaign, Evidence, JointLetter, PolicyFile
from umbel.core.changelog import verify
from umbel.core.exchange.cells import Plain, joined, split
from umbel.core.exchange.dumping import DumpError, dump
from umbel.core.exchange.loading import load
from umbel.core.exchange.problems import LoadError
from umbel.core.exchange.reading import Reader
from umbel.core.exchange.sheets import every_sheet
from umbel.core.exchange.writing import as_csv, as_yaml
from umbel.core.models import Alias, Change, Confederation, MembershipCategory
from umbel.events.models import Event, EventPartner, Speaker
from umbel.governance.models import Meeting
from umbel.network.models import Organisation, Person, Post
from umbel.projects.models import Deliverable

EXAMPLE = Path(__file__).parents[2] / "examples" / "cecop-2024"

YEAR = {
    "organisations.yaml": """
- {key: we, name: The Umbrella, kind: self, country: BE, aliases: [Umbrella, "U.M."]}
- {key: ally, name: Ally, kind: alliance, scope: european, description: "yes"}
""",
    "people.csv": "key,name,aliases\nada,Ada Lovelace,Ada L.; Countess\nbob,Bob,\n",
    "posts.csv": "person,organisation,title,kind,start\nada,we,Director,staff,2020\nada,we,President,staff,\n",
    "bodies.csv": "key,name,kind\nboard,Board,board\n",
    "events.yaml": """
- key: e1
  title: A conference
  date: 2024-05-06
  country: NO
  kind: conference
  part: speaker
  within: e2
  topics: [decent-work, join-us]
  on_behalf_of: [ally]
  partners:
    - {organisation: ally, role: host}
    - {organisation: ally, role: institution}
  speakers: [{person: ada, function: Director}]
- key: e2
  title: A visit
  date: 2024
  kind: visit
  part: attendee
  in_review: false
""",
    "meetings.yaml": "- {key: m1, title: Board, kind: statutory, part: organiser, date: 2024-03, body: board}\n",
    "policy_files.yaml": "- {key: decent-work, name: Decent work, asks: [{text: More of it}, {text: Now}]}\n",
    "campaigns.yaml": "- {key: join-us, name: Join us}\n",
    "letters.yaml": """
- {key: l1, title: To all, date: 2024, addressees: [The Council, The Parliament], signatories: [ally]}
""",
    "outcomes.yaml": """
- {key: o1, claim: It worked, date: 2024, file: join-us, evidence: [event/m1, event/e1, jointletter/l1]}
""",
}


def write(directory, files):
    directory.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (directory / name).write_text(text, encoding="utf-8")
    return directory


def texts(directory):
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(directory.iterdir())}


def counted(summary):
    whole = summary.whole
    return whole.created, whole.changed, whole.unchanged, whole.removed


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
    assert [(one.organisation.key, one.role) for one in event.partners.all()] == [
        ("ally", "host"),
        ("ally", "institution"),
    ]
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
    write(
        year,
        {
            "people.csv": "key,name\nada,Ada Lovelace\n",
            "events.yaml": YEAR["events.yaml"].replace("  country: NO\n", ""),
        },
    )

    summary = load(year)

    assert counted(summary) == (0, 2, 12, 0)
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
    table = "key,title,date,country,kind,part,within,topics,on_behalf_of\n"
    write(
        year, {"events.csv": f"{table}e1,A conference,2024-05-06,NO,conference,speaker,e2,join-us;decent-work,ally\n"}
    )

    assert counted(load(year)) == (0, 0, 14, 0)
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


def test_a_dump_loads_without_a_change_and_dumps_to_the_same_bytes(year, tmp_path):
    dump(tmp_path / "first")

    assert counted(load(tmp_path / "first")) == (0, 0, 14, 0)
    dump(tmp_path / "second")
    assert texts(tmp_path / "first") == texts(tmp_path / "second")


def test_a_dump_is_written_for_people(year, tmp_path):
    done = dump(tmp_path / "dump")

    written = texts(tmp_path / "dump")
    assert done.files == {
        name: len(yaml.safe_load(text)) if "yaml" in name else text.count("\n") - 1 for name, text in written.items()
    }
    assert (
        written["events.yaml"]
        == """\
- key: e2
  title: A visit
  date: 2024
  in_review: false
  kind: visit
  part: attendee

- key: e1
  title: A conference
  date: 2024-05-06
  country: 'NO'
  kind: conference
  part: speaker
  within: e2
  topics:
    - decent-work
    - join-us
  on_behalf_of:
    - ally
  partners:
    - organisation: ally
      role: host
    - organisation: ally
      role: institution
  speakers:
    - person: ada
      role: speaker
      function: Director
"""
    )
    assert (
        written["people.csv"]
        == "key,name,audience,aliases\nada,Ada Lovelace,public,Ada L.; Countess\nbob,Bob,public,\n"
    )


def test_a_dump_holds_no_user(year, tmp_path):
    person = Person.objects.get(key="ada")
    person.user = User.objects.create_user("ada", password="analytical-engine")
    person.save()

    dump(tmp_path / "dump")
    load(tmp_path / "dump")

    assert "analytical" not in "".join(texts(tmp_path / "dump").values()) + User.objects.get().password
    assert not any("user" in text.splitlines()[0] for text in texts(tmp_path / "dump").values())
    assert Person.objects.get(key="ada").user.username == "ada"


def test_a_dump_leaves_out_what_refers_to_nothing(year, tmp_path):
    JointLetter.objects.get().delete()

    done = dump(tmp_path / "dump")

    assert len(done.lost) == 1
    assert counted(load(tmp_path / "dump")) == (0, 1, 12, 0)


def test_a_dump_does_not_mix_with_files_that_it_would_not_write(year, tmp_path):
    write(tmp_path / "dump", {"events.csv": "key\n"})

    with pytest.raises(DumpError, match="also holds events.csv"):
        dump(tmp_path / "dump")
    assert list(texts(tmp_path / "dump")) == ["events.csv"]


@pytest.mark.parametrize(
    "text",
    [
        "a\r\nb",
        "Norway: NO",
        "- a",
        "# a",
        "null",
        "2024-05",
        "1e3",
        "a\x85b",
        "é “quoted” 'and' \"so\"",
        "{a}",
        "=1+1",
        "\x01",
    ],
)
def test_awkward_texts_survive(db, tmp_path, text):
    load(write(tmp_path / "in", {"confederation.yaml": "{key: us, name: Us, long_name: Us all, reporting_year: 2024}"}))
    Confederation.objects.update(purpose=text, long_name=text)
    person = Person.objects.create(key="p", name=text)
    Alias(record=person, name=text + ";b").save()

    dump(tmp_path / "out")

    assert counted(load(tmp_path / "out")) == (0, 0, 2, 0)
    assert Confederation.current().purpose == text
    assert Alias.objects.get().name == text + ";b"


WORDS = (
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=30)
    .map(str.strip)
    .filter(bool)
)
SHEETS = {sheet.name: sheet for sheet in every_sheet()}


@given(st.lists(st.fixed_dictionaries({"key": WORDS, "aliases": st.lists(WORDS, min_size=1)}), max_size=4))
def test_any_text_is_read_as_it_was_written(tmp_path_factory, rows):
    directory = tmp_path_factory.mktemp("texts")
    tables = [{**row, "aliases": [" ".join(alias.split()) for alias in row["aliases"]]} for row in rows]
    (directory / "organisations.yaml").write_bytes(as_yaml(rows, single=False).encode())
    (directory / "people.csv").write_bytes(as_csv(tables, ["key", "aliases"]).encode())

    reader = Reader(directory, [SHEETS["organisations"], SHEETS["people"]])
    found = {source.sheet.name: source.rows for source in reader.read()}

    assert reader.problems == []
    for name, wanted in (("organisations", rows), ("people", tables)):
        assert [plain(row) for row in found[name]] == wanted


def plain(row):
    return {"key": row.cells["key"].text, "aliases": [item.text for item in row.cells["aliases"].items]}


@given(st.lists(WORDS.map(lambda text: " ".join(text.split()))))
def test_any_list_survives_in_one_cell(items):
    assert split(joined(items)) == items


def test_plain_values_stand_without_quotes():
    assert (
        as_yaml([{"a": Plain("2024-05-06"), "b": Plain("9.6"), "c": "9.6"}], single=True)
        == "a: 2024-05-06\nb: 9.6\nc: '9.6'\n"
    )


@pytest.mark.parametrize("number", [1, 30])
def test_a_load_that_changes_nothing_takes_the_same_queries_for_any_number_of_rows(db, tmp_path, number):
    header = "key,name,aliases\n"
    write(tmp_path, {"people.csv": header + "".join(f"p{one},P {one},Q{one}\n" for one in range(number))})
    load(tmp_path)
    ContentType.objects.clear_cache()
    from django.db import connection

    with CaptureQueriesContext(connection) as queries:
        load(tmp_path)

    assert len(queries) == 6


def test_the_example_year_loads_and_comes_back(db, tmp_path):
    first = load(EXAMPLE)
    dump(tmp_path / "first")

    assert first.whole.created == first.whole.total > 300
    assert counted(load(EXAMPLE)) == (0, 0, first.whole.created, 0)
    assert counted(load(tmp_path / "first")) == (0, 0, first.whole.created, 0)
    dump(tmp_path / "second")
    assert texts(tmp_path / "first") == texts(tmp_path / "second")
    assert verify().broken is None


def test_nothing_is_loaded_where_anything_is_wrong(year):
    write(year, {"people.csv": "key,name\nnew,New\n,No key\n", "campaigns.yaml": "- {key: other}\n"})

    with pytest.raises(LoadError) as error:
        load(year)

    assert [str(problem) for problem in error.value.problems] == [
        "people.csv line 3, field key: this field is required",
        "campaigns.yaml line 1, field name: this field is required",
    ]
    assert (Person.objects.count(), Campaign.objects.count(), Post.objects.count()) == (2, 1, 2)
