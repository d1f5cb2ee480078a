"""Links that are good for one person only, and how they are kept out of what others read."""

import re
from urllib.parse import unquote, urlsplit, urlunsplit

from django.urls import Resolver404, resolve

ADDRESS = re.compile(r"https?://[^\s\"'<>]+")
SECRET = {"token", "key", "uidb36", "uidb64", "code"}
"""The arguments of addresses that open a door by themselves: of an invitation, a new password, a confirmation."""
END_OF_SENTENCE = ".,;:!?)]"


def masked(text: str) -> str:
    """Return a text in which every secret inside a link is replaced by an ellipsis; other links stay as they are."""
    return ADDRESS.sub(lambda found: _masked_address(found[0]), text)


def _masked_address(address: str) -> str:
    bare = address.rstrip(END_OF_SENTENCE)
    parts = urlsplit(bare)
    query = "&".join(_masked_pair(pair) for pair in parts.query.split("&"))
    path = _masked_path(unquote(parts.path))
    if query == parts.query and path == unquote(parts.path):
        return address
    return urlunsplit((parts.scheme, parts.netloc, path, query, "")) + address[len(bare) :]


def _masked_pair(pair: str) -> str:
    """Return a pair of a query, `token=…`; in HTML the name may begin with what is left of an ampersand."""
    name, sign, _value = pair.partition("=")
    return f"{name}{sign}…" if sign and name.removeprefix("amp;") in SECRET else pair


def _masked_path(path: str) -> str:
    try:
        arguments = resolve(path).kwargs
    except Resolver404:
        return path
    for name in SECRET & arguments.keys():
        path = path.replace(str(arguments[name]), "…")
    return path
