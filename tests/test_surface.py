"""Another client, written after docs/surface.md and nothing else: it joins, reads the round and votes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import httpx
import pytest

from config.site import Site
from tests.factories import make_workshop
from workshops.models import Stage, Workshop
from workshops.rounds import close_stage, open_stage
from workshops.worlds import tell


class Reader(HTMLParser):
    """The forms of a page: attributes, hidden fields and radio buttons, and the items in their order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.hidden: list[dict[str, str]] = []
        self.radios: list[dict[str, list[str]]] = []
        self.checked: dict[str, str] = {}
        self.items: list[int] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(own)
            self.hidden.append({})
            self.radios.append({})
        if "data-item" in own:
            self.items.append(int(own["data-item"]))
        if tag == "input" and own.get("type") == "hidden":
            self.hidden[-1][own["name"]] = own.get("value", "")
        if tag == "input" and own.get("type") == "radio":
            self.radios[-1].setdefault(own["name"], []).append(own["value"])
            if "checked" in own:
                self.checked[own["name"]] = own["value"]

    def form(self, field: str = "", attribute: str = "") -> int:
        """The place of the form that has this radio button or attribute."""
        return next(
            place
            for place, form in enumerate(self.forms)
            if (field and field in self.radios[place]) or (attribute and attribute in form)
        )


class Device:
    """A client of its own: cookies, forms and JSON."""

    def __init__(self, base: str) -> None:
        self.http = httpx.Client(base_url=base, headers={"Referer": f"{base}/"}, timeout=20)
        self.base = base
        self.room = ""

    def join(self, code: str, municipality: str, group: str) -> None:
        home = Reader(self.http.get("/").text)
        place = next(place for place, form in enumerate(home.forms) if form.get("action") == "/join/")
        to_form = self.http.post("/join/", data={**home.hidden[place], "code": code})
        assert to_form.status_code == 302
        link = to_form.headers["Location"]
        page = Reader(self.http.get(link).text)
        place = page.form(field="municipality")
        assert municipality in page.radios[place]["municipality"] and group in page.radios[place]["group"]
        answers = {**page.hidden[place], "municipality": municipality, "group": group}
        joined = self.http.post(link, data=answers)
        assert joined.status_code == 302
        self.room = joined.headers["Location"].strip("/").removeprefix("room/")
        assert f"participant-{self.room}" in self.http.cookies

    def read(self) -> tuple[Reader, int]:
        page = Reader(self.http.get(f"/room/{self.room}/").text)
        return page, page.form(attribute="data-vote")

    def post(self, body: object, **headers: str) -> httpx.Response:
        sent = {"Origin": self.base, **headers}
        return self.http.post(f"/live/{self.room}/votes", json=body, headers=sent)

    def state(self) -> dict[str, Any]:
        response = self.http.get(f"/room/{self.room}/main/?only=state")
        assert response.status_code == 204
        state: dict[str, Any] = json.loads(response.headers["X-State"])
        return state


@pytest.fixture
def workshop(site: Site, live_db: None) -> Workshop:
    return make_workshop()


@pytest.fixture
def device(site: Site, workshop: Workshop) -> Iterator[Device]:
    """A device that is in, with the round open."""
    own = Device(site.url)
    open_stage(workshop.stages.get())
    own.join(f"{workshop.code[:3].lower()} {workshop.code[3:]}", "0748", "inwoner")
    yield own
    own.http.close()


def test_the_plain_form_is_read_and_answered(device: Device) -> None:
    page, place = device.read()
    item = page.items[0]
    assert len(page.items) == 21
    assert page.radios[place][f"a-{item}-impact"] == ["1", "2", "3", "4", "5", "x"]
    assert page.checked == {}
    address = page.forms[place]["action"]
    given = {f"a-{item}-impact": "4", f"a-{item}-uncertainty": "x"}
    assert device.http.post(address, data={**page.hidden[place], **given}).status_code == 302
    page, place = device.read()
    assert page.checked == given
    assert int(page.forms[place]["data-highest"]) >= 1
    wrong = {**page.hidden[place], f"a-{item}-impact": "6", f"a-{page.items[1]}-impact": "2"}
    assert device.http.post(address, data=wrong).status_code == 422
    assert device.read()[0].checked == {**given, f"a-{page.items[1]}-impact": "2"}


