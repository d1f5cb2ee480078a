"""Django's admin over every record, for the superuser alone."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from tests.factories import EventFactory, UserFactory
from umbel.core.models import Change, Record

RECORDS = [model for model in apps.get_models() if issubclass(model, Record)]

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.website.engine_room_urls")]


def page(model, act, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{act}", args=args)


@pytest.fixture
def engineer(client):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.label_lower)
def test_every_record_has_a_list_and_a_form(engineer, model):
    answers = [
        engineer.get(page(model, act), {"q": "a"} if act == "changelist" else {}) for act in ("changelist", "add")
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].context["cl"].model is answers[1].context["adminform"].form._meta.model is model


def test_a_record_is_changed_and_the_change_is_signed(engineer):
    event = EventFactory(title="Before")
    form = engineer.get(page(type(event), "change", event.pk)).context["adminform"].form
    values = {name: value for name, value in form.initial.items() if value is not None}
    inlines = {
        f"{inline.formset.prefix}-{total}": 0
        for inline in engineer.get(page(type(event), "change", event.pk)).context["inline_admin_formsets"]
        for total in ("TOTAL_FORMS", "INITIAL_FORMS")
    }

    engineer.post(page(type(event), "change", event.pk), {**values, **inlines, "title": "After", "date": "Oct 2024"})

    event.refresh_from_db()
    change = Change.objects.filter(record=event.key).last()
    assert (event.title, str(event.date)) == ("After", "2024-10")
    assert (change.who, change.before["title"], change.after["title"]) == (
        UserFactory._meta.model.objects.get().email,
        "Before",
        "After",
    )


@pytest.mark.parametrize("more", [{}, {"is_staff": True}, {"role": "secretary_general", "is_staff": True}])
def test_nobody_else_enters(client, more):
    client.force_login(UserFactory(**more))

    answer = client.get(page(RECORDS[0], "changelist"))

    assert answer.status_code == 302
    assert answer.url == f"{reverse('admin:login')}?next={page(RECORDS[0], 'changelist')}"


def test_the_change_log_is_read_and_never_written(engineer):
    EventFactory()
    line, written = Change.objects.first(), list(Change.objects.values())

    assert engineer.get(page(Change, "changelist")).status_code == 200
    assert engineer.get(page(Change, "add")).status_code == 403
    assert engineer.post(page(Change, "change", line.pk), {"who": "x"}).status_code == 403
    assert engineer.post(page(Change, "delete", line.pk), {"post": "yes"}).status_code == 403
    assert list(Change.objects.values()) == written


def test_every_record_is_in_the_engine_room():
    assert [model for model in RECORDS if model not in admin.site._registry] == []
