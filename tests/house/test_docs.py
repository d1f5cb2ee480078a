"""What an operator can set, a user can type and a reader can cite is told in docs/."""

import re

import pytest

from tests.house.tree import SOURCE, is_documented, python_files
from umbel.core import registry


def settings():
    text = "\n".join(path.read_text(encoding="utf-8") for path in python_files(SOURCE))
    return sorted(set(re.findall(r"[\"'](UMBEL_[A-Z][A-Z_]*[A-Z])[\"']", text)))


def commands():
    files = SOURCE.glob("*/management/commands/*.py")
    return sorted(path.stem for path in files if not path.stem.startswith("_"))


def test_every_setting_is_documented():
    assert [setting for setting in settings() if not is_documented(setting)] == []


def test_every_command_is_documented():
    assert [command for command in commands() if not is_documented(f"umbel {command}")] == []


@pytest.mark.django_db
def test_every_figure_is_documented():
    assert [figure.key for figure in registry.figures() if not is_documented(figure.key)] == []
