"""The commands of `umbel`: in the process, and from outside as an operator types them."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.acceptance.conftest import EXAMPLE, printed
from tests.house.tree import ROOT

UMBEL = Path(sys.executable).parent / "umbel"
COMMANDS = [
    "init", "demo", "serve", "load", "dump", "report", "figures", "audit", "freeze", "log", "index", "import", "worker",
    "tidy", "remind", "links", "backup", "restore", "generate",
]  # fmt: skip
FILES = [
    "report.html", "assets", "report.pdf", "figures.json", "figures.csv", "figures.csv-metadata.json", "listing.csv",
    "listing.csv-metadata.json",
]  # fmt: skip


def environment(home):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("UMBEL_", "DJANGO_"))}
    return {**kept, "UMBEL_HOME": str(home)}


def run(home, *arguments):
    """What `umbel` answers when it is typed, its data in a folder of its own."""
    return subprocess.run(
        [UMBEL, *map(str, arguments)],
        env=environment(home),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A folder in which `umbel demo --no-serve` has been run, and what it said."""
    home = tmp_path_factory.mktemp("office")
    return home, run(home, "demo", "--no-serve", "--port", "8123")


@pytest.fixture(scope="module")
def nowhere(tmp_path_factory):
    """A folder in which nothing was ever made."""
    return tmp_path_factory.mktemp("nowhere")


def test_umbel_lists_its_commands(nowhere):
    answer = run(nowhere)

    listed = [
        line.split()[0] for line in answer.stdout.splitlines() if line.startswith("  ") and "of Django" not in line
    ]

    assert (answer.returncode, listed) == (0, COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_ends_in_an_example(nowhere, command):
    answer = run(nowhere, command, "--help")

    heading, example = answer.stdout.splitlines()[-2:]

    assert answer.returncode == 0
    assert answer.stdout.startswith(f"usage: umbel {command}")
    assert (heading, example[: len(command) + 8]) == ("example:", f"  umbel {command}")


def test_umbel_tells_its_version(nowhere):
    assert run(nowhere, "--version").stdout == "0.1.0\n"


def test_unknown_command_fails(nowhere):
    assert run(nowhere, "sing").returncode == 1


@pytest.mark.parametrize("command", [("figures", "2024"), ("audit", "2024"), ("load", EXAMPLE), ("log", "verify")])
def test_command_without_a_database_says_how_to_make_one(nowhere, command):
    answer = run(nowhere, *command)

    assert answer.returncode == 1
    assert answer.stderr == "CommandError: The database has no tables yet: run “umbel migrate” first.\n"


def test_demo_makes_everything_and_says_what_to_open(office):
    home, answer = office

    lines = [" ".join(line.split()) for line in answer.stdout.splitlines()]

    assert (answer.returncode, answer.stderr) == (0, "")
    assert [line.split(" ...")[0] for line in lines[:6]] == [
        "Database", "Example year", "Cast", "Questions to members", "Report to the funder", "Report",
    ]  # fmt: skip
    assert "Report http://127.0.0.1:8123/reports/2024/" in lines
    assert "Figures http://127.0.0.1:8123/figures/2024/" in lines
    assert lines[-1] == "Serve it with: UMBEL_DEMO=1 umbel serve --port 8123"
    assert sorted(path.name for path in (home / "report").iterdir()) == sorted(FILES)


def test_demo_can_be_run_again(office):
    home, _answer = office

    assert run(home, "demo", "--no-serve").returncode == 0


def test_data_live_in_their_own_folder(office):
    home, _answer = office

    assert {path.name for path in home.iterdir()} >= {"umbel.sqlite3", "report", "secret-key"}


def test_figures_typed_outside_are_json(office):
    home, _answer = office

    entries = {entry["key"]: entry for entry in json.loads(run(home, "figures", "2024", "--json").stdout)}

    assert (entries["chronicle.entries"]["value"], entries["advocacy.positions"]["value"]) == (66, 8)


def test_figures_in_words_print_a_line_each(office):
    home, _answer = office

    lines = [line.split(maxsplit=1) for line in run(home, "figures", "2024").stdout.splitlines()]

    told = {key: " ".join(text.split()) for key, text in lines}
    assert told["communication.growth.x"] == "−0.4% Growth, X"
    assert told["communication.website_users"] == "7,300 Website users"
    assert told["advocacy.signatories.t13"].startswith("over 80 Signatories")


def test_log_of_changes_is_whole(office):
    home, _answer = office

    verdict = json.loads(run(home, "log", "verify", "--json").stdout)

    assert verdict["broken"] is None
    assert verdict["lines"] > 500


def test_generated_year_is_refused_beside_one_on_record(office):
    home, _answer = office

    answer = run(home, "generate", "10", "--year", "2024")

    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr.startswith("CommandError: ")


@pytest.mark.django_db
def test_report_writes_its_files(example, tmp_path):
    told = json.loads(printed("report", "2024", "--out", str(tmp_path), "--json"))

    assert list(dict.fromkeys(Path(path).relative_to(tmp_path).parts[0] for path in told["files"])) == FILES
    assert (tmp_path / "report.pdf").read_bytes()[:5] == b"%PDF-"
    assert (tmp_path / "assets" / "ui" / "tokens.css").is_file()


@pytest.mark.django_db
def test_report_written_twice_is_the_same(example, tmp_path):
    for name in ("one", "two"):
        printed("report", "2024", "--out", str(tmp_path / name))

    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).glob("*.*")} for name in ("one", "two"))

    assert one == two


