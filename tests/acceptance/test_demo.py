"""`umbel demo` as an operator starts it: a process that serves, in which anybody may be anybody of the cast."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from tests.house.tree import ROOT

UMBEL = Path(sys.executable).parent / "umbel"
PATIENCE = 120


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory):
    """The address of a demonstration that runs, without a slash at its end; its whole group of processes is stopped."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("UMBEL_", "DJANGO_"))}
    home, port = tmp_path_factory.mktemp("demo"), free_port()
    with (home / "told").open("w") as told:
        process = subprocess.Popen(
            [UMBEL, "demo", "--port", str(port)], env={**kept, "UMBEL_HOME": str(home)}, cwd=ROOT,
            stdout=told, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        wait_for(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def wait_for(port, process):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the demonstration did not start")


def opened(browser, address, data=None):
    try:
        answer = browser.open(address, urlencode(data).encode() if data else None, timeout=30)
    except URLError as error:
        return getattr(error, "code", None), ""
    return answer.status, answer.read().decode()


def test_demo_lets_anybody_sign_in_as_anybody_and_says_so(demonstration):
    browser = build_opener(HTTPCookieProcessor(CookieJar()))

    status, page = opened(browser, f"{demonstration}/account/as/")
    token, secretary = (re.search(rf'name="{name}" value="(.+?)"', page)[1] for name in ("csrfmiddlewaretoken", "user"))
    opened(browser, f"{demonstration}/account/as/", {"csrfmiddlewaretoken": token, "user": secretary})
    desk = opened(browser, f"{demonstration}/desk/")
    outbox = opened(browser, f"{demonstration}/desk/outbox/")

    assert (status, desk[0], outbox[0]) == (200, 200, 200)
    assert [text.count('<aside class="demonstration"') for text in (page, desk[1], outbox[1])] == [1, 1, 1]
