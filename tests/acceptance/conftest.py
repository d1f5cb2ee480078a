"""The example year, loaded once for each module of tests and rolled back after it."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from tests.house.tree import ROOT

EXAMPLE = ROOT / "examples" / "cecop-2024"


def printed(*command):
    """What a command prints, such as `printed("audit", "2024", "--json")`."""
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def example(django_db_setup, django_db_blocker):
    """The folder of the example year, whose records are in the database while the module's tests run."""
    with django_db_blocker.unblock(), transaction.atomic():
        printed("load", str(EXAMPLE))
        yield EXAMPLE
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def figures(example):
    """What `umbel figures 2024 --json` prints, by key."""
    return {entry["key"]: entry for entry in json.loads(printed("figures", "2024", "--json"))}


@pytest.fixture(scope="module")
def audit(example):
    """What `umbel audit 2024 --json` prints."""
    return json.loads(printed("audit", "2024", "--json"))


@pytest.fixture(scope="module")
def report(example):
    from umbel.reports.models import Report

    return Report.objects.get(year=2024)


@pytest.fixture
def visitor(example):
    """A browser that has not signed in."""
    return Client()
