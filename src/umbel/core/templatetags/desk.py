"""Tags of the desk: its navigation, the parts of a form, who did something."""

from functools import cache
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from umbel.core.crud.layout import slim_width
from umbel.core.crud.rooms import rooms_for
from umbel.core.crud.sections import GROUPS, sections
from umbel.core.crud.unsent import mark_of
from umbel.core.formatting import language_name
from umbel.core.languages import offered_languages
from umbel.core.templatetags.ui import drawn, draws

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_groups(context: Context) -> list[dict[str, Any]]:
    """Return the groups of the desk's navigation, the entries of each as HTML, the current one marked."""
    here = context.get("section")
    current = f'href="{here.url}"' if here is not None else ""
    groups = _groups(get_language() or "en")
    draws(context, _icons())
    return [
        {
            "key": key,
            "label": GROUPS[key],
            "entries": mark_safe(html.replace(current, f'{current} aria-current="page"', 1) if current else html),  # noqa: S308 -- escaped in _groups
        }
        for key, html in groups.items()
    ]


@cache
def _groups(_language: str) -> dict[str, SafeString]:
    """Return the entries of each group of the navigation, in the order of their places; written once a language."""
    found = {}
    for key in GROUPS:
        listed = sorted((each for each in sections() if each.group == key), key=lambda each: each.place)
        entries = ((each.url, drawn(each.icon), each.name) for each in listed)
        found[key] = format_html_join("", '<li><a href="{}">{}{}</a></li>', entries)
    return found


@cache
def _icons() -> dict[str, None]:
    return dict.fromkeys(section.icon for section in sections() if section.group)


@register.simple_tag(takes_context=True)
def desk_rooms(context: Context, group: str) -> list[dict[str, Any]]:
    """Return the other pages of a group that the reader may open, the current one marked."""
    request = context["request"]
    here = getattr(request.resolver_match, "url_name", "") or ""
    return [{"room": each, "here": here.startswith(each.name)} for each in rooms_for(request.user, group)]


@register.simple_tag
def tongues() -> list[dict[str, Any]]:
    """Return the languages to choose from: code, name in itself, whether the page is in it; nothing where it is one."""
    codes, here = offered_languages(), get_language()
    told = [{"code": code, "name": language_name(code, code), "here": code == here} for code in codes]
    return told if len(codes) > 1 else []


@register.filter
def slim(bound: Any) -> str:
    """Return the class of a field's width in a row among others."""
    return slim_width(bound.field)


@register.filter
def initials(name: str) -> str:
    """Return the first letters of the first and the last word of a name, for a round mark."""
    words = str(name).replace("@", " ").replace(".", " ").split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def undo_of(message: Any) -> str:
    """Return the numbers of the deletions that a message offers to undo."""
    tags = str(message.extra_tags or "").split()
    return tags[1] if tags[:1] == ["undo"] else ""


@register.filter
def reset_of(message: Any) -> str:
    """Return the address at which a message offers to undo what was set: of a section, or one that an app names."""
    match str(message.extra_tags or "").split():
        case ["reset", section]:
            return reverse("desk.record.bulk", args=[section])
        case ["back", url]:
            return url
    return ""


@register.simple_tag
def sort_state(state: str) -> SafeString | str:
    """Return the attribute that tells how a column is sorted."""
    return format_html(' aria-sort="{}"', state) if state else ""


@register.filter
def mark(user: Any) -> str:
    """Return the mark by which a form says for whom it was made."""
    return mark_of(user)
