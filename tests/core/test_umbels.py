"""An umbel keeps a dot for each record, however large the year; its looks are tested in test_charts."""

import pytest

from umbel.core import charts
from umbel.core.charts import Caption, Ray, ScreenPalette


def umbel(counts):
    rays = [Ray(str(number), ("events",) * count) for number, count in enumerate(counts, start=1)]
    return charts.umbel(rays, caption=Caption("The year"), palette=ScreenPalette(), form=charts.COVER)


@pytest.mark.parametrize("count", [1, 2, 3, 10, 37, 66, 100, 250, 333, 700, 850, 1000])
def test_every_record_has_its_dot(count):
    drawing = umbel([count] * 12)

    assert drawing.svg.count("<circle") == 12 * count


def test_months_may_differ_as_they_like():
    counts = [0, 1, 2, 3, 50, 777, 812, 0, 9, 768, 800, 31]

    assert umbel(counts).svg.count("<circle") == sum(counts)
