"""A wind tunnel in the room: its form scenario by scenario, what may be answered, the cockpit's buttons, stability."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from scenarios.stability import stability
from tests.factories import make_facilitator, make_workshop
from workshops import tallies
from workshops.answers import answers_of
from workshops.models import Criterion, Item, LogEntry, Participant, Stage, Vote, Workshop
from workshops.participants import join
from workshops.preparing import Round
from workshops.results import released
from workshops.rounds import RoundError, close_stage, open_stage, reveal_stage
from workshops.screen_views import put_on_screen
from workshops.stages import kind
from workshops.stages.windtunnel import opening, standing
from workshops.tasks import show_after_commit
from workshops.votes import store_form
from workshops.worlds import tell

pytestmark = pytest.mark.django_db
SCENARIOS = ["samendam", "ikhoven", "staatsburcht"]


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop(rounds=["windtunnel"])


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    """Open, with only Samendam told."""
    tell(workshop, "samendam", None)
    return open_stage(workshop.stages.get())


def page(client: Client, workshop: Workshop) -> str:
    return client.get(reverse("room", args=[workshop.public_id])).content.decode()


def names(html: str) -> list[str]:
    """The fields of the form, in order, each once."""
    return list(dict.fromkeys(re.findall(r'name="(a-\d+-[a-z]+)"', html)))


def held(stage: Stage, people: int = 6, value: Callable[[Item, str], int | None] = lambda _item, _key: 1) -> Stage:
    """The round with everybody's answers on every question, closed and shown."""
    for _ in range(people):
        answer_all(stage, join(stage.workshop, "0748", "inwoner"), value)
    stage = close_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    stage = reveal_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    return stage


def answer_all(stage: Stage, person: Participant, value: Callable[[Item, str], int | None]) -> None:
    asked = list(stage.criteria.filter(is_open=True))
    store_form(
        person, stage, [(item.pk, each.key, value(item, each.key)) for item in stage.items.all() for each in asked]
    )


# The form


def test_the_form_asks_every_choice_in_the_scenarios_told_and_last_about_the_gap(
    client: Client, workshop: Workshop, stage: Stage, participant: Participant
) -> None:
    items = list(stage.items.order_by("number").values_list("pk", flat=True))
    html = page(client, workshop)
    assert names(html) == [f"a-{item}-samendam" for item in items] + [f"a-{item}-gap" for item in items]
    assert "We zijn nu in <b>Samendam</b>" in html
    assert "Verbinden en vernieuwen" in html
    assert "Ikhoven" not in html


def test_a_card_says_the_choice_its_sentence_and_its_price(
    client: Client, workshop: Workshop, stage: Stage, participant: Participant
) -> None:
    html = page(client, workshop)
    assert "Wij bestemmen een kwart van de lege winkels in de binnenstad voor wonen en ontmoeten." in html
    assert "<b>De prijs:</b> minder ruimte voor nieuwe winkels" in html
    assert 'aria-label="min 2, werkt ons tegen"' in html
    assert 'aria-label="plus 2, werkt heel goed"' in html
    assert html.count("Wat maakt dat dit hier mislukt?") == stage.items.count()


def test_without_the_extras_neither_is_asked(client: Client) -> None:
    workshop = make_workshop(rounds=[Round("windtunnel", settings={"asks_gap": False, "asks_why": False})])
    tell(workshop, "ikhoven", None)
    open_stage(workshop.stages.get())
    client.post(f"/m/{workshop.join_token}/", {"municipality": "0748", "group": "inwoner"})
    html = page(client, workshop)
    assert {name.rpartition("-")[2] for name in names(html)} == {"ikhoven"}
    assert "Wat maakt dat dit hier mislukt?" not in html


def test_an_answer_in_a_scenario_that_is_not_asked_yet_is_refused(
    client: Client, workshop: Workshop, stage: Stage, participant: Participant
) -> None:
    item = stage.items.get(number=1)
    (receipt,) = store_form(participant, stage, [(item.pk, "ikhoven", 2)])
    assert (receipt.status, receipt.reason) == ("refused", "not_open_yet")
    sent = {"stage": stage.pk, f"a-{item.pk}-ikhoven": "2", f"a-{item.pk}-samendam": "-2"}
    answer = client.post(reverse("vote", args=[workshop.public_id]), sent, follow=True)
    assert list(Vote.objects.values_list("criterion__key", "value")) == [("samendam", -2)]
    assert "1 antwoord is niet meegeteld: de ronde is nog niet open." in answer.content.decode()


