"""What Django sends mail through."""

from collections.abc import Iterable
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend

from umbel.core.outbox.sending import deliver, outgoing


class Backend(BaseEmailBackend):
    """Keeps each mail in the outbox and hands it on, where a mail server is set and this is no demonstration."""

    def send_messages(self, email_messages: Iterable[Any]) -> int:
        """Send mails, each for itself; return how many were taken.

        Raises the first error of the mail server at the end, unless the sender asked for silence. Mails without
        recipients are left out.
        """
        through = outgoing()
        failures = [deliver(message, through) for message in email_messages if message.recipients()]
        through.close()
        refused = [failure for failure in failures if failure is not None]
        if refused and not self.fail_silently:
            raise refused[0]
        return len(failures) - len(refused)
