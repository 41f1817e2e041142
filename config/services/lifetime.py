"""Processes that end with their parent, even when that one is killed with SIGKILL.

This file is a module and a script. As a script it is what the supervisor really starts: it gives up
root where asked, ties itself to its parent and then becomes the command::

    python -I -S lifetime.py PARENT SIGNAL UID:GID|- COMMAND …

On Linux the kernel does the rest (``PR_SET_PDEATHSIG``). Two things about it are easy to get wrong: a
change of user clears it, so it is set after ``setuid``; and it goes off when the parent's *thread* ends
that started the child, so the supervisor starts everything from one thread that lives to the end.
Elsewhere the script stays as a small watcher between parent and command.

Only the standard library: it runs as a user who may not be able to read anything else.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
import threading
import time

PR_SET_PDEATHSIG = 1
LOOK_EVERY = 0.2
MOST_FILES = 65536


def die_with_parent(parent: int, number: int = signal.SIGKILL) -> None:
    """Have this process get signal ``number`` when ``parent`` (its present parent) ends.

    Raises ``OSError`` where Linux refuses. A parent that ended before the call counts too.
    """
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")
    else:
        threading.Thread(target=_watch_parent, args=(parent, number), daemon=True).start()
    if os.getppid() != parent:
        os.kill(os.getpid(), number)


def _watch_parent(parent: int, number: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY)
    os.kill(os.getpid(), number)


def tie_to_make() -> None:
    """End with make where make started this, however that ends; what is started by hand may outlive its terminal."""
    if os.environ.get("SCENARIOTAFEL_UNDER_MAKE"):
        die_with_parent(os.getppid(), signal.SIGTERM)


def tie(number: int, owner: tuple[int, int] | None = None) -> list[str]:
    """The words to put before a command, so that it ends with this process and runs as ``owner`` (uid, gid)."""
    runs_as = f"{owner[0]}:{owner[1]}" if owner else "-"
    return [sys.executable, "-I", "-S", __file__, str(os.getpid()), str(int(number)), runs_as]


def allow_many_files() -> None:
    """Raise the soft limit of open files (one a stream) to the hard one, at most 65,536."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def become(parent: int, number: int, owner: str, command: list[str], watch: bool) -> None:
    """Turn this process into ``command``, run by ``owner`` ("uid:gid" or "-") and tied to ``parent``."""
    allow_many_files()
    if owner != "-":
        uid, gid = (int(part) for part in owner.split(":"))
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if watch:
        sys.exit(_watch_over(parent, number, command))
    die_with_parent(parent, number)
    os.execv(command[0], command)


def _watch_over(parent: int, number: int, command: list[str]) -> int:
    """Run ``command`` as a child, pass signals on, end it with ``parent``; give its exit code."""
    child = os.fork()
    if child == 0:
        os.execv(command[0], command)
    for passed_on in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
        signal.signal(passed_on, lambda got, _frame: os.kill(child, got))
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status) & 0xFF
        if os.getppid() != parent:
            os.kill(child, number)
            os.waitpid(child, 0)
            return 1
        time.sleep(LOOK_EVERY)


if __name__ == "__main__":
    become(
        int(sys.argv[1]),
        int(sys.argv[2]),
        sys.argv[3],
        sys.argv[4:],
        watch=sys.platform != "linux" or bool(os.environ.get("SCENARIOTAFEL_WATCH")),
    )
