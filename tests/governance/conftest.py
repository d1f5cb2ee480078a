from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories


def hours(number):
    """The instant so many hours from now."""
    return timezone.now() + timedelta(hours=number)


@pytest.fixture
def assembly(cast):
    factories.ConfederationFactory(quorum_percent=50)
    return factories.BodyFactory(key="assembly", name="General Assembly", kind="assembly")


@pytest.fixture
def poll(assembly):
    """A vote of the General Assembly, open for two days; its roll is not drawn up yet."""
    return factories.PollFactory(
        key="budget", name="Adopt the budget?", body=assembly, audience="participants",
        opens_at=hours(-1), closes_at=hours(47),
    )  # fmt: skip
