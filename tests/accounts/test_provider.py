"""Sign-in through an identity provider: a real one on the loopback, as small as the protocol allows."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.providers import registry

from umbel import settings as own
from umbel.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.provider_urls")]


@pytest.fixture(autouse=True)
def installed(settings):
    """Providers are found among the apps, and there is none where none is set."""
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "allauth.socialaccount.providers.openid_connect"]
    registry.loaded = False
    registry.load()


class _Provider(BaseHTTPRequestHandler):
    def do_GET(self):
        root = f"http://127.0.0.1:{self.server.server_address[1]}"
        documents = {
            "/.well-known/openid-configuration": {
                "issuer": root,
                "authorization_endpoint": f"{root}/authorize",
                "token_endpoint": f"{root}/token",
                "userinfo_endpoint": f"{root}/userinfo",
            },
            "/userinfo": self.server.person,
        }
        self.answer(documents[self.path])

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer({"access_token": "token", "token_type": "bearer"})

    def answer(self, document):
        body = json.dumps(document).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Keep quiet."""


@contextmanager
def provider(person):
    with ThreadingHTTPServer(("127.0.0.1", 0), _Provider) as server:
        server.person = person
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def sign_in(client, settings, **person):
    """Go to the provider and come back; return the page where one arrives."""
    with provider({"sub": "7", **person}) as address:
        variables = {"UMBEL_OIDC_SERVER": address, "UMBEL_OIDC_CLIENT": "umbel", "UMBEL_OIDC_SECRET": "secret"}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": own.oidc_provider(variables)}
        there = client.post("/account/oidc/oidc/login/")
        asked = parse_qs(urlsplit(there.url).query)
        return client.get("/account/oidc/oidc/login/callback/", {"code": "c", "state": asked["state"][0]}, follow=True)


def signed_in(client):
    return client.session.get("_auth_user_id")


def test_who_has_an_account_signs_in_by_a_verified_email(client, settings, cast):
    sign_in(client, settings, email="Reader@example.org", email_verified=True)

    assert signed_in(client) == str(cast.reader.pk)


@pytest.mark.parametrize(
    "person",
    [
        {"email": "stranger@example.org", "email_verified": True},
        {"email": "reader@example.org", "email_verified": False},
    ],
)
def test_strangers_and_unverified_emails_get_no_account(client, settings, cast, person):
    before = User.objects.count()

    page = sign_in(client, settings, **person)

    assert "Accounts are made by invitation" in page.content.decode()
    assert (signed_in(client), User.objects.count()) == (None, before)


def test_the_sign_in_page_offers_a_provider_where_one_is_set(client, settings):
    server = {"UMBEL_OIDC_SERVER": "https://id.example", "UMBEL_OIDC_CLIENT": "a", "UMBEL_OIDC_SECRET": "b"}
    offered = []
    for variables in ({}, {**server, "UMBEL_OIDC_NAME": "the office"}):
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": own.oidc_provider(variables)}
        offered.append("Sign in with the office" in client.get("/account/login/").content.decode())

    assert offered == [False, True]
