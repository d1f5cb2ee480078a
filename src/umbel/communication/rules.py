"""Who knows who reads what: the secretariat, and everybody of themselves."""

from typing import Any

import rules

from umbel.core.audience import is_secretariat


@rules.predicate
def is_own(user: Any, preference: Any) -> bool:
    return preference is not None and user.is_authenticated and preference.person.user_id == user.pk


allow: Any = rules.add_perm
allow("communication.view_subscriber", is_secretariat)
allow("communication.view_mailpreference", is_secretariat | is_own)
