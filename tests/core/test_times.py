"""Times on pages count 24 hours, in every language of the interface."""

import re
from datetime import UTC, datetime

import pytest

from tests import factories
from umbel.core.models import Mail

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "6 Nov 2026, 14:05"),
        ("fr", "06/11/2026 14:05"),
        ("es", "06/11/2026 14:05"),
        ("it", "06/11/2026 14:05"),
        ("pl", "06-11-2026  14:05"),
    ],
)
def test_times_count_24_hours_in_every_language(client_of, cast, language, told):
    factories.ConfederationFactory(languages="en fr es it pl")
    mail = Mail.objects.create(subject="Letter", recipients="ada@unio.example")
    Mail.objects.filter(pk=mail.pk).update(at=datetime(2026, 11, 6, 13, 5, tzinfo=UTC))
    desk = client_of("administrator")
    desk.post("/my/preferences/", {"language": language})

    page = desk.get("/desk/outbox/")

    assert re.findall(r'<td class="num nowrap">([^<]+)</td>', page.text) == [told]
