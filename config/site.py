"""A whole running site: services, data, web server, worker and beat, in one ``with`` block.

``running_services`` starts what ``DATABASE_URL`` and ``REDIS_URL`` do not name already; ``running_site`` adds the
site on top. Both stop everything at the end of the block, whatever ends it.
"""

from __future__ import annotations

import contextlib
import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import IO

from config.services.environment import NAMES, remove_service_urls, write_service_urls
from config.services.places import ServiceError, service_owner
from config.services.postgres import Postgres
from config.services.supervisor import Part, Supervisor
from config.services.valkey import Valkey

BASE_DIR = Path(__file__).resolve().parent.parent
Say = Callable[[str], None]
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# The same here and in docker-compose.yml; a test compares them. No access log: a line a vote would tie times to people.
# The default backlog of 1,024 would stop the whole site at 1,024 open streams.
WEB_OPTIONS = (
    *("--interface", "asgi", "--loop", "uvloop", "--no-ws", "--no-access-log"),
    *("--backlog", "4096", "--backpressure", "4096", "--workers-kill-timeout", "5"),
)
WORKER_OPTIONS = (
    *("--pool", "threads", "--concurrency", "4", "--loglevel", "INFO"),
    *("--without-gossip", "--without-mingle", "--without-heartbeat"),
)


class Stopped(SystemExit):
    """SIGINT, SIGTERM or SIGHUP asked this process to stop; leaves the blocks in order."""


@dataclass
class Services:
    """Running services. ``environ`` is what a child needs to find them and the data directory."""

    data: Path
    environ: dict[str, str]
    supervisor: Supervisor

    def manage(self, *arguments: str) -> None:
        """Run ``manage.py`` with these services. Raises ``ServiceError`` with its output where it fails."""
        command = [sys.executable, str(BASE_DIR / "manage.py"), *arguments]
        done = subprocess.run(command, check=False, env=self.environ, cwd=BASE_DIR, text=True, capture_output=True)
        if done.returncode:
            raise ServiceError(f"manage.py {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")


@dataclass
class Site(Services):
    """A running site. ``url`` works on this machine, ``public_url`` is what links and QR codes say."""

    url: str = ""
    public_url: str = ""

    def wait(self) -> None:
        """Stay until somebody asks to stop (returns) or a part gave up (the block then raises)."""
        with contextlib.suppress(Stopped):
            while not self.supervisor.failure:
                time.sleep(0.2)


def say_nothing(_line: str) -> None:
    """For callers without a terminal."""


def say(line: str) -> None:
    """A line of progress on standard output."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@contextlib.contextmanager
def stopping_on_signals() -> Iterator[None]:
    """Turn the first SIGINT, SIGTERM or SIGHUP into ``Stopped``; the next ones don't disturb the stopping."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, _frame: FrameType | None) -> None:
        ignore_signals(True)
        raise Stopped(128 + number)

    # Under nohup a terminal may go; otherwise even a shell's background job is to hear SIGINT.
    heard = [n for n in STOP_SIGNALS if n != signal.SIGHUP or signal.getsignal(n) != signal.SIG_IGN]
    earlier = {number: signal.signal(number, stop) for number in heard}
    try:
        yield
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)


def ignore_signals(handled: bool) -> None:
    """From here on we are stopping anyway; ``handled``: whether ``stopping_on_signals`` is in charge here."""
    if handled and threading.current_thread() is threading.main_thread():
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)


