"""Building: asked for once, visible while it goes on, and finished whatever happens to a worker."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from reports import building
from reports.building import ReportError, build, release_report, request_report, standing_still
from reports.models import Report
from reports.tasks import ask
from tests.reports.reading import docx_text
from tests.reports.rooms import count, held, room
from tests.reports.test_pdf import text_of
from tests.reports.test_schema import errors
from workshops.models import Workshop
from workshops.rounds import RoundError, close_stage, hide_stage, reopen_stage, reveal_stage


def built(workshop: Workshop) -> Report:
    report = request_report(workshop, workshop.owner)
    build(report.pk)
    report.refresh_from_db()
    return report


def content(report: Report, name: str) -> bytes:
    return bytes(report.files.get(format=name).content)


@pytest.mark.django_db
def test_a_built_report_has_its_files_and_their_facts() -> None:
    report = built(held())
    assert (report.status, report.progress, report.error, report.version) == ("ready", 100, "", 1)
    assert {file.format: file.size == len(file.content) for file in report.files.all()} == dict.fromkeys(
        ("pdf", "docx", "xlsx", "ods", "zip", "csv", "json"), True
    )
    facts = json.loads(content(report, "json"))
    assert facts == report.facts
    assert errors(facts) == []
    assert facts["stages"][0]["respondents"] == 14


@pytest.mark.django_db
def test_asking_twice_gives_the_report_that_is_under_way() -> None:
    workshop = held()
    first = request_report(workshop, workshop.owner)
    assert request_report(workshop, workshop.owner) == first
    build(first.pk)
    assert request_report(workshop, workshop.owner).version == 2


@pytest.mark.django_db
def test_building_a_finished_report_again_changes_nothing() -> None:
    report = built(held())
    moved = report.moved_at
    build(report.pk)
    report.refresh_from_db()
    assert report.moved_at == moved


@pytest.mark.django_db
def test_what_a_dead_worker_left_is_finished() -> None:
    workshop = held()
    report = request_report(workshop, workshop.owner)
    Report.objects.filter(pk=report.pk).update(
        status="building", step="xlsx", progress=40, moved_at=timezone.now() - timedelta(minutes=1)
    )
    building.keep(report, "pdf", b"half a file")
    assert standing_still() == [report.pk]
    build(report.pk)
    report.refresh_from_db()
    assert report.is_ready
    assert content(report, "pdf").startswith(b"%PDF")
    assert standing_still() == []


@pytest.mark.django_db
def test_of_two_builders_one_does_the_work() -> None:
    workshop = held()
    report = request_report(workshop, workshop.owner)
    url = psycopg.conninfo.make_conninfo(settings.DATABASE_URL, dbname=str(connection.settings_dict["NAME"]))
    with psycopg.connect(url) as other:
        other.execute("SELECT pg_advisory_lock(%s, %s)", [building.BUILDING, report.pk])
        build(report.pk)
        report.refresh_from_db()
        assert report.status == "waiting"
        other.execute("SELECT pg_advisory_unlock(%s, %s)", [building.BUILDING, report.pk])
    build(report.pk)
    report.refresh_from_db()
    assert report.is_ready


@pytest.mark.django_db
def test_a_failure_is_kept_and_the_next_version_can_be_asked_for() -> None:
    workshop = held()
    workshop.content_set.scenarios.update(features=[])  # not what the cover expects
    report = built(workshop)
    assert report.is_failed
    assert report.error.startswith("facts: ")
    build(report.pk)
    report.refresh_from_db()
    assert report.is_failed
    assert request_report(workshop, workshop.owner).version == 2


@pytest.mark.django_db
def test_a_report_counts_what_was_closed_a_moment_ago() -> None:
    workshop, _ = room()
    reveal_stage(close_stage(workshop.stages.get()))
    report = built(workshop)
    assert report.facts is not None
    assert report.facts["stages"][0]["answers"] == 14 * 42


@pytest.mark.django_db
def test_a_released_report_is_no_longer_a_concept_and_its_figures_stay() -> None:
    report = built(held())
    before = report.facts
    report = release_report(report)
    assert before is not None and report.facts is not None
    assert report.facts["stages"] == before["stages"]
    assert report.facts["report"]["status"] == "released"
    assert json.loads(content(report, "json")) == report.facts
    assert not any("concept" in page.lower() for page in text_of(content(report, "pdf")))


@pytest.mark.django_db
def test_a_round_in_a_released_report_cannot_be_reopened() -> None:
    workshop = held()
    release_report(built(workshop))
    with pytest.raises(RoundError, match="vrijgegeven verslag"):
        reopen_stage(workshop.stages.get())


@pytest.mark.django_db
def test_a_round_in_a_concept_can_be_reopened_and_then_the_concept_cannot_be_released() -> None:
    workshop = held()
    report = built(workshop)
    stage = reopen_stage(workshop.stages.get())
    with pytest.raises(ReportError, match="Maak het verslag opnieuw"):
        release_report(report)
    count(close_stage(stage))
    assert release_report(report).released_at is not None


@pytest.mark.django_db
def test_a_round_hidden_again_after_the_concept_is_not_released() -> None:
    workshop = held()
    report = built(workshop)
    hide_stage(workshop.stages.get())
    with pytest.raises(ReportError):
        release_report(report)


@pytest.mark.django_db
def test_a_report_without_a_result_or_unfinished_cannot_be_released() -> None:
    workshop, _ = room()
    with pytest.raises(ReportError, match="nog niet klaar"):
        release_report(request_report(workshop, workshop.owner))
    report = Report.objects.get(workshop=workshop)
    build(report.pk)
    with pytest.raises(ReportError, match="nog geen uitslag"):
        release_report(report)


@pytest.mark.django_db
def test_the_word_file_of_a_released_report_is_no_concept_either() -> None:
    report = release_report(built(held()))
    assert "concept" not in docx_text(content(report, "docx"))


@pytest.mark.django_db
def test_a_concept_from_before_a_format_gets_it_when_it_is_released() -> None:
    report = built(held())
    report.files.filter(format__in=["docx", "ods", "zip"]).delete()
    release_report(report)
    assert report.files.count() == len(building.WRITERS)


@pytest.mark.django_db
def test_releasing_twice_keeps_the_first_day() -> None:
    report = release_report(built(held()))
    assert release_report(report).released_at == report.released_at


@pytest.mark.usefixtures("live_db", "celery_worker_process")
def test_a_worker_builds_what_was_asked_for(wait_until: Callable[..., None]) -> None:
    workshop = held()
    report = request_report(workshop, workshop.owner)
    wait_until(lambda: Report.objects.get(pk=report.pk).is_ready, seconds=20)
    assert Report.objects.get(pk=report.pk).files.count() == len(building.WRITERS)


@pytest.mark.usefixtures("live_db")
def test_a_second_delivery_finds_the_report_done(celery_worker_process, wait_until: Callable[..., None]) -> None:
    workshop = held()
    report = request_report(workshop, workshop.owner)
    wait_until(lambda: Report.objects.get(pk=report.pk).is_ready, seconds=20)
    moved = Report.objects.get(pk=report.pk).moved_at
    assert ask(report.pk)
    assert Report.objects.get(pk=report.pk).moved_at == moved


@pytest.mark.usefixtures("live_db")
def test_without_a_broker_the_report_waits_and_says_so(services) -> None:
    workshop = held()
    services.supervisor.pause("valkey")
    try:
        report = request_report(workshop, workshop.owner)
        report.refresh_from_db()
        assert (report.status, report.step) == ("waiting", building.NO_BROKER)
    finally:
        services.supervisor.resume("valkey")
    Report.objects.filter(pk=report.pk).update(moved_at=timezone.now() - timedelta(minutes=1))
    assert report.pk in standing_still()
    build(report.pk)
    report.refresh_from_db()
    assert report.is_ready
