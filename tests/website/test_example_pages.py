"""The pages of the example year: sound as documents, and every number on them a figure."""

import json
import re
from calendar import month_name

import pytest

from tests.acceptance.conftest import printed
from tests.website.page import Page, page_of

pytestmark = pytest.mark.django_db

PAGES = ("/", "/year/2024/", "/reports/2024/", "/figures/2024/", "/figures/2024/events.organised/", "/audit/2024/")


@pytest.mark.parametrize("address", PAGES)
def test_page_has_one_heading_landmarks_and_a_way_past_the_menu(example, address):
    page = page_of(address)

    assert len(page.named("h1")) == len(page.named("main")) == len(page.named("footer")) == 1
    assert page.named("a")[0] == {"class": "skip", "href": "#main"}
    assert page.named("html") == [{"lang": "en"}]


@pytest.mark.parametrize("address", PAGES)
def test_page_keeps_ids_unique_and_draws_icons_of_its_own(example, address):
    page = page_of(address)
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]

    assert sorted(set(ids)) == sorted(ids)
    assert {use["href"][1:] for use in page.named("use")} <= set(ids)


@pytest.mark.parametrize("address", PAGES)
def test_page_needs_no_exception_from_the_content_security_policy(example, address):
    page = page_of(address)
    names = {name for _, attributes in page.elements for name in attributes}

    assert not [name for name in names if name == "style" or name.startswith("on")]
    assert page.named("style") == []
    assert [script for script in page.named("script") if script != {"type": "application/ld+json"}] == []


@pytest.mark.parametrize("address", ["/", "/year/2024/", "/year/2024/?family=advocacy", "/figures/2024/"])
def test_every_number_on_a_page_is_a_figure_or_comes_from_a_record(example, address):
    assert page_of(address).typed_numbers() == []


def test_every_number_of_the_report_is_a_figure_save_years_and_days_in_its_texts(example):
    typed = page_of("/reports/2024/").typed_numbers()
    dates = rf"\b\d{{1,2}} ({'|'.join(month_name[1:])})\b|\b20\d\d\b"

    assert [text for text in typed if re.search(r"\d", re.sub(dates, "", text))] == []


def test_report_prints_figures_with_the_values_of_the_registry(example):
    values = {entry["key"]: entry["value"] for entry in json.loads(printed("figures", "2024", "--json"))}
    page = page_of("/reports/2024/")
    shown = {data["data-figure"]: data["value"] for data in page.named("data")}

    assert float(shown["advocacy.positions"]) == values["advocacy.positions"] == 8
    assert float(shown["communication.growth.x"]) == values["communication.growth.x"] == -0.4
    assert set(shown) <= set(values)


def test_report_works_from_a_folder(example):
    from umbel.reports.actions import report_page
    from umbel.reports.models import Report

    page = Page(report_page(Report.objects.get(year=2024), "assets/"))

    sheets = [link["href"] for link in page.named("link") if link["rel"] == "stylesheet"]
    assert sheets == [f"assets/ui/{name}.css" for name in ("tokens", "own", "components", "pages", "report")]
    assert {use["href"][0] for use in page.named("use")} == {"#"}
