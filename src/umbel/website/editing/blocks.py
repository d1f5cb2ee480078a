"""The parts of the front page, in the order and with the words that the communications officer chose."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from umbel.core.audience import Audience
from umbel.core.prose.pictures import Picture
from umbel.core.registry import get_figure, is_figure
from umbel.core.translations.saying import localise, said
from umbel.reports.citing import Citations
from umbel.website.editing.pages import citations
from umbel.website.editing.photos import picture
from umbel.website.freshness import kept
from umbel.website.models import FrontBlock

PAIR = {"latest", "dates"}
USUAL = ("latest", "dates", "figures", "stories", "members", "newsletter")


@dataclass(frozen=True)
class Block:
    """A part of the front page: what it shows, its title ("" for the usual one), its row where there is one.

    `figures` are the keys of the figures that it shows, in their order; empty for the usual ones.
    """

    kind: str
    title: str = ""
    figures: tuple[str, ...] = ()
    row: FrontBlock | None = None
    picture: Picture | None = None

    @property
    def template(self) -> str:
        """The template that shows it."""
        return f"website/front/{self.kind}.html"


def blocks(user: Any) -> list[Block]:
    """Return the parts of the front page that are shown to somebody; the usual ones where nobody arranged any."""
    rows = list(FrontBlock.objects.visible_to(user).select_related("photo"))
    if not rows:
        return [Block(kind) for kind in USUAL]
    return [_block(row) for row in localise(row for row in rows if row.is_shown)]


def _block(row: FrontBlock) -> Block:
    keys = tuple(key for key in row.figures.split() if _is_public(key))
    photo = picture(row.photo) if row.photo and row.photo.audience == "public" and row.photo.is_placeable else None
    return Block(row.kind, said(row, "title").text, keys, row, photo)


def _is_public(key: str) -> bool:
    return is_figure(key) and get_figure(key).audience == Audience.PUBLIC


def arranged(told: dict[str, Any], confederation: Any, user: Any) -> dict[str, Any]:
    """Return what the front page shows (`front.page`) with its blocks as somebody arranged them, and its template.

    The latest position and the next dates stand side by side where one follows the other.
    """
    if not confederation.with_blocks:
        return {**told, "template": "website/home.html"}
    own = blocks(user) if user.is_authenticated else kept(("front", get_language()), lambda: blocks(None))
    cited = citations()
    strips = {block.row: _strip(block, cited, told) for block in own if block.kind == "figures"}
    entries = {**(cited.as_dict(numbered=False) if cited else {}), **told["cited"]}
    rows = [{"blocks": group, "is_pair": len(group) > 1} for group in _side_by_side(own)]
    more = {"rows": rows, "strips": strips, "cited": entries, "citations": cited}
    return {**told, **more, "template": "website/editing/home.html"}


def _side_by_side(own: list[Block]) -> list[list[Block]]:
    found: list[list[Block]] = []
    for block in own:
        if found and {found[-1][-1].kind, block.kind} == PAIR and len(found[-1]) == 1:
            found[-1].append(block)
        else:
            found.append([block])
    return found


def _strip(block: Block, cited: Citations | None, told: dict[str, Any]) -> Any:
    """Return the figures of a block: those that it names, else the usual ones."""
    if not block.figures or cited is None:
        return told["strip"]
    return [{"fig": cited.cite(key), "label": str(cited.known[key].label)} for key in block.figures]


def first_blocks() -> list[FrontBlock]:
    """Make the rows of the usual parts, so that they can be moved, switched and told in other words."""
    return [FrontBlock.objects.create(kind=kind, order=10 * number) for number, kind in enumerate(USUAL, start=1)]