def test_a_scenario_opened_meanwhile_is_in_the_next_form_with_the_answers_so_far(
    client: Client, workshop: Workshop, stage: Stage, participant: Participant
) -> None:
    item = stage.items.get(number=3)
    store_form(participant, stage, [(item.pk, "samendam", 2)])
    before = Stage.objects.get(pk=stage.pk).settings.get("item_version", 0)
    opening.let_test(stage, "ikhoven", None)
    assert Stage.objects.get(pk=stage.pk).settings["item_version"] == before + 1
    html = page(client, workshop)
    parts = [name.rpartition("-")[2] for name in names(html)]
    assert list(dict.fromkeys(parts)) == ["samendam", "ikhoven", "gap"]
    assert re.search(rf'name="a-{item.pk}-samendam" value="2"[^>]* checked', html)
    (receipt,) = store_form(participant, stage, [(item.pk, "ikhoven", -1)])
    assert receipt.status == "stored"


# The cockpit


def test_the_cockpit_says_how_each_scenario_stands_and_has_its_button(desk: Client, workshop: Workshop) -> None:
    stage = workshop.stages.get()
    html = desk.get(reverse("cockpit", args=[workshop.public_id])).content.decode()
    for name in ("Samendam", "Ikhoven", "Staatsburcht"):
        assert f"Laat {name} toetsen" in html
    assert "Laat alle scenario’s toetsen" in html
    where = [workshop.public_id, stage.pk, "ikhoven"]
    assert desk.post(reverse("stage-scenario-open", args=where)).status_code == 302
    assert asked(stage) == ["ikhoven"]
    html = desk.get(reverse("cockpit", args=[workshop.public_id])).content.decode()
    assert "Laat Ikhoven toetsen" not in html
    assert "wordt getoetst" in html
    desk.post(reverse("stage-scenarios-open", args=where[:2]))
    assert asked(stage) == SCENARIOS
    desk.post(reverse("stage-scenario-unopen", args=where))
    assert asked(stage) == ["samendam", "staatsburcht"]
    assert list(LogEntry.objects.filter(stage=stage).order_by("pk").values_list("verb", flat=True)) == [
        "open_scenario",
        "open_scenario",
        "open_scenario",
        "unopen_scenario",
    ]


