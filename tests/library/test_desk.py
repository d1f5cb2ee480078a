import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def test_publication_is_listed_with_its_languages(as_secretariat):
    publication = factories.PublicationFactory()
    for language in ("fr", "en"):
        factories.LanguageVersionFactory(publication=publication, language=language)

    assert ">en, fr</td>" in as_secretariat.get("/desk/publications/").content.decode()
