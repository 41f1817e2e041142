"""Every page in every state, as one walk: a table of stops, and the workshop that is led through its states.

Whoever adds a page adds a line to ``STOPS``; ``test_axe.py`` fails until it is there. ``make screens`` takes pictures
of the same stops.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from config.rehearsal.stands import STANDS
from municipalities.models import User
from reports.building import build, release_report, request_report
from tests.browser.agenda_room import AgendaRoom
from tests.browser.asking import Asking
from tests.browser.choosing_axes import ChoosingAxes
from tests.browser.ideas_room import IdeasRoom
from tests.browser.newsroom import Newsroom
from tests.browser.second_time import SecondTime
from tests.browser.told_worlds import ToldWorlds
from tests.factories import (
    make_civil_servant,
    make_content_set,
    make_facilitator,
    make_municipality,
    make_staff,
    make_workshop,
)
from workshops import messages, projector, tallies
from workshops.creation import copy_workshop
from workshops.identity import cookie_name, seal
from workshops.models import Item, Participant, Plan, Stage, Workshop
from workshops.own_scenarios import make
from workshops.participants import join
from workshops.rounds import close_stage, end_workshop, open_stage, reveal_stage
from workshops.screen_views import put_on_screen
from workshops.stages import kind
from workshops.votes import store_form
from workshops.worlds import tell

Who = Literal["anybody", "participant", "facilitator", "civil servant", "staff"]
SIZES: dict[Who, tuple[int, int]] = {
    "anybody": (360, 740),
    "participant": (360, 740),
    "facilitator": (1280, 800),
    "civil servant": (1280, 800),
    "staff": (1280, 800),
}
SCREEN = (1920, 1080)
ALL = ("before", "open", "closed", "revealed", "ended")
# Beside these: the last chance with a message on all phones, a break and a blank screen, and the report released.
STATES = ("before", "open", "closing", "pause", "blank", "closed", "revealed", "ended", "released")


def opinion(who: int, item: Item, place: int, camp: int) -> int:
    """A value from 1 to 5: person ``who`` leans one way or the other, and stands in one of two camps."""
    stands = STANDS[item.key]
    lean = 0.6 * ((7 * who + 3 * item.number + 2 * place) % 5 - 2)
    return min(5, max(1, round(stands[place] + lean + stands[camp] / 2 * (1 if who % 2 else -1))))


def place_of(who: int, item: Item, scenario: str) -> int:
    """A value from −2 to 2 in a wind tunnel: some choices work everywhere, some in one scenario alone."""
    works = 1 if scenario == "samendam" or item.number % 3 else -1
    return max(-2, min(2, works + (who + item.number) % 3 - 1))


@dataclass
class Room:
    """One workshop in one language, with somebody for every role."""

    language: str
    workshop: Workshop = field(init=False)
    people: dict[Who, User] = field(init=False)
    participant: Participant = field(init=False)
    # A wind tunnel beside it, and somebody who is in it.
    tunnel: Workshop = field(init=False)
    tester: Participant = field(init=False)

    def __post_init__(self) -> None:
        make_content_set()
        places = [make_municipality(code) for code in ("0748", "0503", "0777")]
        owner = make_facilitator()
        self.people = {
            "facilitator": owner,
            "civil servant": make_civil_servant(places[0]),
            "staff": make_staff(is_superuser=True),
        }
        self.workshop = make_workshop(owner, municipalities=places, language=self.language)
        self.participant = join(self.workshop, "0748", "inwoner")
        self.others = [
            join(self.workshop, place.code, group)
            for place, number in zip(places, (7, 6, 3), strict=True)
            for group in ("inwoner", "gemeente", "bedrijf", "regio")[: max(1, number % 4)]
            for _ in range(number)
        ]
        self.tunnel = make_workshop(owner, municipalities=places, language=self.language, rounds=["windtunnel"])
        self.tester = join(self.tunnel, "0748", "inwoner")
        make(self.tunnel, None, title="Weerstad", motto="", features={"state": "Ver weg"}, positions={"economie": 1})
        self.newsroom = Newsroom(owner, places, self.language)
        self.asking = Asking(owner, places, self.language)
        self.told = ToldWorlds(owner, places, self.language)
        self.ideas = IdeasRoom(owner, places, self.language)
        self.agenda = AgendaRoom(owner, places, self.language)
        self.twice = SecondTime(owner, places, self.language)
        self.axes = ChoosingAxes(owner, places, self.language)

    @property
    def stage(self) -> Stage:
        return self.workshop.stages.get(void=False)

    def vote(self, people: list[Participant], upto: int = 21) -> None:
        """Answers that differ by person and trend, around where a rehearsal's people see each trend."""
        items = list(self.stage.items.filter(number__lte=upto))
        for who, person in enumerate(people):
            answers = [
                (item.pk, key, opinion(who, item, place, camp))
                for item in items
                for key, place, camp in (("impact", 0, 2), ("uncertainty", 1, 3))
            ]
            store_form(person, self.stage, answers)

    def lead_to(self, state: str) -> None:
        """Take the workshop on to this state; states come in the order of ``STATES``."""
        stage = self.stage
        if state == "open":
            open_stage(stage)
            self.vote(self.others)
            self.vote([self.participant], 3)
        elif state == "closing":
            later = timezone.now() + datetime.timedelta(hours=1)
            self.workshop.stages.filter(pk=stage.pk).update(closing_at=later, due_at=later)
            messages.send(self.workshop, "Kijk even naar het scherm." if self.language == "nl" else "Look up.", None)
        elif state == "pause":
            self.workshop.stages.filter(pk=stage.pk).update(closing_at=None, due_at=None)
            projector.pause(self.workshop, True, 15)
        elif state == "blank":
            projector.pause(self.workshop, False)
            projector.blank(self.workshop, True)
        elif state == "closed":
            projector.blank(self.workshop, False)
            close_stage(stage)
        elif state == "revealed":
            reveal_stage(stage)
        elif state == "ended":
            end_workshop(self.workshop)
            report = request_report(self.workshop, self.people["facilitator"])
            build(report.pk)
        elif state == "released":
            release_report(self.workshop.reports.get())
        if state not in ("before", "released"):
            tallies.refresh(stage.pk, wait=True)
        self.lead_tunnel_to(state)
        self.newsroom.lead_to(state)
        self.asking.lead_to(state)
        self.told.lead_to(state)
        self.ideas.lead_to(state)
        self.agenda.lead_to(state)
        self.twice.lead_to(state)
        self.axes.lead_to(state)
        self.workshop.refresh_from_db()

    def lead_tunnel_to(self, state: str) -> None:
        """The wind tunnel goes along where the room opens, closes and shows a round."""
        stage = self.tunnel.stages.get()
        if state == "open":
            tell(self.tunnel, "samendam", None)
            tell(self.tunnel, "ikhoven", None)
            stage = open_stage(stage)
            items = list(stage.items.order_by("number"))
            keys = list(stage.criteria.filter(is_open=True).values_list("key", flat=True))
            for who in range(12):
                given = [(item.pk, key, place_of(who, item, key)) for item in items for key in keys]
                store_form(join(self.tunnel, ("0748", "0503")[who % 2], "inwoner"), stage, given)
            store_form(self.tester, stage, [(item.pk, "samendam", 1) for item in items[:3]])
        elif state == "closed":
            close_stage(stage)
        elif state == "revealed":
            reveal_stage(stage)
        if state in ("open", "closed", "revealed"):
            tallies.refresh(stage.pk, wait=True)


