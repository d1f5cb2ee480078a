"""The language of one's pages, chosen in the menu of the desk."""

import pytest

from tests import factories


@pytest.fixture(autouse=True)
def confederation(db):
    return factories.ConfederationFactory(languages="en fr")


@pytest.mark.parametrize(
    ("asked", "back", "language", "where"),
    [
        ("fr", "/desk/events/?kind=visit", "fr", "/desk/events/?kind=visit"),
        ("pl", "/desk/events/", "", "/desk/events/"),
        ("fr", "https://example.org/", "fr", "/account/"),
        ("fr", "//example.org/", "fr", "/account/"),
        ("fr", "", "fr", "/account/"),
    ],
    ids=["chosen", "not offered", "to another site", "to another host", "from nowhere"],
)
def test_language_is_chosen_and_the_page_comes_back(cast, as_secretariat, asked, back, language, where):
    answer = as_secretariat.post("/account/language/", {"language": asked, "next": back})

    cast.secretary_general.refresh_from_db()
    assert (cast.secretary_general.language, answer.url) == (language, where)


def test_desk_offers_the_languages_and_the_way_out(as_secretariat):
    page = as_secretariat.get("/desk/").text

    menu = page.split("Your account")[1].split("</header>")[0]
    assert [f'value="{code}" lang="{code}"' in menu for code in ("en", "fr", "pl")] == [True, True, False]
    assert menu.count('<form method="post" action="/account/logout/">') == 1


def test_desk_of_one_language_offers_none(as_secretariat, confederation):
    confederation.languages = "en"
    confederation.save()

    assert as_secretariat.get("/desk/").text.count("/account/language/") == 0
