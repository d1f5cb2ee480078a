from umbel.accounts.models import User
from umbel.core.audience import Audience, grant


@grant
def roles(user: User) -> set[str]:
    """The secretariat sees what is meant for anybody but the administrator and, of a grant, the funder too."""
    match user.role:
        case User.Role.ADMINISTRATOR:
            return set(Audience.values)
        case User.Role.SECRETARIAT:
            return set(Audience.values) - {Audience.ADMINISTRATOR}
    return set()