@dataclass(frozen=True)
class Stop:
    """One page in some states. ``act`` brings it into a state of its own once it is loaded."""

    name: str
    url: str
    who: Who = "anybody"
    when: tuple[str, ...] = ("before",)
    arguments: Callable[[Room], list[Any]] = lambda _room: []
    query: str = ""
    act: Callable[[Page], None] | None = None
    statuses: tuple[int, ...] = (200,)

    @property
    def size(self) -> tuple[int, int]:
        return SCREEN if self.url == "screen" else SIZES[self.who]

    def address(self, room: Room) -> str:
        return reverse(self.url, args=self.arguments(room)) + self.query


def public_id(room: Room) -> list[Any]:
    return [room.workshop.public_id]


def stage_id(room: Room) -> list[Any]:
    return [room.workshop.public_id, room.stage.pk]


def tunnel_id(room: Room) -> list[Any]:
    return [room.tunnel.public_id]


def tunnel_stage_id(room: Room) -> list[Any]:
    return [room.tunnel.public_id, room.tunnel.stages.get().pk]


def own_scenario(room: Room) -> list[Any]:
    return [room.tunnel.public_id, room.tunnel.own_scenarios.get().key]


def tunnel_screen(room: Room) -> list[Any]:
    return [room.tunnel.screen_token]


