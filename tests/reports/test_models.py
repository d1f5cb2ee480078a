import pytest
from django.db import IntegrityError

from tests.factories import (
    ChapterFactory,
    ClaimFactory,
    CreditFactory,
    MentionFactory,
    PassageFactory,
    ReportEditionFactory,
    ReportFactory,
)
from umbel.core.periods import Period

pytestmark = pytest.mark.django_db


def test_a_report_is_about_its_year():
    report = ReportFactory(year=2024, title="Activity Report")

    assert report.period == Period.year(2024)
    assert str(report) == "Activity Report 2024"
    with pytest.raises(IntegrityError):
        ReportFactory(year=2024, key="another")


@pytest.mark.parametrize(
    ("factory", "same"),
    [
        (CreditFactory, ("report", "role", "person")),
        (ChapterFactory, ("report", "key")),
        (PassageFactory, ("chapter", "slot")),
        (MentionFactory, ("chapter", "record")),
        (ClaimFactory, ("report", "key")),
        (ReportEditionFactory, ("report", "number")),
    ],
)
def test_parts_stand_once_at_their_place(factory, same):
    part = factory()

    with pytest.raises(IntegrityError):
        factory(**{name: getattr(part, name) for name in same})


def test_a_passage_goes_by_its_title_or_its_first_words():
    assert str(PassageFactory(title="Learning", text="A text.")) == "Learning"
    assert str(PassageFactory(title="", text="A text." * 20)) == ("A text." * 20)[:60]
