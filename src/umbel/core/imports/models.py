"""What is kept of an import: the job with its file, its rows, the mapping for the next file of the same make."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from umbel.core.audience import Audience, audiences_of

FOLDER = "private/imports"
"""Where uploads lie in the media directory; nothing below `private` is ever served."""


class ImportJobQuerySet(models.QuerySet["ImportJob"]):
    """Imports by kind, and by who may know of them."""

    def visible_to(self, user: Any) -> Self:
        """Keep the imports of people who see no more than the user: a file may name whatever its sender sees."""
        return self.filter(audience__in=audiences_of(user))

    def of_kinds(self, names: Any) -> Self:
        return self.filter(kind__in=list(names))


class ImportJob(models.Model):
    """One file that somebody brings in: what it holds, how it is read, what became of it."""

    class State(models.TextChoices):
        MAPPING = "mapping", _("columns to be matched")
        EXAMINING = "examining", _("being checked")
        EXAMINED = "examined", _("checked, nothing written yet")
        WRITING = "writing", _("being written")
        DONE = "done", _("written")
        UNDOING = "undoing", _("being undone")
        UNDONE = "undone", _("undone")

    class Alike(models.TextChoices):
        ASK = "ask", _("hold it back")
        UPDATE = "update", _("it is the same: update it")
        CREATE = "create", _("it is another one: make a new record")
        LEAVE = "leave", _("leave it out")

    RUNNING: ClassVar[dict[str, str]] = {"examining": "mapping", "writing": "examined", "undoing": "done"}
    """States in which a worker is at it, each with the one to which a failure leads back."""

    at = models.DateTimeField(_("when"), default=timezone.now)
    who = models.CharField(_("who"), max_length=150)
    audience = models.CharField(_("audience"), max_length=16, choices=Audience, default=Audience.ADMINISTRATOR)
    kind = models.CharField(_("kind of record"), max_length=80)
    file = models.FileField(_("file"), upload_to=f"{FOLDER}/%Y/", blank=True)
    name = models.CharField(_("name of the file"), max_length=255)
    size = models.PositiveBigIntegerField(_("size"), default=0, help_text=_("In bytes."))
    hash = models.CharField(_("content hash"), max_length=64, help_text=_("SHA-256."))
    format = models.CharField(_("format"), max_length=8)
    encoding = models.CharField(_("encoding"), max_length=20, blank=True)
    delimiter = models.CharField(_("delimiter"), max_length=1, blank=True)
    headers = models.JSONField(_("columns"), default=list)
    samples = models.JSONField(_("first values"), default=list)
    mapping = models.JSONField(_("mapping"), default=list, help_text=_("The field of each column, empty for none."))
    empties = models.BooleanField(_("empty cells empty the field"), default=False)
    leaves_errors = models.BooleanField(_("rows with errors are left out"), default=False)
    alike = models.CharField(_("what looks like a record"), max_length=8, choices=Alike, default=Alike.ASK)
    decisions = models.JSONField(_("decisions"), default=dict, help_text=_("By number of the row."))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.MAPPING)
    problem = models.TextField(_("why it stopped"), blank=True)
    done = models.PositiveIntegerField(_("rows done"), default=0)
    total = models.PositiveIntegerField(_("rows"), default=0)
    counts = models.JSONField(_("counts"), default=dict)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    written_at = models.DateTimeField(_("written"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    is_found = models.BooleanField(_("in the search"), default=True)
    undone_by = models.CharField(_("undone by"), max_length=150, blank=True)
    erased_at = models.DateTimeField(_("file erased"), null=True, blank=True)

    objects: ClassVar[Any] = ImportJobQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return self.name

    @property
    def is_running(self) -> bool:
        return self.state in self.RUNNING

    @property
    def seconds(self) -> float | None:
        """How long the last step took."""
        if self.started_at is None or self.finished_at is None:
            return None
        return float((self.finished_at - self.started_at).total_seconds())

    def erase(self) -> None:
        """Forget the file and the rows; what was done stays told. The import can then no longer be undone."""
        self.file.delete(save=False)
        self.rows.all().delete()
        self.file, self.samples, self.erased_at = "", [], timezone.now()
        self.save(update_fields=["file", "samples", "erased_at"])


class ImportRow(models.Model):
    """A row of the file with what would be, or was, done for it; rows that change nothing are only counted."""

    class State(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        HELD = "held", _("held back")
        LEFT = "left", _("left out")
        ERROR = "error", _("error")

    job = models.ForeignKey(ImportJob, verbose_name=_("import"), on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row of the file"))
    state = models.CharField(_("state"), max_length=8, choices=State)
    record = models.BigIntegerField(_("record"), null=True, blank=True)
    handle = models.CharField(_("key"), max_length=100, blank=True)
    text = models.CharField(_("text"), max_length=400, blank=True)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    problems = models.JSONField(_("problems"), default=list, help_text=_("Column, value, what is wrong."))
    cells = models.JSONField(_("cells"), default=list)
    likeness = models.JSONField(_("looks like"), default=dict, help_text=_("Id and text of the record, or a row."))

    class Meta:
        ordering = ["job", "number"]
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="import_row_once")]
        indexes = [models.Index(fields=["job", "state", "number"], name="import_rows_by_state")]

    def __str__(self) -> str:
        return f"{self.number}: {self.text}"

    @property
    def target(self) -> int:
        """The id of its record; 0 before there is one."""
        return self.record or 0


class ImportMapping(models.Model):
    """What the columns of a file with these headers meant the last time."""

    kind = models.CharField(_("kind of record"), max_length=80)
    fingerprint = models.CharField(_("fingerprint of the headers"), max_length=64)
    mapping = models.JSONField(_("mapping"), default=dict, help_text=_("Field by header."))
    used_at = models.DateTimeField(_("last used"), auto_now=True)

    class Meta:
        ordering = ["kind", "-used_at"]
        verbose_name = _("remembered mapping")
        verbose_name_plural = _("remembered mappings")
        constraints = [models.UniqueConstraint(fields=["kind", "fingerprint"], name="one_mapping_for_headers")]

    def __str__(self) -> str:
        return self.kind
