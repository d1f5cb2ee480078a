"""Workers that do tasks in the background: each shows that it lives, and one that was killed leaves nothing lying."""

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar, Self

from django.db import DatabaseError, close_old_connections, connection, models, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

BEAT = 15
"""Seconds between two signs of life."""
SILENCE = timedelta(seconds=90)
"""After this long without a sign a worker counts as dead; a long transaction on SQLite keeps it silent for a while."""
MOST_ATTEMPTS = 3

log = logging.getLogger("umbel.work")
_hourly: list[Callable[[], Any]] = []


def hourly(act: Callable[[], Any]) -> Callable[[], Any]:
    """Register what a worker does when it starts and every hour; several workers may be at it at once."""
    _hourly.append(act)
    return act


def do_hourly() -> None:
    """Do all of it."""
    for act in _hourly:
        act()


class WorkerQuerySet(models.QuerySet["Worker"]):
    """Workers by whether they live."""

    def living(self) -> Self:
        return self.filter(seen_at__gte=timezone.now() - SILENCE)


class Worker(models.Model):
    """A process that does tasks, with its last sign of life."""

    name = models.CharField(_("name"), max_length=64, primary_key=True)
    host = models.CharField(_("machine"), max_length=100)
    process = models.PositiveIntegerField(_("process"))
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    seen_at = models.DateTimeField(_("last seen"), default=timezone.now, db_index=True)

    objects: ClassVar[Any] = WorkerQuerySet.as_manager()

    class Meta:
        ordering = ["-seen_at"]
        verbose_name = _("worker")
        verbose_name_plural = _("workers")

    def __str__(self) -> str:
        return f"{self.host} {self.process}"


def enlist() -> Worker:
    """Enter this process among the workers."""
    return Worker.objects.create(name=get_random_string(32), host=socket.gethostname()[:100], process=os.getpid())


def is_staffed() -> bool:
    """Tell whether any worker lives that does tasks."""
    return Worker.objects.living().exists()


def reap() -> int:
    """Give the tasks of dead workers back, or up where they were tried three times; return how many there were.

    Tasks have to bear being begun again: the killed one may have been at its very end.
    """
    with transaction.atomic():
        _forget_dead_here()
        living = set(Worker.objects.living().values_list("name", flat=True))
        running = DBTaskResult.objects.select_for_update().filter(status=TaskResultStatus.RUNNING)
        orphans = [task for task in running if not living & set(task.worker_ids[-1:])]
        for task in orphans:
            _give_back(task)
        Worker.objects.filter(seen_at__lt=timezone.now() - 2 * SILENCE).delete()
    return len(orphans)


def _forget_dead_here() -> None:
    """Strike out workers of this machine whose process is gone, so that nobody waits for them to fall silent."""
    for worker in Worker.objects.filter(host=socket.gethostname()[:100]):
        try:
            os.kill(worker.process, 0)
        except ProcessLookupError:
            worker.delete()
        except PermissionError:
            continue


def _give_back(task: Any) -> None:
    if len(task.worker_ids) < MOST_ATTEMPTS:
        task.status, task.started_at = TaskResultStatus.READY, None
        task.save(update_fields=["status", "started_at"])
        log.warning("task %s was left by a worker that died; it is begun again", task.task_path)
    else:
        task.set_failed(RuntimeError(f"{MOST_ATTEMPTS} workers died over this task"))
        log.error("task %s is given up: %d workers died over it", task.task_path, MOST_ATTEMPTS)


class Pulse(threading.Thread):
    """Shows in the background that a worker lives; looks after the tasks of dead ones, and does what is done hourly.

    Where `parent` (a process id) started the worker, the worker is asked to stop when that is gone.
    """

    def __init__(self, worker: Worker, parent: int | None = None) -> None:
        super().__init__(daemon=True)
        self.worker = worker
        self.parent = parent
        self._stopped = threading.Event()

    def run(self) -> None:
        seconds = 0
        while not self._stopped.wait(1):
            if self.parent and os.getppid() != self.parent:
                os.kill(os.getpid(), signal.SIGTERM)
                break
            if seconds % BEAT == 0:
                self._beat(is_minute=seconds % 60 == 0, is_hour=seconds % 3600 == 0 < seconds)
            seconds += 1
        connection.close()

    def _beat(self, is_minute: bool, is_hour: bool) -> None:
        try:
            close_old_connections()
            Worker.objects.filter(pk=self.worker.pk).update(seen_at=timezone.now())
            if is_minute:
                reap()
            if is_hour:
                do_hourly()
        except DatabaseError:
            # The next beat may find the database free, or there, again.
            log.warning("a sign of life could not be given", exc_info=True)

    def stop(self) -> None:
        self._stopped.set()
        self.join()
