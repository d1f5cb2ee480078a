import pytest
from django.db import IntegrityError

from tests.factories import DocumentFactory, LanguageVersionFactory, PhotoFactory, PublicationFactory
from umbel.core.figures import evaluate
from umbel.core.periods import Period
from umbel.library.models import LanguageVersion, Publication

pytestmark = pytest.mark.django_db

YEAR = Period.year(2024)


def test_statistical_publications_go_by_their_kind():
    snapshot = PublicationFactory(kind="statistical")
    PublicationFactory(kind="study")

    assert list(Publication.objects.statistical()) == [snapshot]


def test_a_publication_has_one_version_a_language():
    version = LanguageVersionFactory(language="es")

    assert str(version) == f"{version.publication} (es)"
    with pytest.raises(IntegrityError):
        LanguageVersionFactory(publication=version.publication, language="es")


def test_versions_are_found_by_their_publications():
    version = LanguageVersionFactory(publication__kind="statistical")
    LanguageVersionFactory(publication__kind="paper")

    assert list(LanguageVersion.objects.of(Publication.objects.statistical())) == [version]


def test_languages_are_those_of_the_year_s_statistical_publications():
    snapshot = PublicationFactory(kind="statistical")
    for language in ("en", "es", "it"):
        LanguageVersionFactory(publication=snapshot, language=language)
    LanguageVersionFactory(publication__kind="statistical", publication__date="2023-05")
    LanguageVersionFactory(publication__kind="paper")

    assert evaluate("library.snapshot_languages", YEAR).value == 3
    assert evaluate("library.publications", YEAR).value == 2


def test_files_say_what_they_are():
    assert str(DocumentFactory(title="Minutes")) == "Minutes"
    assert str(PhotoFactory(credit="Somebody")) == "© Somebody"
