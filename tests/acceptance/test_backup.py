"""Backup and restore: everything in one file, brought back in another place, on either database."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
import zipfile
from io import StringIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.acceptance.conftest import printed
from tests.acceptance.test_commands import run
from tests.factories import OrganisationFactory
from tests.house.tree import ROOT

LOGO = "logos/k7/logo.png"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A folder with the example year, accounts, a frozen edition, a report to a funder and an uploaded file."""
    home = tmp_path_factory.mktemp("office")
    run(home, "demo", "--no-serve")
    run(home, "freeze", "2024", "--anyway")
    (home / "media" / "logos" / "k7").mkdir(parents=True)
    (home / "media" / LOGO).write_bytes(b"a logo")
    return home


@pytest.fixture(scope="module")
def archive(office, tmp_path_factory):
    """What `umbel backup` wrote of it, and what it said."""
    path = tmp_path_factory.mktemp("backups") / "day.zip"
    return path, run(office, "backup", path, "--json")


@pytest.fixture
def media(settings, tmp_path):
    """A folder for uploads of its own; what a restore says of kinds of records is forgotten when the test is over."""
    settings.MEDIA_ROOT = tmp_path / "media"
    yield settings.MEDIA_ROOT
    ContentType.objects.clear_cache()


def published(home, tmp_path):
    """The files of the report of 2024, by name, as an installation writes them."""
    folder = tmp_path / f"report of {home.name}"
    run(home, "report", "2024", "--out", folder)
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_another_instance_prints_the_same_report(office, archive, tmp_path):
    other = tmp_path / "other"
    told = json.loads(run(other, "restore", archive[0], "--json").stdout)

    before, after = published(office, tmp_path), published(other, tmp_path)
    log = json.loads(run(other, "log", "verify", "--json").stdout)
    assert len(before) == 7
    assert after == before
    assert log == json.loads(run(office, "log", "verify", "--json").stdout)
    assert (log["broken"], told["lines"], told["files"]) == (None, log["lines"], 1)
    assert (other / "media" / LOGO).read_bytes() == b"a logo"


def test_restored_instance_holds_accounts_editions_and_what_comes_after(office, archive, tmp_path):
    other = tmp_path / "other"
    run(other, "restore", archive[0])

    rows = {}
    for home in (office, other):
        with sqlite3.connect(home / "umbel.sqlite3") as database:
            rows[home] = [
                database.execute(query).fetchall()
                for query in (
                    "SELECT * FROM accounts_user ORDER BY id",
                    "SELECT * FROM reports_edition",
                    "SELECT * FROM core_change",
                )
            ]
    assert rows[other] == rows[office]
    assert json.loads(run(other, "freeze", "2024", "--anyway", "--json").stdout)["edition"] == 2


def test_archive_is_read_by_its_owner_alone_and_holds_no_secret(office, archive):
    path, answer = archive

    told = json.loads(answer.stdout)
    with zipfile.ZipFile(path) as opened:
        manifest = json.loads(opened.read("manifest.json"))
        everything = b"".join(opened.read(name) for name in opened.namelist())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (office / "secret-key").read_bytes() not in everything
    assert {"sessions.session", "core.mail", "socialaccount.socialtoken"} & manifest["tables"].keys() == set()
    assert (manifest["umbel"], list(manifest["files"])) == ("0.1.0", [LOGO])
    assert told == {
        "file": str(path),
        "rows": sum(table["rows"] for table in manifest["tables"].values()),
        "files": 1,
        "bytes": path.stat().st_size,
    }


def test_a_backup_overwrites_nothing(office, archive):
    answer = run(office, "backup", archive[0])

    assert (answer.returncode, "exists: give each backup a name of its own" in answer.stderr) == (1, True)


def test_an_instance_in_use_is_refused_and_told_what_to_do(office, archive):
    answer = run(office, "restore", archive[0])

    assert answer.returncode == 1
    assert answer.stderr.startswith(
        "CommandError: This instance is in use, and a restore writes into an empty one only."
    )


READ_TWICE = """
import django, sqlite3, sys
django.setup()
from umbel.core.backup import one_moment
from umbel.core.models import Topic
with one_moment():
    before = Topic.objects.count()
    with sqlite3.connect(sys.argv[1]) as other:
        other.execute("DELETE FROM core_alias")
        other.execute("UPDATE core_topic SET name = 'changed'")
    print(before == Topic.objects.count(), Topic.objects.filter(name="changed").exists())
print(Topic.objects.filter(name="changed").exists())
"""


