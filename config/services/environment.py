"""Where the real parts are: the addresses from the environment, else those the embedded services left."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

FILE_NAME = "services.env"
NAMES = ("DATABASE_URL", "REDIS_URL")


def service_urls(data_dir: Path, environ: Mapping[str, str] | None = None) -> tuple[str, str]:
    """``(DATABASE_URL, REDIS_URL)``: the environment wins, then ``<data_dir>/services.env``, else empty."""
    known: dict[str, str] = {}
    path = data_dir / FILE_NAME
    if path.exists():
        known = dict(line.split("=", 1) for line in path.read_text().splitlines() if "=" in line)
    known.update({name: url for name in NAMES if (url := (environ or os.environ).get(name))})
    return known.get("DATABASE_URL", ""), known.get("REDIS_URL", "")


def write_service_urls(data_dir: Path, urls: Mapping[str, str]) -> None:
    """Leave the addresses of started services for ``manage.py`` in another terminal."""
    unfinished = data_dir / f"{FILE_NAME}.unfinished"
    unfinished.write_text("".join(f"{name}={url}\n" for name, url in urls.items()))
    unfinished.replace(data_dir / FILE_NAME)


def remove_service_urls(data_dir: Path) -> None:
    """The services have stopped: nothing is to be found there any more."""
    (data_dir / FILE_NAME).unlink(missing_ok=True)


def celery_url(redis_url: str) -> str:
    """The same server in Celery's words.

    ``unix:///path?db=1`` (redis-py) becomes ``redis+socket:///path?virtual_host=1``; others are the same in both.
    """
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    database = parse_qs(parts.query).get("db", ["0"])[0]
    user = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
    return f"redis+socket://{user}{parts.path}?virtual_host={database}"
