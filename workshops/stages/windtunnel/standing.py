"""What a wind tunnel's result needs from the database: the scenarios tested, the names, stability, and what came
before."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.utils.translation import gettext as _

from municipalities.models import ELSEWHERE, Group
from scenarios.stability import stability
from trends.text import localized
from workshops.answers import answers_of
from workshops.form_cache import item_version
from workshops.models import Criterion, Item, Stage, Tally
from workshops.release import Released
from workshops.results import released as released_of
from workshops.stages.windtunnel.result import GAP, Names, Row, Shares, cell_of, outcomes, rows
from workshops.worlds import World

KEPT = 32
_kept: OrderedDict[tuple[Any, ...], dict[str, float | None]] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Result:
    """A revealed round in the active language. ``before``: of the variants, what their first version came to;
    ``first_titles``: what that was called."""

    items: list[Item]
    names: Names
    rows: list[Row]
    before: Mapping[str, Mapping[str, Any]]
    first_titles: Mapping[str, str]


def result_of(stage: Stage, released: Released) -> Result:
    """Everything that screen and phone show of the round."""
    items, scenarios = list(stage.items.order_by("number")), tested(stage)
    called = names(stage, scenarios)
    found = rows(released, items, called, shares(stage, released, items, scenarios))
    earlier = before(stage, items, list(called.scenarios))
    return Result(items, called, found, earlier, first_titles(stage, items) if earlier else {})


def first_titles(stage: Stage, items: Sequence[Item]) -> dict[str, str]:
    """What the first version of each variant was called, by the variant's key (one query)."""
    titles = dict(Item.objects.filter(stage=stage.previous_id).values_list("key", "title"))
    variants = {item.key: item.origin.get("variant_of") for item in items}
    return {key: localized(titles[first]) for key, first in variants.items() if first in titles}


def worlds(stage: Stage) -> dict[str, World]:
    """The scenarios that the round keeps, by key."""
    return {row["key"]: World(**row) for row in stage.settings.get("worlds", [])}


def tested(stage: Stage) -> list[Criterion]:
    """The scenarios that were asked, in order, without the gap (one query)."""
    return list(stage.criteria.filter(is_open=True).exclude(key=GAP).order_by("position"))


def names(stage: Stage, scenarios: Sequence[Criterion]) -> Names:
    """What is in the result, in the active language (one query)."""
    kept = worlds(stage)
    content = {key for key, world in kept.items() if not world.is_of_room}
    return Names(
        scenarios={criterion.key: localized(criterion.title) for criterion in scenarios},
        complete={criterion.key for criterion in scenarios} == content,
        municipalities={
            **dict(stage.workshop.municipalities.values_list("code", "name")),
            ELSEWHERE: _("andere gemeenten"),
        },
        groups={key: str(label) for key, label in Group.choices},
    )


def shares(stage: Stage, released: Released, items: Sequence[Item], scenarios: Sequence[Criterion]) -> Shares:
    """The stability of each option's class, by key; nothing for a round that is still open, for its answers change.

    Computed once in each process for a count of the round (scenarios.stability has what it means).
    """
    if not stage.is_closed or not scenarios:
        return {}
    version = Tally.objects.filter(stage=stage).values_list("version", flat=True).first()
    key = (stage.pk, version, item_version(stage), tuple(criterion.pk for criterion in scenarios))
    with _lock:
        if key not in _kept:
            _kept[key] = _computed(stage, released, items, scenarios)
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
        _kept.move_to_end(key)
        return _kept[key]


def _computed(
    stage: Stage, released: Released, items: Sequence[Item], scenarios: Sequence[Criterion]
) -> dict[str, float | None]:
    found = outcomes(released, items, [criterion.key for criterion in scenarios])
    classes = {outcome.key: outcome.option_class for outcome in found}
    answers, given = answers_of(stage, [item.pk for item in items], [criterion.pk for criterion in scenarios])
    firm = stability(stage.workshop.code, answers, given, [classes[item.key] for item in items])
    return {item.key: share for item, share in zip(items, firm, strict=True)}


def before(stage: Stage, items: Sequence[Item], scenarios: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    """What the first version of each option came to, by the variant's key: {"class", "medians": {scenario: median or
    None}}; only of an earlier round that is closed and revealed."""
    variants = {item.key: item.origin["variant_of"] for item in items if item.origin.get("variant_of")}
    earlier = stage.previous if variants else None
    figures = released_of(earlier) if earlier is not None and earlier.is_closed else None
    if earlier is None or figures is None:
        return {}
    keys = [criterion.key for criterion in tested(earlier)]
    classes = {outcome.key: outcome.option_class for outcome in outcomes(figures, list(earlier.items.all()), keys)}
    return {
        key: {
            "class": classes[first],
            "medians": {scenario: cell_of(figures, first, scenario).median for scenario in scenarios},
        }
        for key, first in variants.items()
        if first in classes
    }
