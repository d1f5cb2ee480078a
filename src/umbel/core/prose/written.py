"""Texts as they are typed without the editor: marks of their own for headings, lists, links and figures."""

import re
from html import escape

from umbel.core.prose.cleaning import clean, quoted

HAS_BLOCKS = re.compile(r"<(p|h[1-6]|ul|ol|blockquote|table|figure|div)\b", re.IGNORECASE)
PLACEHOLDER = re.compile(r"\{([a-z0-9_-]+(?:\.[a-z0-9_-]+)+)(?:@(\d{4}))?(?:\|(words|Words|ordinal))?\}")
PHOTO = re.compile(r"!\[([^\]\n]*)\]\(photo:([-a-zA-Z0-9_]+)\)")
INLINE = (
    (re.compile(r"\[([^\]\n]+)\]\(([^()\s]+)\)"), r'<a href="\2">\1</a>'),
    (re.compile(r"\*\*(\S(?:[^*\n]*\S)?)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"\*(\S(?:[^*\n]*\S)?)\*"), r"<em>\1</em>"),
)
BULLET, NUMBER, QUOTE = re.compile(r"[-*] +"), re.compile(r"\d+[.)] +"), re.compile(r"> ?")


def as_html(text: str) -> str:
    """Return what was typed as clean HTML: HTML as it is, anything else by its marks.

    Empty lines part paragraphs; `## ` and `### ` begin headings, `- ` and `1. ` items, `> ` a quotation; `**strong**`,
    `*stressed*`, `[words](address)`, `![caption](photo:key)`. In both, `{advocacy.positions@2024}` is a figure.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    html = (
        text
        if HAS_BLOCKS.search(text)
        else "".join(_block(part) for part in re.split(r"\n\s*\n", text) if part.strip())
    )
    return clean(PLACEHOLDER.sub(_figure, html))


def _figure(match: re.Match[str]) -> str:
    key, year, form = match.groups()
    return figure_html(key, year or "", form or "")


def figure_html(key: str, year: str = "", form: str = "") -> str:
    """Return a reference to a figure as it stands in a text; without a year it is that of the year reported on."""
    told = {"data-figure": key, "data-period": year, "data-form": form}
    return f"<span{''.join(f' {name}={quoted(value)}' for name, value in told.items() if value)}></span>"


def _block(part: str) -> str:
    lines = [line.strip() for line in part.strip().split("\n")]
    if (photo := PHOTO.fullmatch(part.strip())) is not None:
        caption = f"<figcaption>{_inline(photo[1])}</figcaption>" if photo[1] else ""
        return f"<figure data-photo={quoted(photo[2])}>{caption}</figure>"
    for mark, tag in (("### ", "h3"), ("## ", "h2")):
        if lines[0].startswith(mark):
            rest = "\n".join(lines[1:])
            return f"<{tag}>{_inline(lines[0].removeprefix(mark))}</{tag}>{_block(rest) if rest else ''}"
    for item, tag in ((BULLET, "ul"), (NUMBER, "ol")):
        if all(item.match(line) for line in lines):
            points = [_inline(item.sub("", line, count=1)) for line in lines]
            return f"<{tag}>{''.join(f'<li><p>{point}</p></li>' for point in points)}</{tag}>"
    if all(line.startswith(">") for line in lines):
        quoted_lines = [QUOTE.sub("", line, count=1) for line in lines]
        return f"<blockquote><p>{_inline(' '.join(quoted_lines))}</p></blockquote>"
    return f"<p>{_inline(' '.join(lines))}</p>"


def _inline(text: str) -> str:
    html = escape(text)
    for pattern, replaced in INLINE:
        html = pattern.sub(replaced, html)
    return html
