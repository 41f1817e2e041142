"""The ``agenda`` round: what do we do, who carries it now and who should, and how do we know when to change course?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workshops.models import Criterion, Item, Stage, Workshop
from workshops.stages.content_options import content_options
from workshops.stages.kind import CONTENT, EARLIER, TYPED, Ask, Kind, Scale

if TYPE_CHECKING:
    from municipalities.models import User
    from scenarios.content_file import ContentFile
    from workshops.cockpit_actions import Action
    from workshops.release import Released
    from workshops.stages.kind import PhoneResult, View

DOTS, NOW, WANTED = "dots", "now", "wanted"
DOTS_BUDGET, MOST_ON_ONE = 5, 2
QUESTIONS = {
    NOW: {"nl": "Draagt {holder} dit nu?", "en": "Does {holder} carry this now?"},
    WANTED: {"nl": "Moet {holder} dit dragen?", "en": "Should {holder} carry this?"},
}
DOTS_WORDS = {
    "title": {"nl": "Stippen", "en": "Dots"},
    "question": {
        "nl": "Verdeel vijf stippen, hoogstens twee op één keuze.",
        "en": "Divide five dots, at most two on one choice.",
    },
    "low_label": {"nl": "geen stip", "en": "no dot"},
    "high_label": {"nl": "twee stippen", "en": "two dots"},
}
NO, YES = {"nl": "nee", "en": "no"}, {"nl": "ja", "en": "yes"}
# Yes or no has no order, and so counts and shares only.
ENDS = {"low_label": NO, "high_label": YES, "choices": [NO, YES]}


class Agenda(Kind):
    """Options with dots (one ballot); then, of those that the facilitator puts on the agenda, the six holders.

    ``settings["chosen"]``: the keys of the options on the agenda; ``settings["holders"]``: key and title of the six.
    A holder's criterion is 1 for who carries it (now, or as wanted); shares are of all marks given.
    """

    KEY = "agenda"
    ORDER = 80
    TITLE = gettext_lazy("Onze agenda: wat doen wij, en wie draagt het?")
    SCREEN_STYLES = ("css/components/agenda-screen.css",)
    ABOUT = gettext_lazy("Ieder verdeelt stippen; daarna maakt de zaal af: wie draagt het, wat is de eerste stap?")
    MINUTES = 40
    SOURCES = (CONTENT, EARLIER, TYPED)
    ITEM_NAME = gettext_lazy("keuze")
    ITEM_NAMES = gettext_lazy("keuzes")
    PRICED = True
    TAKES_FROM = ("windtunnel", "ideas")

    def asked(self, content: ContentFile) -> tuple[int, dict[str, Scale]]:
        holders = [holder.key for holder in content.responsibility_holders]
        marks = dict.fromkeys([f"{when}-{key}" for when in (NOW, WANTED) for key in holders], (0, 1))
        return len(content.policy_options), {DOTS: (0, MOST_ON_ONE), **marks}

    def notes(self, workshop: Workshop) -> str:
        return _(
            "Iedereen heeft evenveel stippen. Kies daarna met de zaal wat op de agenda komt, en maak elke keuze af: "
            "wie draagt haar, wat is de eerste stap, en aan welk signaal zien wij dat het anders moet?"
        )

    def settings(self, workshop: Workshop, wanted: Mapping[str, Any]) -> dict[str, Any]:
        holders = workshop.content_set.extras.get("responsibility_holders", [])
        kept = [{"key": holder["key"], "title": holder["title"]} for holder in holders]
        return {"holders": kept, "chosen": [], **wanted}

    def items(self, workshop: Workshop, settings: Mapping[str, Any]) -> list[Item]:
        return content_options(workshop)

    def criteria(self, workshop: Workshop, settings: Mapping[str, Any]) -> list[Criterion]:
        made = [Criterion(position=1, key=DOTS, low=0, high=MOST_ON_ONE, budget=DOTS_BUDGET, **DOTS_WORDS)]
        for when in (NOW, WANTED):
            for holder in settings["holders"]:
                question = {
                    lang: QUESTIONS[when][lang].format(holder=holder["title"][lang].lower()) for lang in ("nl", "en")
                }
                made.append(
                    Criterion(
                        position=len(made) + 1,
                        key=f"{when}-{holder['key']}",
                        low=0,
                        high=1,
                        title=holder["title"],
                        question=question,
                        is_open=False,
                        **ENDS,
                    )
                )
        return made

    def asks(self, items: Sequence[Item], criteria: Sequence[Criterion]) -> Iterable[Ask]:
        """The dots over all options; then, once the holders are asked about, one card an option on the agenda."""
        dots = [criterion for criterion in criteria if criterion.key == DOTS]
        holders = [criterion for criterion in criteria if criterion.key != DOTS]
        chosen = set(items[0].stage.settings.get("chosen", [])) if items else set()
        return [
            *(Ask(item, dots, DOTS) for item in items if dots),
            *(Ask(item, holders, "holders") for item in items if holders and item.key in chosen),
        ]

    def form(self, stage: Stage, variant: str) -> Mapping[str, Any]:
        """``holders``: those that are asked about, by the key of their criterion without the side."""
        from workshops.stages.agenda.form import context

        return context(stage)

    def main_action(self, stage: Stage) -> Action | None:
        """First the dots are closed, then the agenda is filled, then it is asked who carries it."""
        from workshops.stages.agenda.cockpit import main_action

        return main_action(stage)

    def opened(self, stage: Stage, who: User | None) -> None:
        """It begins with the dots, also where it is done over; what was agreed on in an earlier attempt stays."""
        from workshops.stages.agenda.opening import begin

        begin(stage)

    def views(self, stage: Stage) -> list[View]:
        from workshops.stages.agenda.standing import views

        return views(stage)

    def view(self, stage: Stage, released: Released | None, text_step: int = 0) -> Mapping[str, Any] | None:
        """One option of the agenda; without dots and shares where the result may not be shown."""
        from workshops.stages.agenda import screen, standing

        return screen.one(standing.agenda_of(stage, released), stage.view, text_step)

    def cockpit(self, stage: Stage) -> Mapping[str, Any] | None:
        from workshops.stages.agenda.cockpit import panel

        return panel(stage)

    def analysis(self, released: Released | None, stage: Stage) -> Mapping[str, Any]:
        """The options in order of dots: who carries them, and what was agreed on."""
        from workshops.stages.agenda import result, standing

        if released is None:
            return {}
        found = standing.agenda_of(stage, released)
        return result.analysis(found.rows, found.holders, found.divided)

    def screen(self, released: Released, stage: Stage, text_step: int = 0) -> Mapping[str, Any]:
        from workshops.stages.agenda import screen, standing

        return screen.slides(standing.agenda_of(stage, released), text_step)

    def phone(self, released: Released, stage: Stage) -> PhoneResult:
        from workshops.stages.agenda import phone, standing

        return phone.phone(standing.agenda_of(stage, released))


KIND = Agenda()
