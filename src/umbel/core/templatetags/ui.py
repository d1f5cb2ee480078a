"""Tags of the ui components, built into every template: icons, addresses of static files, figures, running text."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from umbel.core.dates import PartialDate
from umbel.core.formatting import partial_date, reading_language

register = template.Library()

Figure = Mapping[str, Any]


@cache
def symbols_by_name() -> dict[str, str]:
    """Return the `<symbol>` elements of the sprite by the name of the icon."""
    sprite = files("umbel.core").joinpath("static/ui/icons/icons.svg").read_text(encoding="utf-8")
    found = re.findall(r'(<symbol id="i-([a-z0-9-]+)".*?</symbol>)', sprite, re.DOTALL)
    return {name: symbol for symbol, name in found}


def _icons_of(context: Context) -> dict[str, None]:
    """Return the names of the icons used so far; the lowest layer is the one that a page shares with its parts."""
    lowest: Any = context.render_context.dicts[0]
    used: dict[str, None] = lowest.setdefault("ui.icons", {})
    return used


@register.simple_tag(takes_context=True)
def icon(context: Context, name: str, size: str = "") -> SafeString:
    """Draw an icon of the sprite; the word beside it says what it means. `size="lg"` is 20 px. Raises KeyError."""
    _icons_of(context)[name] = None
    return drawn(name, size)


@cache
def drawn(name: str, size: str = "") -> SafeString:
    """Return an icon for a text that is kept; whoever prints that tells its page by `draws`. Raises KeyError."""
    symbols_by_name()[name]
    large = mark_safe(" i-lg") if size == "lg" else ""
    return format_html('<svg class="i{}" aria-hidden="true"><use href="#i-{}"/></svg>', large, name)


def draws(context: Context, names: dict[str, None]) -> None:
    """Tell a page which icons are in a text that was drawn before, so that it brings their symbols."""
    _icons_of(context).update(names)


@register.simple_tag(takes_context=True)
def symbols(context: Context) -> SafeString:
    """Write the symbols of the icons drawn above, so that a page works without the server; stands at its end."""
    drawn = "".join(symbols_by_name()[name] for name in _icons_of(context))
    return mark_safe(f'<svg class="vh" aria-hidden="true" focusable="false">{drawn}</svg>')  # noqa: S308 -- our own file


@register.simple_tag(takes_context=True)
def asset(context: Context, path: str) -> str:
    """Return the address of a static file: on the site, or beside a page that is written to a folder (`assets`)."""
    folder = context.get("assets")
    return static(path) if folder is None else f"{folder}{path}"


@register.filter
def item(mapping: Mapping[str, Any], key: str) -> Any:
    """Return the value under a key that a variable holds, `None` without one."""
    return mapping.get(key)


@register.filter
def day(date: PartialDate | str) -> str:
    """Return a date for a list that spans years: "11 Dec 2024", "Oct 2024", "2024"; text stays as it is."""
    if not isinstance(date, PartialDate):
        return date
    text = partial_date(date, reading_language(), "short")
    return f"{text} {date.year}" if date.precision == "day" else text


@register.simple_tag
def when(date: PartialDate | str | None) -> str:
    """Print a date of a list; one that is not known is a gap, not an empty place."""
    return format_html("<time>{}</time>", day(date)) if date else gap("", _("no date"))


@register.simple_tag
def gap(value: object, words: str = "") -> str:
    """Print a value; what is not on record is said in words, so that it is not taken for nothing."""
    if isinstance(value, str) and value:
        return value
    return str(value) if value else format_html('<span class="missing">{}</span>', words or _("not recorded"))


def _found(context: Context, figure: Figure | str) -> Figure:
    if not isinstance(figure, str):
        return figure
    shelf: Mapping[str, Figure] = context["doc"]["figures"] if "doc" in context else context["cited"]
    return shelf[figure]


def _opened(figure: Figure, text: str) -> SafeString:
    label = figure["label"] if figure.get("period") is None else f"{figure['label']}, {figure['period']}"
    return format_html(
        '<a class="opens" href="{}" title="{}"><data class="fig" value="{}" data-figure="{}">{}</data></a>',
        figure["url"],
        label,
        figure.get("raw") or text,
        figure["key"],
        text,
    )


def _mark(figure: Figure) -> SafeString:
    if figure.get("note"):
        words = _("differs from what was printed")
        return format_html(
            '<span class="src src-conflict" title="{}"><span class="vh">{}</span></span>', figure["note"], words
        )
    if figure["kind"] == "reported":
        return format_html('<span class="src src-reported"><span class="vh">{}</span></span>', _("reported"))
    return format_html('<span class="src"><span class="vh">{}</span></span>', _("counted"))


@register.simple_tag(takes_context=True)
def fig(context: Context, figure: Figure | str, form: str = "value") -> SafeString:
    """Print a figure, by reference or as data: a number that opens its rows. `form`: value, word, Word or ordinal."""
    found = _found(context, figure)
    return _opened(found, found[form])


@register.simple_tag(takes_context=True)
def marked(context: Context, figure: Figure | str, form: str = "value") -> SafeString:
    """Print a figure with its mark: dot counted, ring reported, triangle different from what was printed."""
    found = _found(context, figure)
    return format_html('<span class="nowrap">{}&nbsp;{}</span>', _opened(found, found[form]), _mark(found))


@register.simple_tag
def mark(figure: Figure) -> SafeString:
    """Draw the mark of a figure alone, where its value stands elsewhere."""
    return _mark(figure)


@register.simple_tag(takes_context=True)
def runs(context: Context, paragraph: Iterable[str | Mapping[str, str]]) -> SafeString:
    """Print running text; a figure in it opens, and says so when it is reported or differs from what was printed."""
    return format_html_join("", "{}", ((_run(context, run),) for run in paragraph))


def _run(context: Context, run: str | Mapping[str, str]) -> str:
    if isinstance(run, str):
        return run
    found = _found(context, run["fig"])
    return (fig if found["kind"] != "reported" and not found.get("note") else marked)(context, found, run["as"])
