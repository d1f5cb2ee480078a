"""Gatherings, the part that the confederation had in them, and who is to come."""

from umbel.events.models.gatherings import (
    Attendance,
    AttendanceQuerySet,
    Edition,
    Event,
    EventPartner,
    EventQuerySet,
    Series,
    Speaker,
)
from umbel.events.models.registrations import Registration, RegistrationQuerySet

__all__ = [
    "Attendance",
    "AttendanceQuerySet",
    "Edition",
    "Event",
    "EventPartner",
    "EventQuerySet",
    "Registration",
    "RegistrationQuerySet",
    "Series",
    "Speaker",
]
