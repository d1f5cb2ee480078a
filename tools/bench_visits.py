"""Asks for pages as a worker does: the whole WSGI handler with its middleware, signed in by a session."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client, RequestFactory

from umbel.wsgi import application

SEATS = {"secretariat": "secretary-general"}
"""Seats whose account is called otherwise; an account is the seat at example.org."""


@dataclass
class Answer:
    """What came back: the status, the headers by name in lower case, the pieces of the body."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = ()


class Visitor:
    """Somebody in a seat, or nobody in particular, with a session; every request goes through the whole stack."""

    numbers = count()

    def __init__(self, seat: str = "") -> None:
        client = Client()
        if seat:
            users = get_user_model().objects
            client.force_login(
                users.get(email=f"{SEATS.get(seat, seat)}@example.org"), "umbel.accounts.backends.PasswordBackend"
            )
        self.cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())

    def open(self, address: str, **headers: str) -> Answer:
        """Ask for an address and return the answer, its body unread; `{n}` in it becomes another number each time."""
        asked = address.format(n=next(self.numbers)) if "{n}" in address else address
        environ = RequestFactory(HTTP_HOST="localhost", HTTP_COOKIE=self.cookies, **headers).get(asked).environ
        answer = Answer()

        def start(status: str, told: list[tuple[str, str]]) -> None:
            answer.status, answer.headers = int(status[:3]), {name.lower(): value for name, value in told}

        answer.body = application(environ, start)
        return answer

    def read(self, address: str, **headers: str) -> Answer:
        """Ask for an address and read the whole body."""
        answer = self.open(address, **headers)
        for _piece in answer.body:
            pass
        answer.body.close()
        return answer
