"""The life of an import: received, matched, checked, written, perhaps undone. Each step can be begun again.

A step that is under way has a state of its own. Where its worker is killed the state stays, another worker begins the
step anew, and finds nothing half done: a check starts from the file, writing and undoing are one transaction each.
"""

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import PurePath
from typing import IO, Any

from django.contrib.auth import get_user_model
from django.core.files import File
from django.db import Error, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from umbel.core.audience import Audience, Operator, audiences_of
from umbel.core.imports import searching, undoing, writing
from umbel.core.imports.examining import Examination
from umbel.core.imports.files import UnreadableError, digest, look
from umbel.core.imports.kinds import Kind, whole_kind
from umbel.core.imports.mapping import proposed, remember
from umbel.core.imports.models import ImportJob
from umbel.core.imports.progress import Progress
from umbel.core.imports.reading import examine_head, rows_of
from umbel.core.imports.staging import stage
from umbel.core.imports.writing import ChangedSinceError

State = ImportJob.State
BY_COMMAND = "umbel import"
"""Signs imports of the command line; whoever runs a command sees everything."""


KEPT_FOR = timedelta(days=30)
"""How long the file and the rows of an import are kept, and it can be undone."""
AT_ONCE = 5_000
"""The number of rows up to which a request does the work itself."""


class NotNowError(Exception):
    """A step that the state of the import does not allow; the message says why."""


def receive(kind: Kind, who: str, name: str, file: IO[bytes], encoding: str = "") -> ImportJob:
    """Take in a file and propose what its columns mean. Raises `UnreadableError`; nothing is then kept."""
    size = file.seek(0, 2)
    nature = look(file, size, encoding)
    headers, samples, total = examine_head(file, nature)
    job = ImportJob(
        who=who,
        kind=kind.name,
        name=PurePath(name.replace("\\", "/")).name[-255:],
        size=size,
        hash=digest(file),
        format=nature.format,
        encoding=nature.encoding,
        delimiter=nature.delimiter,
        headers=headers,
        samples=samples,
        total=total,
        mapping=proposed(kind, headers),
    )
    if Audience.ADMINISTRATOR not in audiences_of(user_of(job)):
        job.audience = Audience.SECRETARIAT
    file.seek(0)
    job.file.save(f"{job.hash[:16]}.{job.format}", File(file), save=True)
    return job


def start(job: ImportJob, step: str, **noted: Any) -> None:
    """Begin a step and do it: at once where the file is short, else by a worker. Raises `NotNowError`."""
    begin(job, step, **noted)
    if job.total <= AT_ONCE:
        carry_on(job.pk)
        job.refresh_from_db()
    else:
        carry_on_import.enqueue(job.pk)


@task()
def carry_on_import(number: int) -> None:
    """Do the step that an import (id) is in, as a task of a worker."""
    carry_on(number)


def reread(job: ImportJob, encoding: str) -> None:
    """Read the file of a job anew in another encoding. Raises `UnreadableError`, and then changes nothing."""
    with job.file.open("rb") as file:
        nature = look(file, job.size, encoding)
        headers, samples, total = examine_head(file, nature)
    job.encoding, job.delimiter = nature.encoding, nature.delimiter
    job.headers, job.samples, job.total = headers, samples, total
    job.mapping = proposed(whole_kind(job.kind), headers)
    job.save()


def back_to_mapping(job: ImportJob) -> None:
    """Lead a checked job back to the matching of its columns. Raises `NotNowError` where it is not its turn."""
    checked = ImportJob.objects.filter(pk=job.pk, state=State.EXAMINED, erased_at=None)
    if not checked.update(state=State.MAPPING, problem=""):
        raise NotNowError(_("This import is no longer where it was; look at it again."))


def begin(job: ImportJob, step: str, **noted: Any) -> None:
    """Put a job into the state of a step, for `carry_on`, and note what belongs to it (`undone_by`).

    Raises `NotNowError` where it is not its turn; nothing is then noted.
    """
    before = {
        State.EXAMINING: (State.MAPPING, State.EXAMINED),
        State.WRITING: (State.EXAMINED,),
        State.UNDOING: (State.DONE,),
    }[State(step)]
    if job.erased_at:
        raise NotNowError(_("The file of this import was erased, and with it what it wrote."))
    if step == State.WRITING and job.counts.get("error") and not job.leaves_errors:
        raise NotNowError(_("Some rows have errors. Put them right in the file, or choose to leave them out."))
    moved = ImportJob.objects.filter(pk=job.pk, state__in=before)
    started = timezone.now()
    if not moved.update(state=step, problem="", done=0, started_at=started, finished_at=None, **noted):
        raise NotNowError(_("This import is no longer where it was; look at it again."))
    job.refresh_from_db()


