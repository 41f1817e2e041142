"""Real PostgreSQL and Valkey for the whole test run, up before Django reads its settings.

Loaded by ``-p tests.plugin`` (pyproject.toml). Unless ``DATABASE_URL`` and ``REDIS_URL`` are set, both run from a
data directory of this run's own under the system's temp directory, and end with pytest, whatever ends that.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from config.services.environment import NAMES
from config.site import Services, running_services, say_nothing

PREFIX = "scenariotafel-tests-"

services_key = pytest.StashKey[Services]()
_stack = contextlib.ExitStack()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    """Before pytest-django, which reads the settings in this hook."""
    options = early_config.known_args_namespace
    asks = getattr(options, "help", False) or getattr(options, "version", False)
    # With -n the tests run in workers, each with services of its own; who hands them out needs none.
    hands_out = getattr(options, "numprocesses", None) and "PYTEST_XDIST_WORKER" not in os.environ
    if not asks and not hands_out:
        _clear_away_killed_runs()
        data = Path(tempfile.mkdtemp(prefix=PREFIX))
        data.chmod(0o711)  # as root, the database's own user has to pass
        _stack.callback(shutil.rmtree, data, ignore_errors=True)
        services = _stack.enter_context(running_services(data, say=say_nothing))
        os.environ.update({name: services.environ[name] for name in (*NAMES, "SCENARIOTAFEL_DATA")})
        # Playwright keeps an event loop in the main thread, where Django would refuse every query of a test.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        early_config.stash[services_key] = services
    return (yield)


def pytest_unconfigure() -> None:
    """The last thing of a run."""
    _stack.close()


def _clear_away_killed_runs() -> None:
    """Remove the data of earlier runs that were killed: nobody holds their lock."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            with (folder / "lock").open() as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue  # in use, somebody else's, or just being made
