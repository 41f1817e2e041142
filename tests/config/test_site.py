from __future__ import annotations

import os
import shutil
import signal
import socket
import sys
import time

import httpx
import pytest

from config.site import free_port, port_is_free
from tests.config.processes import BASE_DIR, descendants, gone, kill_9, named, running, started

BARE = {
    name: value
    for name, value in os.environ.items()
    if name not in ("DATABASE_URL", "REDIS_URL", "SCENARIOTAFEL_DATA", "SITE_URL", "ALLOWED_HOSTS")
}


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    for parent in (folder, folder.parent, folder.parent.parent):
        parent.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def port() -> int:
    return free_port()


def serve(data, port: int, says: str = "runs on"):
    return started([sys.executable, "manage.py", "serve", "--port", str(port), "--data", data], says, BARE)


def test_sigterm_ends_everything_within_seconds_with_connections_open(data, port):
    with serve(data, port) as parent, httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        assert client.get("/health/").json() == {"status": "ok"}
        processes = descendants(parent.pid)
        for word in ("granian", "worker", "beat"):
            assert named(processes, word), word
        assert len(named(processes, "granian")) == 2
        parent.send_signal(signal.SIGTERM)
        began = time.monotonic()
        assert parent.wait(10) == 0
        assert time.monotonic() - began < 6
        assert gone(processes, seconds=0.5), running(processes)
        assert port_is_free(port)


def test_a_site_that_is_killed_leaves_nothing_behind(data, port):
    with serve(data, port) as parent:
        processes = descendants(parent.pid)
        assert len(running(processes)) >= 10
        kill_9(parent.pid)
        assert gone(processes), running(processes)
        assert port_is_free(port)


def test_a_site_started_by_make_ends_when_make_is_killed(data, port, tmp_path):
    makefile = tmp_path / "Makefile"
    makefile.write_text(
        "export SCENARIOTAFEL_UNDER_MAKE = 1\n"
        f"run:\n\t@{sys.executable} {BASE_DIR}/manage.py serve --port {port} --data {data}\n"
    )
    with started(["make", "-f", makefile], "runs on", BARE) as make:
        processes = descendants(make.pid)
        assert len(running(processes)) >= 11
        kill_9(make.pid)
        assert gone(processes, seconds=10), running(processes)


def test_a_part_that_is_killed_comes_back_and_one_that_keeps_crashing_ends_the_site_with_its_log(
    data, port, wait_until
):
    with serve(data, port) as parent:
        server, child = named(descendants(parent.pid), "granian")
        kill_9(server.pid)
        assert gone([child])
        wait_until(lambda: answers(port), seconds=30)
        processes = descendants(parent.pid)
        assert {process.pid for process in named(processes, "granian")}.isdisjoint({server.pid, child.pid})
        for _ in range(4):
            seen = []
            wait_until(lambda seen=seen: seen.extend(named(descendants(parent.pid), "beat")) or seen)
            kill_9(seen[0].pid)
            assert gone(seen)
        said = parent.communicate(timeout=20)[0]
        assert parent.returncode == 1
        assert "web stopped (signal SIGKILL); starting it again (1 of 3)" in said
        assert "beat stopped (signal SIGKILL); starting it again (3 of 3)" in said
        assert "beat stopped (signal SIGKILL) and was restarted 3 times in vain" in said
        assert f"The end of {data / 'log' / 'beat.log'}:" in said
        assert "Traceback" not in said.split("in vain")[1]
        assert gone(processes), running(processes)


def answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health/").status_code == 200
    except httpx.HTTPError:
        return False


def test_a_taken_port_is_said_before_anything_starts(data):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with serve(data, port, says=f"Port {port} is taken") as process:
            assert process.wait(5) == 1


def test_a_django_page_can_read_what_a_form_posts(site):
    with httpx.Client(base_url=site.url, follow_redirects=True) as client:
        client.get("/accounts/login/")
        form = {"login": "nobody@voorbeeld.nl", "password": "wrong", "csrfmiddlewaretoken": client.cookies["csrftoken"]}
        answer = client.post("/accounts/login/", data=form)
        assert answer.status_code == 200
        assert "nobody@voorbeeld.nl" in answer.text
