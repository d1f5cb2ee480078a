"""A drawing and what it is made of: text that is escaped, numbers that are short, ids that do not clash."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2s
from html import escape
from types import MappingProxyType

Value = str | int | float | None
Row = tuple[Value, ...]
Attributes = Mapping[str, str]

NARROW, WIDE = frozenset("iljtfrI.,:;|!'’ ()[]-"), frozenset("mwMWÆŒ@%")


def plain_number(value: float) -> str:
    """1234.0 -> "1,234"; the caller passes a formatter of the reader's language instead."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


@dataclass(frozen=True, slots=True)
class Caption:
    """What a drawing says of itself, in the reader's language.

    description: empty, it is composed from the rows. heads: column heads of the data table, empty for the
    English ones. empty: what stands in a drawing without data. uid: start of the ids; empty, it is derived
    from the content, so that only a drawing shown twice on one page needs one.
    """

    title: str
    description: str = ""
    heads: tuple[str, ...] = ()
    empty: str = "no data"
    number: Callable[[float], str] = plain_number
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG with the same content in words and as a table: one row for each mark that carries a value.

    A row holds plain values (text, numbers, None for no data); len(row) == len(columns).
    """

    svg: str
    title: str
    description: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def short(value: float) -> str:
    """12.500 -> "12.5": hundredths are finer than any printer or screen shows."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def el(name: str, *styles: Attributes, body: str = "", **attributes: float | str) -> str:
    """One element. Classes of several styles are joined, numbers shortened, stroke_width gets a hyphen."""
    merged: dict[str, str] = {}
    for style in styles:
        for key, value in style.items():
            merged[key] = f"{merged[key]} {value}" if key == "class" and key in merged else value
    for key, given in attributes.items():
        merged[key.replace("_", "-")] = given if isinstance(given, str) else short(given)
    inner = "".join(f' {key}="{escape(value)}"' for key, value in merged.items())
    return f"<{name}{inner}>{body}</{name}>" if body else f"<{name}{inner}/>"


def path(*points: str | float) -> str:
    """Path data of letters and coordinates: path("M", 0, 1, "L", 2, 3) -> "M0 1L2 3"."""
    text = ""
    for point in points:
        text += point if isinstance(point, str) else ("" if not text or text[-1].isalpha() else " ") + short(point)
    return text


def text_width(text: str, size: float) -> float:
    """Width of `text` set in Inter at `size`, in the unit of `size`; rather too wide than too narrow."""
    ems = sum(0.32 if c in NARROW else 0.9 if c in WIDE else 0.7 if c.isupper() else 0.59 for c in text)
    return ems * size


def wrapped(text: str, size: float, width: float, lines: int = 3) -> list[str]:
    """`text` in at most `lines` lines no wider than `width`; what is left over is cut, with an ellipsis."""
    rows: list[str] = []
    for word in text.split():
        if rows and text_width(f"{rows[-1]} {word}", size) <= width:
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    if len(rows) > lines:
        rows = [*rows[: lines - 1], rows[lines - 1] + "…"]
    return [shortened(row, size, width) for row in rows]


def shortened(text: str, size: float, width: float) -> str:
    """`text`, cut with an ellipsis where it is wider than `width`."""
    if text_width(text, size) <= width:
        return text
    text = text.rstrip("…")
    while len(text) > 1 and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def finish(
    body: str,
    *,
    width: float,
    height: float,
    caption: Caption,
    columns: tuple[str, ...],
    rows: Iterable[Row],
    root: Attributes = MappingProxyType({}),
) -> Drawing:
    """Close a drawing: root element with title, description and ids, and the table beside it.

    `body` may hold "{uid}" where an id is needed (patterns). `columns` are the English heads.
    `root` overrides attributes of the root element.
    """
    table = tuple(rows)
    description = caption.description or described(table, caption)
    key = blake2s(f"{root}{width}{body}{caption.title}".encode(), digest_size=4).hexdigest()
    uid = caption.uid or f"d{key}"
    attributes = {"xmlns": "http://www.w3.org/2000/svg", "class": "chart"}
    attributes |= {"viewBox": f"0 0 {short(width)} {short(height)}", **root}
    attributes |= {"role": "img", "aria-labelledby": f"{uid}-t {uid}-d"}
    words = f'<title id="{uid}-t">{escape(caption.title)}</title>'
    words += f'<desc id="{uid}-d">{escape(description)}</desc>'
    svg = el("svg", attributes, body=words + body.replace("{uid}", uid))
    return Drawing(svg, caption.title, description, caption.heads or columns, table)


def described(rows: tuple[Row, ...], caption: Caption) -> str:
    """The rows as one sentence: "January 3, February 8."; without rows, that there is no data."""
    if not rows:
        return caption.empty

    def word(value: Value) -> str:
        return caption.empty if value is None else value if isinstance(value, str) else caption.number(value)

    return "; ".join(" ".join(word(value) for value in row if value != "") for row in rows) + "."
