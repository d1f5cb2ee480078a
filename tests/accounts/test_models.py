import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from tests.factories import UserFactory
from umbel.accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "a very long walk in Rome"


def test_an_account_is_found_by_its_email_in_any_case():
    user = User.objects.create_user("Ada@Example.org", PASSWORD)

    assert user.email == "ada@example.org"
    assert User.objects.get(email="ADA@example.ORG") == user


@pytest.mark.parametrize("email", ["ada@example.org", "ADA@EXAMPLE.ORG", "Ada@example.org"])
def test_an_email_has_one_account(email):
    UserFactory(email="ada@example.org")

    with pytest.raises(ValidationError) as refused:
        User(email=email, password="x").full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email=email)

    assert refused.value.message_dict == {"email": ["There is an account for this e-mail."]}


def test_the_database_itself_keeps_lower_case():
    from django.db import connection

    UserFactory(email="ada@example.org")

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET email = 'ADA@example.org'")


def test_the_first_account_is_made_on_the_command_line_and_can_sign_in(client, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)

    call_command("createsuperuser", email="Root@example.org", interactive=False, verbosity=0)
    client.post("/account/login/", {"login": "root@example.org", "password": PASSWORD})

    user = User.objects.get()
    assert (user.email, user.is_superuser, user.get_username()) == ("root@example.org", True, "root@example.org")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_preferences_begin_empty():
    assert User.objects.get(pk=UserFactory().pk).preferences == {}
