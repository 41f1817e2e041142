"""The votes' door under load, beside its references in the same run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bench import floor
from bench.load import Load, Requests, drive, request
from bench.room import Room
from config.services import environment
from config.site import Services, say

CONNECTIONS = (32, 256)
ANSWERS = 42


def figures(
    services: Services, room: Room, port: int, seconds: float, runs: int, median: Callable[[list[float]], float]
) -> dict[str, dict[str, float]]:
    """Name → {per_second (requests), p95 (ms), answers_per_second, errors}, each the median of ``runs``."""
    found: dict[str, dict[str, float]] = {}
    door, ordinary = f"/live/{room.public_id}/votes", f"/bench/ordinary/{room.public_id}/"
    for connections in CONNECTIONS:
        people = room.people[:connections]
        loads: dict[str, tuple[list[Callable[[], Requests]], int]] = {
            "bare": ([lambda: forever(request("/bench/bare/", room.host, b"{}"))] * connections, 0),
            "ordinary": ([lambda p=p: room.one_by_one(p, ordinary) for p in people], 1),
            "one": ([lambda p=p: room.one_by_one(p, door) for p in people], 1),
            "all": ([lambda p=p: room.all_at_once(p, door) for p in people], ANSWERS),
        }
        for name, (makers, answers) in loads.items():
            measured = [drive(port, [make() for make in makers], seconds) for _ in range(runs)]
            found[f"{name}-{connections}"] = summary(measured, answers, median)
            say(f"  {name}, {connections} connections: {found[f'{name}-{connections}']}")
    for name, script, rows in (("pgbench-one", floor.ONE_ROW, 1), ("pgbench-all", floor.ALL_ROWS, ANSWERS)):
        url = services.environ[environment.NAMES[0]]
        per_second = median([floor.upserts(url, services.data, script, max(2, round(seconds))) for _ in range(runs)])
        found[name] = {"per_second": round(per_second), "answers_per_second": round(per_second * rows)}
        say(f"  {name}: {found[name]}")
    return found


def summary(loads: list[Load], answers: int, median: Callable[[list[float]], float]) -> dict[str, Any]:
    per_second = median([load.per_second for load in loads])
    return {
        "per_second": round(per_second),
        "answers_per_second": round(per_second * answers),
        "p50": round(median([load.p50 for load in loads]), 1),
        "p95": round(median([load.p95 for load in loads]), 1),
        "errors": sum(load.errors for load in loads),
    }


def forever(prepared: bytes) -> Requests:
    while True:
        yield prepared
