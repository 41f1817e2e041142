"""Which two axes a workshop builds on: what its trends propose, what the facilitator chooses, and which rounds follow.

A proposal is a snapshot in the settings of the ``axes`` round: ``pairs`` (all of them, the best first, as
``scenarios.axis_choice.Pair`` has them) and ``candidates`` (the axes by key, with what is to be said of them). The best
pairs are the round's items. What is chosen stands in ``Workshop.axes``, and as ``chosen`` in the settings.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import islice
from typing import Any

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from municipalities.models import User
from scenarios.axis_choice import AxisTrends, Pair, axis_criticality, axis_pairs
from scenarios.models import Axis
from trends.distribution import rounded
from trends.text import localized
from workshops import results
from workshops.answers import answers_of
from workshops.flow import fill
from workshops.items import raise_version
from workshops.logbook import note
from workshops.models import Criterion, Item, Stage, Vote, Workshop
from workshops.preparing import AXES_BEFORE, CANDIDATES, LABEL_FIELDS, PAIRS, PROPOSED_FROM
from workshops.release import Released
from workshops.rounds import RoundError, held, is_released
from workshops.stages import kind
from workshops.stages.axes import PAIRS as MOST
from workshops.stages.trends.result import CRITERIA, analysis
from workshops.worlds import axes_as_settings, axis_as_settings

REASON_LENGTH = 300  # characters
TITLE_LENGTH, POLE_LENGTH = 60, 60
SCALE_MIDDLE = 3.0  # of impact and uncertainty
CHOSEN = "chosen"
# The kinds of round that place something on the two axes.
PLACING = ("scenarios", "position")
OWN_KEYS = ("eigen-as-1", "eigen-as-2")
AxisWords = Mapping[str, Any]  # {"key", "title", "negative", "positive"}, as the settings of a round keep it


class AxesError(RoundError):
    """The axes can't be chosen like this; the message says why."""


# What the trends propose


def propose(stage: Stage) -> list[dict[str, Any]] | None:
    """The best pairs as rows of ``preparing.ITEM_FIELDS``, and into ``stage.settings``, which the caller saves, all
    that was compared. None where no trends round before it is closed and shown, or nothing can be compared."""
    source = source_of(stage)
    figures = results.released(source) if source else None
    if source is None or figures is None:
        return None
    candidates, pairs = compared(stage, source, figures)
    best = list(islice((pair for pair in pairs if pair.score is not None), MOST))
    if not best:
        return None
    stage.settings = {
        **stage.settings,
        CANDIDATES: candidates,
        PAIRS: [{**asdict(pair), "rank": rank} for rank, pair in enumerate(pairs, start=1)],
        PROPOSED_FROM: {"key": source.key, "title": source.title},
    }
    return [row(pair, rank, candidates) for rank, pair in enumerate(best, start=1)]


def source_of(stage: Stage) -> Stage | None:
    """The last trends round before it that is closed and shown; a second round on a part of the trends is none."""
    rounds = stage.workshop.stages.filter(kind="trends", void=False, previous=None, position__lt=stage.position)
    found = rounds.filter(state=Stage.State.CLOSED, revealed=True).order_by("-position").first()
    if found is not None:
        found.workshop = stage.workshop
    return found


def compared(stage: Stage, source: Stage, figures: Released) -> tuple[dict[str, dict[str, Any]], Sequence[Pair]]:
    """The axes of the content by key, with what is to be said of them, and all their pairs, the best first.

    Computes 1,000 resamples (0.3 s for 1,000 people)."""
    items = list(source.items.order_by("number"))
    places = {item.key: place for place, item in enumerate(items)}
    by_key = {row["key"]: row["criticality"] for row in analysis(figures, items)["items"]}
    criticality = [by_key[item.key] for item in items]
    axes = list(stage.workshop.content_set.axes.order_by("number").prefetch_related("trends"))
    carried = {axis.key: [places[trend.key] for trend in axis.trends.all() if trend.key in places] for axis in axes}
    weighed = [AxisTrends(key, tuple(sorted(trends))) for key, trends in carried.items()]
    ids = dict(source.criteria.filter(key__in=CRITERIA).values_list("key", "pk"))
    answers, given = answers_of(source, [item.pk for item in items], [ids[key] for key in CRITERIA])
    values = np.where(given, answers, np.nan).astype(np.float64)
    pairs = axis_pairs(stage.workshop.code, weighed, criticality, values[:, :, 0], values[:, :, 1])
    shown = [value for value in criticality if value is not None]
    middle = statistics.median(shown) if shown else None
    candidates = {
        axis.key: candidate(axis, [items[place] for place in each.trends], axis_criticality(each, criticality), by_key)
        | {"high": is_high(axis_criticality(each, criticality), middle)}
        for axis, each in zip(axes, weighed, strict=True)
    }
    return candidates, pairs


