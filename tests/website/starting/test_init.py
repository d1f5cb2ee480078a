"""`umbel init`: a confederation set up in the terminal."""

import json
import re
from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command

from tests.accounts.mailbox import mail_server
from umbel.accounts.models import User
from umbel.core.models import Change, Confederation, MembershipCategory
from umbel.network.models import Invitation, Organisation
from umbel.settings import mail_server as read_address
from umbel.website.starting import door

pytestmark = pytest.mark.django_db
ASKED = {
    "name": "UNIO",
    "long_name": "Union of unions",
    "languages": "fr en",
    "year": "2025",
    "administrator": "Ada@unio.example",
}


def init(**options):
    out = StringIO()
    call_command("init", stdout=out, **options)
    return out.getvalue()


def test_init_sets_up_a_confederation():
    init(**ASKED)

    own = Confederation.objects.get()
    assert (own.key, own.name, own.long_name, own.languages, own.reporting_year) == (
        "unio", "UNIO", "Union of unions", "fr en", 2025,
    )  # fmt: skip
    assert list(MembershipCategory.objects.values_list("order", flat=True)) == [1, 2, 3]
    assert Organisation.objects.get().kind == "self"
    assert set(Change.objects.values_list("who", flat=True)) == {"umbel init"}


def test_link_of_init_makes_the_administrator(client):
    link = json.loads(init(json=True, **ASKED))["link"]

    secret = "a long way to tipperary"
    client.post(urlsplit(link).path, {"password": secret, "again": secret})

    user = User.objects.get()
    assert (user.email, user.role) == ("ada@unio.example", "administrator")
    assert client.get("/desk/").status_code == 200


def test_init_says_what_to_open_next(settings):
    settings.SITE_URL = "https://unio.example"

    told = init(**ASKED)

    assert (
        "The administrator Ada@unio.example chooses a password at\n\n  https://unio.example/account/invitations/"
        in told
    )
    assert told.endswith("No mail was sent: pass it on.\nNext: “umbel serve”, then open https://unio.example/desk/\n")


def test_init_sends_the_link_where_mail_is_set(settings):
    settings.EMAIL_BACKEND = "umbel.core.outbox.Backend"
    with mail_server() as (address, mails):
        server = read_address(address)
        settings.OUTGOING_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = server.backend, server.host, server.port
        settings.EMAIL_USE_TLS = False
        told = json.loads(init(json=True, **ASKED))

    assert (told["sent"], [mail["To"] for mail in mails]) == (True, ["ada@unio.example"])


def test_init_refuses_where_a_confederation_is_on_record():
    init(**ASKED)
    with pytest.raises(CommandError, match="UNIO is set up already"):
        init(**{**ASKED, "name": "Another"})

    assert (Confederation.objects.count(), Invitation.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": None}, "--name (Name): This field is required."),
        ({"administrator": None}, "--administrator (E-mail): This field is required."),
        ({"administrator": "ada"}, "--administrator (E-mail): Enter a valid email address."),
        (
            {"languages": "en xx"},
            "--languages (Other languages): Select a valid choice. xx is not one of the available",
        ),
        ({"languages": "xx"}, "--languages (Leading language): Select a valid choice. xx is not one of the available"),
        ({"year": "MMXXV"}, "--year (Reporting year): Enter a whole number."),
        ({"year": "25"}, "--year (Reporting year): Ensure this value is greater than or equal to 1990."),
        ({"country": "XX"}, "--country (Country): Select a valid choice. XX is not one of the available choices."),
        ({"primary_colour": "#ff9900"}, "--primary-colour (Primary colour): Text in this colour is hard to read on"),
        ({"logo": "nowhere.png"}, "--logo (Logo): There is no file nowhere.png."),
        ({"logo": __file__}, "--logo (Logo): This is no picture that can be shown"),
        ({"categories": "A" * 400}, "--categories (Membership categories): Ensure this value has at most"),
        (
            {"quorum_percent": "101"},
            "--quorum-percent (Quorum of an assembly): Ensure this value is less than or equal",
        ),
        ({"rounding": "up"}, "--rounding (Rounding rule): Select a valid choice. up is not one of the available"),
        ({"test_mail": "bob"}, "--test-mail (Send a test message to): Enter a valid email address."),
        ({"members": "nowhere.csv"}, "--members: There is no file nowhere.csv."),
    ],
)
def test_init_refuses_what_cannot_be_and_stores_nothing(wrong, told):
    with pytest.raises(CommandError, match=re.escape(told)):
        init(**{**ASKED, **wrong})

    assert Confederation.objects.exists() is False


def test_init_takes_what_is_usual():
    init(name="UNIO", administrator="ada@unio.example")

    own = Confederation.objects.get()
    assert (own.long_name, own.languages) == ("UNIO", "en")


def test_init_for_the_browser_only_tells_where(settings):
    settings.SITE_URL = "https://unio.example"

    told = init(browser=True)

    assert told == f"Start “umbel serve”, then open https://unio.example/start/?token={door.token()}\n"
    assert Confederation.objects.exists() is False
