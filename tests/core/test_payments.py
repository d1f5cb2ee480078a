"""Numbers of payments: accounts (ISO 13616), references (ISO 11649), and what the app of a bank reads."""

import base64
import string
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from umbel.core.codes import check_rest, creditor_reference, in_fours, is_creditor_reference, is_iban
from umbel.core.models import Confederation
from umbel.core.payments import credit_transfer, picture

SIGNS = string.ascii_uppercase + string.digits
BODIES = st.text(SIGNS, min_size=1, max_size=21)

# Numbers that the standards and the registry of accounts print as examples.
ACCOUNTS = ["BE68539007547034", "GB82WEST12345698765432", "MT84MALT011000012345MTLCAST001S", "NO9386011117947"]


@pytest.mark.parametrize("account", ACCOUNTS)
def test_an_account_is_valid(account):
    assert (is_iban(account), check_rest(account)) == (None, 1)


@pytest.mark.parametrize(
    "text", ["BE68539007547035", "BE86539007547034", "BE68", "be68539007547034", "B٣68539007547034"]
)
def test_what_is_no_account_is_refused(text):
    with pytest.raises(ValidationError, match="is not an IBAN"):
        is_iban(text)


def test_the_reference_is_that_of_the_standard():
    assert creditor_reference("539007547034") == "RF18539007547034"


@given(BODIES)
def test_a_reference_passes_its_own_check(body):
    assert is_creditor_reference(creditor_reference(body))


@given(BODIES, st.data())
def test_another_sign_makes_a_reference_wrong(body, data):
    made = creditor_reference(body)
    place = data.draw(st.integers(4, len(made) - 1))
    alike = string.digits if made[place].isdigit() else string.ascii_uppercase
    other = data.draw(st.sampled_from([sign for sign in alike if sign != made[place]]))

    changed = f"{made[:place]}{other}{made[place + 1 :]}"

    # A digit for a letter may pass: a letter counts as two digits and moves what stands before it.
    assert not is_creditor_reference(changed)


@pytest.mark.parametrize("body", ["", "A" * 22, "a1", "A-1"])
def test_a_reference_cannot_hold_anything(body):
    with pytest.raises(ValueError, match=r"holds|invalid literal"):
        creditor_reference(body)


def test_a_code_is_read_in_groups_of_four():
    assert in_fours("BE68539007547034") == "BE68 5390 0754 7034"


def test_an_account_is_kept_without_its_spaces():
    own = Confederation(key="own", name="Own", long_name="Own", reporting_year=2024, iban="be68 5390 0754 7034")

    own.clean_fields(exclude=["folded"])

    assert own.iban == "BE68539007547034"


def test_a_credit_transfer_is_told_as_banks_read_it():
    told = credit_transfer(
        holder="Coops AISBL", iban="BE68539007547034", amount=Decimal("1200"), reference="RF18539007547034"
    )

    assert told.split("\n") == [
        "BCD", "002", "1", "SCT", "", "Coops AISBL", "BE68539007547034", "EUR1200.00", "", "RF18539007547034",
    ]  # fmt: skip


def test_the_drawing_is_an_svg():
    kind, _comma, drawn = picture("BCD\n002").partition(",")

    assert kind == "data:image/svg+xml;base64"
    assert base64.b64decode(drawn).decode().count("<path") == 1
