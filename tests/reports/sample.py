"""Facts of a believable workshop of 60 people, without a database: what the writers' tests read."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml

from reports import facts
from trends.models import Source
from workshops.release import release, release_counts
from workshops.stages.trends.result import analysis
from workshops.worlds import World

CATALOGUE = Path(__file__).parents[2] / "content" / "catalogue.yaml"
YEAR = "2041"
WORLD = ("key", "title", "motto", "text", "source", "features", "newspaper", "positions", "signposts")
MUNICIPALITIES = {"0748": "Bergen op Zoom", "0503": "Delft", "0777": "Etten-Leur", "1655": "Halderberge"}
SIZES = {"0748": 24, "0503": 20, "0777": 11, "1655": 3, "anders": 2}
GROUPS = {
    "gemeente": "Gemeente",
    "maatschappelijke-organisatie": "Maatschappelijke organisatie",
    "bedrijf": "Bedrijf",
    "inwoner": "Inwoner",
    "regio": "Regio",
    "rijk": "Rijk",
}
# Mean impact and uncertainty per trend, in content order, and how widely people differ.
OPINIONS = [
    (4.2, 2.3, 0.7), (4.1, 3.6, 0.9), (4.4, 4.0, 0.7), (4.1, 3.7, 1.1), (3.7, 3.4, 0.9), (3.9, 3.0, 0.8),
    (3.4, 2.6, 0.9), (4.3, 2.7, 0.7), (4.0, 2.4, 0.8), (3.6, 2.9, 0.9), (4.3, 3.4, 1.0), (3.8, 3.3, 2.0),
    (3.2, 3.8, 0.9), (3.7, 3.9, 0.8), (2.9, 3.4, 1.3), (3.5, 3.0, 0.9), (3.8, 3.1, 0.7), (4.5, 1.7, 0.5),
    (3.3, 3.2, 1.4), (3.2, 3.7, 0.9), (2.6, 3.1, 0.9),
]  # fmt: skip


@cache
def catalogue() -> dict[str, Any]:
    return yaml.safe_load(CATALOGUE.read_text())


def answer(chance: random.Random, mean: float, spread: float) -> str:
    """One answer on 1–5, or "dk"."""
    if chance.random() < 0.03:
        return "dk"
    if spread > 1.5:
        return str(chance.choice([1, 2, 5, 5]))
    return str(min(5, max(1, round(chance.gauss(mean, spread)))))


def people(chance: random.Random) -> list[tuple[str, str]]:
    """Municipality and group of each of the 60."""
    codes = [code for code, size in SIZES.items() for _ in range(size)]
    return [(code, chance.choices(list(GROUPS), [5, 4, 2, 4, 1, 0])[0]) for code in codes]


def raw_tally(seed: int = 7) -> dict[str, Any]:
    """A tally as the count leaves it, before anything is hidden."""
    chance = random.Random(seed)
    room, cells, answers = people(chance), {}, 0
    for trend, (impact, uncertainty, spread) in zip(catalogue()["trends"], OPINIONS, strict=True):
        cell = cells.setdefault(trend["key"], {})
        for criterion, mean in (("impact", impact), ("uncertainty", uncertainty)):
            counted: dict[str, Any] = {"all": {}, "by_municipality": {}, "by_group": {}}
            for code, group in room:
                value = answer(chance, mean, spread if criterion == "uncertainty" else min(spread, 1))
                for counts in (
                    counted["all"],
                    counted["by_municipality"].setdefault(code, {}),
                    counted["by_group"].setdefault(group, {}),
                ):
                    counts[value] = counts.get(value, 0) + 1
                answers += 1
            cell[criterion] = counted
    return {"cells": cells, "respondents": len(room), "answers": answers}


def trend_items() -> list[Any]:
    """The trends as items of a round."""
    return [
        SimpleNamespace(number=number, origin={"source": trend["source"], "text_source": trend["text_source"]}, **{
            name: trend[name] for name in ("key", "title", "text")
        })
        for number, trend in enumerate(catalogue()["trends"], start=1)
    ]  # fmt: skip


def trend_criteria() -> list[Any]:
    """Their two criteria."""
    scoring = catalogue()["scoring"]
    return [
        SimpleNamespace(
            key=key,
            title={"nl": title},
            low=1,
            high=5,
            question={"nl": scoring[key]["nl"].replace("{year}", YEAR)},
            low_label=scoring[key]["low"],
            high_label=scoring[key]["high"],
            choices=[],
            is_nominal=False,
            is_open=True,
            budget=None,
        )
        for key, title in (("impact", "Invloed"), ("uncertainty", "Onzekerheid"))
    ]


def trends_stage() -> dict[str, Any]:
    """The round's facts, made by the same functions as a real one."""
    items, criteria = trend_items(), trend_criteria()
    released = release(
        raw_tally(),
        criteria={criterion.key: (1, 5) for criterion in criteria},
        items=[item.key for item in items],
        municipalities=[*MUNICIPALITIES, "anders"],
        groups=list(GROUPS),
        revealed=True,
        closed=True,
    )
    return {
        "key": "trends",
        "kind": "trends",
        "title": "Trends wegen",
        "state": "closed",
        "attempt": 1,
        "respondents": released.respondents,
        "revealed": True,
        "answers": released.answers,
        "criteria": [facts.criterion_facts(criterion) for criterion in criteria],
        "items": [facts.item_facts(item, released) for item in items],
        "analysis": analysis(released, items),
    }


