import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from umbel.core.exchange.loading import load
from umbel.core.exchange.problems import LoadError
from umbel.core.models import Change
from umbel.events.models import Event
from umbel.governance.models import Body, Meeting
from umbel.network.models import Membership, Organisation, Person

PEOPLE = "key,name\nada,Ada\nbob,Bob\n"
ORGANISATIONS = """\
- {key: legacoop, name: Legacoop, kind: federation, country: IT}
- {key: legacoop-lavoro, name: Legacoop Lavoro, kind: federation, country: IT}
- {key: coceta, name: COCETA, kind: federation, country: ES}
- {key: smart, name: Smart, kind: enterprise, country: BE}
"""
EVENT = """\
- key: e1
  title: A conference
  date: 2024-05-06
  kind: conference
  part: speaker
"""


def write(directory, files):
    for name, text in files.items():
        path = directory / name
        path.write_bytes(text) if isinstance(text, bytes) else path.write_text(text, encoding="utf-8")
    return directory


def problems(directory, files):
    with pytest.raises(LoadError) as error:
        load(write(directory, files))
    return [str(problem) for problem in error.value.problems]


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        (
            "events.yaml",
            EVENT.replace("conference\n  part", "confrence\n  part"),
            "events.yaml line 4, field kind: “confrence” is not allowed; allowed: conference, webinar, workshop, "
            "seminar, hearing, debate, meeting, assembly, summit, observance, session, orientation, visit, visitor, "
            "launch, training, statutory, group, steering, experts, jury, project",
        ),
        (
            "events.yaml",
            EVENT.replace("2024-05-06", "6 May"),
            "events.yaml line 3, field date: “6 May” is not a date; write a day, a month or a year: "
            "2024-12-11, 2024-12, 2024",
        ),
        (
            "events.yaml",
            EVENT + "  heading: x\n",
            "events.yaml line 6, field heading: there is no such field; allowed: key, title, date, place, country, "
            "has_page, in_review, review_note, lead, text, opens_on, kind, part, "
            "format, ends, edition, within, note, registration_to, places, audience, topics, on_behalf_of, "
            "partners, speakers, registrations",
        ),
        (
            "events.yaml",
            EVENT + "  key: e2\n",
            "events.yaml line 6, field key: the field stands twice in this row, first in line 1",
        ),
        (
            "events.yaml",
            EVENT + "  ends: 2024-05-05\n",
            "events.yaml line 6, field ends: The end is not before the beginning.",
        ),
        (
            "events.yaml",
            EVENT + "  has_page: perhaps\n",
            "events.yaml line 6, field has_page: “perhaps” is not allowed; write true or false",
        ),
        (
            "events.yaml",
            EVENT + "  place: [a, b]\n",
            "events.yaml line 6, field place: write one value here, not a list",
        ),
        ("events.yaml", EVENT + "  topics: a\n", "events.yaml line 6, field topics: write a list here"),
        (
            "events.yaml",
            EVENT + "  partners:\n    - smart\n",
            "events.yaml line 7, field partners: write each with its fields: organisation, role",
        ),
        (
            "events.yaml",
            EVENT + "  partners:\n    - organisation: smart\n      role: guest\n    - organisation: smart\n"
            "      role: guest\n",
            "events.yaml line 9, field partners.organisation: says the same thing as events.yaml line 7",
        ),
        ("events.yaml", EVENT + "  within: e1\n", "events.yaml line 1: refers to itself in a circle"),
        (
            "events.yaml",
            EVENT.replace("- key: e1\n  title", "- title"),
            "events.yaml line 1, field key: this field is required",
        ),
        (
            "events.yaml",
            EVENT.replace("key: e1", "key: é 1"),
            "events.yaml line 1, field key: Enter a valid “slug” consisting of letters, numbers, underscores "
            "or hyphens.",
        ),
        (
            "events.yaml",
            EVENT + EVENT.replace("A conf", "Another conf"),
            "events.yaml line 6, field key: “e1” stands already in events.yaml line 1",
        ),
        ("events.yaml", "key: e1\ntitle: [\n", "events.yaml line 3: is not YAML: did not find expected node content"),
        ("events.yaml", "- a\n", "events.yaml line 1: write a list of rows, each with its fields: “- key: …”"),
        (
            "people.csv",
            "key,nom\nada,Ada\n",
            "people.csv line 1, field nom: there is no such field; allowed: key, name, audience, aliases",
        ),
        (
            "people.csv",
            "key;name\nada;Ada\n",
            "people.csv line 1: columns are separated by commas here, not by semicolons",
        ),
        (
            "people.csv",
            "key,name\nada,Ada,Lovelace\n",
            "people.csv line 2: 3 cells for 2 columns; put quotes round a text with a comma",
        ),
        (
            "people.csv",
            'key,name\nada,"Ada\nLovelace"\nbob,\n',
            "people.csv line 4, field name: this field is required",
        ),
        (
            "people.csv",
            "key,name\nada,Zoë\n".encode("latin-1"),
            "people.csv line 2: is not in UTF-8; save the file as UTF-8 (in a spreadsheet: “CSV UTF-8”)",
        ),
        (
            "people.csv",
            f"key,name\nada,{'a' * 301}\n",
            "people.csv line 2, field name: Ensure this value has at most 300 characters (it has 301).",
        ),
        ("people.csv", "key,name,name\nada,Ada,Ada\n", "people.csv line 1, field name: the column stands twice"),
        (
            "people.csv",
            "key,name,aliases\nada,Ada,A; A\n",
            "people.csv line 2, field aliases: “A” stands twice in the list",
        ),
        (
            "mandates.csv",
            "body,person,role\nboard,ada,member\n",
            "mandates.csv line 2, field body: no body has the key “board”; nearest: none, there is not one yet",
        ),
        (
            "posts.csv",
            "person,organisation,kind,title,order\nada,smart,staff,Clerk,-1\n",
            "posts.csv line 2, field order: -1 is out of range; allowed: 0 to 32767",
        ),
        (
            "posts.csv",
            "person,organisation,kind,title,order\nada,smart,staff,Clerk,1.5\n",
            "posts.csv line 2, field order: “1.5” is not a whole number; write digits only",
        ),
        (
            "memberships.csv",
            "organisation,start,end\nsmart,2024,2023\n",
            "memberships.csv line 2, field end: The end is not before the beginning.",
        ),
        (
            "memberships.csv",
            "organisation,start\nlegacop,2024\n",
            "memberships.csv line 2, field organisation: no organisation has the key “legacop”; "
            "nearest: legacoop, legacoop-lavoro, coceta",
        ),
        (
            "organisation_links.csv",
            "child,parent,kind\nsmart,smart,member\n",
            "organisation_links.csv line 2, field parent: An organisation cannot be linked to itself.",
        ),
        (
            "reported_figures.csv",
            "figure,date,statement,value,source\nx,2024,X,1.2345,y\n",
            "reported_figures.csv line 2, field value: Ensure that there are no more than 3 decimal places.",
        ),
        (
            "reported_figures.csv",
            'figure,date,statement,value,source\nx,2024,X,"1,5",y\n',
            "reported_figures.csv line 2, field value: “1,5” is not a number; write digits with a point: 3411 or 9.6",
        ),
        (
            "outcomes.yaml",
            "- {key: o, claim: C, date: 2024, evidence: [smart]}\n",
            "outcomes.yaml line 1, field evidence.record: “smart” is not written type/key; types: ",
        ),
        (
            "outcomes.yaml",
            "- {key: o, claim: C, date: 2024, evidence: [event/x]}\n",
            "outcomes.yaml line 1, field evidence.record: no event has the key “x”; nearest: none, "
            "there is not one yet",
        ),
        (
            "documents.csv",
            "key,title,file\nd,D,../secret-key\n",
            "documents.csv line 2, field file: “../secret-key” is not a path inside the media directory",
        ),
        ("event.yaml", EVENT, "event.yaml: there is no such file; allowed: confederation.yaml, topics.csv, "),
    ],
)
def test_an_error_names_its_place_and_what_is_allowed(db, tmp_path, file, text, told):
    found = problems(tmp_path, {"people.csv": PEOPLE, "organisations.yaml": ORGANISATIONS, file: text})

    assert [problem[: len(told)] if told.endswith(" ") else problem for problem in found] == [told]


