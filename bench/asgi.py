"""The site with a profiler on its event loop, which starts at the first vote."""

from __future__ import annotations

import cProfile
import json
import pstats
from pathlib import Path
from typing import Any

from config.asgi import application as site

profiler = cProfile.Profile()
running = False


async def application(scope: Any, receive: Any, send: Any) -> None:
    """The site; ``/bench/profile/`` ends the measurement and tells it as JSON."""
    global running
    path = scope.get("path", "")
    if path == "/bench/profile/":
        profiler.disable()
        body = json.dumps(rows()).encode()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": body})
        return
    if path.endswith("/votes") and not running:
        running = True
        profiler.enable()
    await site(scope, receive, send)


def rows() -> list[dict[str, Any]]:
    """Every function with its share of the loop's own time."""
    stats = pstats.Stats(profiler).stats  # type: ignore[attr-defined]
    total = sum(entry[2] for entry in stats.values()) or 1.0
    return [
        {"function": f"{Path(file).parent.name}/{Path(file).name}:{line} {name}", "share": entry[2] / total}
        for (file, line, name), entry in stats.items()
    ]
