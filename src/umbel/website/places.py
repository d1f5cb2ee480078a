"""The parts of the site that a menu can lead to: whoever knows them offers them here."""

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.db import models

Choices = list[tuple[str, Any]]
Source = Callable[[], Choices]
_offers: list[tuple[Source, frozenset[str]]] = []


def offering(*untitled: str) -> Callable[[Source], Source]:
    """Register a function that tells parts of the site: code and name; `untitled` are those that title themselves."""

    def register(source: Source) -> Source:
        _offers.append((source, frozenset(untitled)))
        return source

    return register


def _choices(*, titled: bool) -> Iterator[tuple[str, Any]]:
    yield "", ""
    for source, untitled in _offers:
        yield from (offer for offer in source() if not (titled and offer[0] in untitled))


class PlaceField(models.CharField[Any, Any]):
    """The code of a part of the site, chosen from those that are offered when somebody chooses."""

    titled = False

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return forms.ChoiceField(
            choices=lambda: list(_choices(titled=self.titled)),
            label=self.verbose_name,
            required=not self.blank,
            help_text=self.help_text,
        )


class TitledPlaceField(PlaceField):
    """The code of a part of the site whose title can be worded anew."""

    titled = True
