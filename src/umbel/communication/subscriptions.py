"""Readers of newsletters: who asked, who confirms, who leaves. An address is kept only as long as somebody reads."""

import secrets
from hashlib import sha256
from typing import Any

from django.core import signing
from django.utils import timezone

from umbel.communication.models import LEAVING, OPEN_FOR, Subscriber


def ask(email: str, language: str, newsletters: list[Any]) -> tuple[Subscriber, str]:
    """Keep that somebody wants newsletters; return the subscriber and the token with which they confirm it.

    What is asked is kept apart until it is confirmed, so that nobody can change what somebody else reads.
    """
    Subscriber.objects.stale().delete()
    subscriber, _is_new = Subscriber.objects.get_or_create(email=email.strip().lower(), ended_at=None)
    token = secrets.token_urlsafe(32)
    subscriber.token_hash, subscriber.asked_at = hashed(token), timezone.now()
    if subscriber.confirmed_at is None:
        subscriber.language = language
    subscriber.save()
    subscriber.wanted.set(newsletters)
    return subscriber, token


def hashed(token: str) -> str:
    """Return what is kept of a token: it can be recognised and not read."""
    return sha256(token.encode()).hexdigest()


def of_token(token: str) -> Subscriber | None:
    """Return the subscriber of a link to confirm, `None` where it is void."""
    since = timezone.now() - OPEN_FOR
    found: Subscriber | None = Subscriber.objects.filter(
        token_hash=hashed(token), ended_at=None, asked_at__gte=since
    ).first()
    return found


def of_leaving(token: str) -> Subscriber | None:
    """Return the subscriber of a link to leave, `None` where nobody gave it out."""
    try:
        pk = signing.Signer(salt=LEAVING).unsign(token)
    except signing.BadSignature:
        return None
    return Subscriber.objects.filter(pk=pk).first() if pk.isdecimal() else None
