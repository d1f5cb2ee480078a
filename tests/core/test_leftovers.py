"""Files that no record holds any longer are erased; what can be brought back keeps its file."""

import os
import time

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from tests import factories
from tests.core.crud.reading import form_of
from tests.website.editing.conftest import media, picture
from umbel.core import leftovers, wastebasket
from umbel.core.models import Deletion, ImportJob, ImportRow
from umbel.library.models import Document, Photo
from umbel.library.pictures import resized

__all__ = ["media"]

pytestmark = pytest.mark.django_db
TWO_DAYS = 2 * 24 * 3600


def uploaded(media):
    """What lies in the folder of documents."""
    return sorted(path.name for path in (media / "documents").rglob("*") if path.is_file())


def age(media):
    for path in media.rglob("*"):
        os.utime(path, (time.time() - TWO_DAYS, time.time() - TWO_DAYS))


def send(client, address, name, **more):
    data, _texts = form_of(client.get(address))
    client.post(address, {**data, "title": "Minutes", "file": SimpleUploadedFile(name, b"%PDF-1.7"), **more})
    return Document.objects.get()


@pytest.fixture
def replaced(media, client_of):
    """A document whose file has another one in its place."""
    officer = client_of("communication")
    kept = send(officer, "/desk/documents/add/", "first.pdf")
    send(officer, f"/desk/documents/{kept.pk}/", "second.pdf")
    return Document.objects.get()


def test_file_that_another_one_replaced_is_erased(replaced, media, capsys):
    age(media)

    call_command("tidy")

    assert uploaded(media) == ["second.pdf"]
    assert len(list((media / "documents").iterdir())) == 1
    assert "1 files" in capsys.readouterr().out


def test_file_that_has_just_been_sent_stays(replaced, media):
    assert leftovers.forget() == 0
    assert uploaded(media) == ["first.pdf", "second.pdf"]


def test_file_of_a_deleted_record_goes_when_the_bin_lets_go(replaced, media):
    deletion = wastebasket.discard(replaced)
    age(media)
    in_the_bin = leftovers.forget()
    Deletion.objects.update(at=timezone.now() - wastebasket.KEPT_FOR)

    call_command("tidy")

    assert (in_the_bin, uploaded(media)) == (1, [])
    assert Deletion.objects.get(pk=deletion.pk).rows == []


def test_file_of_a_record_that_comes_back_is_there(replaced, media):
    deletion = wastebasket.discard(replaced)
    age(media)
    leftovers.forget()

    wastebasket.restore(deletion)

    with Document.objects.get().file.open() as file:
        assert file.read() == b"%PDF-1.7"


@pytest.mark.parametrize(("kind", "left"), [("library.document", ["first.pdf"]), ("events.event", [])])
def test_file_that_an_import_can_bring_back_stays(media, client_of, kind, left):
    document = send(client_of("communication"), "/desk/documents/add/", "first.pdf")
    job = ImportJob.objects.create(kind=kind, name="table.csv")
    ImportRow.objects.create(job=job, number=1, state="changed", before={"file": document.file.name})
    Document.objects.update(file="")
    age(media)

    leftovers.forget()

    assert uploaded(media) == left


def test_file_that_the_operator_put_there_stays(media):
    (media / "documents").mkdir()
    (media / "documents" / "scan.pdf").write_bytes(b"%PDF")
    age(media)

    assert leftovers.forget() == 0
    assert uploaded(media) == ["scan.pdf"]


@pytest.mark.parametrize("consent", ["given", "withdrawn"])
def test_what_was_made_of_a_photograph_goes_when_no_page_may_show_it(media, consent):
    photo = factories.PhotoFactory.build(key="care", alternative="A table")
    photo.file.save("care/care.jpg", ContentFile(picture()))
    resized(photo, 480).close()
    Photo.objects.update(consent=consent)

    call_command("tidy")

    assert len(list((media / "private" / "pictures").iterdir())) == (1 if consent == "given" else 0)
