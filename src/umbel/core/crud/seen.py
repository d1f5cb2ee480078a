"""What is read through a link: of a record that the reader may not see nothing is told, neither its name nor more."""

from collections.abc import Iterator
from functools import reduce
from typing import Any

from django.db.models import Case, CharField, F, Q, TextField, Value, When

from umbel.core.audience import Audience, audiences_of, visible_rows
from umbel.core.records import Record

Told = str | Case
"""What a queryset can be asked for: a path, or an expression that reads it."""


def seen_at(path: str, model: Any, user: Any) -> Q:
    """Return the condition that the row of `model` to which a path leads is one that a person may see."""
    if len(visible_rows(user, model)) == 1:
        return Q(**{f"{path}__{model.audience_path}__in": audiences_of(user)})
    return Q(**{f"{path}__in": model._default_manager.visible_to(user).values("pk")})


def seen(path: str, model: Any, user: Any) -> Told:
    """Return what reads a path (`institution__name`) of rows of `model` that a person may see.

    Where it leads through a record that they may not see a text is empty, anything else is nothing; what is not
    recorded is `None`. A part is seen with its whole, so that the path to the whole is read as it is.
    """
    links = [(at, target) for at, target in _links(path, model) if not model.audience_path.startswith(f"{at}__")]
    if not links or audiences_of(user).issuperset(Audience.values):
        return path
    condition = reduce(Q.__and__, (seen_at(at, target, user) for at, target in links))
    field = _target(path, model)
    shut = Value("" if isinstance(field, CharField | TextField) else None, output_field=field)
    is_there = Q(**{f"{links[-1][0]}__isnull": False})
    return Case(When(condition, then=F(path)), When(is_there, then=shut), output_field=field)


def _links(path: str, model: Any) -> Iterator[tuple[str, Any]]:
    """Yield the records that a path leads through: the path to each, and its model."""
    steps = path.split("__")
    for number, step in enumerate(steps[:-1], 1):
        model = model._meta.get_field(step).related_model
        if issubclass(model, Record):
            yield "__".join(steps[:number]), model


def _target(path: str, model: Any) -> Any:
    *links, last = path.split("__")
    for step in links:
        model = model._meta.get_field(step).related_model
    return model._meta.get_field(last)
