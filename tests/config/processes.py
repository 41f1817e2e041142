"""Start programs of ours as somebody would, and see what is left of them."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import psutil

BASE_DIR = Path(__file__).resolve().parent.parent.parent


@contextlib.contextmanager
def started(words: Sequence[str | Path], says: str, environ: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A program that has said ``says`` on its standard output; it is killed at the end if it still runs."""
    with subprocess.Popen(
        [str(word) for word in words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environ,
        cwd=BASE_DIR,
    ) as process:
        try:
            assert process.stdout is not None
            said = []
            for line in process.stdout:
                said.append(line)
                if says in line:
                    break
            assert said and says in said[-1], "".join(said)
            yield process
        finally:
            process.kill()


def python(code: str) -> list[str]:
    """The words that run a few lines of Python."""
    return [sys.executable, "-c", code]


def descendants(pid: int) -> list[psutil.Process]:
    """Everything that a process started, directly or not."""
    return list(psutil.Process(pid).children(recursive=True))


def named(processes: list[psutil.Process], word: str) -> list[psutil.Process]:
    """Those that run with ``word`` among their words."""
    found = []
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):  # a zombie counts as one
            if word in process.cmdline():
                found.append(process)
    return found


def running(processes: list[psutil.Process]) -> list[str]:
    """Those that still run, in words. A dead process that its new parent hasn't collected yet doesn't run."""
    left = []
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            if process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                left.append(f"{process.pid} {' '.join(process.cmdline())[:100]}")
    return left


def gone(processes: list[psutil.Process], seconds: float = 5.0) -> bool:
    """Whether all have ended within ``seconds``."""
    deadline = time.monotonic() + seconds
    while running(processes) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not running(processes)


def kill_9(pid: int) -> None:
    psutil.Process(pid).send_signal(signal.SIGKILL)
