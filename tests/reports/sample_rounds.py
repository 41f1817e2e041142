"""Facts of a workshop with every kind of round, without a database: made by the same pure functions as real ones.

Only the stability of an option, which takes the single answers of people, is made up.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from reports import facts
from tests.reports import sample
from workshops.release import Released, release, release_counts
from workshops.stages.position import Position
from workshops.stages.position import result as position_result
from workshops.stages.scenarios import Scenarios
from workshops.stages.scenarios import result as scenarios_result
from workshops.stages.windtunnel import Windtunnel
from workshops.stages.windtunnel import result as wind_result

Answer = Callable[[random.Random, int, str], str]
KEYS = ("samendam", "ikhoven", "staatsburcht")
OWN = {
    "key": "van-deze-zaal",
    "title": "Zonnehaven",
    "motto": "Groei die wij delen",
    "source": "room",
    "economy": "Groei",
    "principle": None,
    "newspaper": None,
    "positions": {"economie": {"value": 2, "source": "room"}, "solidariteit": {"value": 1, "source": "room"}},
}
MANY = {f"{number:04d}": f"Gemeente nummer {number}" for number in range(1, 21)}
LONG = (
    "Wij geven elke inwoner die langer dan een half jaar zonder werk zit een plek in een leerbedrijf in de eigen wijk"
)


@dataclass
class Room:
    """Who is there: municipality and group of each person."""

    sizes: dict[str, int] = field(default_factory=lambda: dict(sample.SIZES))
    names: dict[str, str] = field(default_factory=lambda: dict(sample.MUNICIPALITIES))
    seed: int = 7

    def people(self) -> list[tuple[str, str]]:
        chance = random.Random(self.seed)
        codes = [code for code, size in self.sizes.items() for _ in range(size)]
        return [(code, chance.choices(list(sample.GROUPS), [5, 4, 2, 4, 1, 0])[0]) for code in codes]

    def released(self, items: Sequence[Any], criteria: Sequence[Any], answer: Answer) -> Released:
        chance, cells, answers = random.Random(self.seed), {}, 0
        people = self.people()
        for number, item in enumerate(items):
            for criterion in criteria:
                if not criterion.is_open:
                    continue
                counted: dict[str, Any] = {"all": {}, "by_municipality": {}, "by_group": {}}
                for code, group in people:
                    value = answer(chance, number, criterion.key)
                    if value == "":
                        continue
                    for counts in (
                        counted["all"],
                        counted["by_municipality"].setdefault(code, {}),
                        counted["by_group"].setdefault(group, {}),
                    ):
                        counts[value] = counts.get(value, 0) + 1
                    answers += 1
                cells.setdefault(item.key, {})[criterion.key] = counted
        return release(
            {"cells": cells, "respondents": len(people) if answers else 0, "answers": answers},
            criteria={criterion.key: (criterion.low, criterion.high) for criterion in criteria},
            items=[item.key for item in items],
            municipalities=[*self.names, "anders"],
            groups=list(sample.GROUPS),
            revealed=True,
            closed=True,
            nominal=[criterion.key for criterion in criteria if criterion.is_nominal],
        )

    def participants(self) -> dict[str, Any]:
        groups = dict.fromkeys(sample.GROUPS, 0)
        for _, group in self.people():
            groups[group] += 1
        names = {**self.names, "anders": facts.ELSEWHERE_NAME}
        sizes = {code: self.sizes.get(code, 0) for code in names}
        return {
            "total": sum(sizes.values()),
            "by_municipality": [
                {"code": code, "name": names[code], **vars(count)} for code, count in release_counts(sizes).items()
            ],
            "by_group": [
                {"key": key, "name": sample.GROUPS[key], **vars(count)} for key, count in release_counts(groups).items()
            ],
        }


def around(chance: random.Random, mean: float, spread: float, low: int, high: int) -> str:
    """One answer on a scale, or "dk"."""
    if chance.random() < 0.03:
        return "dk"
    return str(min(high, max(low, round(chance.gauss(mean, spread)))))


def stage(
    key: str, title: str, items: Sequence[Any], criteria: Sequence[Any], released: Released, analysis: dict[str, Any]
) -> dict[str, Any]:
    """A closed and shown round's facts."""
    return {
        "key": key,
        "kind": key.split("-")[0],
        "title": title,
        "state": "closed",
        "attempt": 1,
        "respondents": released.respondents,
        "revealed": True,
        "answers": released.answers,
        "criteria": [facts.criterion_facts(criterion) for criterion in criteria],
        "items": [facts.item_facts(item, released) for item in items],
        "analysis": analysis,
    }


