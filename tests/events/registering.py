"""Events for which members register, as the tests of registration make and read them."""

from datetime import timedelta

from django.utils import timezone

from tests import factories
from umbel.core.dates import PartialDate
from umbel.events.models import Registration

PAGE = "/my/events/visit/registration/"


def day(days=0):
    return str(PartialDate.of(timezone.localdate() + timedelta(days=days)))


def open_event(**fields):
    """An event for members in twenty days, for which one registers for ten more."""
    made = {"key": "visit", "title": "Visit to Imola", "date": day(20), "registration_to": day(10), **fields}
    return factories.EventFactory(audience=made.pop("audience", "members"), **made)


def colleague(organisation, **fields):
    person = factories.PersonFactory(**fields)
    factories.PostFactory(person=person, organisation=organisation)
    return person


def names(answer):
    """The names on the list of the page, each with its place on the waiting list."""
    return [(line.row.person.name, line.place) for line in answer.context["standing"].lines]


def states():
    return list(Registration.objects.order_by("pk").values_list("state", flat=True))


def send(browser, *people, **more):
    return browser.post(PAGE, {"people": [person.pk for person in people], **more}, follow=True)
