from __future__ import annotations

import itertools
import os
import shutil
import signal
import stat
import subprocess
import tempfile
from pathlib import Path

import psycopg
import pytest
import redis

from config.services import postgres, valkey
from config.services.environment import FILE_NAME
from config.services.places import (
    LONGEST_SOCKET,
    Owner,
    ServiceError,
    reachable,
    service_owner,
    socket_folder,
    within_reach,
)
from config.site import running_services
from tests.config.processes import descendants, gone, kill_9, python, running, started

# What a shell has, without the addresses of this test run's own services.
BARE = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}


@pytest.fixture
def data(tmp_path_factory, monkeypatch):
    """A data directory that the database's own user can reach, with a temp directory of its own beside it."""
    folder = tmp_path_factory.mktemp("d")
    for parent in (folder, *itertools.takewhile(lambda each: each != Path(tempfile.gettempdir()), folder.parents)):
        parent.chmod(0o711)
    (folder / "t").mkdir(mode=0o711)
    monkeypatch.setattr(tempfile, "tempdir", str(folder / "t"))
    yield folder / "var"
    shutil.rmtree(folder)


def quiet(data: Path, environ=BARE):
    return running_services(data, environ, say=lambda line: None)


def query(url: str, sql: str):
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else None


def test_both_start_answer_and_stop(data):
    with quiet(data) as services:
        url = services.environ["DATABASE_URL"]
        assert query(url, "SELECT current_database(), current_setting('fsync')") == [("scenariotafel", "on")]
        assert int(query(url, "SELECT current_setting('max_connections')")[0][0]) >= 100
        assert query(url, "SELECT lower('ÉÉN'), 'ij' < 'ĳ'") == [("één", True)]
        with redis.Redis.from_url(services.environ["REDIS_URL"]) as client:
            assert client.ping()
        processes = descendants(os.getpid())
        mine = [process for process in processes if str(data) in " ".join(process.cmdline())]
        assert {process.name() for process in mine} == {"postgres", "valkey-server"}
    assert gone(mine, seconds=1)
    assert not (data / FILE_NAME).exists()


def test_neither_listens_on_a_port(data):
    with quiet(data) as services:
        assert query(services.environ["DATABASE_URL"], "SHOW listen_addresses") == [("",)]
        with redis.Redis.from_url(services.environ["REDIS_URL"]) as client:
            assert client.config_get("port") == {"port": "0"}
        sockets = Path(services.environ["REDIS_URL"].removeprefix("unix://")).parent
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700


def test_what_was_stored_is_there_at_the_next_start(data):
    with quiet(data) as services:
        query(services.environ["DATABASE_URL"], "CREATE TABLE kept AS SELECT 42 AS answer")
    with quiet(data) as services:
        assert query(services.environ["DATABASE_URL"], "SELECT answer FROM kept") == [(42,)]


HOLD = """
import sys, time
from pathlib import Path
from config.site import running_services
with running_services(Path(sys.argv[1])) as services:
    print("held", services.supervisor.pid("postgres"), flush=True)
    time.sleep(600)
"""


def test_a_parent_that_is_killed_leaves_nothing_and_the_next_start_finds_all_that_was_committed(data):
    with started([*python(HOLD), data], "held", BARE) as holder:
        children = descendants(holder.pid)
        assert len(running(children)) > 4
        url = dict(line.split("=", 1) for line in (data / FILE_NAME).read_text().splitlines())["DATABASE_URL"]
        query(url, "CREATE TABLE kept AS SELECT 42 AS answer")
        holder.send_signal(signal.SIGKILL)
        # At once, with the earlier server perhaps still there.
        with quiet(data) as services:
            assert query(services.environ["DATABASE_URL"], "SELECT answer FROM kept") == [(42,)]
        assert gone(children), running(children)


@pytest.mark.parametrize("lock", ["", "\n", "{pid}\n{cluster}\n1795551190\n5432\n"], ids=["empty", "blank", "reused"])
def test_a_lock_that_means_nothing_any_more_does_not_stop_a_start(data, lock):
    with quiet(data):
        pass
    cluster = postgres.Postgres(data, service_owner()).cluster
    (cluster / "postmaster.pid").write_text(lock.format(pid=os.getppid(), cluster=cluster))
    with quiet(data) as services:
        assert query(services.environ["DATABASE_URL"], "SELECT 1") == [(1,)]


