"""One search over everything within one's rights: `find` for all kinds at once, `narrow` for the rows of one model.

What is found of a record is said by its model in `searched`. The index is kept as rows are saved and deleted; whoever
writes rows past `save()` (in bulk, by `update()`) calls `index` with them.
"""

from umbel.core.search.filling import gathered, index, rebuild
from umbel.core.search.finding import Facet, Found, Hit, find, narrow
from umbel.core.search.subjects import is_searched, subjects
from umbel.core.search.suggesting import suggest

__all__ = [
    "Facet",
    "Found",
    "Hit",
    "find",
    "gathered",
    "index",
    "is_searched",
    "narrow",
    "rebuild",
    "subjects",
    "suggest",
]
