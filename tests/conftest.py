"""What tests share: a loaded database, a whole running site, a browser.

``db`` (pytest-django) is for tests of this process: each is rolled back. ``live_db`` is for tests in which other
processes take part: it points Django at the running site's database, where everything is committed and nothing is
cleared, so such tests make objects of their own and count only those. ``quiet_db`` commits too, in a database that no
worker looks at: for tests of what one step leaves behind before anybody else acts. Never use two of them in one test.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from config.services.supervisor import Part
from config.site import Services, Site, beat, free_port, start_web, worker
from tests.browser.launch import launch_args
from tests.plugin import services_key

CONTENT = Path(__file__).resolve().parent.parent / "content"
# Ids in the site's database start here: a message about one database's round is never taken for the other's.
FIRST_SITE_ID = 1_000_000


@pytest.fixture(scope="session")
def services(pytestconfig: pytest.Config) -> Services:
    """PostgreSQL and Valkey of this run; ``services.supervisor`` pauses and resumes them."""
    return pytestconfig.stash[services_key]


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The shipped municipalities and content are there in every test; the running site gets a copy of it all.

    In place of pytest-django's own, which makes no database in a run whose tests all use the site's.
    """
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
        call_command("import_municipalities", str(CONTENT / "gemeenten.csv"))
        call_command("import_content", str(CONTENT / "catalogue.yaml"))
        name = str(connection.settings_dict["NAME"])
        settings.DATABASE_URL = _url_of(name)
        _leave_database()
    copies = [sql.Identifier(f"{name}_{each}") for each in ("site", "quiet")]
    with _server() as server:
        for copy in copies:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(copy))
            make = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
            server.execute(make.format(copy, sql.Identifier(name)))
    with _server(f"{name}_site") as server:
        server.execute(
            "SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass, coalesce(last_value, 0) + %s)"
            " FROM pg_sequences",
            [FIRST_SITE_ID],
        )
    yield
    with django_db_blocker.unblock():
        _leave_database()
    with _server() as server:
        for copy in copies:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(copy))
        # A connection of this run that is still there would keep the database from going.
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def site_services(services: Services, django_db_setup: None) -> Services:
    """The same servers with the running site's own database."""
    port = free_port()
    environ = services.environ | {
        "DATABASE_URL": _url_of(f"{connection.settings_dict['NAME']}_site"),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "SHOW_STYLE": "1",
    }
    return replace(services, environ=environ)


@pytest.fixture
def live_db(site_services: Services, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Django in this process works in the running site's database, and commits."""
    with django_db_blocker.unblock(), _database(f"{connection.settings_dict['NAME']}_site"):
        yield


@pytest.fixture
def quiet_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Django in this process works, and commits, in a database in which nobody else counts, closes or shows."""
    with django_db_blocker.unblock(), _database(f"{connection.settings_dict['NAME']}_quiet"):
        yield


@pytest.fixture(scope="session")
def celery_worker_process(site_services: Services) -> Part:
    """A real Celery worker on the site's database, for the rest of the run.

    ``services.supervisor.pause("worker")`` and ``resume("worker")`` stop and start it.
    """
    part = worker(site_services)
    site_services.supervisor.start(part)
    site_services.supervisor.wait_until("worker", lambda: "ready." in part.log.read_text())
    return part


@pytest.fixture(scope="session")
def site(site_services: Services, celery_worker_process: Part) -> Site:
    """A running site (``site.url``) with web server, worker and beat, for the rest of the run."""
    site_services.supervisor.start(beat(site_services))
    return start_web(site_services, int(site_services.environ["SITE_URL"].rpartition(":")[2]))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, **launch_args()}


@pytest.fixture
def wait_until() -> Callable[..., None]:
    """``wait_until(condition, seconds=5)``: until it holds, else the test fails."""
    return _wait_until


def _wait_until(condition: Callable[[], object], seconds: float = 5.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"still not so after {seconds} seconds"
        time.sleep(0.02)


@contextmanager
def _database(name: str) -> Iterator[None]:
    database = connections.databases["default"]
    earlier, earlier_url = database["NAME"], settings.DATABASE_URL
    _leave_database()
    database["NAME"], settings.DATABASE_URL = name, _url_of(name)
    try:
        yield
        _leave_database()
    finally:
        database["NAME"], settings.DATABASE_URL = earlier, earlier_url


def _leave_database() -> None:
    wrapper = connections["default"]
    assert isinstance(wrapper, DatabaseWrapper)
    wrapper.close()
    wrapper.close_pool()


def _url_of(database: str) -> str:
    """The address of another database on the same server, in libpq's words."""
    return psycopg.conninfo.make_conninfo(os.environ["DATABASE_URL"], dbname=database)


def _server(database: str = "postgres") -> psycopg.Connection[tuple[Any, ...]]:
    return psycopg.connect(_url_of(database), autocommit=True)


@pytest.fixture(autouse=True, scope="session")
def _files_are_looked_up_when_asked_for() -> None:
    """Else each of the thousands of test clients would look through all static files first."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def _the_sites_own_language() -> None:
    """Every test begins in the site's own language, whatever the one before it switched on in this thread."""
    translation.deactivate()
