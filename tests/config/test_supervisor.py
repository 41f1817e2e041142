from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from config.services.supervisor import RESTARTS, Part, PartFailed, Supervisor
from tests.config.processes import descendants, gone, kill_9, python, running, started

SLEEP = "exec sleep 600"
# A shell with a child of its own in the same group: what granian and its workers look like.
FAMILY = "sleep 601 & sleep 602; wait"


def part(folder: Path, script: str, name: str = "thing", **options) -> Part:
    return Part(name, ["/bin/sh", "-c", script], folder / "log" / f"{name}.log", tier=0, **options)


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(said: list[str]) -> Iterator[Supervisor]:
    supervisor = Supervisor(said.append)
    yield supervisor
    supervisor.stop()


def pid_of(supervisor: Supervisor, name: str = "thing") -> int:
    pid = supervisor.pid(name)
    assert pid is not None
    return pid


def test_what_crashes_is_started_again_three_times_and_then_all_stops_with_its_log(
    supervisor, said, tmp_path, wait_until
):
    supervisor.start(part(tmp_path, SLEEP, "other"))
    other = psutil.Process(pid_of(supervisor, "other"))
    supervisor.start(part(tmp_path, "echo out of paper; exit 3"))
    wait_until(lambda: supervisor.failure)
    assert said == [f"thing stopped (exit code 3); starting it again ({n} of 3)" for n in (1, 2, 3)]
    assert "thing stopped (exit code 3) and was restarted 3 times in vain" in supervisor.failure
    assert supervisor.failure.count("out of paper") == RESTARTS + 1
    assert str(tmp_path / "log" / "thing.log") in supervisor.failure
    assert gone([other])


def test_one_that_was_killed_runs_again_and_the_others_never_noticed(supervisor, said, tmp_path, wait_until):
    supervisor.start(part(tmp_path, SLEEP, "other"))
    supervisor.start(part(tmp_path, SLEEP))
    other, killed = pid_of(supervisor, "other"), pid_of(supervisor)
    kill_9(killed)
    wait_until(lambda: supervisor.pid("thing") not in (None, killed))
    assert said == ["thing stopped (signal SIGKILL); starting it again (1 of 3)"]
    assert supervisor.pid("other") == other
    assert supervisor.failure is None


def test_a_part_that_is_killed_leaves_no_children(supervisor, tmp_path, wait_until):
    supervisor.start(part(tmp_path, FAMILY))
    pid = pid_of(supervisor)
    wait_until(lambda: len(descendants(pid)) == 2)
    children = descendants(pid)
    kill_9(pid)
    assert gone(children)


def test_stopping_ends_what_does_not_listen(tmp_path, said, wait_until):
    supervisor = Supervisor(said.append)
    supervisor.start(part(tmp_path, f"trap '' TERM; echo deaf; {FAMILY}", stop_seconds=0.3))
    pid = pid_of(supervisor)
    wait_until(lambda: "deaf" in (tmp_path / "log" / "thing.log").read_text())
    processes = [psutil.Process(pid), *descendants(pid)]
    began = time.monotonic()
    supervisor.stop()
    assert time.monotonic() - began < 2
    assert gone(processes, seconds=1)
    assert said == []


def test_the_last_tier_stops_first(tmp_path, said):
    supervisor = Supervisor(said.append)
    trap = "trap 'echo {0} >> {1}; exit' TERM; touch {1}.{0}; while :; do sleep 0.05; done"
    order = tmp_path / "order"
    for name, tier in (("database", 0), ("site", 2), ("broker", 1)):
        words = ["/bin/sh", "-c", trap.format(name, order)]
        supervisor.start(Part(name, words, tmp_path / f"{name}.log", tier))
        supervisor.wait_until(name, lambda name=name: Path(f"{order}.{name}").exists())
    supervisor.stop()
    assert order.read_text().split() == ["site", "broker", "database"]


def test_waiting_for_a_part_that_gives_up_says_why(supervisor, tmp_path):
    supervisor.start(part(tmp_path, "echo no such thing; exit 1"))
    with pytest.raises(PartFailed, match="no such thing"):
        supervisor.wait_until("thing", lambda: False)


def test_a_part_that_is_never_ready_is_not_waited_for_forever(supervisor, tmp_path):
    supervisor.start(part(tmp_path, SLEEP))
    with pytest.raises(PartFailed, match="thing was not ready after 0 seconds"):
        supervisor.wait_until("thing", lambda: False, seconds=0.1)


def test_a_paused_part_stays_away_until_it_is_resumed(supervisor, said, tmp_path, wait_until):
    supervisor.start(part(tmp_path, SLEEP))
    supervisor.pause("thing")
    time.sleep(0.3)
    assert supervisor.pid("thing") is None
    supervisor.resume("thing")
    wait_until(lambda: supervisor.pid("thing"))
    assert said == []


HOLD = """
import sys, time
from pathlib import Path
from config.services.supervisor import Part, Supervisor
supervisor = Supervisor(print)
supervisor.start(Part("thing", ["/bin/sh", "-c", "exec sleep 600"], Path(sys.argv[1]) / "thing.log", 0))
print("held", flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("watch", ["", "yes"], ids=["by the kernel", "by a watcher"])
def test_nothing_outlives_a_parent_that_is_killed(tmp_path, watch, wait_until):
    environ = {**os.environ, "SCENARIOTAFEL_WATCH": watch}
    with started([*python(HOLD), tmp_path], "held", environ) as holder:
        wait_until(lambda: any("sleep" in p.cmdline() for p in descendants(holder.pid)))
        children = descendants(holder.pid)
        assert len(running(children)) == (2 if watch else 1)
        holder.send_signal(signal.SIGKILL)
        assert gone(children), running(children)
