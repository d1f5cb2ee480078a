"""A form of the member area is not left with what was typed and not saved; those of the desk's own pages neither."""

import pytest
from django.contrib.sessions.backends.db import SessionStore

from tests import factories


@pytest.mark.django_db
def test_forms_of_the_member_area_say_what_is_not_saved(cast, client_of):
    factories.ConfederationFactory()
    post = cast.representative_a.person.posts.get()
    client = client_of("representative_a")
    paths = [f"/my/organisation/{cast.member_a.key}/edit/", "/my/contacts/", f"/my/posts/{post.pk}/"]

    pages = [client.get(path).text for path in paths]

    assert [page.count("data-unsaved-words") for page in pages] == [1, 1, 1]
    assert [page.count("ui/js/member") for page in pages] == [1, 1, 1]


@pytest.mark.django_db
def test_forms_of_accounts_and_of_self_service_say_what_is_not_saved(cast, client_of):
    client = client_of("administrator")
    paths = [f"/desk/users/{cast.finance.pk}/", "/desk/users/invite/", "/desk/self-service/"]

    pages = [client.get(path).text for path in paths]

    assert [page.count("data-unsaved-words") for page in pages] == [1, 1, 1]


@pytest.mark.django_db
def test_description_of_an_organisation_has_room_for_several_lines(cast, client_of):
    page = client_of("representative_a").get(f"/my/organisation/{cast.member_a.key}/edit/")

    assert '<textarea name="description" cols="40" rows="4" maxlength="300"' in page.text


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_page_of_ones_organisation_is_not_left_with_what_is_not_saved(browser_page, live_server, cast):
    factories.ConfederationFactory()
    user, session = cast.representative_a, SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = "umbel.accounts.backends.PasswordBackend"
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.save()
    page, asked = browser_page, []
    page.context.add_cookies([{"name": "sessionid", "value": session.session_key, "url": live_server.url}])
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{live_server.url}/my/organisation/{cast.member_a.key}/edit/")

    page.fill("#id_description", "We make boats.\nAnd sails.")
    words = page.locator("[data-unsaved-words]").text_content()
    page.goto(f"{live_server.url}/my/")
    page.goto(f"{live_server.url}/my/organisation/{cast.member_a.key}/edit/")
    page.fill("#id_description", "We make boats.")
    page.click("form[data-unsaved] button[type=submit]")
    page.wait_for_url(f"{live_server.url}/my/organisation/{cast.member_a.key}/")

    assert words == "Not saved: Description"
    assert asked == ["beforeunload"]
    cast.member_a.refresh_from_db()
    assert cast.member_a.description == "We make boats."
