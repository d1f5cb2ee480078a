"""A worker that is really killed leaves nothing half done, and another one finishes what it had in hand."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection

ROWS = 20_000
PATIENCE = 120

pytestmark = pytest.mark.django_db(transaction=True)

PREPARE = """
import django; django.setup()
from django.core.files.base import ContentFile
from umbel.core.imports import jobs
from umbel.core.imports.kinds import kind_of
table = "Name,Kind\\n" + "".join(f"Cooperative number {{n}},enterprise\\n" for n in range({rows}))
job = jobs.receive(kind_of("network.organisation"), jobs.BY_COMMAND, "table.csv", ContentFile(table.encode()))
jobs.start(job, jobs.State.EXAMINING)
print(job.pk)
"""
START = """
import django; django.setup()
from umbel.core.imports import jobs
jobs.start(jobs.ImportJob.objects.get(), jobs.State.WRITING)
"""
WATCH = """
import django, time; django.setup()
from umbel.core.imports.models import ImportJob
from umbel.core.imports.progress import rows_done
print("ready", flush=True)
while not rows_done(ImportJob.objects.get()):
    time.sleep(0.02)
"""
LOOK = """
import django, json; django.setup()
from django_tasks_db.models import DBTaskResult
from umbel.core.changelog import Change, verify
from umbel.core.imports.models import ImportJob
from umbel.core.imports.progress import rows_done
from umbel.network.models import Organisation
job = ImportJob.objects.get()
tasks = DBTaskResult.objects.order_by("-enqueued_at").values_list("status", flat=True)
made = Organisation.objects.filter(name__startswith="Cooperative number")
print(json.dumps({{"state": job.state, "done": rows_done(job), "rows": job.rows.count(), "made": made.count(),
    "lines": Change.objects.filter(type="network.organisation", who=job.who).count(),
    "broken": verify().broken if {deep} else None, "task": tasks[0] if tasks else "", "counts": job.counts}}))
"""


@pytest.fixture
def installation(tmp_path):
    """The environment of processes that share one database: of its own on SQLite, the test's on PostgreSQL."""
    environment = {**os.environ, "UMBEL_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "umbel.settings"}
    if connection.vendor == "postgresql":
        known = connection.settings_dict
        address = (
            f"postgres://{known['USER']}@/{known['NAME']}?host={known['HOST'] or known['OPTIONS'].get('host', '')}"
        )
        return environment | {"UMBEL_DATABASE_URL": address}
    environment.pop("UMBEL_DATABASE_URL", None)
    run(environment, "-m", "django", "migrate", "--verbosity=0", "--skip-checks")
    return environment


def run(environment, *arguments):
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def look(environment, deep=False):
    return json.loads(run(environment, "-c", LOOK.format(deep=deep)))


def killed_at_work(environment, is_at_work):
    """Start a worker, kill it as soon as it is in the middle of something; return what it left."""
    worker = subprocess.Popen([sys.executable, "-m", "django", "worker"], env=environment, start_new_session=True)
    until = time.monotonic() + PATIENCE
    try:
        while not is_at_work():
            assert time.monotonic() < until, "the worker does nothing"
            assert worker.poll() is None
            time.sleep(0.02)
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    return look(environment)


def test_killed_worker_leaves_nothing_half_done_and_another_finishes(installation, tmp_path):
    number = run(installation, "-c", PREPARE.format(rows=ROWS)).strip()
    progress = tmp_path / "media" / "private" / "imports" / f"{number}.progress"

    with subprocess.Popen([sys.executable, "-c", WATCH], env=installation, stdout=subprocess.PIPE) as watcher:
        watcher.stdout.readline()
        examining = killed_at_work(installation, lambda: watcher.poll() == 0)
    assert (examining["state"], examining["task"], examining["made"]) == ("examining", "RUNNING", 0)
    assert 0 < examining["rows"] < ROWS

    run(installation, "-m", "django", "worker", "--batch")
    examined = look(installation)
    assert (examined["state"], examined["counts"], examined["rows"]) == ("examined", {"new": ROWS}, ROWS)

    run(installation, "-c", START)
    writing = killed_at_work(installation, progress.exists)
    assert (writing["state"], writing["made"], writing["lines"]) == ("writing", 0, 0)

    run(installation, "-m", "django", "worker", "--batch")
    written = look(installation, deep=True)
    assert (written["state"], written["made"], written["lines"]) == ("done", ROWS, ROWS)
    assert written["broken"] is None
