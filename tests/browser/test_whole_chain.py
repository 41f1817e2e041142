"""A whole half-day in browsers: a facilitator, three phones and the screen, from the first question to the report.

The rounds are those of "Toekomstverkenning", and each goes on with the one before. A dozen more people in the hall,
with the opinions of a rehearsal, answer by the functions behind the forms: so that there is a result to show.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from config.rehearsal import practice
from config.rehearsal.proposals import PROPOSALS
from config.rehearsal.script import Writing, last_answers
from tests.browser.phone import until
from tests.browser.room import Room, press, shows, status
from tests.browser.test_room_round import come_in_three_ways, log_in_and_make_a_workshop
from workshops import contributions, ideas, tasks
from workshops.models import Contribution, Participant, Stage, Vote, Workshop
from workshops.participants import join
from workshops.stages import kind
from workshops.votes import store_form

pytestmark = pytest.mark.usefixtures("live_db")
Wait = Callable[..., None]
HALL = 12

# Chooses an answer to every question of the form, another on each phone (``add``).
SCALES = """({ add }) => {
  [...document.querySelectorAll("[data-vote] [data-cell]")].forEach((cell, at) => {
    const inputs = [...cell.querySelectorAll("input[type=radio]:not([value=x])")];
    if (inputs.length) inputs[(at + add) % inputs.length].click();
  });
}"""
# Gives a dot, or support, to the first options that have room for one.
DOTS = """({ add }) => {
  const rows = [...document.querySelectorAll("[data-option]")];
  rows.forEach((_row, at) => rows[(at + add) % rows.length].querySelector(".dots-pick button:last-child").click());
}"""
# Says of each option on the agenda that the municipality carries it, and who should: all else is no.
HOLDERS = """({ add }) => {
  for (const card of document.querySelectorAll(".agenda-card")) {
    card.querySelector("[data-criterion=now-gemeente] [data-tick]").click();
    card.querySelectorAll("[data-criterion^=wanted-] [data-tick]")[add].click();
    card.querySelector("[data-agenda-done]").click();
  }
}"""
# Keeps every first answer: one tap each.
KEEP = """() => document.querySelectorAll("[data-vote] [data-keep]").forEach((button) => button.click())"""
REASON = "Dit raakt elk besluit dat wij nemen"
ASKED = (
    "stage => !!document.querySelector(`[data-vote][data-stage='${stage}']:is(.is-stepped, .is-listed, [data-alone])`)"
)


class Day:
    """The workshop with everybody in it."""

    def __init__(self, room: Room, wait_until: Wait) -> None:
        self.wait_until = wait_until
        self.laptop = room.laptop()
        self.workshop: Workshop = log_in_and_make_a_workshop(self.laptop, plan="exploration")
        self.screen = room.screen(self.workshop)
        self.phones = [room.phone(), room.phone(), room.phone()]
        come_in_three_ways(self.laptop, self.workshop, self.phones)
        self.people = list(Participant.objects.filter(workshop=self.workshop).order_by("sequence"))
        self.hall = {
            f"p{number:02}": join(self.workshop, ("0748", "0503")[number % 2], "inwoner")
            for number in range(1, HALL + 1)
        }

    @property
    def stage(self) -> Stage:
        """The round that the room is at."""
        self.workshop.refresh_from_db(fields=["at_stage"])
        return Stage.objects.select_related("workshop").get(pk=self.workshop.at_stage_id or 0)

    def open(self) -> Stage:
        press(self.laptop, "Open de ronde")
        shows(self.screen, "open")
        stage = self.stage
        self.asked(stage)
        return stage

    def asked(self, stage: Stage) -> None:
        """Every phone has the round's form."""
        for phone in self.phones:
            until(phone, ASKED, stage.pk)

    def answer(self, stage: Stage, script: str) -> None:
        """The phones answer in their browsers, the hall by itself."""
        for add, phone in enumerate(self.phones):
            phone.evaluate(script, {"add": add})
        self.hall_answers(stage)
        cells = self.cells(stage)
        for person in self.people:
            mine = Vote.objects.filter(participant=person, item__stage=stage, criterion__is_open=True)
            self.wait_until(lambda mine=mine: mine.count() == cells, 30)

    def cells(self, stage: Stage) -> int:
        """How many answers are asked of each person now."""
        criteria = list(stage.criteria.filter(is_open=True).order_by("position"))
        items = list(Stage.objects.get(pk=stage.pk).items.order_by("number"))
        asks = kind(stage.kind).asks(items, criteria)
        return len({(ask.item.pk, criterion.pk) for ask in asks for criterion in ask.criteria})

    def hall_answers(self, stage: Stage) -> None:
        items = list(Stage.objects.get(pk=stage.pk).items.order_by("number"))
        criteria = list(stage.criteria.filter(is_open=True).order_by("position"))
        script = practice.script_of(self.workshop, stage, items, criteria)
        for name, rows in script.rows_of(stage.key).items():
            if name in self.hall:
                given = last_answers(rows).items()
                answers = [(items[number - 1].pk, criterion, value) for (number, criterion), value in given]
                store_form(self.hall[name], stage, answers)
        practice.write(stage, items, script.texts.get(stage.key, Writing()), self.hall, (-1, 1e9))
        tasks.mark_stage(stage.pk)

    def close_and_show(self, button: str = "Toon de uitslag") -> None:
        press(self.laptop, "Sluit de ronde")
        state = self.laptop.locator(".cockpit-status b")
        expect(state).to_have_text(re.compile("laatste kans|gesloten"))
        if "gesloten" not in (state.text_content() or ""):
            press(self.laptop, "Sluit meteen")
        status(self.laptop, "gesloten")
        press(self.laptop, button)
        status(self.laptop, "uitslag getoond")
        shows(self.screen, "revealed")
        for phone in self.phones:
            expect(phone.locator("[data-vote]")).to_have_count(0)

    def next(self) -> None:
        press(self.laptop, "Naar ‘")
        status(self.laptop, "klaargezet")

    def hold(self, kind_key: str, script: str = SCALES) -> Stage:
        """Open, answer, close and show a round of this kind."""
        stage = self.open()
        assert stage.kind == kind_key
        self.answer(stage, script)
        self.close_and_show()
        return stage

    def link(self, name: str) -> None:
        """Follow a link of the cockpit."""
        with self.laptop.expect_navigation(wait_until="domcontentloaded"):
            self.laptop.get_by_role("link", name=re.compile(f"^{re.escape(name)}")).first.click()

    def cockpit(self) -> None:
        self.laptop.goto(f"/workshops/{self.workshop.public_id}/")


