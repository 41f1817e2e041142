"""The tour's workshop in which choices are tested in each scenario."""

from __future__ import annotations

from collections.abc import Iterable

from municipalities.models import Municipality, User
from tests.factories import make_workshop
from workshops import tallies
from workshops.models import Item, Stage
from workshops.own_scenarios import make
from workshops.participants import join
from workshops.rounds import close_stage, open_stage, reveal_stage
from workshops.votes import store_form
from workshops.worlds import tell


def place_of(who: int, item: Item, scenario: str) -> int:
    """A value from −2 to 2 in a wind tunnel: some choices work everywhere, some in one scenario alone."""
    works = 1 if scenario == "samendam" or item.number % 3 else -1
    return max(-2, min(2, works + (who + item.number) % 3 - 1))


class WindTunnel:
    """``tester`` is the participant of the tour's phone, who answered three choices in one scenario; twelve others all.
    The room made a scenario of its own too."""

    def __init__(self, owner: User, places: Iterable[Municipality], language: str) -> None:
        self.workshop = make_workshop(owner, municipalities=places, language=language, rounds=["windtunnel"])
        self.tester = join(self.workshop, "0748", "inwoner")
        make(self.workshop, None, title="Weerstad", motto="", features={"state": "Ver weg"}, positions={"economie": 1})

    def lead_to(self, state: str) -> None:
        """Along with the tour: two scenarios told and opened, then closed and revealed."""
        stage = self.workshop.stages.get()
        if state == "open":
            tell(self.workshop, "samendam", None)
            tell(self.workshop, "ikhoven", None)
            self.answer(open_stage(stage))
        elif state == "closed":
            close_stage(stage)
        elif state == "revealed":
            reveal_stage(stage)
        if state in ("open", "closed", "revealed"):
            tallies.refresh(stage.pk, wait=True)

    def answer(self, stage: Stage) -> None:
        items = list(stage.items.order_by("number"))
        keys = list(stage.criteria.filter(is_open=True).values_list("key", flat=True))
        for who in range(12):
            given = [(item.pk, key, place_of(who, item, key)) for item in items for key in keys]
            store_form(join(self.workshop, ("0748", "0503")[who % 2], "inwoner"), stage, given)
        store_form(self.tester, stage, [(item.pk, "samendam", 1) for item in items[:3]])
