"""Starts the parts of a site as children, restarts what crashes, and leaves nothing behind.

Every part runs in a session of its own, writes to its own log and ends with this process
(``lifetime.py``). A part that crashes is started again, three times; at the fourth crash everything stops
and ``failure`` says which part it was, with the end of its log. All starting and looking after happens in
one thread, which lives until ``stop``.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from config.services import lifetime
from config.services.places import Owner

RESTARTS = 3
FIRST_PAUSE = 0.2  # seconds before the first restart; each next one waits twice as long
STEADY = 300.0  # seconds of running after which earlier crashes no longer count
LOOK_EVERY = 0.05
TAIL_LINES = 30


class PartFailed(Exception):
    """A part crashed too often, or was not ready in time; the message ends with its log."""


@dataclass
class Part:
    """One program of the site. ``tier``: parts with the highest stop first, together."""

    name: str
    command: Sequence[str]
    log: Path
    tier: int
    env: Mapping[str, str] | None = None
    owner: Owner | None = None
    stop_signal: int = signal.SIGTERM
    stop_seconds: float = 5.0
    parent_death_signal: int = signal.SIGKILL
    before_start: Callable[[], None] | None = None
    cwd: Path | None = None


@dataclass
class _Child:
    part: Part
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    crashes: int = 0
    restart_at: float | None = None


class Supervisor:
    """Keeps parts running. Methods may be called from any thread."""

    def __init__(self, say: Callable[[str], None], on_failure: Callable[[], None] | None = None) -> None:
        self.failure: str | None = None
        self._say = say
        self._on_failure = on_failure
        self._children: dict[str, _Child] = {}
        self._jobs: queue.SimpleQueue[tuple[Callable[[], None], Future[None]]] = queue.SimpleQueue()
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="supervisor", daemon=True)
        self._thread.start()

    # What others ask

    def start(self, part: Part) -> None:
        """Start a part; return at once."""
        self._do(lambda: self._start(part))

    def wait_until(self, name: str, ready: Callable[[], bool], seconds: float = 60.0) -> None:
        """Wait until ``ready()``. Raises ``PartFailed`` after ``seconds``, or when a part gives up before."""
        deadline = time.monotonic() + seconds
        while not ready():
            if self.failure:
                raise PartFailed(self.failure)
            if time.monotonic() > deadline:
                raise PartFailed(f"{name} was not ready after {seconds:.0f} seconds.\n{self.log_tail(name)}")
            time.sleep(0.02)

    def pid(self, name: str) -> int | None:
        """The process id of a running part."""
        process = self._children[name].process
        return process.pid if process and process.poll() is None else None

    def pause(self, name: str) -> None:
        """Stop a part and leave it so until ``resume``; for tests of what the others then do."""
        self._do(lambda: self._stop_children([self._children[name]]))

    def resume(self, name: str) -> None:
        """Start a paused part again."""
        self._do(lambda: self._launch(self._children[name]))

    def stop(self) -> None:
        """Stop all parts, the last tier first, and the supervisor itself. Takes seconds at most."""
        if self._thread.is_alive() and not self._ended:
            self._do(self._stop_all)
        self._thread.join()

    def log_tail(self, name: str) -> str:
        """The last lines of a part's log, with its path."""
        path = self._children[name].part.log
        lines = path.read_text(errors="replace").splitlines()[-TAIL_LINES:] if path.exists() else []
        return "\n".join([f"The end of {path}:", *(f"    {line}" for line in lines)])

    # In the supervisor's own thread

    def _do(self, job: Callable[[], None]) -> None:
        future: Future[None] = Future()
        self._jobs.put((job, future))
        future.result()

    def _run(self) -> None:
        while not self._ended:
            with contextlib.suppress(queue.Empty):
                job, future = self._jobs.get(timeout=LOOK_EVERY)
                try:
                    job()
                except BaseException as error:
                    future.set_exception(error)
                else:
                    future.set_result(None)
            try:
                self._look_after()
            except Exception as error:  # a part that cannot even be launched: nothing may keep running unseen
                self._fail(str(error))
        self._refuse_the_rest()

    def _refuse_the_rest(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                self._jobs.get_nowait()[1].set_exception(PartFailed(self.failure or "The site has stopped."))

    def _start(self, part: Part) -> None:
        part.log.parent.mkdir(parents=True, exist_ok=True)
        if part.log.exists():
            part.log.replace(part.log.with_suffix(".previous.log"))
        self._children[part.name] = child = _Child(part)
        self._launch(child)

    def _launch(self, child: _Child) -> None:
        part = child.part
        child.restart_at = None
        if part.before_start:
            part.before_start()
        tie = lifetime.tie(part.parent_death_signal, part.owner)
        with part.log.open("ab") as log:
            child.process = subprocess.Popen(
                [*tie, *part.command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=dict(part.env) if part.env is not None else None,
                cwd=part.cwd,
                start_new_session=True,
            )
        child.started = time.monotonic()

    def _look_after(self) -> None:
        now = time.monotonic()
        for child in self._children.values():
            if child.restart_at is not None and now >= child.restart_at:
                self._launch(child)
            elif child.process is not None and (code := child.process.poll()) is not None:
                self._crashed(child, code)
                if self.failure:
                    return

    def _crashed(self, child: _Child, code: int) -> None:
        _kill_group(child.process)
        child.process = None
        if time.monotonic() - child.started > STEADY:
            child.crashes = 0
        child.crashes += 1
        how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
        if child.crashes > RESTARTS:
            self._fail(
                f"{child.part.name} stopped ({how}) and was restarted {RESTARTS} times in vain; all is stopped.\n"
                f"{self.log_tail(child.part.name)}"
            )
        else:
            self._say(f"{child.part.name} stopped ({how}); starting it again ({child.crashes} of {RESTARTS})")
            child.restart_at = time.monotonic() + FIRST_PAUSE * 2 ** (child.crashes - 1)

    def _fail(self, reason: str) -> None:
        self.failure = reason
        self._stop_all()
        if self._on_failure:
            self._on_failure()

    def _stop_all(self) -> None:
        for tier in sorted({child.part.tier for child in self._children.values()}, reverse=True):
            self._stop_children([child for child in self._children.values() if child.part.tier == tier])
        self._ended = True

    def _stop_children(self, children: list[_Child]) -> None:
        """Ask all, then wait for each until its time is up, then end its whole group."""
        asked = time.monotonic()
        for child in children:
            child.restart_at = None
            if child.process is not None:
                child.process.send_signal(child.part.stop_signal)
        for child in children:
            if child.process is None:
                continue
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0.0, asked + child.part.stop_seconds - time.monotonic()))
            _kill_group(child.process)
            child.process.wait()
            child.process = None


def _kill_group(process: subprocess.Popen[bytes] | None) -> None:
    """End whatever a part left in its session's group."""
    if process is not None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
