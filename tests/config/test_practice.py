"""A practice: simulated people come in at once, answer what is opened, and stop when it is over."""

from __future__ import annotations

import re
from collections.abc import Callable

import httpx
import pytest
from django.conf import settings
from django.db.models import Count, Max, Min, Sum
from django.test import Client
from django.utils import timezone

from config.rehearsal import practice, tasks
from config.rehearsal.headlines import HEADLINES
from config.rehearsal.practice import PEOPLE, SECONDS, Standing, participant_id, step
from config.site import Site
from reports.building import ReportError, release_report
from reports.models import Report
from tests.factories import make_facilitator, make_workshop
from workshops import agenda, idea_options
from workshops.creation import copy_workshop, delete_practice
from workshops.ideas import Words
from workshops.models import Contribution, Idea, Participant, Stage, Vote, Workshop
from workshops.preparing import Round
from workshops.presence import standing as presence
from workshops.rounds import close_stage, end_workshop, open_stage
from workshops.tasks import redis
from workshops.worlds import open_scenario, tell

Wait = Callable[..., None]


def practice_of(workshop: Workshop) -> Workshop:
    today = timezone.localdate()
    return copy_workshop(workshop, workshop.owner, title="Oefening: zo", date=today, is_practice=True)


@pytest.fixture
def room() -> Workshop:
    """A practice that nobody is in yet."""
    return practice_of(make_workshop(groups=["inwoner", "gemeente"]))


def all_in(room: Workshop) -> None:
    for _ in range(4):
        step(room.pk, Standing())


@pytest.mark.django_db
def test_everybody_is_in_after_a_few_short_steps(room: Workshop) -> None:
    all_in(room)
    people = room.participants.all()
    assert len(people) == PEOPLE
    assert {person.group for person in people} == {"inwoner", "gemeente"}
    assert {person.municipality_code for person in people} >= {"0748", "0503"}
    assert presence(room.public_id).active == PEOPLE


