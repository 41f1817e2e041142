"""What is changed while a workshop runs is heard by every open phone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from config.site import Site
from tests.live.phone import Join, answer, open_round
from tests.live.test_streams import listening
from workshops import editing, items, messages
from workshops.form_cache import item_version
from workshops.models import Item
from workshops.rounds import RoundError

pytestmark = pytest.mark.usefixtures("live_db")


def test_phones_hear_that_words_changed_and_their_answers_stay(site: Site, join: Join) -> None:
    workshop, stage, ids = open_round()
    phone = join(workshop)
    with listening(f"{site.url}/live/{workshop.public_id}/events") as hear:
        phone.post(stage, answer(ids[0], 4))
        hear(lambda state: state["answers"] == 1 and state["stage"]["items"] == 0)
        items.mend(stage.items.get(pk=ids[0]), "Kennis voor iedereen", "", workshop.owner)
        hear(lambda state: state["stage"]["items"] == 1)
        added = items.add(stage, "Eenzaamheid", "", workshop.owner)
        hear(lambda state: state["stage"]["items"] == 2)
        page = phone.http.get(f"/room/{workshop.public_id}/main/").text
        assert "Kennis voor iedereen" in page and "Eenzaamheid" in page
        assert phone.post(stage, answer(added.pk, 5, 2)).json()["receipts"][0]["status"] == "stored"
        hear(lambda state: state["answers"] == 2)
    assert phone.stored() == {(ids[0], "impact"): 4, (added.pk, "impact"): 5}


def test_phones_hear_a_message_come_and_go_and_a_new_question(site: Site, join: Join) -> None:
    workshop, _, _ = open_round()
    with listening(f"{site.url}/live/{workshop.public_id}/events") as hear:
        messages.send(workshop, "Kijk even naar het scherm.", workshop.owner)
        hear(lambda state: (state["message"] or {}).get("text") == "Kijk even naar het scherm.")
        messages.withdraw(workshop, workshop.owner)
        hear(lambda state: state["message"] is None)
        changed = {"title": workshop.title, "date": workshop.date, "starts_at": None}
        editing.edit_workshop(workshop, workshop.owner, focal_question="Wie zorgt in 2041 voor wie?", **changed)
        hear(lambda state: state["stage"]["items"] == 1)
    with listening(f"{site.url}/live/screen/{workshop.screen_token}/events") as hear:
        assert "Wie zorgt in 2041 voor wie?" in hear(lambda state: True)["fragment"]


def test_two_who_change_a_round_at_once_both_raise_its_version() -> None:
    workshop, stage, ids = open_round()

    def mend(number: int) -> None:
        try:
            items.mend(stage.items.get(pk=ids[number]), f"Trend {number}", "", None)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(mend, range(8)))
    assert item_version(workshop.stages.get()) == 8


def test_an_answer_that_comes_while_its_trend_is_taken_away_is_never_half_there(site: Site, join: Join) -> None:
    workshop, stage, _ = open_round()
    phone = join(workshop)
    with ThreadPoolExecutor(1) as pool:
        for turn in range(4):
            item = items.add(stage, f"Trend {turn}", "", None)
            sent = pool.submit(phone.post, stage, answer(item.pk, 3, turn + 1))
            try:
                items.remove(item, None)
                gone = True
            except RoundError:
                gone = False
            status = sent.result().json()["receipts"][0]["status"]
            assert status == ("refused" if gone else "stored")
            assert Item.objects.filter(pk=item.pk).exists() != gone
