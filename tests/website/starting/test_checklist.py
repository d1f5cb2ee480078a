"""The checklist reads the records and keeps what somebody put aside."""

import pytest

from tests.factories import EnterpriseTypeFactory, MembershipFactory, StoryFactory, UserFactory
from umbel.core.models import Confederation, Mail
from umbel.website.models import Page
from umbel.website.starting import checklist
from umbel.website.starting.door import keeps_everything
from umbel.website.starting.founding import found

pytestmark = pytest.mark.django_db
ALL = [
    "logo",
    "colours",
    "languages",
    "statutes",
    "categories",
    "types",
    "members",
    "people",
    "mail",
    "news",
    "privacy",
]


@pytest.fixture
def own():
    return found(Confederation(name="UNIO", long_name="Union of unions", reporting_year=2025))


@pytest.fixture
def ada():
    return UserFactory(role="administrator")


def left(user):
    return [item.key for item in checklist(user) if not item.is_done]


def test_checklist_of_a_new_confederation_has_all_but_the_categories(own, ada):
    assert [item.key for item in checklist(ada)] == ALL
    assert left(ada) == [key for key in ALL if key != "categories"]


def test_checklist_shrinks_as_records_come(own, ada):
    Confederation.objects.update(primary_colour="#7a1f5c", logo="logo.png", notice_days=30, languages="en fr")
    EnterpriseTypeFactory()
    MembershipFactory()
    UserFactory(role="membership")
    Mail.objects.create(outcome="sent")

    assert left(ada) == ["news", "privacy"]


def test_checklist_is_gone_when_all_is_done(own, ada):
    test_checklist_shrinks_as_records_come(own, ada)
    StoryFactory()
    Page.objects.create(title="Privacy", path="about/privacy", status=Page.Status.PUBLISHED)

    assert checklist(ada) == []


def test_checklist_costs_one_query(own, ada, django_assert_num_queries):
    keeps_everything(ada)

    with django_assert_num_queries(1):
        checklist(ada)


def test_checklist_is_for_who_keeps_everything(own, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert [checklist(UserFactory.build(role=role)) for role in ("", "membership")] == [[], []]


def test_every_item_leads_somewhere(own, client, ada):
    client.force_login(ada, backend="umbel.accounts.backends.PasswordBackend")

    answers = {item.key: client.get(item.url).status_code for item in checklist(ada)}

    assert answers == dict.fromkeys(ALL, 200)


def test_item_is_put_aside_for_one_person(own, client, ada):
    client.force_login(ada, backend="umbel.accounts.backends.PasswordBackend")
    bob = UserFactory(role="secretary_general")

    client.post("/start/aside/", {"item": "logo"})

    ada.refresh_from_db()
    assert [item.key for item in checklist(ada)] == ALL[1:]
    assert [item.key for item in checklist(bob)] == ALL


def test_whole_list_is_put_aside(own, client, ada):
    client.force_login(ada, backend="umbel.accounts.backends.PasswordBackend")

    client.post("/start/aside/", {"item": "all"})

    ada.refresh_from_db()
    assert checklist(ada) == []


@pytest.mark.parametrize(("role", "item"), [("administrator", "nothing"), ("membership", "logo")])
def test_nothing_else_can_be_put_aside(client, role, item):
    user = UserFactory(role=role)
    client.force_login(user, backend="umbel.accounts.backends.PasswordBackend")

    answer = client.post("/start/aside/", {"item": item})

    user.refresh_from_db()
    assert (answer.status_code, user.preferences) == (404, {})
