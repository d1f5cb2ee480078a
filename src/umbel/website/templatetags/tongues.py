"""Tags for the languages of the site: what the head tells search engines, links to other languages, the menu."""

from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from umbel.website.languages import alternates

register = template.Library()


@register.simple_tag
def language_here() -> str:
    """Return the language of the page for `<html lang>`, as its addresses name it."""
    return get_language() or settings.LANGUAGE_CODE


@register.simple_tag(takes_context=True)
def hreflang(context: Context) -> SafeString | str:
    """Write where the page stands in each language; nothing where there is only one."""
    request = context.get("request")
    found = alternates(request) if request else []
    if not found:
        return ""
    links = [(page["code"], page["url"]) for page in found] + [("x-default", found[0]["url"])]
    told = ((settings.SITE_URL, code, url) for code, url in links)
    return format_html_join("\n  ", '<link rel="alternate" hreflang="{1}" href="{0}{2}">', told)


@register.simple_tag(takes_context=True)
def in_other_languages(context: Context) -> SafeString | str:
    """Write the links to the page as it was asked for in each language, called in its own; nothing where one is."""
    request = context.get("request")
    found: list[dict[str, Any]] = alternates(request) if request else []
    if request is None or not found:
        return ""
    asked = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    items = format_html_join(
        "",
        '<li><a href="{}" lang="{}" hreflang="{}"{}>{}</a></li>',
        (
            (
                f"{page['url']}{asked}",
                page["code"],
                page["code"],
                mark_safe(' aria-current="true"') if page["here"] else "",
                page["name"],
            )
            for page in found
        ),
    )
    return format_html('<ul class="tongues">{}</ul>', items)


@register.simple_tag
def entry(page: dict[str, Any]) -> SafeString:
    """Write an entry of the menu, marked where it leads to this page or stands above one that does."""
    told = page.get("said")
    tongue = format_html(' lang="{}"', told.language) if told and told.is_fallback else ""
    here = CURRENT[bool(page.get("is_above"))] if page["here"] else ""
    return format_html('<a href="{}"{}{}>{}</a>', page["url"], tongue, here, page["label"])


CURRENT = {False: mark_safe(' aria-current="page"'), True: mark_safe(' aria-current="true"')}
