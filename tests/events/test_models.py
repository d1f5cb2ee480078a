import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from tests.factories import (
    AttendanceFactory,
    EditionFactory,
    EventFactory,
    EventPartnerFactory,
    OrganisationFactory,
    SeriesFactory,
    SpeakerFactory,
)
from umbel.events.models import Event

pytestmark = pytest.mark.django_db

OWN = {"organiser", "co-organiser", "host"}


@pytest.mark.parametrize("part", Event.Part.values)
def test_we_held_what_we_organised_or_hosted(part):
    EventFactory(part=part)

    assert Event.objects.held().exists() is (part in OWN)


@pytest.mark.parametrize("part", Event.Part.values)
def test_we_attended_what_others_held(part):
    EventFactory(kind="conference", part=part)

    assert Event.objects.attended().exists() is (part not in OWN)


@pytest.mark.parametrize("kind", Event.Kind.values)
def test_we_attend_open_gatherings_only(kind):
    EventFactory(kind=kind, part="speaker")
    closed = {
        "session", "orientation", "visit", "visitor", "launch", "training", "statutory", "group", "steering", "experts",
        "jury", "project",
    }  # fmt: skip

    assert Event.objects.attended().exists() is (kind not in closed)


@pytest.mark.parametrize("kind", Event.Kind.values)
def test_public_gatherings_leave_out_internal_ones(kind):
    EventFactory(kind=kind, part="organiser", has_page=True)
    internal = {"project", "training", "group", "steering", "visit", "visitor", "launch"}

    assert Event.objects.public_gatherings().exists() is (kind not in internal)


@pytest.mark.parametrize(("part", "has_page"), [("organiser", False), ("speaker", True)])
def test_public_gatherings_are_held_by_us_and_announced(part, has_page):
    EventFactory(part=part, has_page=has_page)

    assert not Event.objects.public_gatherings().exists()


def test_sessions_and_visits_go_by_their_kind():
    session, visit = EventFactory(kind="session"), EventFactory(kind="visit")
    EventFactory(kind="visitor")

    assert list(Event.objects.sessions()) == [session]
    assert list(Event.objects.visits()) == [visit]


@pytest.mark.parametrize(
    ("first", "last"),
    [("2024-06-11", None), ("2024-06-11", "2024-06-11"), ("2024-06-11", "2024-06-12"), ("2024-06-11", "2024-06")],
)
def test_an_event_may_last(first, last):
    event = EventFactory(date=first, ends=last)

    event.validate_constraints()
    assert event.pk


def test_an_event_does_not_end_before_it_begins():
    with pytest.raises(ValidationError, match="end is not before the beginning"):
        EventFactory.build(date="2024-06-11", ends="2024-06-10").validate_constraints()
    with pytest.raises(IntegrityError):
        EventFactory(date="2024-06-11", ends="2024-06-10")


def test_a_partner_has_a_role_once_but_may_have_two_roles():
    partner = EventPartnerFactory(role="host")
    EventPartnerFactory(event=partner.event, organisation=partner.organisation, role="speaker")

    with pytest.raises(IntegrityError):
        EventPartnerFactory(event=partner.event, organisation=partner.organisation, role="host")


def test_a_speaker_has_a_role_once():
    speaker = SpeakerFactory()

    with pytest.raises(IntegrityError):
        SpeakerFactory(event=speaker.event, person=speaker.person)


def test_an_organisation_that_took_part_is_not_deleted():
    partner = EventPartnerFactory()

    with pytest.raises(IntegrityError):
        partner.organisation.delete()


def test_a_series_has_one_edition_a_year():
    edition = EditionFactory(series=SeriesFactory(key="learning"), year=2024, number=1)

    assert (edition.handle, str(edition)) == ("learning-2024", f"{edition.series} 2024")
    with pytest.raises(IntegrityError):
        EditionFactory(series=edition.series, year=2024)


@pytest.mark.parametrize("is_known", [True, False])
def test_a_country_attends_an_edition_once_an_organisation(is_known):
    organisation = OrganisationFactory() if is_known else None
    attendance = AttendanceFactory(organisation=organisation)
    AttendanceFactory(edition=attendance.edition, organisation=OrganisationFactory())

    with pytest.raises(IntegrityError):
        AttendanceFactory(edition=attendance.edition, organisation=organisation)


@pytest.mark.parametrize(
    ("date", "ends", "is_ahead"),
    [
        ("2026-11-26", None, False),
        ("2026-11-27", None, True),
        ("2026-11", None, True),
        ("2026-10", None, False),
        ("2026", None, True),
        ("2025", None, False),
        ("2026-11-25", "2026-11-26", False),
        ("2026-11-25", "2026-11-27", True),
        ("2026-10-30", "2026-11", True),
        ("2026-03-01", "2026", True),
    ],
)
def test_what_lies_ahead_has_not_ended(date, ends, is_ahead):
    EventFactory(date=date, ends=ends)
    day = datetime.date(2026, 11, 27)

    assert (Event.objects.ahead(day).exists(), Event.objects.over(day).exists()) == (is_ahead, not is_ahead)


def test_what_has_no_date_is_neither_ahead_nor_over():
    EventFactory(date=None)
    day = datetime.date(2026, 11, 27)

    assert (Event.objects.ahead(day).exists(), Event.objects.over(day).exists()) == (False, False)