def reasons_are_given_and_read(day: Day, trends: Stage) -> None:
    """A reason is fixed, stands on the screen, and is read before the second vote; one tap keeps an answer."""
    second = day.stage
    assert second.previous_id == trends.pk and second.items.count() == 6
    first = second.items.order_by("number")[0]
    item = trends.items.get(key=first.key)
    reason = Contribution.objects.get(stage=trends, item=item, text=REASON)
    day.laptop.goto(f"/workshops/{day.workshop.public_id}/stages/{trends.pk}/contributions/")
    day.laptop.locator(f"#through-{reason.pk}").click()
    expect(day.laptop.locator(f"#text-{reason.pk}")).to_have_class(re.compile("is-pinned"))
    day.cockpit()
    press(day.laptop, "Argumenten")
    expect(day.screen.locator("[data-view]")).to_contain_text(reason.text)
    stage = day.open()
    expect(day.phones[0].locator("[data-vote]")).to_contain_text(reason.text)
    day.answer(stage, KEEP)
    day.close_and_show()
    kept = Vote.objects.filter(participant=day.people[0], item__stage=stage).count()
    assert kept == 12


def the_axes_are_chosen(day: Day) -> None:
    stage = day.open()
    assert stage.kind == "axes"
    day.hall_answers(stage)
    for add, phone in enumerate(day.phones):
        phone.evaluate(SCALES, {"add": add})
        phone.evaluate(DOTS, {"add": add})
    day.answer(stage, "() => {}")
    day.close_and_show()
    press(day.laptop, "Neem Economische ontwikkeling × Solidariteit")
    expect(day.laptop.locator(".axes-panel-chosen")).to_contain_text("Economische ontwikkeling × Solidariteit")
    expect(day.screen.locator(".slide-axes:visible").first).to_contain_text("Gekozen")


def headlines_are_written(day: Day) -> None:
    stage = day.open()
    for add, phone in enumerate(day.phones):
        phone.locator("textarea").fill(f"Kop van telefoon {add}")
        phone.get_by_role("button", name="Stuur in").click()
    day.hall_answers(stage)
    day.wait_until(lambda: Contribution.objects.filter(stage=stage, text__startswith="Kop van").count() == 3, 20)
    own = Contribution.objects.get(stage=stage, text="Kop van telefoon 1")
    day.laptop.goto(f"/workshops/{day.workshop.public_id}/stages/{stage.pk}/contributions/")
    day.laptop.locator(f"#through-{own.pk}").click()
    expect(day.laptop.locator(f"#through-{own.pk}")).to_have_count(0)
    day.cockpit()
    day.close_and_show("Toon het op het scherm")
    expect(day.screen.get_by_text("Kop van telefoon 1").first).to_be_attached()
    expect(day.screen.get_by_text("Kop van telefoon 0")).to_have_count(0)


