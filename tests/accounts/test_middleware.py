from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from tests.factories import EventFactory
from umbel.accounts.middleware import SignedChanges
from umbel.core.changelog import Change


def change_by(user, method="post"):
    """Make an event while a request is answered and return who signed for it."""

    def view(request):
        EventFactory()
        return HttpResponse()

    request = getattr(RequestFactory(), method)("/")
    request.user = user
    SignedChanges(view)(request)
    return Change.objects.get(type="events.event").who


def test_changes_are_signed_by_whoever_is_signed_in(cast):
    assert change_by(cast.secretariat) == "secretary_general@example.org"


def test_changes_of_nobody_are_not_signed_by_anybody(cast):
    assert change_by(AnonymousUser()) == "system"


def test_the_signature_ends_with_the_request(cast):
    change_by(cast.secretariat)
    event = EventFactory()

    assert Change.objects.get(record=event.key).who == "system"
