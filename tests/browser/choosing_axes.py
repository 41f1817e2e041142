"""The tour's workshop in which the trends were weighed, and the room chooses the axes."""

from __future__ import annotations

from collections.abc import Iterable

from municipalities.models import Municipality, User
from tests.workshops.axes_room import axes_round, divide, pair
from workshops import axes, tallies
from workshops.models import Stage
from workshops.participants import join
from workshops.rounds import close_stage, open_stage, reveal_stage
from workshops.votes import store_form


class ChoosingAxes:
    """``member`` is the participant of the tour's phone, who divided dots; twelve others did too."""

    def __init__(self, owner: User, places: Iterable[Municipality], language: str) -> None:
        self.workshop = axes_round(owner=owner, municipalities=places, language=language).workshop
        self.member = join(self.workshop, "0748", "inwoner")

    @property
    def stage(self) -> Stage:
        return self.workshop.stages.get(kind="axes")

    def lead_to(self, state: str) -> None:
        """Along with the tour: proposed, open, closed; then shown, and another pair than the first chosen."""
        stage = self.stage
        if state == "open":
            stage = open_stage(stage)
            items = list(stage.items.order_by("number"))
            given = [(item.pk, "dots", dots) for item, dots in zip(items, (1, 2, 0), strict=True)]
            store_form(self.member, stage, [*given, (items[0].pk, "together", 4)])
            divide(stage, *[(2, 1, 0)] * 8, *[(0, 1, 2)] * 4, together=4)
        elif state == "closed":
            close_stage(stage)
        elif state == "revealed":
            stage = reveal_stage(stage)
            axes.choose(stage, None, *pair(stage, 2), "De zaal herkent zich hierin.")
        if state in ("open", "closed", "revealed"):
            tallies.refresh(stage.pk, wait=True)