def axes() -> dict[str, dict[str, Any]]:
    found = {axis["default"]: axis for axis in sample.catalogue()["axes"] if axis.get("default")}
    return {side: {name: found[side][name] for name in ("key", "title", "negative", "positive")} for side in "xy"}


def world_items() -> list[Any]:
    return [
        SimpleNamespace(number=number, key=each["key"], title=each["title"], text=each["text"],
                        origin={"source": each["source"]})
        for number, each in enumerate(sample.catalogue()["scenarios"], start=1)
    ]  # fmt: skip


def scenarios_stage(room: Room, answer: Answer | None = None) -> dict[str, Any]:
    items, criteria = world_items(), Scenarios().criteria(None, {"axes": axes()})  # type: ignore[arg-type]
    means = {
        "plausibility": (3.1, 2.6, 3.4), "desirability": (4.3, 1.8, 2.7), "preparedness": (2.9, 2.1, 3.0),
        "economie": (-0.8, -1.4, 1.2), "solidariteit": (1.5, -1.6, 0.4),
    }  # fmt: skip
    low = {"economie": (-2, 2), "solidariteit": (-2, 2)}

    def said(chance: random.Random, number: int, key: str) -> str:
        return around(chance, means[key][number], 0.9, *low.get(key, (1, 5)))

    released = room.released(items, criteria, answer or said)
    analysis = scenarios_result.analysis(released, items, axes())
    return stage("scenarios", "De drie scenario’s", items, criteria, released, analysis)


def position_stage(room: Room, answer: Answer | None = None) -> dict[str, Any]:
    items = Position().items(None, {})  # type: ignore[arg-type]
    criteria = Position().criteria(None, {"axes": axes()})  # type: ignore[arg-type]
    means = {"now-economie": -0.6, "now-solidariteit": -0.4, "wanted-economie": 0.9, "wanted-solidariteit": 1.4}

    def said(chance: random.Random, _number: int, key: str) -> str:
        return around(chance, means[key] + chance.uniform(-0.4, 0.4), 0.9, -2, 2)

    released = room.released(items, criteria, answer or said)
    analysis = position_result.analysis(released, axes(), "gemeente")
    return stage("position", "Waar staan wij, waar willen wij heen?", items, criteria, released, analysis)


def option_items(count: int = 12, *, long: bool = False, variant: bool = False) -> list[Any]:
    options = sample.catalogue()["policy_options"]
    made = []
    for number in range(1, count + 1):
        option = options[(number - 1) % len(options)]
        suffix = "" if number <= len(options) else f"-{number}"
        title = {"nl": f"{LONG} ({number})"} if long else option["title"]
        origin: dict[str, Any] = {"source": option["source"], "text_source": None, "instead": option["instead"]}
        key = f"{option['key']}{suffix}{'-variant' if variant else ''}"
        origin |= {"variant_of": option["key"]} if variant else {}
        made.append(SimpleNamespace(number=number, key=key, title=title, text=option["text"], origin=origin))
    return made


# Means in Samendam, Ikhoven, Staatsburcht and the room's own, and of the gap.
LEANS = [
    (1.6, 0.9, 1.5, 1.2, 0.6), (1.1, 1.5, 1.1, 1.3, 1.1), (1.8, -1.3, -0.2, 1.0, -1.3), (1.7, 0.7, -1.2, 0.9, -1.2),
    (1.4, 1.2, 1.2, 1.4, 1.5), (-0.9, -0.7, 1.6, 0.2, 0.1), (1.2, 0.2, 1.1, 0.8, 0.9), (0.9, -0.4, 0.3, 0.1, 0.2),
    (-1.0, -0.3, 0.4, -0.5, -0.4), (1.2, 1.1, 1.3, 1.1, 1.6), (1.3, 0.9, 1.0, 1.0, -1.4), (0.3, 0.1, -0.2, 0.4, 0.0),
]  # fmt: skip