def is_high(criticality: float | None, middle: float | None) -> bool:
    """Whether an axis weighs heavily and is uncertain: at least the middle of the scale, and as much as the middle one
    of the round's trends (``middle``)."""
    if criticality is None or middle is None:
        return False
    return rounded(criticality) >= max(rounded(middle), SCALE_MIDDLE)


def candidate(
    axis: Axis, trends: Sequence[Item], criticality: float | None, by_key: Mapping[str, float | None]
) -> dict[str, Any]:
    """An axis with its words; ``own``: the titles of its trends that are partly the municipality's own choice;
    ``unseen``: how many of its trends have too few answers to count."""
    return {
        **axis_as_settings(axis),
        "criticality": criticality,
        "own": [trend.title for trend in trends if trend.origin.get("sphere") == "own"],
        "trends": len(trends),
        "unseen": sum(by_key[trend.key] is None for trend in trends),
    }


def row(pair: Pair, rank: int, candidates: Mapping[str, AxisWords]) -> dict[str, Any]:
    """A pair as an item; ``origin`` keeps both axes, the figures, and which it is from the best (1)."""
    x, y = candidates[pair.x], candidates[pair.y]
    return {
        "key": pair_key(pair.x, pair.y),
        "title": crossed(x, y),
        "text": {
            language: " ".join(
                f"{localized(axis['title'], language)}: {localized(axis['negative'], language)} ↔ "
                f"{localized(axis['positive'], language)}."
                for axis in (x, y)
            )
            for language in ("nl", "en")
        },
        "origin": {"axes": [x, y], "rank": rank, **asdict(pair)},
    }


def pair_key(x: str, y: str) -> str:
    return f"{x}--{y}"[:60]


def crossed(x: AxisWords, y: AxisWords) -> dict[str, str]:
    """ "Economische ontwikkeling × Solidariteit", by language."""
    return {lang: f"{localized(x['title'], lang)} × {localized(y['title'], lang)}" for lang in ("nl", "en")}


@transaction.atomic
def propose_again(stage: Stage, who: User | None) -> int:
    """Make the proposal anew from the trends as they stand now; how many pairs there are. RoundError once the round
    was opened."""
    stage = held(stage)
    if not stage.is_prepared or Vote.objects.filter(item__stage=stage).exists():
        raise AxesError(_("De zaal kijkt al naar dit voorstel. Het blijft zoals het is."))
    if stage.workshop.ended_at is not None:
        raise AxesError(_("Deze workshop is afgelopen."))
    stage.items.all().delete()
    found = fill(stage, who)
    raise_version(stage)
    return found


# What the facilitator chooses


@transaction.atomic
def choose(stage: Stage, who: User | None, x: AxisWords, y: AxisWords, reason: str = "") -> list[Stage]:
    """Let the workshop build on these two axes; the rounds that follow, made anew on them.

    ``reason``: 0–300 characters, at least 1 for another pair than the first proposed. AxesError where it is missing,
    both are the same axis, the workshop has ended, or the round stands in a released report.
    """
    stage = held(stage)
    check(stage)
    reason = " ".join(reason.split())
    if x["key"] == y["key"]:
        raise AxesError(_("Kies twee verschillende assen."))
    if not reason and not is_first(stage, x["key"], y["key"]):
        raise AxesError(_("Schrijf waarom u deze assen kiest. De reden komt in het verslag."))
    if len(reason) > REASON_LENGTH:
        raise AxesError(_("Maak de reden korter: hoogstens %(most)d tekens.") % {"most": REASON_LENGTH})
    return _set(stage, who, {"x": _words(x), "y": _words(y), "reason": reason})


@transaction.atomic
def undo(stage: Stage, who: User | None) -> list[Stage]:
    """Put back the axes from before the last choice; again, and the newer ones are back. The rounds that follow."""
    stage = held(stage)
    check(stage)
    if AXES_BEFORE not in stage.settings:
        raise AxesError(_("Er is nog niets gekozen. Er is niets om terug te zetten."))
    return _set(stage, who, stage.settings[AXES_BEFORE])