def news_id(room: Room) -> list[Any]:
    return [room.newsroom.workshop.public_id]


def told_id(room: Room) -> list[Any]:
    return [room.told.workshop.public_id]


def told_screen(room: Room) -> list[Any]:
    return [room.told.workshop.screen_token]


def unfold(page: Page) -> None:
    """Open what can be read further of the scenario in sight."""
    for summary in page.locator("section.ask:not([hidden]) summary").all():
        summary.click()


def news_stage_id(room: Room) -> list[Any]:
    return [room.newsroom.workshop.public_id, room.newsroom.workshop.stages.get().pk]


def asked(name: str) -> Callable[[Room], list[Any]]:
    """The workshop whose one question is answered on a scale, or by a choice."""
    return lambda room: [getattr(room.asking, name).public_id]


def asked_on_screen(name: str) -> Callable[[Room], list[Any]]:
    return lambda room: [getattr(room.asking, name).screen_token]


def question_stage_id(room: Room) -> list[Any]:
    return [room.asking.choice.public_id, room.asking.choice.stages.get().pk]


def twice_id(room: Room) -> list[Any]:
    return [room.twice.workshop.public_id]


def twice_first_id(room: Room) -> list[Any]:
    return [room.twice.workshop.public_id, room.twice.first.pk]


def twice_stage_id(room: Room) -> list[Any]:
    return [room.twice.workshop.public_id, room.twice.second.pk]


def argue(room: Room) -> list[Any]:
    """The screen with the arguments about the first trend on it."""
    view = next(iter(kind("trends").views(room.twice.second))).key
    put_on_screen(room.twice.second, view)
    return [room.twice.workshop.screen_token]


def usual(room: Room) -> list[Any]:
    put_on_screen(room.twice.second, "")
    return [room.twice.workshop.screen_token]


def axes_id(room: Room) -> list[Any]:
    return [room.axes.workshop.public_id]


def axes_stage_id(room: Room) -> list[Any]:
    return [room.axes.workshop.public_id, room.axes.stage.pk]


def agenda_id(room: Room) -> list[Any]:
    return [room.agenda.workshop.public_id]


def agenda_stage_id(room: Room) -> list[Any]:
    return [room.agenda.workshop.public_id, room.agenda.stage.pk]


def ideas_id(room: Room) -> list[Any]:
    return [room.ideas.workshop.public_id]


def ideas_stage_id(room: Room) -> list[Any]:
    return [room.ideas.workshop.public_id, room.ideas.workshop.stages.get().pk]


def unfold_board(page: Page) -> None:
    """Tick two ideas and open the forms to merge, to split and to leave out, and one of an option."""
    for tick in page.locator("[data-tick]").all()[:2]:
        tick.check()
    for summary in ("#merge-open", "[id^=split-] summary", "[id^=hide-] summary", "[id^=mend-] summary"):
        page.locator(summary).first.click()


def join_token(room: Room) -> list[Any]:
    return [room.workshop.join_token]


def practice_id(room: Room) -> list[Any]:
    """A practice of this workshop, without anybody in it."""
    old = room.workshop
    return [copy_workshop(old, old.owner, title="Oefening", date=old.date, is_practice=True).public_id]


def plan_id(room: Room) -> list[Any]:
    """An own plan of the facilitator."""
    rounds = [{"kind": "trends"}, {"kind": "position"}]
    owner = room.people["facilitator"]
    plan, _made = Plan.objects.get_or_create(owner=owner, title="Onze middag", defaults={"rounds": rounds})
    return [plan.pk]


def screen_token(room: Room) -> list[Any]:
    return [room.workshop.screen_token]


def scenario_key(key: str) -> Callable[[Room], list[Any]]:
    return lambda _room: [key]


def type_code(page: Page) -> None:
    """A code that no workshop has."""
    page.locator("input[name=code]").fill("zzzzzz")
    page.keyboard.press("Enter")
    page.wait_for_url("**/join/")


def click(selector: str) -> Callable[[Page], None]:
    """Press the first element of this selector."""
    return lambda page: page.locator(selector).first.click()


def last_card(page: Page) -> None:
    """What is asked last, by way of the overview."""
    page.locator("[data-go=overview]").click()
    page.locator(".overview-row").last.click()


def list_view(page: Page) -> None:
    """All trends under each other, by way of the overview."""
    page.locator("[data-go=overview]").click()
    page.locator("[data-view=other]").click()


