import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from umbel.core.changelog import Change
from umbel.core.imports.models import ImportJob
from umbel.network.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(tmp_path):
    """A function from text to the path of a file that holds it."""

    def written(text):
        path = tmp_path / "members.csv"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return written


def run(*arguments):
    out = StringIO()
    call_command("import", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_import_writes_a_table_and_tells_in_json(table):
    told = json.loads(
        run("organisations", table("Denominazione,Kind\nAlfa,union\n"), "--map", "Denominazione=name", "--json")
    )

    job = ImportJob.objects.get()
    assert told == {
        "rows": 1,
        "counts": {"new": 1},
        "state": "done",
        "encoding": "utf-8",
        "mapping": {"Denominazione": "name", "Kind": "kind"},
        "errors": [],
        "held": [],
        "import": job.pk,
    }
    assert Organisation.objects.get().name == "Alfa"
    assert Change.objects.get(type="network.organisation").who == "umbel import"


def test_dry_run_leaves_nothing(table):
    told = run("network.organisation", table("Name,Kind\nAlfa,union\n"), "--dry-run")

    assert told.splitlines() == ["  Name -> name", "  Kind -> kind", "1 new"]
    assert (Organisation.objects.count(), ImportJob.objects.count(), Change.objects.count()) == (0, 0, 0)


def test_error_stops_everything_unless_it_is_skipped(table):
    path = table("Name,Kind\nAlfa,union\nBeta,uniun\n")

    with pytest.raises(CommandError, match="1 rows have errors; nothing was written"):
        run("organisations", path)
    assert Organisation.objects.count() == 0

    run("organisations", path, "--skip-errors")
    assert [one.name for one in Organisation.objects.all()] == ["Alfa"]


@pytest.mark.parametrize(
    ("kind", "text", "options", "told"),
    [
        ("songs", "Name\nA\n", [], "There is no such kind"),
        ("organisations", "%PDF-1.7", [], "This is a PDF document"),
        ("organisations", "Name\nA\n", ["--map", "Nom de famille=name"], "names no column of the file"),
        ("organisations", "Name\nA\n", ["--map", "Name=nme"], "There is no field “nme”; nearest: name"),
    ],
)
def test_import_says_what_it_cannot_take(table, kind, text, options, told):
    with pytest.raises(CommandError, match=told):
        run(kind, table(text), *options)

    assert ImportJob.objects.count() == 0
