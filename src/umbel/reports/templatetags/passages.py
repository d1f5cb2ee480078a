"""Where the texts of a chapter stand: a layout places some beside what they tell, the rest follows at its end."""

from typing import Any

from django import template
from django.template.context import Context

register = template.Library()

Passage = dict[str, Any]


def _placed(context: Context) -> set[str]:
    """Return the slots placed so far in the chapter; the lowest layer is the one that a page shares with its parts."""
    lowest: Any = context.render_context.dicts[0]
    chapters: dict[str, set[str]] = lowest.setdefault("reports.passages", {})
    return chapters.setdefault(context["chapter"]["key"], {"lead"})


@register.simple_tag(takes_context=True)
def passage_at(context: Context, slot: str, *more: str) -> Passage | None:
    """Return the passage at a place, whose name may come in parts, and count it as placed."""
    name = "".join((slot, *more))
    _placed(context).add(name)
    found: Passage | None = context["chapter"]["passages"].get(name)
    return found


@register.simple_tag(takes_context=True)
def passages_under(context: Context, prefix: str, *more: str) -> list[Passage]:
    """Return the passages whose places begin with a prefix, and count them as placed."""
    start = "".join((prefix, *more))
    names = [slot for slot in context["chapter"]["passages"] if slot.startswith(start)]
    _placed(context).update(names)
    return [context["chapter"]["passages"][name] for name in names]


@register.simple_tag(takes_context=True)
def other_passages(context: Context) -> list[Passage]:
    """Return the passages that no place above has taken, the lead apart."""
    return [passage for slot, passage in context["chapter"]["passages"].items() if slot not in _placed(context)]
