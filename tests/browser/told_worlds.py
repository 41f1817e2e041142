"""The tour's workshop in which the scenarios are told, then weighed and placed."""

from __future__ import annotations

from collections.abc import Iterable

from municipalities.models import Municipality, User
from tests.factories import make_workshop
from workshops import tallies
from workshops.models import Criterion, Item, Participant, Stage
from workshops.participants import join
from workshops.rounds import close_stage, open_stage, reveal_stage
from workshops.screen_views import put_on_screen
from workshops.votes import store_form

# What stands on the screen in which of the tour's states; elsewhere the round itself.
VIEWS = {"before": "world-ikhoven", "closing": "side-by-side", "pause": "day-staatsburcht", "blank": "signposts"}
# Where people see each scenario: economy, solidarity.
SEEN = {"samendam": (-1, 1), "ikhoven": (-1, -1), "staatsburcht": (1, 0)}


def seen(who: int, item: Item, criterion: Criterion) -> int:
    """A value on the criterion's scale: person ``who`` leans one way or the other."""
    lean = (5 * who + item.number) % 3 - 1
    if criterion.low < 0:
        return min(2, max(-2, SEEN[item.key][criterion.position % 2] + lean))
    return min(5, max(1, (3, 2, 4)[(item.number + criterion.position) % 3] + lean))


class ToldWorlds:
    """``listener`` is the participant of the tour's phone, who answered one scenario; twelve others all three."""

    def __init__(self, owner: User, places: Iterable[Municipality], language: str) -> None:
        self.workshop = make_workshop(owner, municipalities=places, language=language, rounds=["scenarios"])
        self.listener = join(self.workshop, "0748", "inwoner")

    @property
    def stage(self) -> Stage:
        return self.workshop.stages.get()

    def lead_to(self, state: str) -> None:
        """Along with the tour: told, open, told again, closed and revealed."""
        stage = self.stage
        if state == "open":
            stage = open_stage(stage)
            for who in range(12):
                self.answer(join(self.workshop, ("0748", "0503")[who % 2], "inwoner"), stage, who, 3)
            self.answer(self.listener, stage, 1, 1)
        elif state == "closed":
            put_on_screen(stage, "")
            close_stage(self.stage)
        elif state == "revealed":
            reveal_stage(stage)
        elif state in VIEWS:
            put_on_screen(stage, VIEWS[state])
        if state in ("open", "closed", "revealed"):
            tallies.refresh(stage.pk, wait=True)

    def answer(self, person: Participant, stage: Stage, who: int, upto: int) -> None:
        """All that is asked of the first scenarios."""
        items, criteria = stage.items.filter(number__lte=upto), list(stage.criteria.all())
        given = [(item.pk, each.key, seen(who, item, each)) for item in items for each in criteria]
        store_form(person, stage, given)
