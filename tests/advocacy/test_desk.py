import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def test_position_is_listed_with_the_files_that_it_serves(as_secretariat):
    position = factories.PositionFactory()
    position.topics.set([factories.PolicyFileFactory(name="Care"), factories.CampaignFactory(name="Action day")])

    page = as_secretariat.get("/desk/positions/").content.decode()

    assert ">Action day, Care</td>" in page


def test_files_narrow_by_stance(as_secretariat):
    factories.PolicyFileFactory(name="For", stance="support")
    factories.PolicyFileFactory(name="Against", stance="opposed")

    page = as_secretariat.get("/desk/policy-files/?stance=opposed").content.decode()

    assert "Against" in page
    assert ">For</a>" not in page