def test_a_crashed_server_comes_back_by_itself_with_all_that_was_committed(data, wait_until):
    with quiet(data) as services:
        url = services.environ["DATABASE_URL"]
        query(url, "CREATE TABLE kept AS SELECT 42 AS answer")
        earlier = services.supervisor.pid("postgres")
        assert earlier is not None
        kill_9(earlier)
        wait_until(lambda: services.supervisor.pid("postgres") not in (None, earlier))
        server = postgres.Postgres(data, service_owner())
        wait_until(server.ready, seconds=10)
        assert query(url, "SELECT answer FROM kept") == [(42,)]


def test_half_a_cluster_does_not_stand_in_the_way(data):
    server = postgres.Postgres(data, service_owner())
    (server.folder / "unfinished").mkdir()
    (server.folder / "unfinished" / "PG_VERSION").write_text("18\n")
    with quiet(data) as services:
        assert query(services.environ["DATABASE_URL"], "SELECT 1") == [(1,)]


def test_a_second_site_on_the_same_data_is_refused_with_the_firsts_process(data):
    with (
        quiet(data),
        pytest.raises(ServiceError, match=f"Process {os.getpid()} already runs a site on {data}"),
        quiet(data),
    ):
        pass


def test_given_addresses_are_used_and_nothing_is_started(data, services):
    environ = BARE | {name: services.environ[name] for name in ("DATABASE_URL", "REDIS_URL")}
    before = {p.pid for p in descendants(os.getpid())}
    with quiet(data, environ) as found:
        assert found.environ["DATABASE_URL"] == services.environ["DATABASE_URL"]
        assert {p.pid for p in descendants(os.getpid())} <= before
    assert not (data / "postgres").exists()


def test_data_behind_a_private_folder_goes_where_the_databases_user_can_go(data):
    behind = data / "home" / "var"
    behind.mkdir(parents=True)
    behind.parent.chmod(0o700)
    said: list[str] = []
    with running_services(behind, BARE, say=said.append) as services:
        assert query(services.environ["DATABASE_URL"], "SELECT 1") == [(1,)]
        folder = postgres.Postgres(behind, service_owner()).folder
    if os.geteuid() == 0:
        assert not folder.is_relative_to(behind)
        assert said == [f"PostgreSQL's user cannot reach {behind}; its data goes to {folder}."]
        assert stat.S_IMODE(behind.parent.stat().st_mode) == 0o700
    else:
        assert folder.is_relative_to(behind)


def test_programs_behind_a_private_folder_are_copied_with_their_libraries(data):
    private = data / "home"
    for folder in postgres.FOLDERS:
        if (postgres.wheel() / folder).exists():
            shutil.copytree(postgres.wheel() / folder, private / folder, symlinks=True)
    private.chmod(0o700)
    stranger = Owner(uid=54321, gid=54321)
    copy = within_reach(private, postgres.FOLDERS, data, stranger)
    shutil.rmtree(private)
    program = copy / postgres.FOLDERS[0] / "bin" / "initdb"
    assert reachable(program, stranger)
    assert stat.S_IMODE(program.stat().st_mode) & 0o005 == 0o005
    assert "PostgreSQL" in subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout


def test_reach_is_about_every_folder_above(data):
    data.mkdir()
    stranger = Owner(uid=54321, gid=54321)
    assert reachable(data / "postgres", stranger)
    data.chmod(0o700)
    assert not reachable(data / "postgres", stranger)
    assert reachable(data / "postgres", Owner(uid=os.geteuid(), gid=54321))
    assert reachable(data / "postgres", None)


def test_sockets_stay_short_however_long_the_path(data):
    deep = data / ("a" * 60) / ("b" * 60)
    deep.mkdir(parents=True)
    folder = socket_folder(deep, service_owner())
    assert len(str(folder / ".s.PGSQL.5432")) < LONGEST_SOCKET
    assert folder == socket_folder(deep, service_owner())


@pytest.mark.parametrize("find", [postgres.wheel, valkey.program])
def test_without_a_wheel_the_message_says_what_to_do(monkeypatch, find):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ServiceError, match="Set DATABASE_URL and REDIS_URL to servers of your own, or use docker"):
        find()