def test_the_door_gives_a_receipt_for_every_answer(device: Device, workshop: Workshop) -> None:
    page, place = device.read()
    form = page.forms[place]
    assert (form["data-door"], form["data-highest"]) == (f"/live/{device.room}/votes", "0")
    item, stage = page.items[0], int(form["data-stage"])

    def answer(counter: int, value: Any, criterion: str = "impact") -> dict[str, Any]:
        return {"counter": counter, "item": item, "criterion": criterion, "value": value}

    off_scale = {**answer(4, 6), "item": page.items[1]}
    answers = [answer(2, 4), answer(3, None, "uncertainty"), off_scale]
    body = device.post({"stage": stage, "answers": answers}).json()
    told = {line["counter"]: (line["status"], line.get("reason", "")) for line in body["receipts"]}
    assert told == {2: ("stored", ""), 3: ("stored", ""), 4: ("refused", "out_of_range")}
    assert body["highest"] == 3 and body["transaction"] > 0
    again = device.post({"stage": stage, "answers": [answer(2, 4)]}).json()["receipts"]
    assert again == [{"counter": 2, "item": item, "criterion": "impact", "status": "stored", "highest": 2}]
    older = device.post({"stage": stage, "answers": [answer(1, 1)]}).json()["receipts"][0]
    assert (older["status"], older["highest"]) == ("superseded", 2)
    used = device.post({"stage": stage, "answers": [answer(2, 5)]}).json()["receipts"][0]
    assert (used["status"], used["reason"]) == ("refused", "counter_used")
    assert device.read()[0].checked == {f"a-{item}-impact": "4", f"a-{item}-uncertainty": "x"}
    close_stage(workshop.stages.get())
    late = device.post({"stage": stage, "answers": [answer(5, 5)]}).json()["receipts"][0]
    assert (late["status"], late["reason"]) == ("refused", "closed")


def test_errors_of_the_door_are_json_with_a_code(device: Device) -> None:
    page, place = device.read()
    good = {"stage": int(page.forms[place]["data-stage"]), "answers": []}
    foreign = device.post(good, Origin="https://elders.example")
    assert (foreign.status_code, foreign.json()["error"]) == (403, "foreign_origin")
    empty = device.post(good)
    assert (empty.status_code, empty.json()["error"]) == (400, "empty")
    assert device.post([]).json()["error"] == "malformed"
    device.http.cookies.clear()
    stranger = device.post(good)
    assert (stranger.status_code, stranger.json()["error"]) == (403, "not_joined")


def test_the_stream_and_the_header_tell_the_room_s_state_until_it_is_counted(device: Device) -> None:
    page, place = device.read()
    answer = {"counter": 1, "item": page.items[0], "criterion": "impact", "value": 3}
    body = device.post({"stage": int(page.forms[place]["data-stage"]), "answers": [answer]}).json()
    with device.http.stream("GET", f"/live/{device.room}/events") as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        for state in states(stream):
            if state["horizon"] > body["transaction"]:
                break
    assert state["stage"]["state"] == "open" and state["stage"]["revealed"] is False
    assert (state["joined"], state["answered"], state["answers"]) == (1, 1, 1)
    named = {"ended", "stage", "version", "horizon", "joined", "answered", "answers", "message"}
    assert set(device.state()) == set(state) == named


def states(stream: httpx.Response) -> Iterator[dict[str, Any]]:
    """The data of every ``state`` event."""
    name = ""
    for line in stream.iter_lines():
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: ") and name == "state":
            yield json.loads(line.removeprefix("data: "))


