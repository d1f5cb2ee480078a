"""What is installed is the lock: exact versions and hashes, and no word of where they were fetched."""

import re

import pytest

from tests.house.tree import ROOT

LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-postgres-server.lock"]


def pinned(lock):
    return dict(re.findall(r"^([\w.-]+)==([\w.+!-]+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))


def test_development_has_the_versions_that_run():
    run, develop = pinned("requirements.lock"), pinned("requirements-dev.lock")

    assert {package: develop.get(package) for package in run} == run


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_registry(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")

    assert re.findall(r"\S*(?:://|--index|--find-links)\S*", text) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pinned_package_has_a_hash(lock):
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text(encoding="utf-8").strip())

    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_lock_of_uv_is_not_kept():
    assert not (ROOT / "uv.lock").exists()
