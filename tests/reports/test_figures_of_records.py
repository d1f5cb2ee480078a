"""Figures that are named after a record: listed for whoever may see it, in the language of the reader."""

import pytest
from django.utils import translation

from tests.factories import ConfederationFactory, GroupFactory, PolicyFileFactory
from umbel.core import registry
from umbel.core.audience import Audience
from umbel.core.translations.models import translate

pytestmark = pytest.mark.django_db

LISTS = ("/figures/2024/", "/figures/2024.json", "/figures/2024.csv")
OWN = ("/figures/2024/{key}/", "/figures/2024/{key}.json", "/figures/2024/{key}.csv")


@pytest.fixture
def secret():
    ConfederationFactory(reporting_year=2024)
    return PolicyFileFactory(key="quiet-talks", name="Quiet talks", audience=Audience.SECRETARIAT)


def _body(answer):
    return answer.content.decode()


def test_a_figure_named_after_a_hidden_record_is_not_listed(secret, client_of):
    for seat, is_told in (("nobody", False), ("representative_a", False), ("secretary_general", True)):
        answers = [client_of(seat).get(address) for address in LISTS]

        assert {"Quiet talks" in _body(answer) for answer in answers} == {is_told}, seat


@pytest.mark.parametrize("address", OWN)
def test_a_figure_named_after_a_hidden_record_has_no_page(secret, client_of, address):
    seats = ("nobody", "representative_a", "secretary_general")

    answers = [client_of(seat).get(address.format(key="advocacy.acts_of.quiet-talks")).status_code for seat in seats]

    assert answers == [404, 404, 200]


def test_the_number_of_a_figure_is_the_same_for_whoever_sees_it(secret, client_of):
    PolicyFileFactory(key="zz-open-file", name="Open file")
    address = "/figures/2024/advocacy.acts_of.zz-open-file/"

    pages = [client_of(seat).get(address).context["figure"]["n"] for seat in ("nobody", "secretary_general")]

    assert pages[0] == pages[1]


def test_the_name_in_a_label_is_told_in_the_language_of_the_reader():
    ConfederationFactory(languages="en fr", reporting_year=2024)
    group = GroupFactory(key="legal", name="Legal affairs")
    translate(group, "name", "fr", "Questions de droit")

    labels = []
    for language in ("en", "fr"):
        with translation.override(language):
            labels.append(str(registry.get_figure("groups.meetings.legal").label))

    assert labels == ["Meetings, Legal affairs", "Réunions, Questions de droit"]