def check(stage: Stage) -> None:
    """AxesError where nothing can be chosen any more."""
    if stage.workshop.ended_at is not None:
        raise AxesError(_("Deze workshop is afgelopen."))
    if is_released(stage):
        raise AxesError(_("Deze ronde staat in een vrijgegeven verslag. De assen liggen vast."))


def is_first(stage: Stage, x: str, y: str) -> bool:
    """Whether this is the pair that was proposed first."""
    first = next(iter(stage.settings.get(PAIRS, [])), None)
    return first is not None and {first["x"], first["y"]} == {x, y} and first["score"] is not None


def _words(axis: AxisWords) -> dict[str, Any]:
    return {name: axis[name] for name in ("key", "title", "negative", "positive")}


def _set(stage: Stage, who: User | None, axes: dict[str, Any]) -> list[Stage]:
    workshop = stage.workshop
    before, workshop.axes = workshop.axes, axes
    workshop.save(update_fields=["axes"])
    chosen = {"x": axes["x"]["key"], "y": axes["y"]["key"], "reason": axes["reason"]} if axes else {}
    stage.settings = {**stage.settings, CHOSEN: chosen, AXES_BEFORE: before}
    raise_version(stage)  # saves, and has it shown
    if axes:
        title = localized(crossed(axes["x"], axes["y"]), workshop.language)
        note(workshop, "choose_axes", who, stage, title=title)
    else:
        note(workshop, "unchoose_axes", who, stage)
    followers = following(stage)
    for each in followers:
        remake(each)
    return followers


# Which rounds follow


def placing(stage: Stage) -> list[Stage]:
    """The rounds after it that place something on the axes, in order."""
    rounds = stage.workshop.stages.filter(kind__in=PLACING, void=False, position__gt=stage.position)
    found = list(rounds.order_by("position"))
    for each in found:
        each.workshop = stage.workshop
    return found


def following(stage: Stage) -> list[Stage]:
    """Those of them that still can: prepared, and nobody answered."""
    rounds = placing(stage)
    answered = set(Vote.objects.filter(item__stage__in=rounds).values_list("item__stage_id", flat=True).distinct())
    return [each for each in rounds if each.is_prepared and each.pk not in answered]


def remake(stage: Stage) -> None:
    """Let a prepared round ask about the workshop's axes as they are now; what else it asks stays as it is worded.

    An own axis that the room named anew has the key of the one before it, and is asked about in its new words."""
    made = kind(stage.kind)
    before = {each.key: _asked_words(each) for each in made.criteria(stage.workshop, stage.settings)}
    stage.settings = {**stage.settings, "axes": axes_as_settings(stage.workshop)}
    asked = made.criteria(stage.workshop, stage.settings)
    same = [each.key for each in asked if before.get(each.key) == _asked_words(each)]
    stage.criteria.exclude(key__in=same).delete()
    there = {criterion.key: criterion for criterion in stage.criteria.all()}
    for criterion in asked:
        if criterion.key in there:
            Criterion.objects.filter(pk=there[criterion.key].pk).update(position=criterion.position)
        else:
            criterion.stage = stage
            criterion.save()
    raise_version(stage)


def _asked_words(criterion: Criterion) -> list[Any]:
    return [criterion.title, *(getattr(criterion, name) for name in LABEL_FIELDS)]


def content_axes(workshop: Workshop) -> list[dict[str, Any]]:
    """All axes of the content, in its order, as the settings of a round keep them."""
    return [axis_as_settings(axis) for axis in workshop.content_set.axes.order_by("number")]


def default_axes(workshop: Workshop) -> dict[str, dict[str, Any]]:
    """The two that the content proposes, whatever was chosen: {"x": …, "y": …}; empty where it has fewer than two."""
    return axes_as_settings(workshop, chosen=False)


def own_axis(number: int, title: str, negative: str, positive: str) -> dict[str, Any]:
    """An axis that the room made itself, in the same words in both languages; ``number``: 1 or 2."""
    words = {
        name: {"nl": text, "en": text}
        for name, text in (("title", title), ("negative", negative), ("positive", positive))
    }
    return {"key": OWN_KEYS[number - 1], **words}
