"""Forms that are sent once: a second sending of the same form finds what the first one made."""

import uuid
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT_FOR = timedelta(days=2)


class Submission(models.Model):
    """One form that was sent and carried out."""

    token = models.UUIDField(primary_key=True)
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    address = models.CharField(_("what it made"), max_length=300)

    def __str__(self) -> str:
        return self.address


class SentBeforeError(Exception):
    """The form was carried out already; `address` is what it made."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def fresh_token() -> str:
    """Return a token for a form that adds something."""
    return str(uuid.uuid4())


def carried_out(token: Any, address: str) -> None:
    """Note, inside the transaction that does the work, that a form was carried out and where its result stands.

    A form without a readable token is not protected. Raises `SentBeforeError` for a token that was used.
    """
    try:
        known = uuid.UUID(str(token))
    except ValueError:
        return
    Submission.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()
    try:
        with transaction.atomic():
            Submission.objects.create(token=known, address=address)
    except IntegrityError as error:
        raise SentBeforeError(Submission.objects.get(token=known).address) from error


def forget() -> int:
    """Erase the marks of forms that nobody will send again; return how many those were."""
    erased, _kinds = Submission.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()
    return int(erased)