def test_a_wrong_code_and_a_room_one_is_not_in_are_refused(device: Device, site: Site) -> None:
    with httpx.Client(base_url=site.url, headers={"Referer": site.url}) as http:
        home = Reader(http.get("/").text)
        place = next(place for place, form in enumerate(home.forms) if form.get("action") == "/join/")
        assert http.post("/join/", data={**home.hidden[place], "code": "AAAAA"}).status_code == 422
        assert http.post("/join/", data={**home.hidden[place], "code": "AAAAAA"}).status_code == 404
        assert http.get(f"/room/{device.room}/").status_code == 403
        assert http.get("/room/000000000000/").status_code == 404


# Rounds of other kinds


@pytest.fixture
def tunnel(site: Site, live_db: None) -> Stage:
    """An open wind tunnel that asks about one scenario so far."""
    workshop = make_workshop(rounds=["windtunnel"])
    tell(workshop, "ikhoven", None)
    return open_stage(workshop.stages.get())


@pytest.fixture
def tester(site: Site, tunnel: Stage) -> Iterator[Device]:
    own = Device(site.url)
    own.join(tunnel.workshop.code, "0748", "inwoner")
    yield own
    own.http.close()


def test_an_item_has_a_card_in_every_scenario_that_may_be_answered_about(tester: Device, tunnel: Stage) -> None:
    page, place = tester.read()
    listed = list(dict.fromkeys(page.items))
    assert listed == list(tunnel.items.order_by("number").values_list("pk", flat=True))
    assert len(page.items) == 2 * len(listed)  # the scenario, and the gap
    assert page.radios[place][f"a-{listed[0]}-ikhoven"] == ["-2", "-1", "0", "1", "2", "x"]
    answers = [
        {"counter": counter, "item": listed[0], "criterion": criterion, "value": -1}
        for counter, criterion in enumerate(("samendam", "ikhoven"), start=1)
    ]
    receipts = tester.post({"stage": tunnel.pk, "answers": answers}).json()["receipts"]
    told = {line["criterion"]: (line["status"], line.get("reason", "")) for line in receipts}
    assert told == {"samendam": ("refused", "not_open_yet"), "ikhoven": ("stored", "")}
    before = int(page.forms[place]["data-items"])
    tell(tunnel.workshop, "samendam", None)
    page, place = tester.read()
    assert int(page.forms[place]["data-items"]) > before
    assert f"a-{listed[0]}-samendam" in page.radios[place]


def test_a_short_text_is_sent_replaced_and_taken_back(tester: Device, tunnel: Stage) -> None:
    page, place = tester.read()
    item, address = page.items[0], f"/room/{tester.room}/contributions/"
    assert page.hidden[place][f"w-{item}-ikhoven"] == ""
    token = page.hidden[place]["csrfmiddlewaretoken"]

    def send(text: str, part: str = "ikhoven") -> tuple[int, dict[str, str]]:
        posted = {"csrfmiddlewaretoken": token, "stage": tunnel.pk, "item": item, "part": part, "text": text}
        answer = tester.http.post(address, data=posted, headers={"X-Requested-With": "fetch"})
        return answer.status_code, answer.json()

    assert send(" Het geld\n raakt op ") == (200, {"text": "Het geld raakt op"})
    assert send("Wie betaalt dit?") == (200, {"text": "Wie betaalt dit?"})
    page, place = tester.read()
    assert page.hidden[place][f"w-{item}-ikhoven"] == "Wie betaalt dit?"
    status, body = send("Nog niet verteld", part="samendam")
    assert (status, body["error"]) == (422, "refused")
    status, body = send("x" * 141)
    assert (status, body["error"]) == (422, "refused")
    assert send("") == (200, {"text": ""})
    page, place = tester.read()
    assert page.hidden[place][f"w-{item}-ikhoven"] == ""
    close_stage(tunnel)
    status, body = send("Te laat")
    assert (status, body["error"]) == (409, "closed")
