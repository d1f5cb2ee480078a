import os
import socket
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from umbel.core.work import MOST_ATTEMPTS, SILENCE, Worker, enlist, reap

pytestmark = pytest.mark.django_db

ELSEWHERE = "another-machine"


def task_of(*workers):
    return DBTaskResult.objects.create(
        args_kwargs={"args": [1], "kwargs": {}},
        task_path="umbel.core.imports.jobs.carry_on_import",
        backend_name="default",
        status=TaskResultStatus.RUNNING,
        worker_ids=list(workers),
        run_after=get_date_max(),
    )


def worker(name, silent=timedelta(0), host=ELSEWHERE, process=1):
    return Worker.objects.create(name=name, host=host, process=process, seen_at=timezone.now() - silent)


def test_task_of_a_living_worker_is_left_alone():
    worker("alive")
    task = task_of("alive")

    assert reap() == 0
    task.refresh_from_db()
    assert task.status == TaskResultStatus.RUNNING


def test_task_of_a_silent_worker_is_given_back():
    worker("dead", silent=SILENCE + timedelta(seconds=1))
    task = task_of("dead")

    assert reap() == 1
    task.refresh_from_db()
    assert (task.status, task.started_at) == (TaskResultStatus.READY, None)


def test_task_over_which_workers_died_again_and_again_is_given_up():
    task = task_of(*[f"dead-{number}" for number in range(MOST_ATTEMPTS)])

    assert reap() == 1
    task.refresh_from_db()
    assert task.status == TaskResultStatus.FAILED
    assert f"{MOST_ATTEMPTS} workers died" in task.traceback


def test_worker_of_this_machine_whose_process_is_gone_is_not_waited_for():
    free = next(number for number in range(4_000_000, 4_100_000) if not os.path.exists(f"/proc/{number}"))
    worker("gone", host=socket.gethostname()[:100], process=free)
    own = enlist()
    tasks = [task_of("gone"), task_of(own.name)]

    assert reap() == 1
    for task in tasks:
        task.refresh_from_db()
    assert [task.status for task in tasks] == [TaskResultStatus.READY, TaskResultStatus.RUNNING]
