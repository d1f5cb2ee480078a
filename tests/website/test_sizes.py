"""What is too large is refused by what its sender says of it: no byte is read, for visitors no query is made."""

import pytest
from django.urls import reverse

from tests import factories
from umbel.website.starting import door

MB = 1024 * 1024
FORM = "multipart/form-data; boundary=x"
DOORS = ["/account/login/", "/account/password/reset/", "/", "/desk/capture/file/", "/desk/documents/add/", "/nowhere/"]


class Unread:
    """The body of a request that nobody may read."""

    def read(self, *_size):
        raise AssertionError("the body was read")

    readline = read

    def close(self):
        pass


def send(client, address, size, **more):
    """Begin to send a form of so many bytes; what is asked of its body fails the test."""
    client.handler.enforce_csrf_checks = True
    length = {} if size is None else {"CONTENT_LENGTH": str(size)}
    body = {"wsgi.input": Unread(), **length, **more}
    return client.generic("POST", address, content_type=FORM, **body)


@pytest.mark.parametrize("address", DOORS)
def test_visitor_is_refused_above_a_megabyte_without_a_query(client, django_assert_num_queries, db, address):
    with django_assert_num_queries(0):
        answer = send(client, address, MB + 1)

    assert answer.status_code == 413
    assert "What was sent has 1.0\xa0MB; at most 1.0\xa0MB are taken." in answer.text


@pytest.mark.parametrize("address", [*DOORS, "/desk/imports/new/", "/account/email/"])
@pytest.mark.parametrize(
    ("upload", "table", "told"), [(25, 50, "50.0"), (80, 50, "80.0")], ids=["tables are larger", "files are larger"]
)
def test_who_is_signed_in_is_refused_above_the_largest_file(client_of, settings, address, upload, table, told):
    settings.UPLOAD_LIMIT_MB, settings.IMPORT_LIMIT_MB = upload, table

    answer = send(client_of("membership"), address, (max(upload, table) + 1) * MB + 1)

    assert answer.status_code == 413
    assert f"at most {told}\xa0MB are taken." in answer.text


def test_who_is_signed_in_may_send_more_than_a_visitor(client_of, settings):
    settings.UPLOAD_LIMIT_MB = settings.IMPORT_LIMIT_MB = 1
    client = client_of("membership")
    body = b"x" * (MB + 1)

    answers = [
        each.post("/desk/capture/file/", body, content_type="text/plain") for each in (client, client_of("nobody"))
    ]

    assert [answer.status_code for answer in answers] == [302, 413]


@pytest.mark.parametrize("cookie", ["", "0" * 32])
def test_a_session_that_is_none_opens_no_larger_door(client, db, cookie):
    client.cookies["sessionid"] = cookie

    assert send(client, "/account/login/", 20 * MB).status_code == 413


@pytest.mark.parametrize("is_told", [True, False])
def test_who_sets_up_may_send_a_logo(client, db, is_told):
    if is_told:
        client.get(f"{reverse('starting.start')}?token={door.token()}")

    answer = client.post("/nowhere/", b"x" * (MB + 1), content_type="text/plain")

    assert answer.status_code == (404 if is_told else 413)


@pytest.mark.parametrize("seat", ["nobody", "membership"])
@pytest.mark.parametrize("length", [None, "", "-1", "many"])
def test_body_of_a_length_that_is_not_told_is_not_read(client_of, seat, length):
    more = {} if length is None else {"CONTENT_LENGTH": length}

    answer = send(client_of(seat), "/account/login/", None, HTTP_TRANSFER_ENCODING="chunked", **more)

    assert answer.status_code == 403


def test_page_that_refuses_is_in_the_language_of_its_address(client, db):
    factories.ConfederationFactory(languages="en fr")

    assert send(client, "/fr/", 2 * MB).headers["Content-Language"] == "fr"
