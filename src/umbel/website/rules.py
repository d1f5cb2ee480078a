"""Who may see a page: its audience once it is out, the secretariat before."""

from typing import Any

import rules


@rules.predicate
def is_out(_user: Any, page: Any) -> bool:
    """A page is out when it is published and its instant has come."""
    return page is not None and page.is_out
