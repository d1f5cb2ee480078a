"""Who knows what became of records: of an act of merging, deleting or importing those who see what it touched."""

from typing import Any

import rules

from umbel.core.audience import audiences_of


@rules.predicate
def is_in_its_audience(user: Any, act: Any) -> bool:
    return act is not None and act.audience in audiences_of(user)


@rules.predicate
def saw_what_went(user: Any, merge: Any) -> bool:
    return merge is not None and merge.deletion.audience in audiences_of(user)


allow: Any = rules.add_perm
allow("core.view_deletion", is_in_its_audience)
allow("core.view_importjob", is_in_its_audience)
allow("core.view_merge", is_in_its_audience & saw_what_went)
