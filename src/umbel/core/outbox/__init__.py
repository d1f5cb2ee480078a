"""The outbox: every mail that was sent, or would have been, is kept for thirty days and can be looked at.

`Backend` is what Django sends through (`EMAIL_BACKEND`); it hands mail on to the backend that `OUTGOING_BACKEND` names.
"""

from umbel.core.outbox.backend import Backend
from umbel.core.outbox.sending import deliver, forget, is_held, resend

__all__ = ["Backend", "deliver", "forget", "is_held", "resend"]
