"""Answers of earlier rounds come in as files, and go out as they came."""

import pytest

from umbel.collection.models import Return, Value
from umbel.core.exchange.dumping import dump
from umbel.core.exchange.loading import load
from umbel.core.models import Change

pytestmark = pytest.mark.django_db

FILES = {
    "organisations.yaml": "- {key: coceta, name: COCETA, kind: federation, country: ES}\n",
    "indicators.csv": "key,name,kind,unit,explanation\nworkers,Workers,whole,persons,On 31 December\n",
    "rounds.yaml": "- {key: first, name: First, first_year: 2020, last_year: 2021, indicators: [workers]}\n",
    "returns.yaml": """\
- round: first
  organisation: coceta
  state: accepted
  sent_on: 2022-03-04
  values:
    - {asked: first-workers, year: 2020, number: 120}
    - {asked: first-workers, year: 2021, is_unavailable: true, note: Not counted}
""",
}


def test_returns_are_loaded_and_written(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    load(tmp_path)
    dump(tmp_path / "out")
    before = Change.objects.count()
    load(tmp_path / "out")

    found = Return.objects.get()
    assert (str(found), found.audience, str(found.sent_on)) == ("First, COCETA", "participants", "2022-03-04")
    assert [(row.year, row.content, row.is_unavailable, row.note) for row in Value.objects.all()] == [
        (2020, 120, False, ""),
        (2021, None, True, "Not counted"),
    ]
    assert Change.objects.count() == before