def test_a_backup_reads_one_moment_while_others_write(archive, tmp_path):
    home = tmp_path / "other"
    run(home, "restore", archive[0])

    kept = {name: value for name, value in os.environ.items() if not name.startswith("UMBEL_")}
    answer = subprocess.run(
        [sys.executable, "-c", READ_TWICE, str(home / "umbel.sqlite3")],
        env={**kept, "UMBEL_HOME": str(home), "DJANGO_SETTINGS_MODULE": "umbel.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert (answer.stdout.split(), answer.stderr) == (["True", "False", "True"], "")


@pytest.mark.django_db
def test_what_sqlite_held_is_restored_on_the_database_of_the_tests(office, archive, media):
    call_command("restore", str(archive[0]), stdout=StringIO())

    here, there = printed("figures", "2024", "--json"), run(office, "figures", "2024", "--json").stdout
    assert told(here) == told(there)
    assert json.loads(printed("log", "verify", "--json"))["broken"] is None
    assert OrganisationFactory().pk > 0


def told(figures):
    """What figures say, their rows in an order of their own: databases differ in where they put rows without a date."""
    return [{**entry, "rows": sorted(row["id"] for row in entry["rows"])} for entry in json.loads(figures)]


@pytest.mark.django_db(transaction=True)
def test_backup_of_the_database_of_the_tests_comes_back(example_year, media, tmp_path):
    default_storage.save(LOGO, ContentFile(b"a logo"))
    before = printed("figures", "2024", "--json")
    call_command("backup", str(tmp_path / "day.zip"), stdout=StringIO())
    call_command("flush", interactive=False, verbosity=0)
    default_storage.delete(LOGO)

    answer = json.loads(printed("restore", str(tmp_path / "day.zip"), "--json"))

    assert printed("figures", "2024", "--json") == before
    assert (answer["broken"], (media / LOGO).read_bytes()) == (None, b"a logo")


@pytest.fixture
def example_year(transactional_db):
    printed("load", str(ROOT / "examples" / "cecop-2024"))


def damaged(path, to, member, change):
    """A copy of an archive in which one member is another."""
    with zipfile.ZipFile(path) as one, zipfile.ZipFile(to, "w") as other:
        for name in one.namelist():
            content = one.read(name)
            other.writestr(name, change(content) if name == member else content)
    return to


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("member", "change", "why"),
    [
        (
            "tables/events.event.jsonl",
            lambda content: content.replace(b"Rome", b"Rima"),
            "events.event is not what was",
        ),
        ("tables/events.event.jsonl", lambda content: content[: content.index(b"\n") + 1], "events.event is not what"),
        (f"files/{LOGO}", lambda _content: b"another", f"The file {LOGO} is not what was written"),
        (
            "manifest.json",
            lambda content: content.replace(b'"format": 1', b'"format": 2'),
            "restore it with that version",
        ),
        ("manifest.json", lambda content: content.replace(b'"has_page"', b'"has_pages"'), "whose tables were others"),
    ],
)
def test_a_damaged_backup_changes_nothing(archive, media, tmp_path, member, change, why):
    path = damaged(archive[0], tmp_path / "damaged.zip", member, change)

    with pytest.raises(CommandError, match=why):
        call_command("restore", str(path), stdout=StringIO())

    from umbel.core.models import Confederation

    assert (Confederation.objects.exists(), default_storage.exists(LOGO)) == (False, False)


@pytest.mark.django_db
def test_what_is_no_archive_is_refused(tmp_path):
    (tmp_path / "note.zip").write_text("Hello")

    with pytest.raises(CommandError, match="is no backup, or it is damaged"):
        call_command("restore", str(tmp_path / "note.zip"), stdout=StringIO())
    with pytest.raises(CommandError, match="No such file"):
        call_command("restore", str(tmp_path / "nothing.zip"), stdout=StringIO())


def test_a_file_outside_the_folder_of_uploads_is_never_written(archive, tmp_path):
    evil = "../../evil.txt"
    path = tmp_path / "evil.zip"
    with zipfile.ZipFile(archive[0]) as one, zipfile.ZipFile(path, "w") as other:
        for name in one.namelist():
            content = one.read(name)
            other.writestr(name.replace(LOGO, evil), content.replace(LOGO.encode(), evil.encode()))

    answer = run(tmp_path / "home", "restore", path)

    assert answer.returncode == 1
    assert [found.name for found in tmp_path.rglob("evil.txt")] == []
