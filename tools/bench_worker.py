"""A worker of its own: asks itself for pages and prints the memory that it holds then. tools/bench_pages.py starts it.

The bench itself keeps the rows that it counts, and is larger than a worker is.
"""

import json
import sys
from wsgiref.util import setup_testing_defaults

import django

django.setup()

from bench_table import resident  # noqa: E402 -- the settings come first

from umbel.wsgi import application  # noqa: E402 -- likewise

TIMES = 5


def read(address: str, cookies: str) -> None:
    """Ask for an address and read the whole answer, as a server does."""
    path, _mark, query = address.partition("?")
    environ = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "localhost", "HTTP_COOKIE": cookies}
    setup_testing_defaults(environ)
    answer = application(environ, lambda _status, _headers: None)
    for _piece in answer:
        pass
    answer.close()


def main() -> None:
    for address, cookies in json.load(sys.stdin):
        for number in range(TIMES):
            read(address.replace("{n}", str(number)), cookies)
    print(resident())


if __name__ == "__main__":
    main()
