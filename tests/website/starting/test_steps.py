"""The set-up in the browser: who may, and what each step takes and refuses."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.accounts.mailbox import mail_server
from tests.factories import MembershipFactory, UserFactory
from umbel.accounts.models import User
from umbel.core.models import Change, Confederation, EnterpriseType, Mail, MembershipCategory
from umbel.governance.models import Body
from umbel.network.models import Membership, Organisation
from umbel.settings import mail_server as read_address
from umbel.website.starting import door
from umbel.website.starting.founding import found

pytestmark = pytest.mark.django_db
SECRET = "a long way to tipperary"
NAME = {
    "name": "UNIO",
    "long_name": "Union of unions",
    "leading": "fr",
    "others": ["en", "fr"],
    "reporting_year": "2025",
}
ACCOUNT = {"name": "Ada", "email": "ada@unio.example", "password": SECRET, "again": SECRET}


@pytest.fixture
def operator(client):
    """A browser in which the token was given."""
    client.get("/start/", {"token": door.token()})
    return client


@pytest.fixture
def own():
    return found(Confederation(name="UNIO", long_name="Union of unions", reporting_year=2025))


@pytest.fixture
def administrator(own):
    client = Client()
    user = UserFactory(email="ada@unio.example", role="administrator")
    client.force_login(user, backend="umbel.accounts.backends.PasswordBackend")
    return client


def errors(page):
    return {name: list(found) for name, found in page.context["form"].errors.items()}


def table(prefix, *rows, initial=0):
    told = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    return told | {f"{prefix}-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}


# The door


@pytest.mark.parametrize("path", ["/", "/year/2024/", "/figures/2024/", "/members/", "/nowhere/", "/start/name/"])
def test_every_page_of_an_empty_installation_leads_to_the_door(client, path):
    assert client.get(path).headers.get("Location") == "/start/"


@pytest.mark.parametrize("path", ["/account/login/", "/styleguide/", "/start/"])
def test_some_pages_of_an_empty_installation_stay(client, path):
    assert client.get(path).headers.get("Location") is None


def test_pages_of_a_confederation_stay_where_they_are(client, own):
    assert [client.get(path).headers.get("Location") for path in ("/", "/nowhere/")] == [None, None]


def test_token_is_told_to_nobody(client):
    page = client.get("/start/")

    assert ("umbel init --browser" in page.text, door.token() in page.text) == (True, False)


@pytest.mark.parametrize("given", ["", "wrong", "0" * 32])
def test_wrong_token_opens_nothing(client, given):
    page = client.post("/start/", {"token": given})

    assert client.get("/start/name/").headers["Location"] == "/start/"
    assert page.text.count("That is not the token") == bool(given)


def test_token_is_taken_from_the_address_and_leaves_it(client):
    page = client.get("/start/", {"token": door.token()}, follow=True)

    assert page.redirect_chain[-1] == ("/start/name/", 302)


def test_token_is_void_once_there_was_an_account(client):
    user = UserFactory()
    user.delete()

    page = client.get("/start/", {"token": door.token()})

    assert page.headers["Location"].startswith("/account/login/")
    assert door.is_open() is False


def test_session_of_the_token_is_void_once_there_is_an_account(operator, own):
    UserFactory()

    assert operator.get("/start/look/").headers["Location"].startswith("/account/login/")


@pytest.mark.parametrize(
    ("seat", "status"),
    [("administrator", 200), ("secretary_general", 200), ("superuser", 200), ("membership", 404), ("board", 404)],
)
def test_steps_stay_open_for_who_keeps_everything(client_of, own, seat, status):
    page = client_of(seat).get("/start/look/")

    assert (page.status_code, 'name="primary_colour"' in page.text) == (status, status == 200)
    assert ("There is nothing at this address" in page.text) is (status == 404)


@pytest.mark.parametrize("slug", ["look", "words", "statutes", "administrator"])
def test_steps_begin_with_the_name(operator, slug):
    assert operator.get(f"/start/{slug}/").headers["Location"] == "/start/"


@pytest.mark.parametrize("slug", ["mail", "members"])
def test_last_steps_wait_for_the_account(operator, own, slug):
    assert operator.get(f"/start/{slug}/").headers["Location"] == "/start/administrator/"


def test_step_that_there_is_none_is_not_found(operator):
    assert operator.get("/start/nowhere/").status_code == 404


def test_set_up_goes_on_where_it_was_left(operator, own):
    operator.get("/start/statutes/")

    assert operator.get("/start/").headers["Location"] == "/start/statutes/"


# The steps


def test_name_founds_the_confederation(operator):
    answer = operator.post("/start/name/", {**NAME, "country": "BE"})

    own = Confederation.objects.get()
    assert answer.headers["Location"] == "/start/look/"
    assert (own.key, own.languages, own.reporting_year, own.country) == ("unio", "fr en", 2025, "BE")
    assert Organisation.objects.values_list("kind", "name", "country").get() == ("self", "UNIO", "BE")
    assert set(Change.objects.values_list("who", flat=True)) == {"set-up"}


def test_name_is_changed_and_not_founded_twice(operator, own):
    operator.post("/start/name/", {**NAME, "name": "UNION"})

    assert (Confederation.objects.get().name, Confederation.objects.get().key) == ("UNION", "unio")
    assert Organisation.objects.get().name == "UNION"
    assert MembershipCategory.objects.count() == 3


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("leading", "xx"), ("reporting_year", "12"), ("country", "XX")]
)
def test_name_refuses_what_cannot_be(operator, field, value):
    page = operator.post("/start/name/", {**NAME, field: value})

    assert list(errors(page)) == [field]
    assert Confederation.objects.exists() is False


def test_colours_are_kept(operator, own):
    operator.post("/start/look/", {"primary_colour": "#7A1F5C", "accent_colour": "#E3A21A"})

    own.refresh_from_db()
    assert own.primary_colour == "#7a1f5c"


@pytest.mark.parametrize(("colour", "nearest"), [("#ff9900", "#a56100"), ("#ffffff", "#717171")])
def test_primary_that_cannot_be_read_is_refused_with_the_nearest(operator, own, colour, nearest):
    page = operator.post("/start/look/", {"primary_colour": colour, "accent_colour": "#E3A21A"})

    assert list(errors(page)) == ["primary_colour"]
    assert page.context["form"].proposal == nearest
    own.refresh_from_db()
    assert own.primary_colour == "#14495C"


def test_proposal_is_taken_and_shown_before_it_is_kept(operator, own):
    sent = {"primary_colour": "#ff9900", "accent_colour": "#E3A21A", "take": "#a56100"}

    page = operator.post("/start/look/", sent)

    assert (page.status_code, page.context["primary"], errors(page)) == (200, "#a56100", {})
    own.refresh_from_db()
    assert own.primary_colour == "#14495C"


@pytest.mark.parametrize("colour", ["", "red", "#12", "#14495c;}"])
def test_no_colour_is_refused(operator, own, colour):
    page = operator.post("/start/look/", {"primary_colour": colour, "accent_colour": "#E3A21A"})

    assert list(errors(page)) == ["primary_colour"]


def test_style_sheet_of_two_colours_is_made_for_looking(client):
    page = client.get("/start/colours.css", {"primary": "#7a1f5c", "accent": "#e3a21a"})

    assert (page["Content-Type"], "--own-primary: light-dark(#7a1f5c," in page.text) == (
        "text/css; charset=utf-8",
        True,
    )
    assert client.get("/start/colours.css", {"primary": "red;}", "accent": "#e3a21a"}).status_code == 404


@pytest.mark.parametrize(("content", "is_kept"), [("png", True), ("svg", False)])
def test_logo_is_a_picture(operator, own, settings, tmp_path, content, is_kept):
    settings.MEDIA_ROOT = tmp_path
    picture = BytesIO()
    Image.new("RGB", (40, 20)).save(picture, "PNG")
    data = picture.getvalue() if content == "png" else b"<svg onload='alert(1)'/>"
    sent = {"primary_colour": "#14495c", "accent_colour": "#e3a21a", "logo": SimpleUploadedFile("logo.png", data)}

    operator.post("/start/look/", sent)

    own.refresh_from_db()
    assert bool(own.logo) is is_kept


def test_words_are_renamed_added_and_removed(operator, own):
    full, associated, affiliate = MembershipCategory.objects.all()
    rows = [
        {"id": full.pk, "name": "Ordinary"}, {"id": associated.pk, "name": associated.name, "DELETE": "on"},
        {"id": affiliate.pk, "name": affiliate.name}, {"name": "Friends"}, {"name": ""},
    ]  # fmt: skip

    answer = operator.post("/start/words/", table("categories", *rows, initial=3) | table("types", {"name": "Workers"}))

    assert answer.headers["Location"] == "/start/statutes/"
    assert list(MembershipCategory.objects.values_list("name", "order")) == [
        ("Ordinary", 1),
        ("Affiliate members", 3),
        ("Friends", 4),
    ]
    assert EnterpriseType.objects.values_list("key", "name").get() == ("workers", "Workers")


def test_word_that_is_in_use_stays(operator, own):
    category = MembershipCategory.objects.first()
    MembershipFactory(category=category)
    rows = [{"id": each.pk, "name": each.name} for each in MembershipCategory.objects.all()]
    rows[0]["DELETE"] = "on"

    page = operator.post("/start/words/", table("categories", *rows, initial=3) | table("types"))

    assert (page.status_code, MembershipCategory.objects.count()) == (200, 3)
    assert "A word that records use cannot be removed" in page.text


def test_row_is_added_without_a_script(operator, own):
    sent = table("categories") | table("types", {"name": "Workers"}) | {"add-row-types": "1"}

    page = operator.post("/start/words/", sent)

    assert [len(each.forms) for each in page.context["tables"]] == [0, 2]
    assert EnterpriseType.objects.exists() is False


def test_statutes_are_kept(operator, own):
    sent = {
        "notice_days": "30",
        "quorum_percent": "50",
        "proxies_per_delegate": "",
        "mandate_years": "4",
        "rounding": "half-up",
    }

    operator.post("/start/statutes/", sent)

    own.refresh_from_db()
    assert (own.notice_days, own.quorum_percent, own.proxies_per_delegate) == (30, 50, None)
    assert dict(Body.objects.values_list("kind", "mandate_years")) == {"assembly": None, "board": 4}


@pytest.mark.parametrize(("field", "value"), [("quorum_percent", "101"), ("notice_days", "-1"), ("mandate_years", "0")])
def test_statutes_refuse_what_cannot_be(operator, own, field, value):
    page = operator.post("/start/statutes/", {"rounding": "half-up", field: value})

    assert list(errors(page)) == [field]


def test_account_of_the_administrator_signs_in_and_shuts_the_door(operator, own):
    answer = operator.post("/start/administrator/", ACCOUNT)

    user = User.objects.get()
    assert answer.headers["Location"] == "/start/mail/"
    assert (user.email, user.role, user.check_password(SECRET)) == ("ada@unio.example", "administrator", True)
    assert operator.get("/desk/").status_code == 200
    assert door.is_open() is False


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"again": "other"}, "again"),
        ({"password": "short", "again": "short"}, "password"),
        ({"email": "ada"}, "email"),
        ({"name": ""}, "name"),
    ],
)
def test_account_keeps_the_rules_of_passwords(operator, own, wrong, field):
    page = operator.post("/start/administrator/", {**ACCOUNT, **wrong})

    assert (list(errors(page)), User.objects.exists()) == ([field], False)


def test_test_message_reaches_the_server(administrator, settings):
    settings.EMAIL_BACKEND = "umbel.core.outbox.Backend"
    with mail_server() as (address, mails):
        server = read_address(address)
        settings.OUTGOING_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = server.backend, server.host, server.port
        settings.EMAIL_USE_TLS = False
        page = administrator.post("/start/mail/", {"to": "bob@unio.example"})

    assert [(mail["To"], mail["Subject"]) for mail in mails] == [("bob@unio.example", "Test message of UNIO")]
    assert "The mail server took the message to bob@unio.example" in page.text


@pytest.mark.parametrize(
    ("backend", "told"), [("smtp", "The mail server refused it"), ("console", "No mail server is set.")]
)
def test_test_message_that_does_not_arrive_says_why(administrator, settings, backend, told):
    settings.EMAIL_BACKEND = "umbel.core.outbox.Backend"
    settings.OUTGOING_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 9, False

    page = administrator.post("/start/mail/", {"to": "bob@unio.example"})

    assert page.text.count(told) == 1
    assert Mail.objects.get().outcome == {"smtp": "failed", "console": "held"}[backend]


def test_password_of_the_mail_server_is_not_shown(administrator, settings):
    settings.MAIL = read_address("smtp://office:hush@mail.example:587")
    settings.OUTGOING_BACKEND = settings.MAIL.backend

    page = administrator.get("/start/mail/")

    assert ("mail.example:587" in page.text, "hush" in page.text) == (True, False)


def test_members_are_typed_in(administrator):
    category = MembershipCategory.objects.first()
    rows = [
        {"name": "Members of France", "country": "FR", "category": category.pk},
        {"name": "", "country": "", "category": ""},
    ]

    answer = administrator.post("/start/members/", table("members", *rows))

    membership = Membership.objects.get()
    assert answer.headers["Location"] == "/desk/"
    assert (membership.organisation.name, membership.organisation.country, membership.category) == (
        "Members of France",
        "FR",
        category,
    )


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("Twice", "TWICE"), "Two rows have the same name."),
        (("UNIO",), "An organisation of this name is on record already."),
    ],
)
def test_member_that_is_on_record_is_refused(administrator, names, told):
    before = list(Organisation.objects.values_list("name", flat=True))

    page = administrator.post("/start/members/", table("members", *({"name": name} for name in names)))

    assert (page.status_code, Membership.objects.exists()) == (200, False)
    assert list(Organisation.objects.values_list("name", flat=True)) == before
    assert page.text.count(told) == 1