def windtunnel_stage(
    room: Room,
    answer: Answer | None = None,
    *,
    key: str = "windtunnel",
    options: Sequence[Any] | None = None,
    own: bool = False,
    told: Sequence[str] = KEYS,
    before: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """``before``: the earlier round's facts, of which these options are variants, in order."""
    items = option_items() if options is None else list(options)
    titles = {each["key"]: each["title"] for each in sample.catalogue()["scenarios"]}
    worlds = [{"key": name, "title": titles[name]} for name in KEYS]
    if own:
        worlds.append({"key": OWN["key"], "title": {"nl": OWN["title"], "en": OWN["title"]}})
    opened = [*told, OWN["key"]]
    criteria = Windtunnel().criteria(
        SimpleNamespace(told=opened),
        {"worlds": worlds, "asks_gap": True},  # type: ignore[arg-type]
    )
    places: dict[str, int] = {**{world: place for place, world in enumerate(KEYS)}, str(OWN["key"]): 3, "gap": 4}
    lift = 0.5 if before else 0

    def said(chance: random.Random, number: int, name: str) -> str:
        spread = 1.6 if number == 1 and name == "ikhoven" else 0.7
        return around(chance, LEANS[number % len(LEANS)][places[name]] + lift, spread, -2, 2)

    released = room.released(items, criteria, answer or said)
    tested = [criterion.key for criterion in criteria if criterion.is_open and criterion.key != "gap"]
    analysis = wind_result.analysis(
        released, items, tested, shares(released, items, tested), outcomes_of(before, items)
    )
    title = "Windtunnel" if key == "windtunnel" else "Windtunnel: aangepaste keuzes"
    return stage(key, title, items, criteria, released, analysis)


def shares(released: Released, items: Sequence[Any], tested: Sequence[str]) -> dict[str, float | None]:
    """Made up: a share for each option that has a class."""
    chance = random.Random(3)
    return {
        outcome.key: chance.uniform(0.55, 1) if outcome.option_class else None
        for outcome in wind_result.outcomes(released, items, list(tested))
    }


def outcomes_of(before: dict[str, Any] | None, items: Sequence[Any]) -> dict[str, dict[str, Any]]:
    """What the earlier round said of the options that these are variants of."""
    if before is None:
        return {}
    found = {option["key"]: option for option in before["analysis"]["options"]}
    return {
        item.key: {
            "class": found[item.origin["variant_of"]]["class"],
            "medians": {name: cell["median"] for name, cell in found[item.origin["variant_of"]]["by_scenario"].items()},
        }
        for item in items
    }


HEADLINES = [
    ("samendam", "Straat neemt bibliotheek over: ‘Eindelijk weer open op zondag’"),
    ("ikhoven", "Poort dicht, hekken hoger: wijk koopt eigen wijkagent"),
    ("staatsburcht", "Alle kommen om acht uur: niemand vraagt nog wie er honger heeft"),
    ("samendam", "Tien straten delen één verpleegkundige, en zij heeft weer tijd"),
    ("samendam", "Meneer De Graaf viel buiten de boot"),
    ("ikhoven", "Wie niet betaalt, wacht buiten"),
    ("staatsburcht", "Regio regelt het: loket in eigen gemeente gesloten"),
    ("samendam", "Wederdienst wordt wet"),
    ("samendam", "Gemeente laat los, buurt pakt aan"),
]


def immersion_stage(headlines: Sequence[tuple[str, str]] = HEADLINES, received: int = 31) -> dict[str, Any]:
    items = world_items()
    released = release(
        {"respondents": 0, "answers": 0}, criteria={}, items=[item.key for item in items], municipalities=[],
        groups=[], revealed=True, closed=True,
    )  # fmt: skip
    analysis = {
        "headlines": [{"scenario": key, "text": text} for key, text in headlines],
        "received": received,
    }
    return stage("immersion", "Een dag in het scenario", items, [], released, analysis)


def unknown_stage(room: Room, answer: Answer | None = None) -> dict[str, Any]:
    """A kind that the report does not know: one question with choices, one on a scale."""
    items = [SimpleNamespace(number=1, key="slot", title={"nl": "Tot slot"}, text={"nl": ""}, origin={})]

    def criterion(key: str, question: str, low: int, high: int, choices: list[str]) -> Any:
        return SimpleNamespace(
            key=key, title={"nl": question[:30]}, question={"nl": question}, low=low, high=high,
            low_label={"nl": "" if choices else "helemaal niet"}, high_label={"nl": "" if choices else "heel graag"},
            choices=[{"nl": choice} for choice in choices], is_nominal=bool(choices), is_open=True,
            budget=None,
        )  # fmt: skip

    criteria = [
        criterion("kies", "Wat neemt u mee naar huis?", 1, 4, ["Een idee", "Een afspraak", "Een vraag", "Niets"]),
        criterion("vaker", "Wilt u dit vaker doen?", 1, 5, []),
    ]

    def said(chance: random.Random, _number: int, key: str) -> str:
        return str(chance.choices([1, 2, 3, 4], [4, 3, 2, 1])[0]) if key == "kies" else around(chance, 3.9, 0.8, 1, 5)

    return stage("zomaar", "Tot slot", items, criteria, room.released(items, criteria, answer or said), {})


def workshop(
    room: Room | None = None, stages: Sequence[dict[str, Any]] | None = None, *, own: bool = False
) -> dict[str, Any]:
    """All facts; every kind of round unless told."""
    room = room or Room()
    made = every_kind(room) if stages is None else list(stages)
    base = sample.sample()
    base["workshop"]["municipalities"] = [{"code": code, "name": name} for code, name in room.names.items()]
    base["participants"] = room.participants()
    base["stages"] = made
    base["scenarios"] += [dict(OWN)] if own else []
    for finding in base["findings"]:
        for item in finding["items"]:
            item["verdict"] = facts.verdict(item["key"], made)
    return base


def every_kind(room: Room, *, own: bool = False) -> list[dict[str, Any]]:
    """A round of each, in the order of the chain, and a second wind tunnel with variants."""
    first = windtunnel_stage(room, own=own)
    variants = option_items(4, variant=True)
    return [
        trends_of(room),
        scenarios_stage(room),
        immersion_stage(),
        position_stage(room),
        first,
        windtunnel_stage(room, key="windtunnel-2", options=variants, own=own, before=first),
        unknown_stage(room),
    ]


def trends_of(room: Room) -> dict[str, Any]:
    if room.names == sample.MUNICIPALITIES:
        return sample.trends_stage()
    items, criteria = sample.trend_items(), sample.trend_criteria()
    released = room.released(items, criteria, lambda chance, number, key: around(
        chance, sample.OPINIONS[number][0 if key == "impact" else 1], 0.9, 1, 5))  # fmt: skip
    return stage("trends", "Trends wegen", items, criteria, released, sample.analysis(released, items))


# Rooms to look at, and for the tests.


def full() -> dict[str, Any]:
    room = Room()
    return workshop(room, every_kind(room))


def with_own() -> dict[str, Any]:
    room = Room()
    return workshop(room, every_kind(room, own=True), own=True)


def wide() -> dict[str, Any]:
    """Twenty municipalities, some too small, 24 options with long titles, a long title of the workshop."""
    room = Room(sizes={code: 3 + (index * 7) % 19 for index, code in enumerate(MANY)}, names=dict(MANY))
    first = windtunnel_stage(room, options=option_items(24, long=True), own=True)
    stages = [trends_of(room), scenarios_stage(room), immersion_stage(HEADLINES * 6, 300), position_stage(room), first]
    made = workshop(room, stages, own=True)
    made["workshop"]["title"] = (
        "Samen kijken naar wat er in 2041 van ons gevraagd wordt in twintig gemeenten in het zuiden"
    )
    return made


def tiny() -> dict[str, Any]:
    """Four people: everything is hidden."""
    room = Room(sizes={"0748": 3, "0503": 1})
    return workshop(room, [
        scenarios_stage(room), immersion_stage([], 4), position_stage(room), windtunnel_stage(room), unknown_stage(room)
    ])  # fmt: skip


def silent() -> dict[str, Any]:
    """Rounds in which nobody answered."""

    def nothing(_chance: random.Random, _number: int, _key: str) -> str:
        return ""

    room = Room()
    return workshop(room, [
        scenarios_stage(room, nothing), immersion_stage([], 0), position_stage(room, nothing),
        windtunnel_stage(room, nothing, told=["samendam"]), unknown_stage(room, nothing),
    ])  # fmt: skip
