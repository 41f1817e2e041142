"""A hall without JavaScript: plain forms from many hands while the facilitator closes."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed

import httpx

from config.site import Site
from tests.live.conftest import Join
from tests.live.phone import Phone, open_round
from workshops.models import Stage, Tally, Vote
from workshops.rounds import close_stage

PEOPLE = 40
ACKNOWLEDGED = re.compile(r"(\d+) antwoord(?:en zijn| is) ontvangen")
LATE = "de ronde was al gesloten"


def send_form(phone: Phone, stage: Stage, items: list[int]) -> tuple[int, bool]:
    """How many answers the page says were received, and whether it says that the round was closed."""
    room = f"/room/{phone.workshop.public_id}/"
    phone.http.get("/")
    fields = {f"a-{item}-impact": "4" for item in items} | {"stage": str(stage.pk)}
    fields["csrfmiddlewaretoken"] = phone.http.cookies["csrftoken"]
    answer: httpx.Response = phone.http.post(f"{room}votes/", data=fields, follow_redirects=True)
    assert answer.status_code == 200
    said = ACKNOWLEDGED.search(answer.text)
    return int(said[1]) if said else 0, LATE in answer.text


def test_what_plain_forms_were_told_is_in_the_final_tally_when_a_round_closes_among_them(
    site: Site, live_db: None, join: Join, wait_until: Callable[..., None]
) -> None:
    workshop, stage, items = open_round()
    phones = [join(workshop) for _ in range(PEOPLE)]
    with ThreadPoolExecutor(8) as hands:
        sent = [hands.submit(send_form, phone, stage, items) for phone in phones]
        for done, _ in enumerate(as_completed(sent), start=1):
            if done == PEOPLE // 4:
                close_stage(stage)
    told = [each.result() for each in sent]
    assert any(late for _, late in told) and any(number for number, _ in told), "the closing was not in the middle"
    assert all(number in {0, len(items)} for number, _ in told)
    received = sum(number for number, _ in told)
    wait_until(lambda: Tally.objects.filter(stage=stage, final=True).exists(), 10)
    assert Tally.objects.get(stage=stage).answers == received == Vote.objects.filter(item__stage=stage).count()
