"""docker-compose.yml and the Dockerfile stay in step with what ``make run`` starts."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
import yaml

from config.services.postgres import SETTINGS
from config.site import WEB_OPTIONS, WORKER_OPTIONS
from tests.config.processes import BASE_DIR

DOCKERFILE = (BASE_DIR / "Dockerfile").read_text()


@pytest.fixture(scope="module")
def services():
    return yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text())["services"]


def test_the_compose_file_is_what_compose_understands():
    words = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"]
    checked = subprocess.run(words, check=False, cwd=BASE_DIR, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_compose_has_every_part(services):
    assert set(services) == {"db", "redis", "prepare", "web", "worker", "beat", "proxy"}
    for name in ("web", "worker", "beat", "prepare"):
        assert {"DATABASE_URL", "REDIS_URL", "SECRET_KEY"} <= set(services[name]["environment"])


def test_every_setting_of_the_readme_reaches_the_containers(services):
    rows = [line for line in (BASE_DIR / "README.md").read_text().splitlines() if line.startswith("| `")]
    told = {name for row in rows for name in re.findall(r"`([A-Z_]{4,})`", row.split("|")[1])}
    assert "SCENARIOTAFEL_THEME" in told
    assert told - set(services["web"]["environment"]) - set(re.findall(r"([A-Z_]+)=", DOCKERFILE)) == set()


def test_the_secrets_of_compose_are_neither_committed_nor_in_the_image():
    for name in (".gitignore", ".dockerignore"):
        assert ".env" in (BASE_DIR / name).read_text().splitlines(), name


def test_the_web_server_runs_with_the_same_options_in_a_container():
    command = json.loads(re.search(r"^CMD (.+)$", DOCKERFILE, re.MULTILINE)[1])
    assert command == ["granian", *WEB_OPTIONS, "--host", "0.0.0.0", "--port", "8000", "config.asgi:application"]


def test_the_worker_runs_with_the_same_options_in_a_container(services):
    assert services["worker"]["command"] == ["celery", "-A", "config", "worker", *WORKER_OPTIONS]


def test_the_database_has_the_same_settings_in_a_container(services):
    given = dict(pair.split("=") for pair in services["db"]["command"] if "=" in pair)
    assert given == {name: SETTINGS[name] for name in given}
    assert "--locale-provider=builtin --builtin-locale=C.UTF-8" in services["db"]["environment"]["POSTGRES_INITDB_ARGS"]


def test_the_image_is_set_up_with_make():
    makefile = (BASE_DIR / "Makefile").read_text()
    for target in re.findall(r"^RUN make (.+)$", DOCKERFILE, re.MULTILINE):
        assert re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE), target


def test_the_proxy_passes_streams_on_at_once_and_keeps_no_access_log():
    caddyfile = (BASE_DIR / "deploy" / "Caddyfile").read_text()
    assert re.search(r"reverse_proxy /live/\* web:8000 \{\s+flush_interval -1", caddyfile)
    assert not re.search(r"^\s*log\b", caddyfile, re.MULTILINE)