def send_empty(page: Page) -> None:
    """Send the page's form as it stands, past the browser's own checks: what the server says of it."""
    with page.expect_navigation():
        page.locator("main form").first.evaluate("form => { form.noValidate = true; form.requestSubmit() }")


def send_axes(page: Page) -> None:
    """Choose another pair and an own axis without saying anything of it."""
    page.locator("[name=y]").select_option("own")
    with page.expect_navigation():
        page.locator(".axes-form").evaluate("form => form.requestSubmit()")


STOPS = [
    # Everybody
    Stop("home", "home"),
    Stop("trends", "trends"),
    Stop("scenarios", "scenarios"),
    *(
        Stop(f"scenario-{key}", "scenario", arguments=scenario_key(key))
        for key in ("samendam", "ikhoven", "staatsburcht")
    ),
    Stop("about-content", "about-content"),
    Stop("privacy", "privacy"),
    Stop("accessibility", "accessibility"),
    Stop("style", "style"),
    # Coming in
    Stop("join-code-wrong", "home", act=type_code),
    Stop("join", "join", arguments=join_token),
    Stop("join-filled-in", "join", arguments=join_token, query="?gemeente=0748"),
    Stop("join-error", "join", arguments=join_token, act=send_empty),
    Stop("join-ended", "join", when=("ended",), arguments=join_token, statuses=(410,)),
    # A participant
    Stop("why-room", "room", "participant", ("open",), public_id, act=unfold),
    Stop("room", "room", "participant", (*ALL, "closing"), public_id),
    Stop("room-overview", "room", "participant", ("open",), public_id, act=click("[data-go=overview]")),
    Stop("room-list", "room", "participant", ("closing",), public_id, act=list_view),
    Stop(
        "room-result",
        "room-result",
        "participant",
        ("revealed",),
        lambda room: [room.workshop.public_id, room.stage.pk],
    ),
    Stop("windtunnel-room", "room", "participant", ("open", "revealed"), tunnel_id),
    Stop("windtunnel-overview", "room", "participant", ("open",), tunnel_id, act=click("[data-go=overview]")),
    Stop("windtunnel-list", "room", "participant", ("open",), tunnel_id, act=list_view),
    Stop(
        "windtunnel-grid",
        "room",
        "participant",
        ("revealed",),
        tunnel_id,
        act=click(".own-choice label:has([value=room])"),
    ),
    Stop("immersion-room", "room", "participant", ("open", "closed", "revealed"), news_id),
    Stop("agenda-room", "room", "participant", ("open", "closing", "pause", "revealed"), agenda_id),
    Stop("agenda-overview", "room", "participant", ("pause",), agenda_id, act=click("[data-go=overview]")),
    Stop("ideas-room", "room", "participant", ("open", "closing", "closed", "revealed"), ideas_id),
    Stop("ideas-change", "room", "participant", ("open",), ideas_id, act=click(".idea-change summary")),
    Stop("scenarios-room", "room", "participant", ("open", "revealed"), told_id),
    Stop("scenarios-unfolded", "room", "participant", ("open",), told_id, act=unfold),
    Stop("scenarios-overview", "room", "participant", ("open",), told_id, act=click("[data-go=overview]")),
    Stop(
        "scenarios-plane",
        "room",
        "participant",
        ("revealed",),
        told_id,
        act=click(".own-choice label:has([value=room])"),
    ),
    *(
        Stop(f"question-{name}", "room", "participant", ("open", "closed", "revealed"), asked(name))
        for name in ("scale", "choice")
    ),
    Stop("second-room", "room", "participant", ("before", "open", "revealed"), twice_id),
    Stop("second-list", "room", "participant", ("open",), twice_id, act=list_view),
    Stop(
        "second-matrix",
        "room",
        "participant",
        ("revealed",),
        twice_id,
        act=click(".own-choice label:has([value=room])"),
    ),
    Stop("axes-room", "room", "participant", ("open", "closed", "revealed"), axes_id),
    Stop("axes-dots", "room", "participant", ("open",), axes_id, act=last_card),
    Stop("axes-list", "room", "participant", ("closing",), axes_id, act=list_view),
    Stop("room-leave", "room-leave", "participant", ("open",), public_id),
    Stop("room-who", "room-who", "participant", ("open",), public_id),
    # The screen
    Stop("screen", "screen", "anybody", (*ALL, "closing", "pause", "blank"), screen_token),
    Stop("windtunnel-screen", "screen", "anybody", ("open", "revealed"), tunnel_screen),
    Stop(
        "agenda-screen",
        "screen",
        "anybody",
        ("open", "pause", "blank", "revealed"),
        lambda room: [room.agenda.workshop.screen_token],
    ),
    Stop(
        "ideas-screen",
        "screen",
        "anybody",
        ("open", "closing", "revealed"),
        lambda room: [room.ideas.workshop.screen_token],
    ),
    Stop(
        "immersion-screen",
        "screen",
        "anybody",
        ("open", "revealed"),
        lambda room: [room.newsroom.workshop.screen_token],
    ),
    Stop(
        "scenarios-screen",
        "screen",
        "anybody",
        ("before", "open", "closing", "pause", "blank", "revealed"),
        told_screen,
    ),
    *(
        Stop(f"question-{name}-screen", "screen", "anybody", ("open", "revealed"), asked_on_screen(name))
        for name in ("scale", "choice")
    ),
    Stop("second-arguments-screen", "screen", "anybody", ("before", "open"), argue),
    Stop("second-screen", "screen", "anybody", ("open", "revealed"), usual),
    Stop("axes-screen", "screen", "anybody", ("open", "revealed"), lambda room: [room.axes.workshop.screen_token]),
    # The facilitator
    Stop("axes-cockpit", "cockpit", "facilitator", ("before", "closed", "revealed"), axes_id),
    Stop("axes-choose", "axes-choose", "facilitator", ("before", "revealed"), axes_stage_id),
    Stop("axes-choose-error", "axes-choose", "facilitator", ("closed",), axes_stage_id, "?pair=other", send_axes),
    Stop("second-cockpit", "cockpit", "facilitator", ("before", "open", "revealed"), twice_id),
    Stop("second-reasons", "contributions", "facilitator", ("before",), twice_first_id),
    Stop("second-reasons-shown", "contributions", "facilitator", ("open",), twice_first_id, "?show=shown"),
    Stop("second-edit", "stage-edit", "facilitator", ("before",), twice_stage_id),
    Stop("workshops", "workshops", "facilitator", ("open", "ended")),
    Stop("workshop-new", "workshop-new", "facilitator"),
    Stop("workshop-new-error", "workshop-new", "facilitator", act=send_empty),
    Stop("cockpit", "cockpit", "facilitator", (*ALL, "closing", "blank"), public_id),
    Stop("own-scenarios", "own-scenarios", "facilitator", ("before", "open"), tunnel_id),
    Stop("own-scenario", "own-scenario", "facilitator", ("before",), own_scenario),
    Stop("variants", "variants", "facilitator", ("revealed",), tunnel_stage_id, act=click(".own-list summary")),
    Stop("windtunnel-cockpit", "cockpit", "facilitator", ("before", "open", "revealed"), tunnel_id),
    Stop("scenarios-cockpit", "cockpit", "facilitator", ("before", "open", "blank"), told_id),
    Stop("immersion-cockpit", "cockpit", "facilitator", ("open",), news_id),
    Stop("agenda-cockpit", "cockpit", "facilitator", ("open", "closing", "revealed"), agenda_id),
    Stop("agenda-edit", "agenda-edit", "facilitator", ("closing", "revealed"), agenda_stage_id, act=click("summary")),
    Stop("ideas-cockpit", "cockpit", "facilitator", ("open", "closing"), ideas_id),
    Stop("ideas-board", "ideas-board", "facilitator", ("open", "closing"), ideas_stage_id),
    Stop("ideas-board-edit", "ideas-board", "facilitator", ("open",), ideas_stage_id, act=unfold_board),
    Stop("contributions", "contributions", "facilitator", ("before", "open"), news_stage_id),
    Stop("contributions-shown", "contributions", "facilitator", ("open",), news_stage_id, "?show=shown"),
    Stop("contributions-all", "contributions", "facilitator", ("open",), news_stage_id, act=click("#let-all-ask")),
    Stop("workshop-links", "workshop-links", "facilitator", ("open",), public_id),
    Stop("workshop-check", "workshop-check", "facilitator", ("before",), public_id),
    Stop("workshop-plan", "workshop-plan", "facilitator", ("before", "open"), public_id),
    Stop("own-plan-delete", "own-plan-delete", "facilitator", ("before",), plan_id),
    Stop("own-plans", "own-plans", "facilitator", ("before",)),
    Stop("run-sheet", "run-sheet", "facilitator", ("before",), public_id),
    Stop("practice", "practice-start", "facilitator", ("before",), public_id),
    Stop("practice-delete", "practice-delete", "facilitator", ("before",), practice_id),
    Stop("workshop-reuse", "workshop-reuse", "facilitator", ("ended",), public_id),
    Stop("workshop-edit", "workshop-edit", "facilitator", ("before",), public_id),
    Stop("workshop-people", "workshop-people", "facilitator", ("open",), public_id),
    Stop("stage-edit", "stage-edit", "facilitator", ("before", "open"), stage_id),
    Stop("question-edit", "stage-edit", "facilitator", ("before",), question_stage_id),
    Stop("items-fill", "items-fill", "facilitator", ("before", "open"), stage_id),
    Stop("vote-again", "stage-vote-again", "facilitator", ("revealed",), stage_id),
    Stop("workshop-end", "workshop-end", "facilitator", ("open", "revealed"), public_id),
    Stop("report", "report", "facilitator", ("before", "ended", "released"), public_id),
    Stop("report-release", "report-release", "facilitator", ("ended",), lambda room: [room.workshop.public_id, 1]),
    # Accounts
    Stop("log-in", "account_login"),
    Stop("log-in-error", "account_login", act=send_empty),
    Stop("password-forgotten", "account_reset_password"),
    Stop("password-forgotten-sent", "account_reset_password_done"),
    Stop("password-new-done", "account_reset_password_from_key_done"),
    Stop("account-inactive", "account_inactive"),
    Stop("account-closed", "account_signup"),
    Stop("log-out", "account_logout", "facilitator"),
    Stop("password-change", "account_change_password", "facilitator"),
    Stop("email", "account_email", "facilitator"),
    Stop("two-steps", "mfa_index", "facilitator"),
    Stop("two-steps-on", "mfa_activate_totp", "facilitator"),
    Stop("password-again", "account_reauthenticate", "facilitator"),
    # Civil servants and staff
    Stop("my-municipality", "my-municipality", "civil servant", ("before", "released")),
    Stop("invite", "invite", "staff"),
]