@contextlib.contextmanager
def _alone_in(data_dir: Path) -> Iterator[None]:
    """Hold the data directory's lock. Raises ``ServiceError`` where another process has it."""
    lock: IO[str]
    with (data_dir / "lock").open("a+") as lock:
        if not _locked(lock):
            lock.seek(0)
            raise ServiceError(f"Process {lock.read().strip()} already runs a site on {data_dir}.")
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _locked(lock: IO[str], seconds: float = 1.0) -> bool:
    """Take the lock; wait a moment for a holder that is just ending."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        else:
            return True


@contextlib.contextmanager
def running_services(
    data_dir: Path, environ: Mapping[str, str] | None = None, *, say: Say = say, interrupt: bool = False
) -> Iterator[Services]:
    """PostgreSQL and Valkey for ``data_dir``, as far as ``environ`` (default: ours) doesn't name them.

    ``interrupt``: a part that gives up sends SIGTERM to this process, for use with ``stopping_on_signals``.
    Raises ``ServiceError`` or ``PartFailed`` with what to do.
    """
    data_dir = data_dir.resolve()
    data_dir.mkdir(parents=True, exist_ok=True)
    known = dict(os.environ if environ is None else environ) | {
        "SCENARIOTAFEL_DATA": str(data_dir),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONUNBUFFERED": "1",
    }
    with _alone_in(data_dir):
        on_failure = (lambda: os.kill(os.getpid(), signal.SIGTERM)) if interrupt else None
        supervisor = Supervisor(say, on_failure)
        services = Services(data_dir, known, supervisor)
        try:
            started = {}
            if not known.get("DATABASE_URL"):
                started["DATABASE_URL"] = _start_postgres(services, say)
            if not known.get("REDIS_URL"):
                started["REDIS_URL"] = _start_valkey(services)
            known.update(started)
            write_service_urls(data_dir, {name: known[name] for name in NAMES if name in started})
            yield services
        finally:
            remove_service_urls(data_dir)
            supervisor.stop()


def _start_postgres(services: Services, say: Say) -> str:
    postgres = Postgres(services.data, service_owner())
    if postgres.elsewhere:
        say(f"PostgreSQL's user cannot reach {services.data}; its data goes to {postgres.folder}.")
    postgres.create()
    services.supervisor.start(postgres.part())
    services.supervisor.wait_until("postgres", postgres.ready)
    postgres.create_database()
    return postgres.url()


def _start_valkey(services: Services) -> str:
    valkey = Valkey(services.data, service_owner())
    services.supervisor.start(valkey.part())
    services.supervisor.wait_until("valkey", valkey.ready)
    return valkey.url()


@contextlib.contextmanager
def running_site(
    data_dir: Path,
    port: int | None = None,
    *,
    host: str = "127.0.0.1",
    workers: int = 1,
    environ: Mapping[str, str] | None = None,
    prepare: bool = True,
    say: Say = say,
    signals: bool = True,
) -> Iterator[Site]:
    """The site on ``host`` and ``port`` (default: a free one), answering when the block begins.

    ``prepare`` migrates and loads content and municipalities first. ``signals``: SIGINT, SIGTERM and SIGHUP leave
    the block with ``Stopped``. With host ``0.0.0.0`` links name this machine's address on its network, so that a
    phone can follow them. Raises ``ServiceError`` or ``PartFailed`` (both with the reason in plain words).
    """
    with contextlib.ExitStack() as stack:
        if signals:
            stack.enter_context(stopping_on_signals())
        port = port or free_port(host)
        services = stack.enter_context(running_services(data_dir, environ, say=say, interrupt=signals))
        _name_site(services, host, port)
        say("Preparing the database …")
        if prepare:
            services.manage("prepare")
        say("Starting web server, worker and beat …")
        for part in (worker(services), beat(services)):
            services.supervisor.start(part)
        site = start_web(services, port, host=host, workers=workers)
        try:
            yield site
            ignore_signals(signals)
        except (Stopped, Exception) as error:
            ignore_signals(signals)
            if site.supervisor.failure:
                raise ServiceError(site.supervisor.failure) from error
            raise
        if site.supervisor.failure:
            raise ServiceError(site.supervisor.failure)


def start_web(services: Services, port: int, *, host: str = "127.0.0.1", workers: int = 1) -> Site:
    """Start the web server on running services and wait until it answers. Raises ``PartFailed``."""
    _name_site(services, host, port)
    site = Site(
        services.data,
        services.environ,
        services.supervisor,
        url=f"http://127.0.0.1:{port}",
        public_url=services.environ["SITE_URL"],
    )
    site.supervisor.start(web(site, host, port, workers))
    site.supervisor.wait_until("web", lambda: _healthy(port))
    return site


def _name_site(services: Services, host: str, port: int) -> None:
    """Tell all parts the address in links and the names the site answers to, unless the environment does."""
    public = _public_host(host)
    services.environ.setdefault("SITE_URL", f"http://{public}:{port}")
    names = dict.fromkeys(["localhost", "127.0.0.1", "[::1]", public])
    services.environ.setdefault("ALLOWED_HOSTS", ",".join(names))


def web(site: Services, host: str, port: int, workers: int = 1) -> Part:
    """granian with the site; it ends a worker process that hangs by itself, after 5 seconds."""
    place = ["--host", host, "--port", str(port), "--workers", str(workers)]
    command = [sys.executable, "-m", "granian", *WEB_OPTIONS, *place, "config.asgi:application"]
    return _python_part(site, "web", command, tier=2, stop_seconds=8.0)


def worker(site: Services, name: str = "worker") -> Part:
    """The Celery worker. Threads: one process, so that nothing of it can outlive it."""
    words = [sys.executable, "-m", "celery", "-A", "config", "worker", *WORKER_OPTIONS, "--hostname", f"{name}@%h"]
    return _python_part(site, name, words)


def beat(site: Services) -> Part:
    """The Celery clock; when it last ran is kept in the data directory."""
    schedule = ["--schedule", str(site.data / "beat-schedule"), "--pidfile="]
    return _python_part(site, "beat", [sys.executable, "-m", "celery", "-A", "config", "beat", *schedule])


def _python_part(site: Services, name: str, command: list[str], tier: int = 2, stop_seconds: float = 5.0) -> Part:
    log = site.data / "log" / f"{name}.log"
    return Part(name, command, log, tier, env=site.environ, cwd=BASE_DIR, stop_seconds=stop_seconds)


def free_port(host: str = "127.0.0.1") -> int:
    """A TCP port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def port_is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether nothing listens there; granian itself would share the port without a word."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _public_host(host: str) -> str:
    """The name in links: for 0.0.0.0 this machine's address on its network, else localhost. Sends nothing."""
    if host != "0.0.0.0":  # noqa: S104 - compared, not bound
        return "localhost" if host == "127.0.0.1" else host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "localhost"
        return str(probe.getsockname()[0])


def _healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health/")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
