"""Short texts: who may write where, that nobody reads one before it was let through, and taking them back."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.factories import make_facilitator, make_workshop
from workshops import contributions, room
from workshops.contributions import contribute, let_through
from workshops.identity import cookie_name, seal
from workshops.logbook import lines, sentence
from workshops.models import Contribution, LogEntry, Participant, Stage, Workshop
from workshops.participants import JoinError, given, join, withdraw
from workshops.results import progress
from workshops.rounds import RoundError, close_stage, open_stage, reveal_stage, unopen_stage
from workshops.stages import kind

pytestmark = pytest.mark.django_db

SENTENCE = "Raad vergadert voortaan bij de bakker"


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop(rounds=["immersion"])


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    return open_stage(workshop.stages.get())


def place_of(stage: Stage, person: Participant) -> tuple[int, str]:
    key = kind(stage.kind).variant(stage, person).split(".")[0]
    return stage.items.get(key=key).pk, key


def write(stage: Stage, person: Participant, text: str = SENTENCE) -> Contribution:
    item, part = place_of(stage, person)
    found = contribute(person, stage, stage.items.get(pk=item), part, text, 80)
    assert found is not None
    return found


def be(client: Client, person: Participant) -> None:
    public_id = person.workshop.public_id
    client.cookies[cookie_name(public_id)] = seal(public_id, person.pk)


def send(client: Client, stage: Stage, item: int, part: str, text: str, **headers: str) -> HttpResponse:
    fields = {"stage": stage.pk, "item": item, "part": part, "text": text}
    address = f"/room/{stage.workshop.public_id}/contributions/"
    return client.post(address, fields, headers={"X-Requested-With": "fetch", **headers})


def page(client: Client, workshop: Workshop) -> str:
    return client.get(f"/room/{workshop.public_id}/").content.decode()


# Writing


def test_a_text_waits_and_a_second_one_in_its_place_replaces_it(client, stage, participant) -> None:
    item, part = place_of(stage, participant)
    answer = send(client, stage, item, part, f"  {SENTENCE}\n ")
    assert answer.json() == {"text": SENTENCE}
    send(client, stage, item, part, "Toch iets anders")
    only = stage.contributions.get()
    assert (only.text, only.state, only.scenario, only.item_id) == ("Toch iets anders", "waiting", part, item)


def test_an_empty_text_takes_the_earlier_one_back(client, stage, participant) -> None:
    item, part = place_of(stage, participant)
    send(client, stage, item, part, SENTENCE)
    assert send(client, stage, item, part, " ").json() == {"text": ""}
    assert not stage.contributions.exists()


def test_a_changed_text_waits_again(stage, participant) -> None:
    let_through(write(stage, participant), None)
    assert write(stage, participant, "Iets anders").state == "waiting"
    assert contributions.shown(stage) == []


def test_nobody_writes_where_their_form_has_no_place(client, stage, participant) -> None:
    item, part = place_of(stage, participant)
    other = stage.items.exclude(pk=item).first()
    foreign = open_stage(make_workshop(rounds=["immersion"]).stages.get()).items.get(key=part)
    for where, name in ((other.pk, other.key), (item, "verzonnen"), (0, part), (item, ""), (foreign.pk, part)):
        assert send(client, stage, where, name, SENTENCE).status_code == 422
    assert not Contribution.objects.exists()


def test_too_long_a_text_is_refused_with_how_long_it_may_be(client, stage, participant) -> None:
    answer = send(client, stage, *place_of(stage, participant), 81 * "a")
    assert answer.status_code == 422
    assert "80 tekens" in answer.json()["message"]


def test_a_closed_round_takes_no_text(client, stage, participant) -> None:
    where = place_of(stage, participant)
    close_stage(stage)
    assert send(client, stage, *where, SENTENCE).status_code == 409
    assert not stage.contributions.exists()


def test_a_stranger_and_a_browser_that_is_somebody_else_write_nothing(client, stage, participant) -> None:
    where = place_of(stage, participant)
    assert send(Client(), stage, *where, SENTENCE).status_code == 403
    answer = send(client, stage, *where, SENTENCE, **{"X-Participant": "0" * 16})
    assert (answer.status_code, answer.json()["error"]) == (403, "somebody_else")
    assert not stage.contributions.exists()


def test_a_form_needs_its_token(stage, participant) -> None:
    strict = Client(enforce_csrf_checks=True)
    be(strict, participant)
    assert send(strict, stage, *place_of(stage, participant), SENTENCE).status_code == 403


def test_the_form_shows_ones_own_text_escaped(client, stage, participant) -> None:
    write(stage, participant, "<b>Vet</b> & “mooi”")
    found = page(client, stage.workshop)
    assert found.count("&lt;b&gt;Vet&lt;/b&gt; &amp;") == 2  # the field, and what it was
    assert "<b>Vet" not in found


def test_a_room_page_asks_no_more_of_the_database_for_texts_of_others(
    client, stage, participant, django_assert_max_num_queries
) -> None:
    for _ in range(3):
        write(stage, join(stage.workshop, "0503", "bedrijf"))
    page(client, stage.workshop)
    with django_assert_max_num_queries(9):
        page(client, stage.workshop)


# Without JavaScript


def plain(client: Client, stage: Stage, **fields: object) -> HttpResponse:
    return client.post(f"/room/{stage.workshop.public_id}/votes/", {"stage": stage.pk, **fields}, follow=True)


def test_the_plain_form_carries_the_text_along(client, stage, participant) -> None:
    item, part = place_of(stage, participant)
    answer = plain(client, stage, **{f"t-{item}-{part}": SENTENCE, f"w-{item}-{part}": ""})
    assert "Uw tekst is ontvangen." in answer.content.decode()
    assert stage.contributions.get().text == SENTENCE


def test_an_old_plain_form_takes_nothing_back(client, stage, participant) -> None:
    item, part = place_of(stage, participant)
    write(stage, participant, "Nieuw, van een ander apparaat")
    plain(client, stage, **{f"t-{item}-{part}": "Oud", f"w-{item}-{part}": "Oud"})
    assert stage.contributions.get().text == "Nieuw, van een ander apparaat"


def test_a_plain_form_says_what_is_wrong(client, stage, participant) -> None:
    item, part = place_of(stage, participant)
    answer = plain(client, stage, **{f"t-{item}-{part}": 90 * "a"})
    assert answer.status_code == 422
    assert "80 tekens" in answer.content.decode()


# Taking back


def test_withdrawing_takes_the_texts_of_open_rounds_along(stage, participant) -> None:
    other = join(stage.workshop, "0503", "bedrijf")
    write(stage, participant)
    write(stage, other)
    assert given(participant).going == [("Een dag in het scenario", 1)]
    assert withdraw(participant) == 1
    assert [each.author for each in stage.contributions.all()] == [
        contributions.seal(other, stage, *place_of(stage, other))
    ]


def test_texts_of_a_closed_round_stay(stage, participant) -> None:
    write(stage, participant)
    close_stage(stage)
    assert given(participant).staying == [("Een dag in het scenario", 1)]
    with pytest.raises(JoinError):
        withdraw(participant)
    assert stage.contributions.count() == 1


def test_an_opening_is_not_taken_back_once_somebody_wrote(stage, participant) -> None:
    write(stage, participant)
    with pytest.raises(RoundError, match="antwoord binnen"):
        unopen_stage(stage)


# How far the room is


def test_progress_counts_texts_and_says_of_a_municipality_only_who_is_in(stage, participant) -> None:
    write(stage, participant)
    join(stage.workshop, "0503", "bedrijf")
    now = progress(stage)
    assert (now.joined, now.answered, now.done, now.received, now.counted) == (2, 1, 1, 1, 1)
    assert [(row.joined, row.answered, row.done) for row in now.by_municipality] == [(1, 0, 0), (1, 0, 0), (0, 0, 0)]


# The facilitator's page


def desk_of(workshop: Workshop) -> Client:
    client = Client()
    client.force_login(workshop.owner)
    return client


def address(stage: Stage, state: str = "waiting") -> str:
    return f"/workshops/{stage.workshop.public_id}/stages/{stage.pk}/contributions/?show={state}"


def press(desk: Client, text: Contribution, do: str, version: str = "") -> str:
    fields = {"do": do, "id": text.pk, "version": version or contributions.version(text)}
    return desk.post(address(text.stage), fields, follow=True).content.decode()


def test_the_page_is_for_who_runs_the_workshop(client, stage, participant) -> None:
    assert client.get(address(stage)).status_code == 302
    other = Client()
    other.force_login(make_facilitator())
    assert other.get(address(stage)).status_code == 404


def test_a_text_is_let_through_and_hidden_again(stage, participant) -> None:
    text, desk = write(stage, participant), desk_of(stage.workshop)
    assert SENTENCE in desk.get(address(stage)).content.decode()
    press(desk, text, "through")
    assert [each.text for each in contributions.shown(stage)] == [SENTENCE]
    press(desk, text, "hide")
    assert contributions.shown(stage) == []
    assert SENTENCE in desk.get(address(stage, "hidden")).content.decode()
    press(desk, text, "through")
    assert contributions.counts(stage) == {"waiting": 0, "shown": 1, "hidden": 0}


def test_a_text_that_changed_meanwhile_is_not_let_through(stage, participant) -> None:
    text, desk = write(stage, participant), desk_of(stage.workshop)
    seen = contributions.version(text)
    write(stage, participant, "Iets heel anders")
    assert "intussen veranderd" in press(desk, text, "through", seen)
    assert contributions.shown(stage) == []


def test_a_text_that_was_taken_back_is_gone(stage, participant) -> None:
    text, desk = write(stage, participant), desk_of(stage.workshop)
    withdraw(participant)
    assert "haalde hem weg" in press(desk, text, "through")


def test_all_lets_through_what_the_page_showed_and_no_more(stage, participant) -> None:
    desk = desk_of(stage.workshop)
    first = write(stage, participant)
    changed = write(stage, join(stage.workshop, "0503", "bedrijf"), "Eerst zo")
    seen = [contributions.version(each) for each in (first, changed)]
    later = join(stage.workshop, "0503", "bedrijf")
    write(stage, later, "Later gekomen")
    Contribution.objects.filter(pk=changed.pk).update(text="Nu anders")
    desk.post(address(stage), {"do": "all", "seen": seen})
    assert [each.text for each in contributions.shown(stage)] == [SENTENCE]
    assert contributions.counts(stage)["waiting"] == 2


def test_another_rounds_text_is_not_reached_by_this_page(stage, participant) -> None:
    other = open_stage(make_workshop(rounds=["immersion"]).stages.get())
    text = write(other, join(other.workshop, "0748", "inwoner"))
    fields = {"do": "through", "id": text.pk, "version": contributions.version(text)}
    desk_of(stage.workshop).post(address(stage), fields)
    assert contributions.shown(other) == []


def test_texts_are_escaped_on_the_page_and_the_script_gets_the_list_alone(stage, participant) -> None:
    write(stage, participant, "<script>alert(1)</script>")
    found = desk_of(stage.workshop).get(address(stage), headers={"X-Requested-With": "fetch"}).content.decode()
    assert "&lt;script&gt;alert(1)" in found and "<script>alert" not in found
    assert "<html" not in found


def test_the_page_asks_the_database_as_often_for_many_texts_as_for_one(stage, django_assert_max_num_queries) -> None:
    desk = desk_of(stage.workshop)
    for number in range(6):
        write(stage, join(stage.workshop, "0503", "bedrijf"), f"Kop {number}")
    with django_assert_max_num_queries(9):
        desk.get(address(stage))


def test_a_line_from_before_texts_were_counted_can_still_be_read(stage) -> None:
    entry = LogEntry.objects.create(workshop=stage.workshop, verb="let_through", stage=stage)
    assert sentence(entry) == "Liet 1 tekst door"


def test_a_row_of_texts_let_through_is_one_line_in_the_logbook(stage) -> None:
    owner = stage.workshop.owner
    for _ in range(3):
        let_through(write(stage, join(stage.workshop, "0503", "bedrijf")), owner)
    assert [line.sentence for line in lines(stage.workshop) if line.verb == "let_through"] == [
        f"{owner.get_full_name() or owner.email.split('@')[0]} liet 3 teksten door"
    ]


def test_the_cockpit_says_how_many_wait_and_where_to_read_them(stage, participant) -> None:
    write(stage, participant)
    found = desk_of(stage.workshop).get(f"/workshops/{stage.workshop.public_id}/").content.decode()
    assert "1 tekst wacht op u" in found and f"/stages/{stage.pk}/contributions/" in found
    assert SENTENCE not in found


def test_a_phone_that_has_the_result_hears_of_a_text_let_through_later(stage, participant) -> None:
    text = write(stage, participant)
    close_stage(stage)
    reveal_stage(stage)
    before = Stage.objects.get(pk=stage.pk).settings.get("item_version", 0)
    let_through(text, None)
    assert Stage.objects.get(pk=stage.pk).settings["item_version"] == before + 1
    assert room.key_of(stage.workshop, Stage.objects.get(pk=stage.pk)).endswith("-revealed")
