from __future__ import annotations

import pytest

from config.services.environment import celery_url, remove_service_urls, service_urls, write_service_urls

URLS = {"DATABASE_URL": "postgresql://us@/ours?host=%2Ftmp%2Frun", "REDIS_URL": "unix:///tmp/run/valkey.sock"}


@pytest.mark.parametrize(
    ("redis_url", "expected"),
    [
        ("unix:///tmp/run/valkey.sock", "redis+socket:///tmp/run/valkey.sock?virtual_host=0"),
        ("unix:///tmp/run/valkey.sock?db=3", "redis+socket:///tmp/run/valkey.sock?virtual_host=3"),
        ("unix://:secret@/tmp/valkey.sock", "redis+socket://:secret@/tmp/valkey.sock?virtual_host=0"),
        ("redis://localhost:6379/1", "redis://localhost:6379/1"),
        ("rediss://cache.example:6380/0", "rediss://cache.example:6380/0"),
        ("", ""),
    ],
)
def test_celery_gets_the_same_server_in_its_own_words(redis_url, expected):
    assert celery_url(redis_url) == expected


def test_a_second_terminal_finds_the_services_that_the_first_started(tmp_path):
    write_service_urls(tmp_path, URLS)
    assert service_urls(tmp_path, {"HOME": "/"}) == tuple(URLS.values())


def test_the_environment_wins_over_what_was_started(tmp_path):
    write_service_urls(tmp_path, URLS)
    environ = {"DATABASE_URL": "postgresql://elsewhere/db"}
    assert service_urls(tmp_path, environ) == ("postgresql://elsewhere/db", URLS["REDIS_URL"])


def test_nothing_is_found_after_the_services_have_stopped(tmp_path):
    write_service_urls(tmp_path, URLS)
    remove_service_urls(tmp_path)
    assert service_urls(tmp_path, {"HOME": "/"}) == ("", "")
