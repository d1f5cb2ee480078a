"""Before anything is loaded: commands and pages say what to do."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.acceptance.conftest import printed

pytestmark = pytest.mark.django_db


def test_report_on_an_empty_database_names_no_year(tmp_path):
    with pytest.raises(CommandError, match="There is no report of 2024; years on record: none"):
        call_command("report", "2024", out=tmp_path, stdout=StringIO())


def test_figures_on_an_empty_database_say_how_to_load():
    with pytest.raises(CommandError, match="No confederation is on record: load one with “umbel load DIR”"):
        call_command("figures", "2024", stdout=StringIO())


def test_audit_of_an_empty_database_finds_nothing():
    told = json.loads(printed("audit", "2024", "--json"))

    assert (told["claims"], [check["key"] for check in told["checks"] if check["findings"]]) == ([], [])


@pytest.mark.parametrize("path", ["/", "/year/2024/", "/figures/2024/", "/audit/2024/", "/reports/2024/"])
def test_page_of_an_empty_site_says_how_to_load(client, path):
    page = client.get(path, follow=True)

    assert (page.status_code, page.text.count("umbel load examples/cecop-2024")) == (200, 1)