@pytest.mark.django_db
def test_exported_figures_are_those_of_the_command(example, tmp_path):
    printed("report", "2024", "--out", str(tmp_path))

    exported = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))

    every = json.loads(printed("figures", "2024", "--json"))
    assert [(entry["key"], entry["value"]) for entry in exported] == [(entry["key"], entry["value"]) for entry in every]


@pytest.mark.django_db
def test_report_of_an_unknown_year_names_the_years_there_are(example, tmp_path):
    with pytest.raises(CommandError, match="There is no report of 1999; years on record: 2024"):
        call_command("report", "1999", out=tmp_path, stdout=StringIO())


@pytest.mark.django_db
@pytest.mark.parametrize("period", ["two thousand", "2024-13", "2024-06/2024-01"])
def test_figures_of_no_period_fail(example, period):
    with pytest.raises(CommandError, match=f"“{period}” is not a period"):
        call_command("figures", period, stdout=StringIO())


@pytest.mark.django_db
def test_figures_of_a_month_count_its_rows(example):
    entries = {entry["key"]: entry for entry in json.loads(printed("figures", "2024-06", "--json"))}

    assert (entries["chronicle.entries"]["period"], entries["chronicle.entries"]["value"]) == (
        "2024-06-01/2024-06-30",
        10,
    )


@pytest.mark.django_db
def test_load_again_changes_nothing(example):
    told = json.loads(printed("load", str(EXAMPLE), "--json"))

    assert touched(told) == {}


@pytest.mark.django_db
def test_dump_and_load_give_no_change(example, tmp_path):
    printed("dump", str(tmp_path / "copy"))

    told = json.loads(printed("load", str(tmp_path / "copy"), "--json"))

    assert touched(told) == {}
    assert sum(tally["unchanged"] for tally in told["files"].values()) > 350


def touched(told):
    """The files of which a load changed anything."""
    return {name: tally for name, tally in told["files"].items() if set(tally.values()) - {0, tally["unchanged"]}}


@pytest.mark.django_db
def test_broken_log_fails(example):
    from umbel.core.changelog import Change

    Change.objects.filter(pk=Change.objects.order_by("pk").values("pk")[3]["pk"]).update(who="somebody else")

    with pytest.raises(CommandError, match="of the change log was altered"):
        call_command("log", "verify", stdout=StringIO())


def test_serve_answers_at_its_host_and_port_until_it_is_interrupted(office):
    home, _said = office
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serving = subprocess.Popen(
        [UMBEL, "serve", "--host", "127.0.0.1", "--port", str(port), "--no-worker"],
        env=environment(home),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        page = answer_of(f"http://127.0.0.1:{port}/about/", serving)
    finally:
        serving.send_signal(signal.SIGINT)
        told, _errors = serving.communicate(timeout=30)

    assert "CECOP" in page
    assert f"Serving on http://127.0.0.1:{port}/" in told
    assert serving.returncode == 0


def answer_of(address, serving):
    """What a server answers, as soon as it does."""
    until = time.monotonic() + 60
    while serving.poll() is None and time.monotonic() < until:
        try:
            return urlopen(address, timeout=10).read().decode()
        except URLError:
            time.sleep(0.1)
    raise AssertionError(f"no answer from {address}")
