from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.years import YEAR, counted, texts, write
from umbel.accounts.models import User
from umbel.advocacy.models import Addressee, JointLetter, Signatory
from umbel.core.changelog import verify
from umbel.core.exchange.cells import Plain, joined, split
from umbel.core.exchange.dumping import DumpError, dump
from umbel.core.exchange.loading import load
from umbel.core.exchange.reading import Reader
from umbel.core.exchange.sheets import every_sheet
from umbel.core.exchange.writing import as_csv, as_yaml
from umbel.core.models import Alias, Confederation
from umbel.network.models import Person

EXAMPLE = Path(__file__).parents[2] / "examples" / "cecop-2024"


@pytest.fixture
def year(tmp_path, db):
    """A small year in files, loaded."""
    load(write(tmp_path / "year", YEAR))
    return tmp_path / "year"


def test_a_dump_loads_without_a_change_and_dumps_to_the_same_bytes(year, tmp_path):
    dump(tmp_path / "first")

    assert counted(load(tmp_path / "first")) == (0, 0, 14, 0)
    dump(tmp_path / "second")
    assert texts(tmp_path / "first") == texts(tmp_path / "second")


def test_a_dump_is_written_for_people(year, tmp_path):
    dump(tmp_path / "dump")

    written = texts(tmp_path / "dump")
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
    person.user = User.objects.create_user("ada@example.org", password="analytical-engine")
    person.save()

    dump(tmp_path / "dump")
    load(tmp_path / "dump")

    assert "analytical" not in "".join(texts(tmp_path / "dump").values()) + User.objects.get().password
    assert not any("user" in text.splitlines()[0] for text in texts(tmp_path / "dump").values())
    assert Person.objects.get(key="ada").user.email == "ada@example.org"


def test_a_dump_leaves_out_what_refers_to_nothing(year, tmp_path):
    for rows in (
        Addressee.objects.all(),
        Signatory.objects.all(),
        JointLetter.topics.through.objects.all(),
        JointLetter.objects.all(),
    ):
        rows._raw_delete(rows.db)

    done = dump(tmp_path / "dump")

    assert len(done.lost) == 1
    assert counted(load(tmp_path / "dump")) == (0, 1, 12, 1)


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


def test_the_example_year_loads_and_comes_back(db, tmp_path):
    first = load(EXAMPLE)
    dump(tmp_path / "first")

    assert first.whole.created == first.whole.total > 300
    assert counted(load(EXAMPLE)) == (0, 0, first.whole.created, 0)
    assert counted(load(tmp_path / "first")) == (0, 0, first.whole.created, 0)
    dump(tmp_path / "second")
    assert texts(tmp_path / "first") == texts(tmp_path / "second")
    assert verify().broken is None
