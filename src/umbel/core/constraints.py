"""Constraints that hold on every database."""

from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _


def once(name: str, *fields: str, optional: str) -> list[UniqueConstraint]:
    """Return constraints by which `fields` and `optional` together occur once, an empty `optional` counting as a value.

    SQL lets empty values repeat, and only PostgreSQL can be told otherwise; hence two constraints.
    """
    return [
        UniqueConstraint(fields=[*fields, optional], name=name),
        UniqueConstraint(fields=fields, condition=Q(**{optional: None}), name=f"{name}_empty"),
    ]


def in_order(name: str, first: str = "start", last: str = "end") -> CheckConstraint:
    """Return the constraint that a row does not end before it has begun.

    An unknown end or beginning is no offence, nor is an end known to the year or month in which the row begins.
    """
    known = Q(**{f"{first}__lte": F(last)}) | Q(**{f"{first}__startswith": F(last)})
    return CheckConstraint(
        condition=Q(**{first: None}) | Q(**{last: None}) | known,
        name=name,
        violation_error_message=_("The end is not before the beginning."),
    )
