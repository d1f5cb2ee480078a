"""Constraints that hold on every database."""

from django.db.models import Q, UniqueConstraint


def once(name: str, *fields: str, optional: str) -> list[UniqueConstraint]:
    """Return constraints by which `fields` and `optional` together occur once, an empty `optional` counting as a value.

    SQL lets empty values repeat, and only PostgreSQL can be told otherwise; hence two constraints.
    """
    return [
        UniqueConstraint(fields=[*fields, optional], name=name),
        UniqueConstraint(fields=fields, condition=Q(**{optional: None}), name=f"{name}_empty"),
    ]
