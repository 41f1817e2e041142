"""A question in the room: prepared, asked on the phone, shown on the screen and beside one's own answer."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_workshop
from workshops import editing
from workshops.items import add as add_item
from workshops.items import mend
from workshops.models import Criterion, Participant, Stage, Vote, Workshop
from workshops.participants import join
from workshops.plans import as_template, minutes, shipped
from workshops.preparing import Round
from workshops.rounds import close_stage, open_stage, reveal_stage
from workshops.stages import kind, kind_of_key
from workshops.stages.question.settings import QuestionSettings
from workshops.votes import store_form

pytestmark = pytest.mark.django_db(transaction=True)
CHOICES = ["Hoop", "Zorg", "Iets anders"]
# A circle of the room's answers in a strip, and of one's own.
OF_ROOM, OWN = '<circle class="strip-room"', '<circle class="strip-own"'


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop(rounds=["question"])


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    return workshop.stages.get()


def criterion(stage: Stage) -> Criterion:
    return stage.criteria.get()


def answered_with(stage: Stage, answer: str, *choices: str) -> Stage:
    return editing.change_settings(stage, None, {"answer": answer, "choices": list(choices)})


def hold(stage: Stage, *values: int | None) -> Stage:
    """Open it, let as many people answer, close and reveal."""
    stage = open_stage(stage)
    for value in values:
        say(join(stage.workshop, "0748", "inwoner"), stage, value)
    return reveal_stage(close_stage(stage))


def say(person: Participant, stage: Stage, value: int | None) -> None:
    assert store_form(person, stage, [(stage.items.first().pk, "answer", value)])[0].status == "stored"  # type: ignore[union-attr]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def on_screen(client: Client, workshop: Workshop) -> str:
    return client.get(f"/screen/{workshop.screen_token}/").content.decode()


def on_phone(client: Client, workshop: Workshop) -> str:
    return client.get(f"/room/{workshop.public_id}/").content.decode()


# What is asked


def test_a_question_before_all_others_warms_up_and_one_after_them_closes_the_day() -> None:
    both = make_workshop(rounds=["question", "trends", "question"])
    first, last = both.stages.filter(kind="question").order_by("position")
    assert str(first.items.get()) == "Hoe ver kijkt uw gemeente vooruit?"
    assert str(last.items.get()) == "Met welk gevoel gaat u hier weg?"
    assert (first.key, last.key) == ("question", "question-2")
    assert criterion(last).low_label["nl"] == "met zorgen"


def test_it_is_asked_on_one_to_five_until_chosen_otherwise(stage: Stage) -> None:
    assert (criterion(stage).low, criterion(stage).high, criterion(stage).is_nominal) == (1, 5, False)
    assert kind("question").asked(None) == (1, {"answer": (1, 5)})  # type: ignore[arg-type]
    assert kind_of_key("question-2").KEY == "question"


def test_yes_or_no_and_own_answers_have_names_and_no_order(stage: Stage) -> None:
    answered_with(stage, "yes_no")
    assert [each["nl"] for each in criterion(stage).choices] == ["ja", "nee"]
    assert (criterion(stage).low, criterion(stage).high) == (1, 2)
    answered_with(stage, "choice", *CHOICES)
    assert [criterion(stage).name_of(value) for value in criterion(stage).values] == CHOICES
    answered_with(stage, "scale", *CHOICES)
    assert not criterion(stage).is_nominal
    assert criterion(stage).high_label["nl"] == "vijftien jaar of meer"


def test_own_words_of_the_question_stay_while_it_is_answered_as_before(stage: Stage) -> None:
    answered_with(stage, "choice", *CHOICES)
    stage.criteria.update(question={"nl": "Eén woord?", "en": "One word?"})
    answered_with(stage, "choice", *CHOICES, "Trots")
    assert criterion(stage).question["nl"] == "Eén woord?"
    assert criterion(stage).high == 4
    answered_with(stage, "yes_no")
    assert criterion(stage).question["nl"] == "Wat is uw antwoord?"


def test_the_title_is_the_facilitators_own(stage: Stage) -> None:
    mend(stage.items.get(), "Wat neemt u mee?", "", stage.workshop.owner)
    assert str(stage.items.get()) == "Wat neemt u mee?"


def form(stage: Stage, answer: str, choices: str) -> QuestionSettings:
    return QuestionSettings({"answer": answer, "choices": choices}, stage=stage)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "minstens twee antwoorden"),
        ("Hoop\n\n", "minstens twee antwoorden"),
        ("Hoop\n…\nZorg", "Regel 2: schrijf een woord of een getal."),
        ("Hoop\nhoop", "Regel 2: ‘hoop’ staat er al."),
        (f"Hoop\n{'x' * 41}", "Regel 2: hoogstens 40 tekens, het zijn er 41."),
        ("\n".join("abcdefghi"), "hoogstens 8 antwoorden; het zijn er 9"),
    ],
)
def test_answers_that_can_not_be_are_refused_by_line(stage: Stage, typed: str, said: str) -> None:
    assert said in str(form(stage, "choice", typed).errors["choices"])


def test_empty_lines_and_stray_spaces_are_no_answers(stage: Stage) -> None:
    filled = form(stage, "choice", "  Hoop \r\n\r\nIets   anders\r\n")
    assert filled.is_valid()
    assert filled.cleaned_data["choices"] == ["Hoop", "Iets anders"]


def test_it_is_chosen_on_the_rounds_page_until_it_opens(client: Client, stage: Stage) -> None:
    client.force_login(stage.workshop.owner)
    address = reverse("stage-settings", args=[stage.workshop.public_id, stage.pk])
    page = words(client.get(reverse("stage-edit", args=[stage.workshop.public_id, stage.pk])).content.decode())
    assert "Hoe antwoordt de zaal?" in page and "met ja of nee" in page
    wrong = client.post(address, {"answer": "choice", "choices": "Hoop"})
    assert wrong.status_code == 422 and "minstens twee antwoorden" in wrong.content.decode()
    assert client.post(address, {"answer": "choice", "choices": "Hoop\nZorg"}).status_code == 302
    assert [criterion(stage).name_of(value) for value in criterion(stage).values] == ["Hoop", "Zorg"]
    open_stage(stage)
    client.post(address, {"answer": "yes_no", "choices": ""})
    assert criterion(stage).name_of(1) == "Hoop"


# Plans


def test_the_agreement_ends_with_a_question() -> None:
    rounds = shipped("agreement").rounds
    assert [each.kind for each in rounds] == ["scenarios", "immersion", "windtunnel", "question"]
    assert minutes(rounds) == 90


def test_a_saved_plan_keeps_how_it_is_answered(stage: Stage) -> None:
    answered_with(stage, "choice", *CHOICES)
    again = make_workshop(rounds=["trends", as_template(Stage.objects.get(pk=stage.pk))]).stages.get(kind="question")
    assert [criterion(again).name_of(value) for value in criterion(again).values] == CHOICES
    assert str(again.items.get()) == "Hoe ver kijkt uw gemeente vooruit?"


def test_a_choice_without_answers_is_asked_as_a_number() -> None:
    made = make_workshop(rounds=[Round("question", settings={"answer": "choice", "choices": []})])
    assert made.stages.get().settings["answer"] == "scale"


# In the room


def test_the_plain_form_asks_by_name_and_presets_nothing(
    client: Client, workshop: Workshop, stage: Stage, participant: Participant
) -> None:
    answered_with(stage, "choice", *CHOICES)
    stage = open_stage(stage)
    html = on_phone(client, workshop)
    assert html.count('class="scale-choice"') == len(CHOICES)
    assert not re.search(r'type="radio"[^>]*checked', html)
    assert "Hoe ver kijkt uw gemeente vooruit?" in html and "Weet ik niet" in html
    name = f"a-{stage.items.get().pk}-answer"
    client.post(f"/room/{workshop.public_id}/votes/", {"stage": stage.pk, "was": "{}", name: "3"})
    assert Vote.objects.get().value == 3
    client.post(f"/room/{workshop.public_id}/votes/", {"stage": stage.pk, "was": "{}", name: "4"})
    assert Vote.objects.get().value == 3


def test_the_screen_asks_the_question_with_its_answers(client: Client, workshop: Workshop, stage: Stage) -> None:
    answered_with(stage, "choice", *CHOICES)
    open_stage(stage)
    said = words(on_screen(client, workshop))
    for each in ("Hoe ver kijkt uw gemeente vooruit?", *CHOICES):
        assert each in said


def test_the_screen_shows_the_share_of_each_answer(client: Client, workshop: Workshop, stage: Stage) -> None:
    answered_with(stage, "yes_no")
    hold(stage, 1, 1, 1, 1, 1, 1, 2, 2, None)
    said = words(on_screen(client, workshop))
    assert "Het vaakst gekozen: ‘ja’ (75 %)" in said
    assert "ja 6 75 % nee 2 25 %" in said
    assert "1 mens zei ‘weet ik niet’ en telt niet mee in de delen." in said


def test_the_screen_shows_a_scale_with_its_middle_and_word(client: Client, workshop: Workshop, stage: Stage) -> None:
    hold(stage, 4, 4, 4, 4, 5, 3)
    html = on_screen(client, workshop)
    assert "Het midden van de zaal is 4, en de zaal is het daarover eens" in words(html)
    assert "mensen 0 0 1 4 1" in words(html)
    assert html.count(OF_ROOM) == 3


def test_before_the_reveal_nothing_of_it_is_anywhere(
    client: Client, workshop: Workshop, stage: Stage, participant: Participant
) -> None:
    stage = open_stage(stage)
    for _ in range(8):
        say(join(workshop, "0748", "inwoner"), stage, 4)
    close_stage(stage)
    assert OF_ROOM not in on_screen(client, workshop)
    assert OF_ROOM not in on_phone(client, workshop)
    assert kind("question").analysis(None, stage) == {}


def test_too_few_answers_show_no_figure(client: Client, workshop: Workshop, stage: Stage) -> None:
    answered_with(stage, "yes_no")
    hold(stage, 1, 1, 1, 2)
    said = words(on_screen(client, workshop))
    assert "te weinig antwoorden" in said and "75 %" not in said


@pytest.mark.parametrize("answer", ["scale", "yes_no"])
def test_the_phone_lays_ones_own_answer_beside_the_rooms(
    client: Client, workshop: Workshop, stage: Stage, participant: Participant, answer: str
) -> None:
    answered_with(stage, answer)
    stage = open_stage(stage)
    say(participant, stage, 2)
    for _ in range(6):
        say(join(workshop, "0503", "inwoner"), stage, 1)
    reveal_stage(close_stage(stage))
    html = on_phone(client, workshop)
    said = words(html)
    assert "Uw antwoord staat naast dat van de zaal. Alleen u ziet dit." in said
    if answer == "scale":
        assert "u 2" in said and html.count(OWN) == 2  # in the key too
        assert "Hoeveel mensen elk cijfer gaven" in said
    else:
        assert "u nee" in said and html.count('class="is-own"') == 1
        assert "Het vaakst gekozen: ‘ja’ (86 %)" in said


@pytest.mark.parametrize("answer", ["scale", "yes_no"])
def test_who_said_nothing_sees_the_room_alone(
    client: Client, workshop: Workshop, stage: Stage, participant: Participant, answer: str
) -> None:
    answered_with(stage, answer)
    hold(stage, 1, 1, 1, 1, 2, 2)
    html = on_phone(client, workshop)
    assert "U gaf in deze ronde geen antwoorden." in html
    assert 'class="is-own"' not in html and OWN not in html


def test_several_questions_are_answered_alike_and_shown_one_by_one(
    client: Client, workshop: Workshop, stage: Stage
) -> None:
    answered_with(stage, "yes_no")
    add_item(stage, "Komt u terug?", "", None)
    stage = open_stage(stage)
    first, second = stage.items.order_by("number")
    for _ in range(6):
        person = join(workshop, "0748", "inwoner")
        store_form(person, stage, [(first.pk, "answer", 1), (second.pk, "answer", 2)])
    reveal_stage(close_stage(stage))
    html = on_screen(client, workshop)
    assert html.count('class="slide slide-question"') == 2
    assert "2. Komt u terug?" in words(html) and "‘nee’ (100 %)" in words(html)


def test_the_analysis_says_how_it_was_answered(stage: Stage) -> None:
    answered_with(stage, "yes_no")
    hold(stage, *[1] * 6)
    from workshops.results import released

    stage = Stage.objects.get(pk=stage.pk)
    shown: Any = released(stage)
    assert kind("question").analysis(shown, stage) == {"answer": "yes_no"}
    cell = shown.cells["vraag"]["answer"]
    assert (cell.counts, cell.mean, cell.median, cell.agreement) == ({1: 6, 2: 0}, None, None, None)
