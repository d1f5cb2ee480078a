"""Links that lead to other sites: asked one after the other, slowly, and only where the site is a public one."""

import socket
from http.client import HTTPException
from ipaddress import ip_address
from time import monotonic, sleep
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.utils.translation import gettext as _

from umbel.website.models import LinkFinding

State = LinkFinding.State
TIMEOUT = 10
PAUSE = 1.0
"""Seconds between two questions to the same site."""
MET = (301, 302, 303, 307, 308, 401, 403, 405, 429)
"""Answers by which a site shows that it is there, though not to a machine that only asks for heads."""


class _Stay(HTTPRedirectHandler):
    """Follows no redirect: an address that leads on is there."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


class Outside:
    """Asks other sites, each address once, with a pause between two questions to the same one."""

    def __init__(self, timeout: float = TIMEOUT, pause: float = PAUSE) -> None:
        self.timeout, self.pause = timeout, pause
        self.known: dict[str, tuple[str, str]] = {}
        self.last: dict[str, float] = {}
        self.opener = build_opener(_Stay())

    def ask(self, address: str) -> tuple[str, str]:
        """Return the state of an address, and what answered: a number of HTTP, or what went wrong."""
        if address not in self.known:
            self.known[address] = self._asked(address)
        return self.known[address]

    def _asked(self, address: str) -> tuple[str, str]:
        parts = urlsplit(address)
        host = parts.hostname or ""
        if parts.scheme not in {"http", "https"} or not is_public(host):
            return State.FAILED, _("no address of the public network")
        wait = self.last.get(host, 0) + self.pause - monotonic()
        if wait > 0:
            sleep(wait)
        self.last[host] = monotonic()
        return self.answer(address)

    def answer(self, address: str) -> tuple[str, str]:
        """Return the same of an address that is known to be of the public network."""
        asked = Request(address, method="HEAD", headers={"User-Agent": f"Umbel link check ({settings.SITE_URL})"})  # noqa: S310 -- http and https only, checked above
        try:
            with self.opener.open(asked, timeout=self.timeout) as response:
                return State.FINE, str(response.status)
        except HTTPError as error:
            return (State.FINE if error.code in MET else State.FAILED), str(error.code)
        except (URLError, HTTPException, OSError, ValueError) as error:
            return State.FAILED, str(getattr(error, "reason", error))[:200]


def is_public(host: str) -> bool:
    """Tell whether a host is one of the public network: none of its addresses is private, local or reserved."""
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, None)} if host else set()
    except (OSError, UnicodeError):
        return False
    return bool(found) and all(ip_address(str(each).partition("%")[0]).is_global for each in found)
