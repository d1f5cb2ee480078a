"""The code lists that ship with Umbel."""

from collections import Counter

import pytest
from django.utils import translation

from umbel.core.codes import COUNTRIES, COUNTRY_CODES, activities, activity


def test_countries_are_those_of_iso_3166():
    names = dict(COUNTRIES())

    assert (len(names), len(COUNTRY_CODES), names["IT"]) == (249, 249, "Italy")


def test_countries_are_named_in_the_active_language():
    with translation.override("fr"):
        assert dict(COUNTRIES())["DE"] == "Allemagne"


@pytest.mark.parametrize(
    ("scheme", "levels"),
    [
        ("nace2", {"section": 21, "division": 88, "group": 272, "class": 615}),
        ("nace2.1", {"section": 22, "division": 87, "group": 287, "class": 651}),
    ],
)
def test_scheme_is_complete_on_every_level(scheme, levels):
    assert Counter(line.level for line in activities(scheme).values()) == levels


@pytest.mark.parametrize("scheme", ["nace2", "nace2.1"])
def test_every_parent_stands_one_level_up_and_comes_first(scheme):
    above = {"division": "section", "group": "division", "class": "group"}
    seen = {}
    for line in activities(scheme).values():
        assert seen.get(line.parent) == above.get(line.level)
        seen[line.code] = line.level


@pytest.mark.parametrize("scheme", ["nace2", "nace2.1"])
def test_every_code_lies_under_its_parent_and_has_a_title(scheme):
    lines = activities(scheme).values()

    assert [line for line in lines if line.level in ("group", "class") and not line.code.startswith(line.parent)] == []
    assert [line for line in lines if not line.title or line.title != line.title.strip()] == []


def test_the_same_code_may_mean_another_thing_in_each_scheme():
    assert str(activity("nace2", "47.91")) == "47.91 Retail sale via mail order houses or via Internet"
    assert activity("nace2.1", "47.91").title == "Intermediation service activities for non-specialised retail sale"


@pytest.mark.parametrize(("scheme", "code"), [("nace2", "10.99"), ("nace2.1", "45"), ("nace2", "62.01.1")])
def test_unknown_code_is_refused(scheme, code):
    with pytest.raises(ValueError, match=f"“{code}” is not a code of {scheme}"):
        activity(scheme, code)


def test_unknown_scheme_is_refused():
    with pytest.raises(ValueError, match=r"allowed are nace2, nace2\.1"):
        activity("naics", "11")
