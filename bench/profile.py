"""Where the time goes: the web process's event loop under cProfile, in a run of its own."""

from __future__ import annotations

import http.client
import json
from dataclasses import replace
from typing import Any

from bench.load import drive
from bench.room import make_room
from config.site import Services, free_port, web

CONNECTIONS = 256
ROWS = 15


def measure(services: Services, seconds: float) -> list[dict[str, Any]]:
    """The functions with most own time: {function, share}, largest first. The profiler itself slows what it sees."""
    port = free_port()
    part = web(services, "127.0.0.1", port)  # type: ignore[arg-type]
    command = [word.replace("config.asgi:application", "bench.asgi:application") for word in part.command]
    services.supervisor.start(replace(part, name="profiled", command=command, log=part.log.with_name("profiled.log")))
    services.supervisor.wait_until("profiled", lambda: healthy(port))
    profiled = make_room(port, CONNECTIONS)
    path = f"/live/{profiled.public_id}/votes"
    drive(port, [profiled.one_by_one(person, path) for person in profiled.people], seconds)
    return sorted(json.loads(ask(port, "/bench/profile/")), key=lambda row: -row["share"])[:ROWS]


def ask(port: int, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        return connection.getresponse().read()
    finally:
        connection.close()


def healthy(port: int) -> bool:
    try:
        return b"ok" in ask(port, "/health/")
    except OSError:
        return False