def test_all_errors_of_all_files_are_told_together(db, tmp_path):
    found = problems(
        tmp_path,
        {
            "people.csv": "key,name\n,Ada\nbob,\n",
            "events.yaml": EVENT.replace("2024-05-06", "May").replace("part: speaker", "part: x") + "  ends: never\n",
        },
    )

    assert [problem.split(":")[0] for problem in found] == [
        "people.csv line 2, field key",
        "people.csv line 3, field name",
        "events.yaml line 3, field date",
        "events.yaml line 5, field part",
        "events.yaml line 6, field ends",
    ]
    assert not Event.objects.exists()


def test_a_file_that_cannot_be_read_causes_no_further_errors(db, tmp_path):
    found = problems(tmp_path, {"organisations.yaml": "- key: [\n", "memberships.csv": "organisation\nsmart\n"})

    assert [problem.split(":")[0] for problem in found] == ["organisations.yaml line 2"]


def test_two_files_of_one_kind_are_refused(db, tmp_path):
    found = problems(tmp_path, {"people.csv": PEOPLE, "people.yaml": "- {key: eve, name: Eve}\n"})

    assert found == ["people.yaml: says the same as people.csv; keep one of them"]


@pytest.mark.parametrize("name", ["missing", "."])
def test_a_directory_without_files_is_an_error(db, tmp_path, name):
    with pytest.raises(
        LoadError, match="there is no such directory|holds no file to load; allowed: confederation.yaml"
    ):
        load(tmp_path / name)


