"""Who keeps the accounts. They are no records: an account says who may sign in, not what happened."""

from typing import Any

import rules

from umbel.core.audience import Role, role_of


@rules.predicate
def is_administrator(user: Any) -> bool:
    """Administrators decide who works in the secretariat."""
    return bool(user.is_authenticated and (user.is_superuser or role_of(user) == Role.ADMINISTRATOR))


@rules.predicate
def is_anothers_account(user: Any, account: Any) -> bool:
    """Nobody shuts themselves out, and a superuser is closed out by another one alone."""
    return account is None or (account.pk != user.pk and (user.is_superuser or not account.is_superuser))


@rules.predicate
def looks_after_people(user: Any) -> bool:
    """Whoever answers for the members invites their people."""
    return bool(user.is_authenticated) and role_of(user) in {Role.SECRETARY_GENERAL, Role.MEMBERSHIP}


allow: Any = rules.add_perm
allow("accounts.view_user", is_administrator | looks_after_people)
allow("accounts.invite_user", is_administrator | looks_after_people)
allow("accounts.change_user", is_administrator)
allow("accounts.close_user", is_administrator & is_anothers_account)
