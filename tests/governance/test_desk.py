"""What the desk tells of bodies and mandates."""

import pytest

from tests import factories
from tests.core.crud.reading import names, words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("section", "expected"), [("people", "Ann"), ("organisations", "Coop")])
def test_board_is_who_holds_a_mandate_on_it_today(client_of, section, expected):
    board, committee = factories.BodyFactory(kind="board"), factories.BodyFactory(kind="committee")
    coop, other = factories.OrganisationFactory(name="Coop"), factories.OrganisationFactory(name="Other")
    factories.MandateFactory(body=board, person__name="Ann", organisation=coop)
    factories.MandateFactory(body=board, person__name="Ben", organisation=other, end="2001")
    factories.MandateFactory(body=committee, person__name="Cleo", organisation=other)

    found = names(client_of("secretary_general").get(f"/desk/{section}/?board=today"))

    assert expected in found
    assert {"Ben", "Cleo", "Other"}.isdisjoint(found)


def test_body_is_listed_with_the_number_of_mandates_in_force(as_secretariat):
    body = factories.BodyFactory(name="Committee on care", kind="committee")
    factories.MandateFactory.create_batch(2, body=body)
    factories.MandateFactory(body=body, end="2001")

    page = as_secretariat.get("/desk/bodies/?kind=committee&cols=holders")

    assert '<td class="right num end">2</td>' in page.content.decode()


def test_mandates_are_edited_on_the_page_of_their_body(as_secretariat):
    mandate = factories.MandateFactory(person__name="Ann")

    page = as_secretariat.get(f"/desk/bodies/{mandate.body_id}/")

    assert "Mandates" in words(page)
    assert 'value="Ann"' in page.content.decode()
