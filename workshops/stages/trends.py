"""The ``trends`` round: every core trend weighed on impact and uncertainty, 1–5."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from workshops.models import Criterion, Item, Stage, Workshop

if TYPE_CHECKING:
    from scenarios.content_file import ContentFile
    from workshops.release import Released
    from workshops.stages.registry import PhoneResult

KEY = "trends"
TITLE = gettext_lazy("Trends wegen")
SCALE = (1, 5)
# Keys in the order of the form, with their names on screens.
TITLES = {
    "impact": {"nl": "Invloed", "en": "Impact"},
    "uncertainty": {"nl": "Onzekerheid", "en": "Uncertainty"},
}


def asked(content: ContentFile) -> tuple[int, dict[str, tuple[int, int]]]:
    """How many items the round has, and the scale of each criterion; asks no database."""
    return len(content.trends), dict.fromkeys(TITLES, SCALE)


def prepare(workshop: Workshop, position: int, *, extra_trends: bool = False) -> Stage:
    """Make the round: the content set's trends in content order, with its questions for the horizon year."""
    with override(workshop.language):
        title, notes = str(TITLE), spoken(workshop.horizon_year)
    stage = Stage.objects.create(
        workshop=workshop,
        position=position,
        key=KEY,
        kind=KEY,
        title=title,
        notes=notes,
        settings={"extra_trends": extra_trends},
    )
    trends = workshop.content_set.trends.all()
    if not extra_trends:
        trends = trends.filter(extra=False)
    Item.objects.bulk_create(
        Item(
            stage=stage,
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
        for number, trend in enumerate(trends.order_by("number"), start=1)
    )
    Criterion.objects.bulk_create(criterion(stage, place, key, workshop) for place, key in enumerate(TITLES, start=1))
    return stage


def spoken(year: int) -> str:
    """What the facilitator may say at the start, in the active language."""
    return _(
        "Denk aan uw eigen gemeente in %(year)d. Er is geen goed of fout: niemand weet hoe de wereld er dan uitziet. "
        "Kies gerust ‘weet ik niet’."
    ) % {"year": year}


def criterion(stage: Stage, position: int, key: str, workshop: Workshop) -> Criterion:
    """One criterion with the content set's question, its year filled in."""
    wording = workshop.content_set.scoring[key]
    question = {lang: wording[lang].replace("{year}", str(workshop.horizon_year)) for lang in ("nl", "en")}
    low, high = SCALE
    return Criterion(
        stage=stage,
        position=position,
        key=key,
        low=low,
        high=high,
        title=TITLES[key],
        question=question,
        low_label=wording["low"],
        high_label=wording["high"],
    )


def analysis(released: Released | None, stage: Stage) -> Mapping[str, Any]:
    """Cuts, corners and the most divided trends, as in the report; empty before the reveal."""
    from workshops.stages.trends_result import analysis as analyse  # the figures import the kind's names

    return analyse(released, list(stage.items.all())) if released else {}


def screen(released: Released, stage: Stage, text_step: int = 0) -> Mapping[str, Any]:
    """What the projector shows of the released figures, in the active language."""
    from workshops.stages.trends_screen import slides

    return slides(released, list(stage.items.all()), text_step)


def phone(released: Released, stage: Stage) -> PhoneResult:
    """What phones show of the released figures, in the active language, with room for each person's own answers."""
    from workshops.stages.trends_phone import phone as on_phone

    return on_phone(released, list(stage.items.all()))
