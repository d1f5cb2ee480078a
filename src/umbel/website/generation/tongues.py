"""Names in the languages of the network, put together from word lists, so that nobody and nothing real is meant."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from umbel.website.generation.plan import Plan

WITH_MIDDLE_NAME = 0.4
SEPARATORS = {"given": " ", "heads": " ", "tails": " ", "places": " ", "trades": ",", "features": ","}


@dataclass(frozen=True, eq=False)
class Tongue:
    """The words of a language: `heads` with `tails` make family names, with `places` names of towns.

    `member` and `cooperative` are patterns of names of organisations.
    """

    code: str
    given: list[str]
    heads: list[str]
    tails: list[str]
    places: list[str]
    trades: list[str]
    features: list[str]
    member: list[str]
    cooperative: list[str]

    def place(self, plan: Plan) -> str:
        return plan.one(self.heads) + plan.one(self.places)

    def person(self, plan: Plan) -> str:
        middle = f" {plan.one(self.given)}" if plan.chance(WITH_MIDDLE_NAME) else ""
        return f"{plan.one(self.given)}{middle} {plan.one(self.heads)}{plan.one(self.tails)}"

    def organisation(self, plan: Plan, patterns: list[str], place: str) -> str:
        name = plan.one(patterns).format(trade=plan.one(self.trades), feature=plan.one(self.features), place=place)
        return name[:1].upper() + name[1:]


@cache
def homes() -> dict[tuple[str, Tongue], float]:
    """Return (country, language) pairs with their weight in the network; the countries are ISO codes."""
    lists: dict[str, dict[str, Any]] = json.loads(
        files(__package__).joinpath("tongues.json").read_text(encoding="utf-8")
    )
    weights = {}
    for code, words in lists.items():
        countries = words.pop("countries")
        tongue = Tongue(code=code, **{name: text.split(SEPARATORS.get(name, "|")) for name, text in words.items()})
        weights.update({(country, tongue): weight for country, weight in countries.items()})
    return weights


@cache
def spoken(country: str) -> list[Tongue]:
    """Return the languages of a country."""
    return [tongue for home, tongue in homes() if home == country]
