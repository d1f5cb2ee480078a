from umbel.accounts.models import User
from umbel.core.audience import Audience, Role, grant, role_of


@grant(*Audience)
def roles(user: User) -> set[str]:
    """Whoever works in the secretariat sees what is meant for anybody but the administrator."""
    match role_of(user):
        case Role.NONE:
            return set()
        case Role.ADMINISTRATOR:
            return set(Audience.values)
    return set(Audience.values) - {Audience.ADMINISTRATOR}