def carry_on(number: int) -> None:
    """Do the step that a job (id) is in; does nothing where there is none to do, so it may be called again."""
    job = ImportJob.objects.get(pk=number)
    try:
        with _at_ease():
            if step := STEPS.get(job.state):
                step(job)
            _make_found(job)
    except (UnreadableError, NotNowError) as error:
        _give_up(job, str(error))
    except ChangedSinceError as error:
        _give_up(job, _refusal(job, error))
    except Error as error:
        _give_up(job, _("The database refuses it: %s") % error)
    except Exception:
        _give_up(job, _("Something went wrong; the operator finds it in the log of the worker."))
        raise


@contextmanager
def _at_ease() -> Iterator[None]:
    """Keep Python from looking through all that is in memory again and again, while many rows come and go."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _give_up(job: ImportJob, why: str) -> None:
    """Lead a job back to where it was before the step, with the reason."""
    now = timezone.now()
    ImportJob.objects.filter(pk=job.pk, state=job.state).update(
        state=ImportJob.RUNNING[job.state], problem=why, finished_at=now
    )


def _refusal(job: ImportJob, error: ChangedSinceError) -> str:
    few = "; ".join(error.texts[: undoing.FEW])
    if job.state == State.UNDOING:
        return _("Nothing was undone: this was changed or is used since. %s") % few
    return _("Nothing was written: this changed since the check. Check again. %s") % few


def _examine(job: ImportJob) -> None:
    started = timezone.now()
    ImportJob.objects.filter(pk=job.pk).update(started_at=started)
    job.rows.all()._raw_delete(connection.alias)
    counts: Counter[str] = Counter()
    mine = ImportJob.objects.filter(pk=job.pk, started_at=started, state=State.EXAMINING)
    with job.file.open("rb") as file:
        for lines in Examination(job, user_of(job)).examine(rows_of(job, file)):
            with transaction.atomic():
                # Another worker that has begun the step anew has put its own time there.
                if not mine.update(done=counts.total() + len(lines)):
                    return
                counts += stage(job, lines)
    done = counts.total()
    mine.update(state=State.EXAMINED, counts=dict(counts), done=done, total=done, finished_at=timezone.now())
    remember(job)


def _write(job: ImportJob) -> None:
    kind = whole_kind(job.kind)
    _in_one(job, lambda progress: writing.write(job, kind, progress), state=State.DONE, written_at=timezone.now())


def _undo(job: ImportJob) -> None:
    kind, who = whole_kind(job.kind), job.undone_by
    _in_one(job, lambda progress: undoing.undo(job, kind, who, progress), state=State.UNDONE, undone_at=timezone.now())


def _in_one(job: ImportJob, work: Callable[[Progress], None], **then: Any) -> None:
    """Do the work of a step and set what follows, in one transaction; only one worker at a time gets to it."""
    progress = Progress(job)
    try:
        with transaction.atomic():
            if ImportJob.objects.select_for_update().filter(pk=job.pk, state=job.state).exists():
                work(progress)
                then |= {"finished_at": timezone.now(), "done": job.total, "is_found": False}
                ImportJob.objects.filter(pk=job.pk).update(**then)
    finally:
        progress.forget()


def _make_found(job: ImportJob) -> None:
    """Tell the search what was written or undone; it comes after the records, which do not wait for it."""
    unfound = ImportJob.objects.filter(pk=job.pk, is_found=False)
    if unfound.exists():
        searching.tell(job, whole_kind(job.kind))
        unfound.update(is_found=True)


STEPS: dict[str, Callable[[ImportJob], None]] = {
    State.EXAMINING: _examine,
    State.WRITING: _write,
    State.UNDOING: _undo,
}


def user_of(job: ImportJob) -> Any:
    """Return whoever brings the file in, with their rights. Raises `NotNowError` where the account is gone."""
    if job.who == BY_COMMAND:
        return Operator()
    model = get_user_model()
    found = model._default_manager.filter(**{model.USERNAME_FIELD: job.who, "is_active": True}).first()
    if found is None:
        raise NotNowError(_("The account of %s is gone.") % job.who)
    return found


def forget() -> int:
    """Erase files and rows of imports that ended long ago, as the bin does; return how many imports those were."""
    over = ImportJob.objects.filter(erased_at=None, finished_at__lt=timezone.now() - KEPT_FOR)
    for job in over:
        job.erase()
    return len(over)