def test_readme_and_hidden_files_are_passed_over(db, tmp_path):
    write(tmp_path, {"people.csv": "\ufeff" + PEOPLE, "README.md": "Ada", ".people.csv.swp": "x"})

    load(tmp_path)

    assert Person.objects.count() == 2


def test_a_key_on_record_as_something_else_is_told(db, tmp_path):
    body = Body.objects.create(key="board", name="Board", kind="board")
    Meeting.objects.create(key="e1", title="Board in May", kind="statutory", part="organiser", body=body)

    found = problems(tmp_path, {"events.yaml": EVENT})

    assert found == ["events.yaml line 1, field key: the same is on record already: statutory meeting “Board in May”"]


def test_a_key_may_stand_once_in_files_that_share_a_table(db, tmp_path):
    found = problems(
        tmp_path, {"policy_files.yaml": "- {key: x, name: X}\n", "campaigns.yaml": "- {key: x, name: Y}\n"}
    )

    assert found == ["campaigns.yaml line 1, field key: “x” stands already in policy_files.yaml line 1"]


def test_a_constraint_over_several_rows_speaks_in_its_own_words(db, tmp_path):
    Organisation.objects.create(key="we", name="We", kind="self")

    found = problems(tmp_path, {"organisations.yaml": "- {key: us, name: Us, kind: self}\n"})

    assert found == [
        "organisations.yaml line 1, field kind: The confederation itself is already on record. "
        "the same is on record already: organisation “We”"
    ]


def test_a_part_in_use_is_not_taken_away(db, tmp_path):
    text = "{key: us, name: Us, long_name: Us all, reporting_year: 2024, categories: [%s]}\n"
    files = {"organisations.yaml": ORGANISATIONS, "memberships.csv": "organisation,category\nsmart,full\n"}
    load(write(tmp_path, {**files, "confederation.yaml": text % "{key: full, name: Full}"}))

    found = problems(tmp_path, {"confederation.yaml": text % "{key: half, name: Half}"})

    assert found == [
        "confederation.yaml line 1, field categories: “Full” cannot be taken away: membership “Smart” refers to it"
    ]
    assert Membership.objects.get().category.key == "full"


def run(name, *arguments):
    out = StringIO()
    call_command(name, *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_command_tells_what_it_did(db, tmp_path):
    write(tmp_path, {"people.csv": PEOPLE})

    assert run("load", tmp_path).splitlines() == [
        "people.csv     2 created,    0 changed,    0 unchanged",
        "all files      2 created,    0 changed,    0 unchanged",
    ]
    assert set(Change.objects.values_list("who", flat=True)) == {f"load {tmp_path.name}"}


def test_the_command_prints_json(db, tmp_path):
    write(tmp_path, {"people.csv": PEOPLE})

    tally = {"created": 2, "changed": 0, "unchanged": 0, "removed": 0}
    assert json.loads(run("load", tmp_path, "--json", "--dry-run")) == {
        "files": {"people.csv": tally},
        **tally,
        "dry_run": True,
    }
    assert not Person.objects.exists()


def test_a_dry_run_says_so(db, tmp_path):
    write(tmp_path, {"people.csv": PEOPLE})

    assert run("load", tmp_path, "--dry-run").splitlines()[-1] == "This was a dry run: nothing was changed."


def test_the_command_fails_with_every_error(db, tmp_path, capsys):
    write(tmp_path, {"people.csv": "key,name\nada,\n"})

    with pytest.raises(CommandError) as error:
        run("load", tmp_path)

    assert str(error.value) == "1 error; nothing was changed\npeople.csv line 2, field name: this field is required"
    assert error.value.returncode == 1


def test_the_command_fails_with_json_errors(db, tmp_path):
    write(tmp_path, {"people.csv": "key,name\nada,\n"})
    out = StringIO()

    with pytest.raises(CommandError, match="1 error; nothing was changed"):
        call_command("load", str(tmp_path), "--json", stdout=out)

    assert json.loads(out.getvalue()) == {
        "errors": [{"file": "people.csv", "line": 2, "field": "name", "text": "this field is required"}]
    }


def test_dump_tells_what_it_wrote(db, tmp_path):
    Person.objects.create(key="ada", name="Ada")

    assert run("dump", tmp_path / "out") == "people.csv     1 rows\n"
    assert json.loads(run("dump", tmp_path / "out", "--json")) == {
        "files": {"people.csv": 1},
        "rows": 1,
        "left_out": [],
    }


def test_dump_refuses_to_mix(db, tmp_path):
    write(tmp_path, {"events.csv": "key\n"})

    with pytest.raises(CommandError, match="choose an empty directory"):
        run("dump", tmp_path)
