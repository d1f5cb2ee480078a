"""Codes: countries (ISO 3166-1) and economic activities (NACE) as Umbel ships them, and the numbers of payments."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

from babel import Locale, UnknownLocaleError
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from umbel.core import formatting

Level = Literal["section", "division", "group", "class"]

COUNTRY_CODES = frozenset(
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV "
    "BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES "
    "ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE "
    "IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY "
    "MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU "
    "NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM "
    "SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE "
    "VG VI VN VU WF WS YE YT ZA ZM ZW".split()
)
"""The 249 officially assigned alpha-2 codes of ISO 3166-1."""

IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
REFERENCE = re.compile(r"RF[0-9]{2}[A-Z0-9]{1,21}")

SCHEMES = {"nace2": "nace-2.csv", "nace2.1": "nace-2.1.csv"}


def countries() -> list[tuple[str, str]]:
    """Return (ISO 3166-1 alpha-2 code, CLDR name in the active language), in the order of the names."""
    language = get_language() or "en"
    return sorted(((code, formatting.country(code, language)) for code in COUNTRY_CODES), key=lambda pair: pair[1])


COUNTRIES = countries
"""For ``choices=``: a callable, so that names follow the reader's language and stay out of migrations."""


@dataclass(frozen=True, slots=True)
class Activity:
    """A line of NACE: ``scheme`` "nace2" or "nace2.1", ``code`` as printed ("C", "25", "25.1", "25.11").

    ``parent`` is the code one level up, "" for a section; ``title`` is the official English title.
    """

    scheme: str
    code: str
    parent: str
    title: str

    @property
    def level(self) -> Level:
        """Which of the four levels the code belongs to."""
        levels: dict[int, Level] = {1: "section", 2: "division", 4: "group", 5: "class"}
        return levels[len(self.code)]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


def activities(scheme: str) -> Mapping[str, Activity]:
    """Return a whole scheme by code, in the order of the classification; all four levels.

    "nace2" is NACE Rev. 2 (Regulation (EC) No 1893/2006, in force for data up to 2024), "nace2.1" is NACE
    Rev. 2.1 (Delegated Regulation (EU) 2023/137, from 2025); the same code may mean something else in each.
    Raises ValueError for another scheme.
    """
    if scheme not in SCHEMES:
        raise ValueError(f"“{scheme}” is not a scheme of activities; allowed are {', '.join(SCHEMES)}")
    return _read(scheme)


def activity(scheme: str, code: str) -> Activity:
    """Return one line of a scheme; ValueError where the scheme, or the code in this scheme, is unknown."""
    found = activities(scheme).get(code)
    if found is None:
        raise ValueError(f"“{code}” is not a code of {scheme}; allowed are codes such as C, 25, 25.1 and 25.11")
    return found


@lru_cache
def _read(scheme: str) -> Mapping[str, Activity]:
    text = (files("umbel.core") / "codelists" / SCHEMES[scheme]).read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return MappingProxyType({row["code"]: Activity(scheme, **row) for row in rows})


def is_language(code: str) -> None:
    """Validate an ISO 639 code that CLDR knows, such as en or pt-br. Raises ValidationError."""
    try:
        Locale.parse(code.replace("-", "_"))
    except (UnknownLocaleError, ValueError) as error:
        raise ValidationError(_("“%s” is not the code of a language; write one such as en.") % code) from error


def is_activity(text: str) -> None:
    """Validate a scheme and a code of its list, such as nace2.1:11.05. Raises ValidationError."""
    scheme, _colon, code = text.partition(":")
    try:
        activity(scheme, code)
    except (KeyError, ValueError) as error:
        raise ValidationError(
            _("“%s” is not an activity; write scheme and code such as nace2.1:11.05.") % text
        ) from error


class GroupedField(models.CharField):  # type: ignore[type-arg]  # -- generic only for the type checker
    """A code that people write in groups and in any case: it is kept in capitals, without spaces."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return "".join(value.split()).upper() if isinstance(value, str) else value


def check_rest(code: str) -> int:
    """Return what the check of ISO 7064 (MOD 97-10) leaves of an IBAN or a creditor reference: 1 where it is right."""
    turned = code[4:] + code[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97


def is_iban(text: str) -> None:
    """Validate an account number by ISO 13616, written in capitals without spaces. Raises ValidationError."""
    if not IBAN.fullmatch(text) or check_rest(text) != 1:
        raise ValidationError(_("“%s” is not an IBAN: a sign is wrong or missing.") % text)


def creditor_reference(body: str) -> str:
    """Return the reference of a payment by ISO 11649 for up to 21 capitals and digits: "RF", check digits, the body.

    Raises ValueError for a body that it cannot hold.
    """
    made = f"RF{98 - check_rest(f'RF00{body}'):02}{body}"
    if not REFERENCE.fullmatch(made):
        raise ValueError(f"“{body}” is not what a creditor reference holds")
    return made


def is_creditor_reference(text: str) -> bool:
    return bool(REFERENCE.fullmatch(text)) and check_rest(text) == 1


def in_fours(code: str) -> str:
    """Return a code as people read and type it, in groups of four signs."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
