"""Ideas on pages: the phone's form, one's own list, what is alike, the board and the cockpit; scripts or none."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.factories import make_facilitator, make_workshop
from tests.workshops.ideas_room import PRICE, choose, options, propose, support, titles
from workshops import idea_options, room
from workshops.idea_options import option_version, order_of, version
from workshops.identity import cookie_name, seal
from workshops.models import Idea, Participant, Stage, Workshop
from workshops.participants import join
from workshops.rounds import close_stage, open_stage

pytestmark = pytest.mark.django_db
FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop(rounds=["ideas"])


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    return open_stage(workshop.stages.get())


def be(client: Client, person: Participant) -> None:
    public_id = person.workshop.public_id
    client.cookies[cookie_name(public_id)] = seal(public_id, person.pk)


def page(client: Client, workshop: Workshop) -> str:
    return client.get(f"/room/{workshop.public_id}/").content.decode()


def send(client: Client, stage: Stage, headers: dict[str, str] | None = None, **fields: object) -> Any:
    address = f"/room/{stage.workshop.public_id}/ideas/"
    return client.post(address, {"stage": stage.pk, **fields}, headers=FETCH if headers is None else headers)


def board_address(stage: Stage) -> str:
    return f"/workshops/{stage.workshop.public_id}/stages/{stage.pk}/ideas/"


def do(desk: Client, stage: Stage, what: str, headers: dict[str, str] | None = None, **fields: object) -> HttpResponse:
    return desk.post(board_address(stage), {"do": what, **fields}, headers=FETCH if headers is None else headers)


def seen(idea: Idea) -> dict[str, object]:
    return {"idea": idea.pk, "version": version(Idea.objects.get(pk=idea.pk))}


# The phone


def test_the_form_has_the_fields_and_the_house_rules_under_them(client, stage, participant) -> None:
    found = page(client, stage.workshop)
    assert found.index('name="title"') < found.index('name="instead"') < found.index('name="why"')
    assert "Eén werkwoord" in found
    assert "Zeg wat het kost." in found
    assert "Noem geen namen." in found
    assert f'formaction="/room/{stage.workshop.public_id}/ideas/"' in found


def test_the_content_sets_own_rules_stand_there_instead(client, workshop, participant) -> None:
    stage = workshop.stages.get()
    stage.settings["rules"] = [{"nl": "Houd het bij de wijk."}]
    stage.save()
    open_stage(stage)
    found = page(client, workshop)
    assert "Houd het bij de wijk." in found
    assert "Noem geen namen." not in found


def test_a_script_gets_the_list_of_ones_own_ideas(client, stage, participant) -> None:
    answer = send(client, stage, propose=1, title="Plant <b>bomen</b>", instead=PRICE, why="")
    assert "Plant &lt;b&gt;bomen&lt;/b&gt;" in answer.json()["own"]
    assert stage.ideas.get().title == "Plant <b>bomen</b>"
    idea = stage.ideas.get()
    names = {f"title-{idea.pk}": "Plant struiken", f"instead-{idea.pk}": PRICE, f"why-{idea.pk}": ""}
    assert "Plant struiken" in send(client, stage, change=idea.pk, **names).json()["own"]
    assert send(client, stage, take_back=idea.pk).json()["own"] == ""


def test_the_plain_form_says_what_became_of_it(client, stage, participant) -> None:
    fields = {"stage": stage.pk, "propose": 1, "title": "Plant bomen", "instead": PRICE}
    answer = client.post(f"/room/{stage.workshop.public_id}/ideas/", fields, follow=True)
    found = answer.content.decode()
    assert "Uw idee is ontvangen." in found
    assert "De begeleider leest het nog." in found
    answer = client.post(f"/room/{stage.workshop.public_id}/ideas/", {**fields, "title": ""}, follow=True)
    assert answer.status_code == 422
    assert "Schrijf eerst wat u wilt doen." in answer.content.decode()


def test_what_became_of_an_idea_stands_there_with_why(client, stage, participant) -> None:
    person = Participant.objects.get(pk=participant.pk)
    chosen, merged, hidden = (propose(stage, title, person) for title in ("Plant bomen", "Bouw huizen", "Jan weg"))
    choose(stage, chosen)
    choose(stage, merged, propose(stage, "Woningen"), title="Bouw woningen")
    idea_options.hide(hidden, version(hidden), "Er staat een naam in.", None)
    found = page(client, stage.workshop)
    assert "<b>Gekozen</b>" in found
    assert "met andere ideeën: ‘Bouw woningen’" in found
    assert "<b>Niet meegenomen:</b> Er staat een naam in." in found


def test_errors_carry_the_right_status(client, stage, participant) -> None:
    assert send(Client(), stage, propose=1, title="x", instead="y").status_code == 403
    somebody = {**FETCH, "X-Participant": "0" * 16}
    assert send(client, stage, somebody, propose=1, title="x", instead="y").json()["error"] == "somebody_else"
    assert send(client, stage, propose=1, title="Plant bomen", instead="").status_code == 422
    for broken in ("x", "9" * 18, "-1", ""):
        assert send(client, stage, take_back=broken).status_code == 422
        assert send(client, stage, change=broken).status_code == 422
    close_stage(stage)
    answer = send(client, stage, propose=1, title="Plant bomen", instead=PRICE)
    assert (answer.status_code, answer.json()["error"]) == (409, "closed")
    assert not stage.ideas.exists()


def test_a_form_needs_its_token(stage, participant) -> None:
    strict = Client(enforce_csrf_checks=True)
    be(strict, participant)
    assert send(strict, stage, propose=1, title="x", instead="y").status_code == 403


def test_another_round_takes_no_ideas(client, participant) -> None:
    other = make_workshop(rounds=["trends"])
    stage = open_stage(other.stages.get())
    be(client, join(other, "0748", "inwoner"))
    assert send(client, stage, propose=1, title="Plant bomen", instead=PRICE).status_code == 409


def test_the_page_asks_no_more_of_the_database_for_ideas_of_others(
    client, stage, participant, django_assert_max_num_queries
) -> None:
    for number in range(12):
        propose(stage, f"Idee {number}")
    page(client, stage.workshop)
    with django_assert_max_num_queries(11):
        page(client, stage.workshop)


# What is alike


def alike(client: Client, stage: Stage, title: str) -> list[tuple[str, str]]:
    address = f"/room/{stage.workshop.public_id}/ideas/similar/"
    found = client.post(address, {"stage": stage.pk, "title": title}).json()["similar"]
    return [(each["title"], each["of"]) for each in found]


def test_alike_are_chosen_options_own_ideas_and_the_contents_options(client, stage, participant) -> None:
    propose(stage, "Plant bomen op het plein", Participant.objects.get(pk=participant.pk))
    options(stage, "Maak de bus gratis")
    assert alike(client, stage, "Bomen planten op het plein") == [("Plant bomen op het plein", "own")]
    assert alike(client, stage, "Gratis bus maken") == [("Maak de bus gratis", "chosen")]
    assert alike(client, stage, "Richt de binnenstad opnieuw in") == [("De binnenstad opnieuw inrichten", "content")]
    assert alike(client, stage, "bo") == []


def test_nothing_alike_is_told_of_what_others_proposed_or_what_was_left_out(client, stage, participant) -> None:
    propose(stage, "Plant bomen op het plein")
    hidden = propose(stage, "Sluit het zwembad")
    idea_options.hide(hidden, version(hidden), "Nee.", None)
    merged = propose(stage, "Zwembad in de wijk bouwen")
    choose(stage, merged, propose(stage, "Nog iets"), title="Heel iets anders")
    for title in ("Plant bomen op het plein", "Sluit het zwembad", "Zwembad in de wijk bouwen"):
        assert alike(client, stage, title) == []


def test_a_stranger_asks_nothing(stage) -> None:
    answer = Client().post(f"/room/{stage.workshop.public_id}/ideas/similar/", {"stage": stage.pk, "title": "Bomen"})
    assert answer.status_code == 403


# The board


def test_the_board_is_for_who_runs_the_workshop(client, stage) -> None:
    propose(stage, "Plant bomen")
    assert client.get(board_address(stage)).status_code == 302
    client.force_login(make_facilitator())
    assert client.get(board_address(stage)).status_code == 404
    assert client.post(board_address(stage), {"do": "choose"}).status_code == 404


def test_alike_ideas_stand_together_first(desk, stage) -> None:
    for title in ("Plant bomen op het plein", "Maak de bus gratis", "Meer bomen planten op het plein"):
        propose(stage, title)
    found = desk.get(board_address(stage)).content.decode()
    assert "Deze 2 lijken op elkaar" in found
    places = [found.index(title) for title in ("Plant bomen", "Meer bomen", "Maak de bus")]
    assert places == sorted(places)


def test_each_button_does_what_it_says(desk, stage) -> None:
    one, two, three, four = (propose(stage, title) for title in ("Een", "Twee", "Drie", "Vier en vijf"))
    assert "‘Een’ is gekozen." in do(desk, stage, "choose", **seen(one)).content.decode()
    do(desk, stage, "choose", **seen(two), title="Twee beter", instead="minder", why="")
    pair = f"{three.pk}:{version(three)}"
    first = stage.items.get(number=1)
    do(desk, stage, "merge", seen=[pair], into=f"{first.pk}:{option_version(first)}")
    do(desk, stage, "split", **seen(four), title="Vier", instead="a", **{"title-2": "Vijf", "instead-2": "b"})
    assert titles(stage) == ["Een", "Twee beter", "Vier", "Vijf"]
    last = stage.items.get(number=4)
    do(desk, stage, "up", option=last.pk, order=order_of(stage))
    do(desk, stage, "edit", option=last.pk, version=option_version(last), title="Vijf!", instead="b", why="")
    assert titles(stage) == ["Een", "Twee beter", "Vijf!", "Vier"]
    last = stage.items.get(number=3)
    do(desk, stage, "restore", option=last.pk, version=option_version(last))
    do(desk, stage, "put_back", **seen(three))
    first = stage.items.get(number=1)
    do(desk, stage, "drop", option=first.pk, version=option_version(first))
    assert titles(stage) == ["Twee beter", "Vijf", "Vier"]
    do(desk, stage, "hide", **seen(one), reason="Dit staat er al.")
    assert Idea.objects.get(pk=one.pk).reason == "Dit staat er al."


def test_merging_without_words_takes_those_of_the_first(desk, stage) -> None:
    ideas = [propose(stage, title) for title in ("Plant bomen", "Bomen planten")]
    do(desk, stage, "merge", seen=[f"{idea.pk}:{version(idea)}" for idea in reversed(ideas)], into="", title="")
    assert titles(stage) == ["Plant bomen"]
    assert stage.items.get().origin["made_from"] == [idea.pk for idea in ideas]


def test_what_changed_meanwhile_is_refused_with_a_sentence(desk, stage) -> None:
    idea = propose(stage, "Plant bomen")
    old = seen(idea)
    choose(stage, idea)
    answer = do(desk, stage, "hide", **old, reason="Nee.")
    assert answer["X-Refused"] == "1"
    assert "Dit idee is intussen veranderd. Lees het opnieuw." in answer.content.decode()
    assert titles(stage) == ["Plant bomen"]


@pytest.mark.parametrize(
    "fields",
    [
        {"do": ""},
        {"do": "explode"},
        {"do": "choose"},
        {"do": "choose", "idea": "x", "version": ""},
        {"do": "merge"},
        {"do": "merge", "seen": ["x", "1:2:3", "99999999999999999999:a"], "into": "9999999999999:a"},
        {"do": "split", "idea": "0"},
        {"do": "up", "option": "9" * 18},
        {"do": "edit", "option": "-1"},
        {"do": "restore"},
        {"do": "put_back"},
    ],
)
def test_what_cannot_be_read_changes_nothing(desk, stage, fields) -> None:
    propose(stage, "Plant bomen")
    answer = desk.post(board_address(stage), fields, headers=FETCH)
    assert (answer.status_code, answer["X-Refused"]) == (200, "1")
    assert not stage.items.exists()


def test_without_a_script_the_board_is_a_page_with_forms(desk, stage) -> None:
    idea = propose(stage, "Plant bomen")
    answer = do(desk, stage, "choose", {}, **seen(idea))
    assert answer.status_code == 302
    found = desk.get(board_address(stage)).content.decode()
    assert "‘Plant bomen’ is gekozen." in found
    assert "<!doctype html>" in found


def test_the_boards_queries_do_not_grow_with_the_ideas(desk, stage, django_assert_max_num_queries) -> None:
    for number in range(20):
        propose(stage, f"Idee nummer {number}")
    for idea in stage.ideas.all()[:8]:
        choose(stage, idea)
    with django_assert_max_num_queries(16):
        desk.get(board_address(stage))


# The cockpit


def cockpit(desk: Client, workshop: Workshop) -> str:
    return desk.get(f"/workshops/{workshop.public_id}/").content.decode()


def test_the_big_button_leads_to_the_ideas_then_to_the_support_then_closes(desk, stage) -> None:
    workshop = stage.workshop
    assert "Sluit de ronde" in cockpit(desk, workshop)
    idea = propose(stage, "Plant bomen")
    found = cockpit(desk, workshop)
    assert "1 idee wacht op u" in found
    assert f'href="{board_address(stage)}" id="main-action"' in found
    assert "Plant bomen" not in found
    choose(stage, idea)
    found = cockpit(desk, workshop)
    assert f'formaction="{board_address(stage)}support/" name="expected"' in found
    desk.post(f"{board_address(stage)}support/", {"expected": "1"})
    found = cockpit(desk, workshop)
    assert "Toch nog ideeën verzamelen" in found
    assert "na 10 seconden" in found


def test_the_support_is_opened_and_taken_back_by_buttons(desk, stage) -> None:
    options(stage, "Plant bomen")
    address = f"{board_address(stage)}support/"
    assert desk.post(address, {"from": "board"})["Location"] == board_address(stage)
    assert not stage.criteria.filter(is_open=False).exists()
    desk.post(address, {"gather": "1"})
    assert not stage.criteria.filter(is_open=True).exists()


def test_the_room_gets_another_form_once_it_supports(client, stage, participant) -> None:
    items = options(stage, "Plant bomen", "Bouw huizen")
    assert 'data-form="gathering"' in page(client, stage.workshop)
    idea_options.open_support(stage, None)
    found = page(client, stage.workshop)
    assert 'data-form="support"' in found
    assert "Stuur mijn idee in" not in found
    for item in items:
        assert f'name="a-{item.pk}-support"' in found
    person = Participant.objects.get(pk=participant.pk)
    support(stage, person, items[:1])
    assert room.answers_in_both(person, stage)[0]
