"""Files that people send to the desk, and how they are given out."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests import factories
from tests.core.crud.reading import form_of, words
from umbel.library.models import Document, Photo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def picture(kind="PNG"):
    file = BytesIO()
    Image.new("RGB", (4, 3), "teal").save(file, kind)
    return file.getvalue()


def archive(*names):
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return file.getvalue()


PDF = b"%PDF-1.7 ..."
KEPT = {
    "paper.pdf": PDF,
    "photo.png": picture(),
    "photo.jpg": picture("JPEG"),
    "report.docx": archive("[Content_Types].xml"),
    "table.ods": archive("mimetype"),
    "notes.txt": b"What was said.",
}
REFUSED = {
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "page.html": b"<script>alert(1)</script>",
    "page.txt": b"  <html><script>alert(1)</script>",
    "program.exe": b"MZ\x90\x00",
    "paper.pdf": b"not a paper",
    "photo.png": picture()[:40],
    "bundle.zip": archive("anything.js"),
    "empty.pdf": b"",
}


def send(client, name, content, **more):
    data, _texts = form_of(client.get("/desk/documents/add/"))
    data |= {"title": "A paper", "file": SimpleUploadedFile(name, content), **more}
    return client.post("/desk/documents/add/", data)


@pytest.mark.parametrize("name", KEPT)
def test_file_is_kept_under_a_name_that_nobody_can_guess(as_secretariat, media, name):
    assert send(as_secretariat, name, KEPT[name]).status_code == 302

    [document] = Document.objects.all()
    folder, token, kept_as = Path(document.file.name).parts
    assert (folder, kept_as) == ("documents", name)
    assert len(token) == 22
    assert (media / document.file.name).read_bytes() == KEPT[name]


@pytest.mark.parametrize("name", REFUSED)
def test_file_of_another_kind_is_refused(as_secretariat, name):
    answer = send(as_secretariat, name, REFUSED[name])

    assert answer.status_code == 422
    assert Document.objects.count() == 0


def test_file_that_is_too_large_is_refused(as_secretariat, settings):
    settings.UPLOAD_LIMIT_MB = 0

    answer = send(as_secretariat, "paper.pdf", PDF)

    assert "This file is larger than 0 MB, the most that is kept." in words(answer)


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "a" * 200 + ".pdf", "é ü.pdf", ".pdf", "a\nb.pdf"])
def test_odd_name_of_a_file_is_made_plain(as_secretariat, media, name):
    send(as_secretariat, name, PDF)

    [document] = Document.objects.all()
    assert (media / document.file.name).resolve().is_relative_to(media.resolve())
    assert len(document.file.name) <= 100


def test_file_is_given_to_whoever_may_see_the_record(client_of):
    factories.ConfederationFactory()
    send(client_of("secretary_general"), "paper.pdf", PDF, audience="members")
    address = f"/files/library.document/{Document.objects.get().pk}/file/"

    answer = client_of("representative_a").get(address)

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="paper.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert client_of("reader").get(address).status_code == 404
    assert client_of("nobody").get(address).status_code == 404


def test_media_are_served_in_no_other_way(client_of):
    send(client_of("secretary_general"), "paper.pdf", PDF)

    document = Document.objects.get()
    page = client_of("superuser").get(f"/desk/documents/{document.pk}/").text
    assert client_of("superuser").get(f"/media/{document.file.name}").status_code == 404
    assert (f"/files/library.document/{document.pk}/file/" in page, document.file.name in page) == (True, False)


def test_nothing_but_files_of_records_is_given_out(as_secretariat):
    send(as_secretariat, "paper.pdf", PDF)
    number = Document.objects.get().pk
    document = f"library.document/{number}"
    others = ["library.document/0/file", "accounts.user/1/password", "nothing/1/file", "a.b.c/1/file"]
    asked = [f"{document}/file", f"{document}/title", *others]

    answers = {address: as_secretariat.get(f"/files/{address}/") for address in asked}

    given = {address: answer.getvalue() for address, answer in answers.items() if answer.status_code == 200}
    assert given == {f"{document}/file": PDF}


def test_file_that_is_gone_from_the_disk_is_not_found(as_secretariat, media):
    send(as_secretariat, "paper.pdf", PDF)
    document = Document.objects.get()
    (media / document.file.name).unlink()

    assert as_secretariat.get(f"/files/library.document/{document.pk}/file/").status_code == 404
    assert "A paper" in words(as_secretariat.get(f"/desk/documents/{document.pk}/"))


def photograph(client, **changes):
    data, _texts = form_of(client.get("/desk/photographs/add/"))
    data |= {"credit": "Ann", "alternative": "A hall", "file": SimpleUploadedFile("hall.png", picture()), **changes}
    return client.post("/desk/photographs/add/", data)


def test_photograph_is_shown_as_a_picture(as_secretariat):
    photograph(as_secretariat)

    answer = as_secretariat.get(f"/files/library.photo/{Photo.objects.get().pk}/file/")

    assert b"".join(answer.streaming_content) == picture()
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"] == 'inline; filename="hall.png"'


@pytest.mark.parametrize("missing", ["credit", "alternative"])
def test_photograph_without_credit_or_words_is_refused(as_secretariat, missing):
    answer = photograph(as_secretariat, **{missing: ""})

    assert answer.status_code == 422
    assert Photo.objects.count() == 0


def test_photograph_that_is_no_picture_is_refused(as_secretariat):
    answer = photograph(as_secretariat, file=SimpleUploadedFile("hall.pdf", PDF))

    assert "This is no picture that can be shown: send PNG, JPEG, WebP or GIF." in words(answer)


def test_file_is_kept_when_the_form_is_saved_without_another_and_taken_away_on_demand(as_secretariat):
    document = factories.DocumentFactory()
    address = f"/desk/documents/{document.pk}/"
    data, _texts = form_of(as_secretariat.get(address))
    as_secretariat.post(address, {**data, "file": SimpleUploadedFile("paper.pdf", PDF)})

    page = as_secretariat.get(address)
    assert "paper.pdf" in words(page)
    data, _texts = form_of(page)
    as_secretariat.post(address, data)
    document.refresh_from_db()
    assert document.file.name.endswith("/paper.pdf")

    as_secretariat.post(address, {**data, "file-clear": "on"})
    document.refresh_from_db()
    assert document.file.name == ""