@pytest.mark.django_db
def test_a_round_is_answered_bit_by_bit_and_each_answer_once(room: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    all_in(room)
    stage = open_stage(room.stages.get())
    votes = Vote.objects.filter(item__stage=stage)
    now = 1_800_000_000.0
    monkeypatch.setattr(practice.time, "time", lambda: now)
    standing = step(room.pk, Standing())
    assert standing == Standing(stage.pk, now, 0.0, asked=0b11)
    counts = []
    for _ in range(3):
        now += SECONDS / 3
        standing = step(room.pk, standing)
        counts.append(votes.count())
    assert 0 < counts[0] < counts[1] < counts[2]
    assert counts[2] > 0.7 * PEOPLE * 42
    assert votes.values("participant").distinct().count() == PEOPLE
    before = set(votes.values_list("participant", "item", "criterion", "value", "counter"))
    # A step that comes again, or after a restart, changes nothing.
    step(room.pk, Standing(stage.pk, now - SECONDS, SECONDS - 0.01, 0b11))
    assert set(votes.values_list("participant", "item", "criterion", "value", "counter")) == before


def to_the_end(room: Workshop, stage: Stage, monkeypatch: pytest.MonkeyPatch, standing: Standing) -> Standing:
    """All that is done in a round from where it stands, in four steps."""
    now = max(standing.since + standing.done, 1_800_000_000.0)
    for _ in range(5):
        monkeypatch.setattr(practice.time, "time", lambda now=now: now)
        following = step(room.pk, standing)
        assert following is not None
        standing = following
        now += SECONDS / 4
    return standing


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["trends", "scenarios", "position", "windtunnel"])
def test_the_round_of_every_kind_is_answered(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    room = practice_of(make_workshop(rounds=[key]))
    all_in(room)
    stage = room.stages.get()
    if key == "windtunnel":
        tell(room, "samendam", None)
    stage = open_stage(stage)
    to_the_end(room, stage, monkeypatch, Standing())
    votes = Vote.objects.filter(item__stage=stage)
    assert votes.values("participant").distinct().count() == PEOPLE
    asked = stage.items.count() * stage.criteria.filter(is_open=True).count()
    assert votes.count() > 0.7 * PEOPLE * asked


@pytest.mark.django_db
def test_in_a_wind_tunnel_people_go_on_with_each_scenario_that_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    room = practice_of(make_workshop(rounds=["windtunnel"]))
    all_in(room)
    tell(room, "samendam", None)
    stage = open_stage(room.stages.get())
    standing = to_the_end(room, stage, monkeypatch, Standing())
    votes = Vote.objects.filter(item__stage=stage)
    before = set(votes.filter(criterion__key="samendam").values_list("participant", "item", "value"))
    assert not votes.filter(criterion__key="ikhoven").exists()
    open_scenario(stage, "ikhoven", None)
    to_the_end(room, stage, monkeypatch, standing)
    after = set(votes.filter(criterion__key="samendam").values_list("participant", "item", "value"))
    assert votes.filter(criterion__key="ikhoven").count() > 0.7 * PEOPLE * 12
    assert before <= after
    assert not votes.filter(criterion__key="staatsburcht").exists()
    assert 0 < stage.contributions.count() <= PEOPLE
    assert set(stage.contributions.values_list("scenario", flat=True)) <= {"samendam", "ikhoven"}


@pytest.mark.django_db
def test_dots_are_divided_as_whole_ballots_within_the_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    room = practice_of(make_workshop(rounds=["agenda"]))
    all_in(room)
    stage = open_stage(room.stages.get())
    standing = to_the_end(room, stage, monkeypatch, Standing())
    dots = Vote.objects.filter(item__stage=stage, criterion__key="dots")
    ballots = dots.values("participant").annotate(
        cells=Count("pk"), given=Sum("value"), counters=Max("counter") - Min("counter")
    )
    assert len(ballots) > 0.8 * PEOPLE
    assert all(row["cells"] == 12 and 0 < row["given"] <= 5 and row["counters"] == 0 for row in ballots)
    # Then who carries what, of the options on the agenda alone.
    agenda.close_dots(stage, None)
    agenda.choose(stage, stage.items.get(number=2), None)
    agenda.ask_holders(Stage.objects.get(pk=stage.pk), None)
    to_the_end(room, stage, monkeypatch, standing)
    held = Vote.objects.filter(item__stage=stage).exclude(criterion__key="dots")
    assert set(held.values_list("item__number", flat=True)) == {2}
    assert held.values("participant").distinct().count() == PEOPLE


@pytest.mark.django_db
def test_ideas_come_in_and_what_is_made_of_them_is_supported(monkeypatch: pytest.MonkeyPatch) -> None:
    room = practice_of(make_workshop(rounds=["ideas"]))
    all_in(room)
    stage = open_stage(room.stages.get())
    standing = to_the_end(room, stage, monkeypatch, Standing())
    found = list(Idea.objects.filter(stage=stage))
    assert 0.25 * PEOPLE < len(found) <= PEOPLE and {idea.state for idea in found} == {Idea.State.WAITING}
    for idea in found[:6]:
        words = Words(idea.title, idea.instead, idea.why)
        idea_options.choose(stage, {idea.pk: idea_options.version(idea)}, words, None)
    idea_options.open_support(stage, None)
    to_the_end(room, stage, monkeypatch, standing)
    assert Vote.objects.filter(item__stage=stage, value=1).values("participant").distinct().count() > 0.8 * PEOPLE
    assert Idea.objects.filter(stage=stage).count() == len(found)


@pytest.mark.django_db
def test_people_give_reasons_and_keep_most_answers_in_a_second_round(monkeypatch: pytest.MonkeyPatch) -> None:
    room = practice_of(make_workshop(rounds=["trends", Round("trends", previous="trends")]))
    all_in(room)
    first, second = room.stages.order_by("position")
    standing = to_the_end(room, open_stage(first), monkeypatch, Standing())
    assert first.contributions.count() > 10 and set(first.contributions.values_list("scenario", flat=True)) == {
        "high",
        "low",
    }
    close_stage(Stage.objects.get(pk=first.pk))
    second.items.filter(number__gt=6).delete()
    to_the_end(room, open_stage(second), monkeypatch, standing)
    columns = ("participant", "item__key", "criterion__key", "value")
    answers = [
        {row[:3]: row[3] for row in Vote.objects.filter(item__stage=stage).values_list(*columns)}
        for stage in (first, second)
    ]
    kept = [value == answers[0][cell] for cell, value in answers[1].items() if cell in answers[0]]
    assert len(kept) > 0.7 * PEOPLE * 12 and 0.6 < sum(kept) / len(kept) < 0.97


@pytest.mark.django_db
def test_headlines_come_in_for_every_world_and_wait_to_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    room = practice_of(make_workshop(rounds=["immersion"]))
    all_in(room)
    stage = open_stage(room.stages.get())
    standing = to_the_end(room, stage, monkeypatch, Standing())
    found = list(stage.contributions.values_list("scenario", "text", "state"))
    assert 0.7 * PEOPLE < len(found) <= PEOPLE
    assert {world for world, _text, _state in found} == {"samendam", "ikhoven", "staatsburcht"}
    assert all(text in HEADLINES[world] for world, text, _state in found)
    assert len({text for _world, text, _state in found}) == len(found)
    assert {state for _world, _text, state in found} == {Contribution.State.WAITING}
    # A step that comes again writes nothing anew.
    step(room.pk, standing._replace(done=0.0))
    assert list(stage.contributions.values_list("scenario", "text", "state")) == found


@pytest.mark.django_db
def test_whoever_was_struck_out_stays_out(room: Workshop) -> None:
    all_in(room)
    gone = Participant.objects.get(pk=participant_id(room, "p01"))
    gone.struck_out_at = timezone.now()
    gone.save()
    stage = open_stage(room.stages.get())
    step(room.pk, Standing(stage.pk, practice.time.time() - SECONDS, 0.0, 0b11))
    assert room.participants.count() == PEOPLE
    assert not Vote.objects.filter(participant=gone).exists()


@pytest.mark.django_db
def test_nothing_is_answered_once_the_round_is_closed_and_nothing_goes_on_after_the_end(room: Workshop) -> None:
    all_in(room)
    stage = open_stage(room.stages.get())
    step(room.pk, Standing(stage.pk, practice.time.time() - 5, 0.0, 0b11))
    close_stage(stage)
    count = Vote.objects.filter(item__stage=stage).count()
    assert count
    assert step(room.pk, Standing(stage.pk, practice.time.time() - SECONDS, 5.0, 0b11)) == Standing()
    assert Vote.objects.filter(item__stage=stage).count() == count
    end_workshop(room)
    assert step(room.pk, Standing()) is None


@pytest.mark.django_db
def test_no_other_workshop_is_ever_filled() -> None:
    workshop = make_workshop()
    assert step(workshop.pk, Standing()) is None
    assert not workshop.participants.exists()


@pytest.mark.django_db
def test_a_practice_is_never_released_to_municipalities(room: Workshop) -> None:
    report = Report.objects.create(workshop=room, version=1, requested_by=room.owner, status="ready", facts={})
    with pytest.raises(ReportError, match="Dit is een oefening"):
        release_report(report)
    report.refresh_from_db()
    assert report.released_at is None


@pytest.mark.django_db
def test_a_practice_says_so_on_phone_and_screen(client: Client, room: Workshop) -> None:
    for address in (f"/m/{room.join_token}/", f"/screen/{room.screen_token}/"):
        assert "Oefening" in client.get(address).content.decode()


def test_on_the_running_site_forty_people_come_answer_and_stop(site: Site, live_db: None, wait_until: Wait) -> None:
    workshop = make_workshop(make_facilitator())
    login = Client()
    login.force_login(workshop.owner)
    name = settings.SESSION_COOKIE_NAME
    with httpx.Client(base_url=site.url, cookies={name: login.cookies[name].value}, timeout=20) as desk:
        address = f"/workshops/{workshop.public_id}/practice/"
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', desk.get(address).text)[1]
        headers = {"Origin": site.url}
        response = desk.post(address, data={"csrfmiddlewaretoken": token}, headers=headers)
    room = Workshop.objects.get(owner=workshop.owner, is_practice=True)
    assert response.headers["Location"] == f"/workshops/{room.public_id}/"
    assert room.title == "Oefening: Iedereen doet mee"
    wait_until(lambda: room.participants.count() == PEOPLE, 60)
    stage = open_stage(room.stages.get())
    votes = Vote.objects.filter(item__stage=stage)
    wait_until(lambda: votes.values("participant").distinct().count() > 10, 60)
    wait_until(lambda: presence(room.public_id).active == PEOPLE, 30)
    stage = close_stage(Stage.objects.get(pk=stage.pk))
    count = votes.count()
    end_workshop(room)
    wait_until(lambda: redis is not None and not redis.exists(tasks.key(room.pk)), 60)
    assert votes.count() == count
    delete_practice(room)
