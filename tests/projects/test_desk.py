import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def test_line_is_listed_with_the_records_that_count_towards_it(as_secretariat):
    line = factories.DeliverableFactory(target=3)
    factories.ProofFactory(deliverable=line)
    factories.ProofFactory(deliverable=line)
    factories.ProofFactory(deliverable=line, supports=True)

    page = as_secretariat.get("/desk/deliverables/?cols=target,delivered").content.decode()

    assert '<td class="right num lo">3</td><td class="right num end">2</td>' in page
