"""Every page in every state, as one walk: a table of stops. Whoever adds a page adds a line to ``STOPS``;
``test_axe.py`` fails until it is there. ``make screens`` takes pictures of the same stops.

The rooms are in ``tour_room.py``; what is done on a page before it is looked at, in ``tour_acts.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page

from tests.browser.contexts import SIZES, Contexts
from tests.browser.tour_acts import (
    click,
    last_card,
    list_view,
    overview,
    send_axes,
    send_empty,
    type_code,
    unfold,
    unfold_board,
    whole_room,
)
from tests.browser.tour_room import STATES, Room, Who
from workshops.creation import copy_workshop
from workshops.models import Plan, Stage, Workshop
from workshops.screen_views import put_on_screen
from workshops.stages import kind

SCREEN = (1920, 1080)
ALL = ("before", "open", "closed", "revealed", "ended")
Arguments = Callable[[Room], list[Any]]


@dataclass(frozen=True)
class Stop:
    """One page in some states. ``act`` brings it into a state of its own once it is loaded."""

    name: str
    url: str
    who: Who = "anybody"
    when: tuple[str, ...] = ("before",)
    arguments: Arguments = lambda _room: []
    query: str = ""
    act: Callable[[Page], None] | None = None
    statuses: tuple[int, ...] = (200,)

    @property
    def size(self) -> tuple[int, int]:
        return SCREEN if self.url == "screen" else SIZES[self.who]

    def address(self, room: Room) -> str:
        return reverse(self.url, args=self.arguments(room)) + self.query


def workshop_of(room: Room, name: str) -> Workshop:
    found = attrgetter(name)(room)
    return found if isinstance(found, Workshop) else found.workshop


def code(name: str = "workshop") -> Arguments:
    """The code of a workshop, by what the room calls it or what is of it ("workshop", "tunnel", "asking.scale")."""
    return lambda room: [workshop_of(room, name).public_id]


def screen(name: str = "workshop") -> Arguments:
    """The token of its screen."""
    return lambda room: [workshop_of(room, name).screen_token]


def of_round(name: str) -> Arguments:
    """The code of a workshop and the id of a round in it, named ("axes.stage") or the only one ("tunnel")."""

    def arguments(room: Room) -> list[Any]:
        found, workshop = attrgetter(name)(room), workshop_of(room, name)
        return [workshop.public_id, found.pk if isinstance(found, Stage) else workshop.stages.get().pk]

    return arguments


def join_token(room: Room) -> list[Any]:
    return [room.workshop.join_token]


def own_scenario(room: Room) -> list[Any]:
    return [room.tunnel.workshop.public_id, room.tunnel.workshop.own_scenarios.get().key]


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


def argue(room: Room) -> list[Any]:
    """The screen with the arguments about the first trend on it."""
    view = next(iter(kind("trends").views(room.twice.second))).key
    put_on_screen(room.twice.second, view)
    return [room.twice.workshop.screen_token]


def usual(room: Room) -> list[Any]:
    put_on_screen(room.twice.second, "")
    return [room.twice.workshop.screen_token]


def scenario_key(key: str) -> Arguments:
    return lambda _room: [key]


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
    Stop("why-room", "room", "participant", ("open",), code(), act=unfold),
    Stop("room", "room", "participant", (*ALL, "closing"), code()),
    Stop("room-overview", "room", "participant", ("open",), code(), act=overview),
    Stop("room-list", "room", "participant", ("closing",), code(), act=list_view),
    Stop("room-result", "room-result", "participant", ("revealed",), of_round("stage")),
    Stop("windtunnel-room", "room", "participant", ("open", "revealed"), code("tunnel")),
    Stop("windtunnel-overview", "room", "participant", ("open",), code("tunnel"), act=overview),
    Stop("windtunnel-list", "room", "participant", ("open",), code("tunnel"), act=list_view),
    Stop("windtunnel-grid", "room", "participant", ("revealed",), code("tunnel"), act=whole_room),
    Stop("immersion-room", "room", "participant", ("open", "closed", "revealed"), code("newsroom")),
    Stop("agenda-room", "room", "participant", ("open", "closing", "pause", "revealed"), code("agenda")),
    Stop("agenda-overview", "room", "participant", ("pause",), code("agenda"), act=overview),
    Stop("ideas-room", "room", "participant", ("open", "closing", "closed", "revealed"), code("ideas")),
    Stop("ideas-change", "room", "participant", ("open",), code("ideas"), act=click(".idea-change summary")),
    Stop("scenarios-room", "room", "participant", ("open", "revealed"), code("told")),
    Stop("scenarios-unfolded", "room", "participant", ("open",), code("told"), act=unfold),
    Stop("scenarios-overview", "room", "participant", ("open",), code("told"), act=overview),
    Stop("scenarios-plane", "room", "participant", ("revealed",), code("told"), act=whole_room),
    *(
        Stop(f"question-{name}", "room", "participant", ("open", "closed", "revealed"), code(f"asking.{name}"))
        for name in ("scale", "choice")
    ),
    Stop("second-room", "room", "participant", ("before", "open", "revealed"), code("twice")),
    Stop("second-list", "room", "participant", ("open",), code("twice"), act=list_view),
    Stop("second-matrix", "room", "participant", ("revealed",), code("twice"), act=whole_room),
    Stop("axes-room", "room", "participant", ("open", "closed", "revealed"), code("axes")),
    Stop("axes-dots", "room", "participant", ("open",), code("axes"), act=last_card),
    Stop("axes-list", "room", "participant", ("closing",), code("axes"), act=list_view),
    Stop("room-leave", "room-leave", "participant", ("open",), code()),
    Stop("room-who", "room-who", "participant", ("open",), code()),
    # The screen
    Stop("screen", "screen", "anybody", (*ALL, "closing", "pause", "blank"), screen()),
    Stop("windtunnel-screen", "screen", "anybody", ("open", "revealed"), screen("tunnel")),
    Stop("agenda-screen", "screen", "anybody", ("open", "pause", "blank", "revealed"), screen("agenda")),
    Stop("ideas-screen", "screen", "anybody", ("open", "closing", "revealed"), screen("ideas")),
    Stop("immersion-screen", "screen", "anybody", ("open", "revealed"), screen("newsroom")),
    Stop(
        "scenarios-screen",
        "screen",
        "anybody",
        ("before", "open", "closing", "pause", "blank", "revealed"),
        screen("told"),
    ),
    *(
        Stop(f"question-{name}-screen", "screen", "anybody", ("open", "revealed"), screen(f"asking.{name}"))
        for name in ("scale", "choice")
    ),
    Stop("second-arguments-screen", "screen", "anybody", ("before", "open"), argue),
    Stop("second-screen", "screen", "anybody", ("open", "revealed"), usual),
    Stop("axes-screen", "screen", "anybody", ("open", "revealed"), screen("axes")),
    # The facilitator
    Stop("axes-cockpit", "cockpit", "facilitator", ("before", "closed", "revealed"), code("axes")),
    Stop("axes-choose", "axes-choose", "facilitator", ("before", "revealed"), of_round("axes.stage")),
    Stop(
        "axes-choose-error", "axes-choose", "facilitator", ("closed",), of_round("axes.stage"), "?pair=other", send_axes
    ),
    Stop("second-cockpit", "cockpit", "facilitator", ("before", "open", "revealed"), code("twice")),
    Stop("second-reasons", "contributions", "facilitator", ("before",), of_round("twice.first")),
    Stop("second-reasons-shown", "contributions", "facilitator", ("open",), of_round("twice.first"), "?show=shown"),
    Stop("second-edit", "stage-edit", "facilitator", ("before",), of_round("twice.second")),
    Stop("workshops", "workshops", "facilitator", ("open", "ended")),
    Stop("workshop-new", "workshop-new", "facilitator"),
    Stop("workshop-new-error", "workshop-new", "facilitator", act=send_empty),
    Stop("cockpit", "cockpit", "facilitator", (*ALL, "closing", "blank"), code()),
    Stop("own-scenarios", "own-scenarios", "facilitator", ("before", "open"), code("tunnel")),
    Stop("own-scenario", "own-scenario", "facilitator", ("before",), own_scenario),
    Stop("variants", "variants", "facilitator", ("revealed",), of_round("tunnel"), act=click(".own-list summary")),
    Stop("windtunnel-cockpit", "cockpit", "facilitator", ("before", "open", "revealed"), code("tunnel")),
    Stop("scenarios-cockpit", "cockpit", "facilitator", ("before", "open", "blank"), code("told")),
    Stop("immersion-cockpit", "cockpit", "facilitator", ("open",), code("newsroom")),
    Stop("agenda-cockpit", "cockpit", "facilitator", ("open", "closing", "revealed"), code("agenda")),
    Stop(
        "agenda-edit", "agenda-edit", "facilitator", ("closing", "revealed"), of_round("agenda"), act=click("summary")
    ),
    Stop("ideas-cockpit", "cockpit", "facilitator", ("open", "closing"), code("ideas")),
    Stop("ideas-board", "ideas-board", "facilitator", ("open", "closing"), of_round("ideas")),
    Stop("ideas-board-edit", "ideas-board", "facilitator", ("open",), of_round("ideas"), act=unfold_board),
    Stop("contributions", "contributions", "facilitator", ("before", "open"), of_round("newsroom")),
    Stop("contributions-shown", "contributions", "facilitator", ("open",), of_round("newsroom"), "?show=shown"),
    Stop(
        "contributions-all", "contributions", "facilitator", ("open",), of_round("newsroom"), act=click("#let-all-ask")
    ),
    Stop("workshop-links", "workshop-links", "facilitator", ("open",), code()),
    Stop("workshop-check", "workshop-check", "facilitator", ("before",), code()),
    Stop("workshop-plan", "workshop-plan", "facilitator", ("before", "open"), code()),
    Stop("own-plan-delete", "own-plan-delete", "facilitator", ("before",), plan_id),
    Stop("own-plans", "own-plans", "facilitator", ("before",)),
    Stop("run-sheet", "run-sheet", "facilitator", ("before",), code()),
    Stop("practice", "practice-start", "facilitator", ("before",), code()),
    Stop("practice-delete", "practice-delete", "facilitator", ("before",), practice_id),
    Stop("workshop-reuse", "workshop-reuse", "facilitator", ("ended",), code()),
    Stop("workshop-edit", "workshop-edit", "facilitator", ("before",), code()),
    Stop("workshop-people", "workshop-people", "facilitator", ("open",), code()),
    Stop("stage-edit", "stage-edit", "facilitator", ("before", "open"), of_round("stage")),
    Stop("question-edit", "stage-edit", "facilitator", ("before",), of_round("asking.choice")),
    Stop("items-fill", "items-fill", "facilitator", ("before", "open"), of_round("stage")),
    Stop("vote-again", "stage-vote-again", "facilitator", ("revealed",), of_round("stage")),
    Stop("workshop-end", "workshop-end", "facilitator", ("open", "revealed"), code()),
    Stop("report", "report", "facilitator", ("before", "ended", "released"), code()),
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