def sample() -> dict[str, Any]:
    """All facts of the workshop; a fresh copy each time."""
    content, stage = catalogue(), trends_stage()
    groups = dict.fromkeys(GROUPS, 0)
    for _, group in people(random.Random(7)):
        groups[group] += 1
    titles = {trend["key"]: trend["title"]["nl"] for trend in content["trends"]}
    return {
        "schema": facts.SCHEMA,
        "software": {"name": "Scenariotafel", "version": "0.1.0", "commit": "0" * 40},
        "content": {
            "key": content["key"],
            "title": content["title"]["nl"],
            "checksum": "7f3a91c4e02b5d18" * 4,
            "provenance": facts.provenance(21),
            "original_horizon": content["original_horizon"],
            "sources": {
                "themes": facts.by_source(trend["source"] for trend in content["trends"]),
                "wording": facts.by_source(trend["text_source"] for trend in content["trends"]),
            },
        },
        "report": {"version": 1, "status": "concept", "made_on": "2026-11-25", "released_on": None},
        "workshop": {
            "title": "Toekomstverkenning sociaal domein",
            "code": "K7P3RW",
            "date": "2026-11-24",
            "language": "nl",
            "focal_question": "Hoe houdt onze gemeente in 2041 iedereen mee?",
            "horizon_year": int(YEAR),
            "municipalities": [{"code": code, "name": name} for code, name in MUNICIPALITIES.items()],
        },
        "participants": {
            "total": sum(SIZES.values()),
            "by_municipality": [
                {"code": code, "name": {**MUNICIPALITIES, "anders": facts.ELSEWHERE_NAME}[code], **vars(count)}
                for code, count in release_counts(SIZES).items()
            ],
            "by_group": [
                {"key": key, "name": GROUPS[key], **vars(count)} for key, count in release_counts(groups).items()
            ],
        },
        "scenarios": [
            facts.scenario_facts(World(**{name: scenario[name] for name in WORLD if name in scenario}))
            for scenario in content["scenarios"]
        ],
        "stages": [stage],
        "void": [],
        "findings": [
            {
                "key": finding["key"],
                "source": Source(finding["source"]).value,
                "text": finding["text"]["nl"],
                "items": [
                    {"key": key, "title": titles[key], "verdict": facts.verdict(key, [stage])}
                    for key in finding.get("trends") or [finding["trend"]]
                ],
            }
            for finding in content["findings"]
        ],
    }