class Contexts:
    """A browser's context for each role: logged in, joined, or neither."""

    def __init__(self, browser: Browser, url: str, room: Room, **options: Any) -> None:
        self.browser, self.url, self.room, self.options = browser, url, room, options
        self.pages: dict[Who, Page] = {}

    def page(self, who: Who) -> Page:
        """The one page of this role."""
        if who not in self.pages:
            self.pages[who] = self.context(who).new_page()
        return self.pages[who]

    def context(self, who: Who) -> BrowserContext:
        locale = "en-GB" if self.room.language == "en" else "nl-NL"
        width, height = SIZES[who]
        context = self.browser.new_context(
            base_url=self.url, locale=locale, viewport={"width": width, "height": height}, **self.options
        )
        context.set_default_timeout(20_000)
        if who == "participant":
            alone = (self.room.participant, self.room.tester, self.room.newsroom.writer, self.room.told.listener)
            for person in (
                *alone,
                self.room.agenda.member,
                self.room.axes.member,
                self.room.twice.member,
                self.room.ideas.writer,
                *self.room.asking.people,
            ):
                workshop = person.workshop
                name, value = cookie_name(workshop.public_id), seal(workshop.public_id, person.pk)
                context.add_cookies([{"name": name, "value": value, "url": self.url}])
        elif who != "anybody":
            log_in(context, self.url, self.room.people[who])
        return context

    def close(self) -> None:
        for page in self.pages.values():
            page.context.close()


def log_in(context: BrowserContext, url: str, user: User) -> None:
    """Give a browser the session of an account that has just given its password."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": url}])


def walk(contexts: Contexts, stops: list[Stop] | None = None) -> Iterator[tuple[str, Stop, Page]]:
    """Lead the room through its states and open each page in turn: (name with the state, stop, page)."""
    for state in STATES:
        contexts.room.lead_to(state)
        for stop in STOPS if stops is None else stops:
            if state not in stop.when:
                continue
            page = contexts.page(stop.who)
            width, height = stop.size
            page.set_viewport_size({"width": width, "height": height})
            answer = page.goto(stop.address(contexts.room))
            assert answer is not None and answer.status in stop.statuses, f"{stop.name}: {answer}"
            if stop.act:
                stop.act(page)
                page.wait_for_load_state()
            yield stop.name if len(stop.when) == 1 else f"{stop.name}-{state}", stop, page
