"""`umbel init` asks all that the first pages in the browser ask: by options, and in a terminal."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from tests.accounts.mailbox import mail_server
from umbel.core.imports.models import ImportJob
from umbel.core.models import Confederation, EnterpriseType, MembershipCategory
from umbel.governance.models import Body
from umbel.network.models import Invitation, Membership, Organisation
from umbel.settings import mail_server as read_address

pytestmark = pytest.mark.django_db
WHO = {"name": "UNIO", "administrator": "ada@unio.example"}
MEMBERS = "name,country,kind\nFirst federation,FR,federation\nSecond federation,IT,federation\n"
MEMBERSHIPS = "organisation,category,start\nfirst-federation,full-members,2020\n"


class Terminal(StringIO):
    """What somebody types, a line each; after the last one the terminal is shut."""

    def isatty(self):
        return True


@pytest.fixture
def typed(monkeypatch, capsys):
    """Run `umbel init` with what is typed; return what it printed."""

    def run(*lines, **options):
        monkeypatch.setattr("sys.stdin", Terminal("".join(f"{line}\n" for line in lines)))
        out, err = StringIO(), StringIO()
        try:
            call_command("init", stdout=out, stderr=err, **options)
        finally:
            run.printed, run.errors, run.prompts = out.getvalue(), err.getvalue(), capsys.readouterr().out
        return run.printed

    return run


@pytest.fixture
def files(tmp_path, settings):
    """A folder with a logo and two tables."""
    settings.MEDIA_ROOT = tmp_path / "media"
    Image.new("RGB", (40, 20)).save(tmp_path / "logo.png", "PNG")
    (tmp_path / "members.csv").write_text(MEMBERS)
    (tmp_path / "memberships.csv").write_text(MEMBERSHIPS)
    (tmp_path / "wrong.csv").write_text("name,country,kind\nFirst federation,Atlantis,federation\n")
    return tmp_path


@pytest.fixture
def mails(settings):
    settings.EMAIL_BACKEND = "umbel.core.outbox.Backend"
    with mail_server() as (address, mails):
        server = read_address(address)
        settings.OUTGOING_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = server.backend, server.host, server.port
        settings.EMAIL_USE_TLS = False
        yield mails


def init(**options):
    out = StringIO()
    call_command("init", stdout=out, **options)
    return out.getvalue()


def kept(folder):
    media = Path(folder) / "media"
    return sorted(path.suffix for path in media.rglob("*") if path.is_file())


def test_init_keeps_all_that_options_say(files):
    init(
        **WHO, languages="fr en", city="Brussels", country="be", logo=str(files / "logo.png"),
        primary_colour="#7a1f5c", categories="Ordinary; Friends", types="Workers, Housing", notice_days="30",
        quorum_percent="50", mandate_years="4", rounding="half-even", administrator_name="Ada",
    )  # fmt: skip

    own = Confederation.objects.get()
    assert (own.languages, own.city, own.country, own.primary_colour) == ("fr en", "Brussels", "BE", "#7a1f5c")
    assert (own.notice_days, own.quorum_percent, own.proxies_per_delegate, own.rounding) == (30, 50, None, "half-even")
    assert own.logo.name.endswith("/logo.png")
    assert list(MembershipCategory.objects.values_list("name", "order")) == [("Ordinary", 1), ("Friends", 2)]
    assert sorted(EnterpriseType.objects.values_list("name", flat=True)) == ["Housing", "Workers"]
    assert Body.objects.get(kind="board").mandate_years == 4
    assert Invitation.objects.values_list("email", "name").get() == ("ada@unio.example", "Ada")


def test_init_brings_in_members(files):
    told = json.loads(
        init(**WHO, json=True, members=str(files / "members.csv"), memberships=str(files / "memberships.csv"))
    )

    assert (told["members"], told["memberships"]) == ({"new": 2}, {"new": 1})
    assert Membership.objects.values_list("organisation__name", "category__name").get() == (
        "First federation",
        "Full members",
    )


def test_members_that_are_refused_leave_nothing(files):
    with pytest.raises(CommandError, match="1 rows have errors"):
        init(**WHO, members=str(files / "wrong.csv"), logo=str(files / "logo.png"))

    left = [model.objects.exists() for model in (Confederation, Organisation, Invitation, ImportJob)]
    assert (left, kept(files)) == ([False] * 4, [])


def test_init_sends_a_test_message(mails):
    told = json.loads(init(**WHO, json=True, test_mail="bob@unio.example"))

    assert [(mail["To"], mail["Subject"]) for mail in mails][1:] == [("bob@unio.example", "Test message of UNIO")]
    assert told["test_mail"] == "The mail server took the test message to bob@unio.example."


def test_terminal_takes_what_is_usual(typed, settings):
    settings.SITE_URL = "https://unio.example"

    printed = typed("UNIO", *[""] * 20, "ada@unio.example", *[""] * 3)

    own = Confederation.objects.get()
    assert (own.long_name, own.languages, own.rounding) == ("UNIO", "en", "half-up")
    assert list(MembershipCategory.objects.values_list("name", flat=True)) == [
        "Full members", "Associated members", "Affiliate members",
    ]  # fmt: skip
    assert Invitation.objects.get().name == "ada"
    assert typed.errors == ""
    assert printed.endswith("Next: “umbel serve”, then open https://unio.example/desk/\n")
    assert typed.prompts.split(": ")[:2] == ["Name", "Long name [UNIO]"]


def test_terminal_asks_again_after_a_bad_answer(typed, files):
    logo, start = str(files / "logo.png"), {"street": "", "postcode": "", "city": "", "website": "", "purpose": ""}

    typed(
        "", "UNIO", "", "Atlantis", "France", "Klingon", "French", "en, es", "12", "2025",
        "nowhere.png", logo, "#ff9900", "#a56100", "", "Ordinary", "", "soon", "30", "", "", "", "",
        "ada", "ada@unio.example", "Ada", "-", "-", **start,
    )  # fmt: skip

    own = Confederation.objects.get()
    assert (own.country, own.languages, own.reporting_year, own.notice_days) == ("FR", "fr en es", 2025, 30)
    assert (own.primary_colour, kept(files)) == ("#a56100", [".png"])
    assert [line.split(".")[0] for line in typed.errors.splitlines()] == [
        "This field is required", "Select a valid choice", "Select a valid choice",
        "Ensure this value is greater than or equal to 1990", "There is no file nowhere",
        "Text in this colour is hard to read on white: its contrast is 2", "Enter a whole number",
        "Enter a valid email address",
    ]  # fmt: skip


@pytest.mark.parametrize("lines", [[], ["UNIO"], ["UNIO", *[""] * 19]])
def test_terminal_that_is_left_stores_nothing(typed, lines):
    with pytest.raises(CommandError, match=r"^Stopped\. Nothing was stored\.$"):
        typed(*lines)

    assert (Confederation.objects.exists(), MembershipCategory.objects.exists()) == (False, False)


def usual(**given):
    """What is given by options so that only mail and members are asked for."""
    asked = "long_name street postcode city country website purpose year logo primary_colour accent_colour types"
    told = dict.fromkeys(asked.split(), "") | dict.fromkeys(
        ("notice_days", "quorum_percent", "proxies_per_delegate", "mandate_years"), ""
    )
    colours = {"primary_colour": "#14495c", "accent_colour": "#e3a21a"}
    words = {"long_name": "UNIO", "year": "2025", "categories": "Full members", "rounding": "half-up"}
    return told | colours | words | WHO | {"languages": "en", "administrator_name": "Ada"} | given


def test_terminal_shows_the_dry_run_of_members_first(typed, files):
    lines = [str(files / "wrong.csv"), str(files / "members.csv"), "no", str(files / "members.csv"), "yes"]

    typed(*lines, str(files / "memberships.csv"), "", **usual())

    assert [line.split(":")[0] for line in typed.errors.splitlines()] == [
        "row 2, country", "1 rows have errors; nothing was written."
    ]  # fmt: skip
    assert typed.printed.count("2 new\n") == 3
    assert ImportJob.objects.count() == 2
    assert Membership.objects.get().organisation.name == "First federation"


def test_terminal_that_is_left_at_the_members_keeps_the_set_up(typed):
    with pytest.raises(CommandError, match=r"^Stopped\. What stands above is set up; go on at the desk\.$"):
        typed(**usual())

    assert "The administrator ada@unio.example chooses a password at" in typed.printed
    assert Confederation.objects.get().name == "UNIO"


@pytest.mark.parametrize(
    ("lines", "sent_to"),
    [([""], ["ada@unio.example"]), (["bob", "bob@unio.example"], ["bob@unio.example"]), (["-"], [])],
)
def test_terminal_sends_a_test_message(typed, mails, lines, sent_to):
    typed(*lines, "-", "-", **usual())

    assert [mail["To"] for mail in mails][1:] == sent_to
