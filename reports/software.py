"""Which software made a report: version and commit, so that its figures can be made again."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from django.conf import settings

NAME = "Scenariotafel"
VERSION = "0.1.0"


@cache
def software() -> dict[str, str]:
    """``commit`` is the environment's COMMIT, else the checkout's, else "unknown"."""
    return {"name": NAME, "version": VERSION, "commit": os.environ.get("COMMIT") or checkout() or "unknown"}


def checkout() -> str | None:
    """The commit of a checkout, read from its files: git need not be installed."""
    folder = Path(settings.BASE_DIR) / ".git"
    try:
        head = (folder / "HEAD").read_text().strip()
        if not head.startswith("ref: "):
            return head
        name = head.removeprefix("ref: ")
        if (folder / name).exists():
            return (folder / name).read_text().strip()
        packed = (folder / "packed-refs").read_text().splitlines()
        return next((line.split()[0] for line in packed if line.endswith(f" {name}")), None)
    except OSError:
        return None
