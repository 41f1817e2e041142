"""The ``trends`` round: every core trend weighed on impact and uncertainty, 1–5.

With ``Stage.previous`` it is a second round, on the trends that divided the room most: first the arguments that people
gave in the first round, then the vote once more (``second.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workshops.models import Criterion, Item, Stage, Workshop
from workshops.stages.kind import CONTENT, EARLIER, TYPED, Kind, Outcome, Scale, as_row

if TYPE_CHECKING:
    from scenarios.content_file import ContentFile
    from workshops.edit_forms import SettingsForm
    from workshops.models import Participant
    from workshops.release import Released
    from workshops.stages.kind import PhoneResult, View

SCALE: Scale = (1, 5)
# How many of the most divided trends a second round takes over.
DIVIDED = 6
# Keys in the order of the form, with their names on screens.
TITLES = {
    "impact": {"nl": "Invloed", "en": "Impact"},
    "uncertainty": {"nl": "Onzekerheid", "en": "Uncertainty"},
}
# The sides that a reason takes, as the parts of the form are called. One reason is about influence and uncertainty
# together: people argue about a trend, and four fields at each of 21 trends would drown the two questions.
SIDES = {"high": gettext_lazy("Reden voor hoog"), "low": gettext_lazy("Reden voor laag")}
# How many reasons of a side the facilitator lets through at a trend.
MOST_PINNED = 2


class Trends(Kind):
    """The content set's trends in content order, with its questions for the horizon year."""

    KEY = "trends"
    ORDER = 10
    TITLE = gettext_lazy("Trends wegen")
    ABOUT = gettext_lazy("Welke trends hebben veel invloed, en van welke is onzeker hoe het gaat?")
    MINUTES = 30
    SOURCES = (CONTENT, EARLIER, TYPED)
    TAKES_FROM = ("trends",)
    ITEM_NAME = gettext_lazy("trend")
    ITEM_NAMES = gettext_lazy("trends")
    SCREEN_STYLES = ("css/components/arguments-screen.css",)
    HAS_TEXTS = True
    SIDES = SIDES
    MOST_SHOWN = MOST_PINNED

    def asked(self, content: ContentFile) -> tuple[int, dict[str, Scale]]:
        return len(content.trends), dict.fromkeys(TITLES, SCALE)

    def notes(self, workshop: Workshop) -> str:
        return _(
            "Denk aan uw eigen gemeente in %(year)d. Er is geen goed of fout: niemand weet hoe de wereld er dan "
            "uitziet. Kies gerust ‘weet ik niet’."
        ) % {"year": workshop.horizon_year}

    def settings(self, workshop: Workshop, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """``asks_why``: whether a first round asks for reasons; ``shows_median``: whether phones show the first round's
        median in a second one."""
        return {"asks_why": True, **wanted}

    def settings_form(self, stage: Stage) -> type[SettingsForm]:
        from workshops.stages.trends.settings import FirstRound, SecondRound

        return SecondRound if stage.previous_id else FirstRound

    def items(self, workshop: Workshop, settings: Mapping[str, Any]) -> list[Item]:
        """``settings["extra_trends"]``: whether the extra ones are among them."""
        trends = workshop.content_set.trends.order_by("number")
        if not settings.get("extra_trends"):
            trends = trends.filter(extra=False)
        return [
            Item(
                number=number,
                key=trend.key,
                title=trend.title,
                text=trend.text,
                origin={
                    "theme": trend.theme,
                    "sphere": trend.sphere,
                    "source": trend.source,
                    "text_source": trend.text_source,
                },
            )
            for number, trend in enumerate(trends, start=1)
        ]

    def content_items(self, workshop: Workshop, settings: Mapping[str, Any]) -> list[Item]:
        return self.items(workshop, {**settings, "extra_trends": True})

    def criteria(self, workshop: Workshop, settings: Mapping[str, Any]) -> list[Criterion]:
        return [criterion(place, key, workshop) for place, key in enumerate(TITLES, start=1)]

    def first_items(self, stage: Stage) -> Mapping[int, int]:
        from workshops.stages.trends import second

        return second.first_items(stage)

    def variant(self, stage: Stage, participant: Participant) -> str:
        """Whether the first round's median stands in the form, which ends where that round's result is hidden."""
        from workshops.stages.trends import second

        return "median" if second.may_show_median(stage) else ""

    def form(self, stage: Stage, variant: str) -> Mapping[str, Any]:
        from workshops.stages.trends import form

        return form.context(stage)

    def cockpit(self, stage: Stage) -> Mapping[str, Any] | None:
        """Of a second round: how far the arguments are chosen, and whether phones show the first median."""
        from workshops.stages.trends import cockpit

        return cockpit.panel(stage)

    def views(self, stage: Stage) -> list[View]:
        from workshops.stages.trends import view

        return view.views(stage)

    def view(self, stage: Stage, released: Released | None, text_step: int = 0) -> Mapping[str, Any] | None:
        from workshops.stages.trends import view

        return view.shown(stage, text_step)

    def analysis(self, released: Released | None, stage: Stage) -> Mapping[str, Any]:
        """Cuts, corners and the most divided trends; of a second round what it changed too."""
        from workshops.stages.trends import second
        from workshops.stages.trends.result import analysis  # the figures import the kind's names

        if released is None:
            return {}
        return {**analysis(released, list(stage.items.all())), **second.analysis(stage)}

    def outcomes(self, stage: Stage, released: Released) -> list[Outcome]:
        """The most divided trends, and those that weigh heavily and are uncertain."""
        found = self.analysis(released, stage)
        rows = {item.key: as_row(item) for item in stage.items.all()}
        critical = [row["key"] for row in found["items"] if row["corner"] == "critical"]
        divided = found["most_divided"][:DIVIDED]
        outcomes = [
            Outcome("most_divided", _("de zes meest verdeelde"), [rows[key] for key in divided]),
            Outcome("critical", _("de kernonzekerheden"), [rows[key] for key in critical]),
        ]
        return [outcome for outcome in outcomes if outcome.rows]

    def screen(self, released: Released, stage: Stage, text_step: int = 0) -> Mapping[str, Any]:
        from workshops.stages.trends import moves_screen, second
        from workshops.stages.trends.screen import slides

        if stage.previous_id and (both := second.both_of(stage)):
            return moves_screen.slides(both, text_step)
        return slides(released, list(stage.items.all()), text_step)

    def phone(self, released: Released, stage: Stage) -> PhoneResult:
        from workshops.stages.trends import moves_phone, second
        from workshops.stages.trends.phone import phone

        if stage.previous_id and (both := second.both_of(stage)):
            return moves_phone.phone(both, list(stage.criteria.order_by("position")))
        return phone(released, list(stage.items.all()), list(stage.criteria.all()))


def criterion(position: int, key: str, workshop: Workshop) -> Criterion:
    """One criterion with the content set's question, its year filled in."""
    wording = workshop.content_set.scoring[key]
    question = {lang: wording[lang].replace("{year}", str(workshop.horizon_year)) for lang in ("nl", "en")}
    low, high = SCALE
    return Criterion(
        position=position,
        key=key,
        low=low,
        high=high,
        title=TITLES[key],
        question=question,
        low_label=wording["low"],
        high_label=wording["high"],
    )


KIND = Trends()
