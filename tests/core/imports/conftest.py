import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from umbel.core.imports.models import ImportJob


class Wizard:
    """Walks through the wizard in the browser of one person."""

    def __init__(self, client):
        self.client = client

    def upload(self, kind, content, name="table.csv", encoding=""):
        """Send a file; return the import, or the page that refuses it."""
        content = content.encode() if isinstance(content, str) else content
        known = set(ImportJob.objects.values_list("pk", flat=True))
        data = {"kind": kind, "file": SimpleUploadedFile(name, content), "encoding": encoding}
        answer = self.client.post(reverse("desk.import.new"), data)
        return ImportJob.objects.exclude(pk__in=known).get() if answer.status_code == 302 else answer

    def act(self, job, act, **data):
        self.client.post(self.address(job), {"act": act, **data})
        job.refresh_from_db()
        return job

    def check(self, job, **data):
        """Take the mapping as it is proposed and let all rows be checked."""
        mapping = {f"column-{index}": name for index, name in enumerate(job.mapping)}
        return self.act(job, "match", **mapping, **data)

    def bring_in(self, kind, content, **options):
        """Upload, check and write; return the import."""
        job = self.check(self.upload(kind, content, **options))
        return self.act(job, "write") if job.counts.keys() & {"new", "changed"} else job

    def page(self, job):
        return self.client.get(self.address(job))

    def address(self, job):
        return reverse("desk.import.show", args=[job.pk])


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def wizard(as_secretariat):
    return Wizard(as_secretariat)


@pytest.fixture
def workbook():
    """A function from rows of typed cells to the bytes of a workbook."""
    import xlsxwriter

    def made(*rows):
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
            sheet = book.add_worksheet()
            for number, cells in enumerate(rows):
                sheet.write_row(number, 0, cells)
        return buffer.getvalue()

    return made