def ideas_become_options(day: Day) -> None:
    """A phone's idea and some of the hall's are chosen, one is left out; then everybody supports."""
    stage = day.open()
    phone = day.phones[0]
    expect(phone.locator(".idea-unsent")).to_have_count(1)
    phone.get_by_label("Uw idee").first.fill("Plant bomen op elk schoolplein")
    phone.get_by_label("Ten koste van").first.fill("minder parkeerplaatsen")
    phone.locator("[data-propose]").click()
    expect(phone.locator("[data-own-ideas] li")).to_contain_text("Plant bomen")
    for person, proposal in zip(day.hall.values(), PROPOSALS, strict=False):
        ideas.propose(person, stage, proposal.title, proposal.instead, proposal.why)
    day.link("Naar de ideeën")
    found = list(stage.ideas.order_by("pk"))
    for idea in (found[0], *found[1:5]):
        day.laptop.locator(f"#choose-{idea.pk}").click()
        expect(day.laptop.locator(f"#choose-{idea.pk}")).to_have_count(0)
    day.laptop.locator(f"#hide-{found[5].pk} summary").click()
    day.laptop.locator(f"#reason-{found[5].pk}").fill("Daar gaat de gemeente niet over.")
    day.laptop.locator(f"#hide-{found[5].pk} button").click()
    expect(day.laptop.locator(f"#choose-{found[5].pk}")).to_have_count(0)
    expect(day.screen.locator("[data-phase=open]")).to_contain_text("Plant bomen op elk schoolplein")
    assert found[5].title not in day.screen.content()
    day.laptop.locator("#board-support").click()
    expect(day.laptop.locator("#board-gather")).to_be_visible()
    day.cockpit()
    for each in day.phones:
        expect(each.locator("[data-vote][data-form=support] .dots-pick button").first).to_be_attached()
    day.answer(stage, DOTS)
    day.close_and_show()


def the_agenda_is_made(day: Day) -> None:
    stage = day.open()
    assert stage.kind == "agenda" and stage.items.count() >= 1
    for phone in day.phones:
        expect(phone.locator(".dots-pick button").first).to_be_attached()
    day.answer(stage, DOTS)
    press(day.laptop, "Sluit de stippen")
    press(day.laptop, "Zet de vijf met de meeste stippen op de agenda")
    press(day.laptop, "Vraag wie het draagt")
    for phone in day.phones:
        expect(phone.locator(".agenda-card.is-drawn").first).to_be_attached()
    day.answer(stage, HOLDERS)
    day.close_and_show()
    day.link("Werk de agenda uit")
    line = day.laptop.locator("[data-line]").first
    line.locator("summary").click()
    line.get_by_label("De eerste stap").fill("Vijf bedrijven vragen")
    line.get_by_label("nu doen").check(force=True)
    line.get_by_role("button", name=re.compile("^Bewaar")).click()
    expect(line.locator(".saved")).to_have_text("Bewaard.")
    expect(day.screen.locator(".slide-agenda").first).to_be_attached()
    expect(day.screen.get_by_text("Vijf bedrijven vragen").first).to_be_attached()
    day.cockpit()


def the_report_is_made(day: Day) -> None:
    day.link("Maak het verslag")
    day.laptop.get_by_role("button", name="Maak het verslag").click()
    link = day.laptop.locator("a[href*='report.json']").first
    expect(link).to_be_visible(timeout=60_000)
    facts = json.loads(day.laptop.request.get(link.get_attribute("href") or "").body())
    chain = ["question", "trends", "trends-2", "axes", "scenarios", "immersion", "position", "ideas", "windtunnel"]
    assert [stage["key"] for stage in facts["stages"]] == [*chain, "agenda", "question-2"]
    assert facts["participants"]["total"] == HALL + 3
    stages = {stage["key"]: stage for stage in facts["stages"]}
    assert stages["axes"]["analysis"]["chosen"] == {"x": "economie", "y": "solidariteit"}
    options = [item["title"] for item in stages["ideas"]["items"]]
    assert options[0] == "Plant bomen op elk schoolplein"
    assert [item["title"] for item in stages["windtunnel"]["items"]] == options
    assert "Vijf bedrijven vragen" in [row["first_step"] for row in stages["agenda"]["analysis"]["items"]]


def test_a_half_day_goes_from_the_first_question_to_the_report(room: Room, wait_until: Wait) -> None:
    day = Day(room, wait_until)
    day.hold("question")
    day.next()
    trends = day.open()
    for item in trends.items.all():
        contributions.contribute(day.people[0], trends, item, "high", REASON)
    day.answer(trends, SCALES)
    day.close_and_show()
    expect(day.screen.locator(".matrix:visible")).to_have_count(1)
    day.next()
    reasons_are_given_and_read(day, trends)
    day.next()
    the_axes_are_chosen(day)
    day.next()
    press(day.laptop, "Samendam")
    expect(day.screen.locator("[data-view]")).to_contain_text("Samendam")
    day.hold("scenarios")
    day.next()
    headlines_are_written(day)
    day.next()
    day.hold("position")
    day.next()
    ideas_become_options(day)
    day.next()
    tunnel = day.hold("windtunnel")
    assert tunnel.items.count() == 5
    day.next()
    the_agenda_is_made(day)
    day.next()
    day.hold("question")
    the_report_is_made(day)
