"""The parts of the site that a menu can lead to: whoever knows them offers them here."""

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.db import models

Choices = list[tuple[str, Any]]
_offers: list[Callable[[], Choices]] = []


def offering(source: Callable[[], Choices]) -> Callable[[], Choices]:
    """Register a function that tells parts of the site: code and name."""
    _offers.append(source)
    return source


def _choices() -> Iterator[tuple[str, Any]]:
    yield "", ""
    for source in _offers:
        yield from source()


class PlaceField(models.CharField[Any, Any]):
    """The code of a part of the site, chosen from those that are offered when somebody chooses."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return forms.ChoiceField(
            choices=lambda: list(_choices()), label=self.verbose_name, required=not self.blank, help_text=self.help_text
        )
