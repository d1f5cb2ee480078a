"""The years of a channel from a spreadsheet: dated values, and the growth that follows from them."""

import pytest

from tests.factories import ChannelFactory
from umbel.communication.models import ChannelCount
from umbel.core.figures import evaluate
from umbel.core.periods import Period

pytestmark = pytest.mark.django_db


def growth(year, *channels):
    """How the followers of channels grew in a year, as it is printed."""
    found = [evaluate(f"communication.growth.{key}", Period.year(year)).printed for key in channels]
    return [None if value is None else str(value) for value in found]


def test_years_of_a_channel_are_brought_in_as_dated_values(wizard):
    """The series of the social networks of 2021 to 2024 as sixteen dated values."""
    for name in ("Facebook", "LinkedIn", "X", "YouTube"):
        ChannelFactory(key=name.lower(), name=name)
    rows = [
        (name, year, 100 * number + year - 2020)
        for number, name in enumerate(["Facebook", "LinkedIn", "X", "YouTube"], 1)
        for year in range(2021, 2025)
    ]
    table = "Channel,Year,Followers,Source\n" + "".join(f"{n},{y},{v},the channel\n" for n, y, v in rows)

    job = wizard.bring_in("communication.channelcount", table)

    stored = ChannelCount.objects.order_by("channel__name", "date").values_list("channel__name", "date", "value")
    assert [(name, int(str(date)), value) for name, date, value in stored] == rows
    assert job.counts == {"new": 16}
    assert {year: growth(year, "facebook", "linkedin", "x", "youtube") for year in (2021, 2022, 2024)} == {
        2021: [None, None, None, None],
        2022: ["1.0", "0.5", "0.3", "0.2"],
        2024: ["1.0", "0.5", "0.3", "0.2"],
    }


def test_growth_of_a_channel_follows_what_an_import_corrects(wizard):
    ChannelFactory(key="x", name="X")
    table = "Channel,Year,Followers,Source\nX,2023,{},the channel\nX,2024,110,the channel\n"
    wizard.bring_in("communication.channelcount", table.format(100))
    before = growth(2024, "x")

    job = wizard.bring_in("communication.channelcount", table.format(120))

    assert (job.counts["changed"], before, growth(2024, "x")) == (1, ["10.0"], ["-8.3"])