def test_all_scenarios_at_once_are_shown_once(
    workshop: Workshop, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[int] = []
    monkeypatch.setattr("workshops.tasks.show", shown.append)
    with django_capture_on_commit_callbacks(execute=True):
        opening.let_test_all(workshop.stages.get(), None)
    assert shown == [workshop.pk]
    assert not workshop.stages.get().criteria.filter(is_open=False).exists()


def test_what_a_savepoint_takes_back_takes_no_others_showing_along(
    workshop: Workshop, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[int] = []
    monkeypatch.setattr("workshops.tasks.show", shown.append)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        place = transaction.savepoint()
        show_after_commit(workshop.pk)
        transaction.savepoint_rollback(place)
        show_after_commit(workshop.pk)
    assert shown == [workshop.pk]


def asked(stage: Stage) -> list[str]:
    return list(
        stage.criteria.filter(is_open=True).exclude(key="gap").order_by("position").values_list("key", flat=True)
    )


def test_a_wind_tunnel_without_a_round_of_scenarios_works(workshop: Workshop) -> None:
    stage = workshop.stages.get()
    with pytest.raises(RoundError):
        open_stage(stage)
    opening.let_test_all(stage, None)
    assert open_stage(stage).is_open


def test_a_scenario_with_an_answer_stays_in_the_test(workshop: Workshop, stage: Stage) -> None:
    opening.let_test(stage, "ikhoven", None)
    person = join(workshop, "0748", "inwoner")
    store_form(person, stage, [(stage.items.get(number=1).pk, "ikhoven", None)])
    with pytest.raises(RoundError, match="al een antwoord"):
        opening.take_back(stage, "ikhoven", None)
    opening.take_back(stage, "samendam", None)
    assert asked(stage) == ["ikhoven"]


def test_the_only_scenario_of_an_open_round_stays(stage: Stage) -> None:
    with pytest.raises(RoundError, match="enige scenario"):
        opening.take_back(stage, "samendam", None)


def test_a_closed_round_tests_nothing_more(workshop: Workshop, stage: Stage, desk: Client) -> None:
    close_stage(stage)
    answer = desk.post(reverse("stage-scenario-open", args=[workshop.public_id, stage.pk, "ikhoven"]), follow=True)
    assert "Heropen haar om nog een scenario te laten toetsen." in answer.content.decode()
    assert asked(stage) == ["samendam"]
    assert "Welke scenario’s worden getoetst?" not in answer.content.decode()


def test_somebody_else_s_wind_tunnel_is_not_there(client: Client, workshop: Workshop, stage: Stage) -> None:
    where = [workshop.public_id, stage.pk, "ikhoven"]
    url = reverse("stage-scenario-open", args=where)
    assert client.post(url).status_code == 302  # to the log-in
    client.force_login(make_facilitator())
    assert client.post(url).status_code == 404
    other = make_workshop(rounds=["windtunnel", "trends"])
    client.force_login(other.owner)
    trends = other.stages.get(kind="trends")
    assert client.post(reverse("stage-scenario-open", args=[other.public_id, trends.pk, "ikhoven"])).status_code == 404
    assert client.post(reverse("stage-scenario-open", args=[other.public_id, stage.pk, "ikhoven"])).status_code == 404
    assert asked(stage) == ["samendam"]


# Stability


def test_answers_come_person_by_person_in_order_of_joining(workshop: Workshop, stage: Stage) -> None:
    first, second = list(stage.items.order_by("number")[:2])
    people = [join(workshop, "0748", "inwoner") for _ in range(5)]
    store_form(people[2], stage, [(first.pk, "samendam", -2), (second.pk, "samendam", None)])
    store_form(people[0], stage, [(second.pk, "samendam", 1)])
    store_form(people[1], stage, [(first.pk, "gap", 2)])  # only about the gap: one of the people all the same
    store_form(people[3], stage, [(first.pk, "samendam", 2)])
    Participant.objects.filter(pk=people[3].pk).update(struck_out_at=timezone.now())
    criterion = Criterion.objects.get(stage=stage, key="samendam")
    with CaptureQueriesContext(connection) as queries:
        answers, given = answers_of(stage, [first.pk, second.pk], [criterion.pk])
    assert sum("workshops_vote" in query["sql"] for query in queries) == 1
    assert given[..., 0].tolist() == [[False, True], [False, False], [True, False]]
    assert answers[given].tolist() == [1, -2]
    assert answers.dtype == np.int8


def test_nobody_s_answers_are_arrays_without_people(stage: Stage) -> None:
    answers, given = answers_of(stage, [1, 2], [3])
    assert answers.shape == given.shape == (0, 2, 1)


def test_stability_is_that_of_the_room_s_answers_and_computed_once(
    workshop: Workshop, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening.let_test_all(stage, None)
    said = [[1, 1, 1], [1, 0, 2], [2, 1, -1], [0, 1, 1], [1, 1, 0], [2, 2, 2], [1, -1, 1]]
    item = stage.items.get(number=1)
    for row in said:
        store_form(
            join(workshop, "0748", "inwoner"), stage, [(item.pk, key, v) for key, v in zip(SCENARIOS, row, strict=True)]
        )
    stage = held(stage, people=0)
    calls: list[Any] = []
    computed = standing._computed

    def counting(*told: Any) -> dict[str, float | None]:
        calls.append(told)
        return computed(*told)

    monkeypatch.setattr(standing, "_computed", counting)
    figures = released(stage)
    assert figures is not None
    options = {option["key"]: option for option in kind("windtunnel").analysis(figures, stage)["options"]}
    again = kind("windtunnel").analysis(figures, stage)["options"]
    assert len(calls) == 1
    answers = np.array(said, dtype=np.int8)[:, np.newaxis, :]
    (expected,) = stability(
        workshop.code, answers, np.ones(answers.shape, dtype=np.bool_), [options[item.key]["class"]]
    )
    assert options[item.key]["class"] == "robust"
    assert options[item.key]["stability"] == expected == again[0]["stability"]
    assert {option["stability"] for key, option in options.items() if key != item.key} == {None}


def test_an_open_round_s_stability_is_not_said(stage: Stage) -> None:
    for _ in range(6):
        answer_all(stage, join(stage.workshop, "0748", "inwoner"), lambda _item, _key: 2)
    tallies.refresh(stage.pk, wait=True)
    stage = reveal_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    figures = released(stage)
    options = kind("windtunnel").analysis(figures, stage)["options"]
    assert {option["class"] for option in options} == {"robust"}
    assert {option["stability"] for option in options} == {None}


def test_before_the_reveal_there_is_nothing(stage: Stage) -> None:
    assert kind("windtunnel").analysis(None, stage) == {}


# The result on screen and phone


def test_the_screen_shows_the_grid_and_the_findings_as_a_view(client: Client, workshop: Workshop, stage: Stage) -> None:
    opening.let_test_all(stage, None)
    values = {1: {"samendam": 2, "ikhoven": 1, "staatsburcht": 1}, 2: {"samendam": 2, "ikhoven": -2, "staatsburcht": 0}}
    stage = held(stage, value=lambda item, key: values.get(item.number, {}).get(key, 0))
    html = client.get(reverse("screen", args=[workshop.screen_token])).content.decode()
    assert "Eén keuze is robuust: waardevol in alle drie de scenario’s" in html
    assert "<b>++</b> 2,0" in html
    assert "<b>−−</b> −2,0" in html
    assert "Matrix" not in html
    put_on_screen(stage, "findings")
    html = client.get(reverse("screen", args=[workshop.screen_token])).content.decode()
    assert "Het artikel uit 2016" in html
    assert "Leren loslaten is een voorwaarde voor vernieuwing." in html
    assert "De binnenstad opnieuw inrichten" in html


def test_the_findings_are_no_view_before_the_reveal(workshop: Workshop, stage: Stage) -> None:
    with pytest.raises(RoundError):
        put_on_screen(stage, "findings")


def test_the_open_round_s_screen_names_the_scenarios_that_are_tested(
    client: Client, workshop: Workshop, stage: Stage
) -> None:
    html = client.get(reverse("screen", args=[workshop.screen_token])).content.decode()
    assert "Samendam" in html
    assert "Ikhoven" not in html


def test_the_phone_shows_the_grid_and_own_answers_in_signs(
    client: Client, workshop: Workshop, stage: Stage, participant: Participant
) -> None:
    answer_all(stage, participant, lambda _item, _key: -2)
    held(stage, value=lambda _item, _key: 1)
    html = page(client, workshop)
    assert 'u <b class="own-answer">−−</b>' in html
    assert "zaal <b>+</b>" in html
    assert "wind-table" in html


def test_a_second_round_tells_what_came_before(workshop: Workshop, stage: Stage) -> None:
    first = held(stage, value=lambda item, _key: 0 if item.number == 1 else 1)
    option = first.items.get(number=1)
    again = Stage.objects.create(
        workshop=workshop, position=2, key="windtunnel-2", kind="windtunnel", title="Opnieuw", previous=first,
        settings=first.settings,
    )  # fmt: skip
    Item.objects.create(
        stage=again, number=1, key="binnenstad-2", title={"nl": "Anders"}, origin={"variant_of": option.key}
    )
    for criterion in first.criteria.all():
        criterion.pk, criterion.stage = None, again
        criterion.save()
    again = held(open_stage(again), value=lambda _item, _key: 2)
    (told,) = kind("windtunnel").analysis(released(again), again)["options"]
    assert told["variant_of"] == option.key
    assert told["before"] == {"class": "set_aside", "medians": {"samendam": 0}}
    Stage.objects.filter(pk=first.pk).update(revealed=False)
    again = Stage.objects.get(pk=again.pk)
    assert kind("windtunnel").analysis(released(again), again)["options"][0]["before"] is None


def test_the_number_of_queries_does_not_depend_on_the_room(workshop: Workshop, stage: Stage) -> None:
    stage = held(stage)
    figures = released(stage)
    assert figures is not None
    with CaptureQueriesContext(connection) as queries:
        kind("windtunnel").screen(figures, stage)
    assert len(queries) <= 8
