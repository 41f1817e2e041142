"""How the chapters hang together: the steps of the method as a reader who was not there follows them.

The chain belongs to no kind of round, so its words stand here; a kind that has none is told by its title alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Facts = Mapping[str, Any]

# Why this chapter comes where it comes: the line above it.
STEPS = {
    "trends": "Wat komt er op ons af? De zaal woog elke trend op invloed en onzekerheid.",
    "axes": "Wat zwaar weegt én nog alle kanten op kan, wordt een as tussen verschillende werelden.",
    "scenarios": "Niemand weet welke toekomst het wordt. Daarom zijn er meer werelden dan één.",
    "immersion": "Wat merkt u van zo’n wereld? De zaal schreef de krant van morgen.",
    "position": "Waar staat de gemeente nu tussen die werelden, en waar wil zij heen?",
    "ideas": "Met die werelden voor ogen bedacht de zaal wat de gemeente kan doen.",
    "windtunnel": "Sterk is een keuze die in elke wereld werkt. Daarom ging elke keuze door alle werelden.",
    "agenda": "Wat standhoudt, moet iemand doen: wat komt eerst, en wie draagt het?",
    "question": "Een vraag tussendoor aan de zaal.",
}
AGAIN = "Over deze trends liep de mening het verst uiteen. De zaal stemde er nog eens over."
ADAPTED = "Keuzes die in een wereld tekortschoten, zijn aangepast en opnieuw getoetst."
FIRST = "Om te beginnen: een vraag aan de zaal."
LAST = "Tot slot: een vraag aan de zaal."
# How much a step weighs in "In het kort", where its kind doesn't say: what the reader comes for first.
WEIGHTS = {"trends": 2, "axes": 2, "windtunnel": 3, "agenda": 3, "question": 0, "immersion": 0}
# Chapters of a few lines: where they have no pages of tables they need no page of their own.
LIGHT = {"question"}
# What a step asks, in the sentence that lists the steps.
ASKS = {
    "trends": "wat weegt zwaar en is onzeker",
    "axes": "langs welke assen verschillen toekomsten",
    "scenarios": "welke werelden kunnen er komen",
    "position": "waar willen wij heen",
    "ideas": "wat kunnen wij doen",
    "windtunnel": "wat werkt in elke wereld",
    "agenda": "wat komt eerst en wie draagt het",
}


def is_again(stages: Sequence[Facts], place: int) -> bool:
    """Whether an earlier one of the shown rounds is of the same kind."""
    return stages[place]["kind"] in [earlier["kind"] for earlier in stages[:place]]


def weighed(stage: Facts, short: Mapping[str, Any], *, again: bool) -> dict[str, Any]:
    """What a round says in short, with how much it weighs there; ``again``: a second round of a kind, which adds to the
    first and never weighs more than one."""
    weight = short.get("weight", WEIGHTS.get(stage["kind"], 1))
    return {**short, "weight": min(weight, 1) if again else weight}


def step(stages: Sequence[Facts], place: int) -> str:
    """Why the round at this place of the shown rounds comes after the one before it; "" for a kind without words."""
    stage = stages[place]
    analysis = stage["analysis"] or {}
    if analysis.get("shifts"):
        return AGAIN
    if any(option.get("variant_of") for option in analysis.get("options", ())):
        return ADAPTED
    if stage["kind"] == "question" and len(stages) > 1:
        return FIRST if place == 0 else LAST if place == len(stages) - 1 else STEPS["question"]
    return STEPS.get(stage["kind"], "")


def guide(facts: Facts) -> list[str]:
    """How to read this report, for whoever doesn't know the method: what it does, why options come first, where to
    begin."""
    kinds = {stage["kind"] for stage in facts["stages"] if stage["revealed"]}
    asked = [text for name, text in ASKS.items() if name in kinds]
    said = f"Niemand weet hoe het in {facts['workshop']['horizon_year']} is, en dit verslag voorspelt niets."
    if len(asked) > 1:
        said += f" Het volgt de vragen van de zaal, een voor een: {'; '.join(asked)}?"
    told = [said]
    if "windtunnel" in kinds:
        told.append(
            "Een keuze staat hier niet vooraan omdat zij de meeste stemmen kreeg. Zij staat vooraan omdat zij volgens "
            "de zaal werkt in elke wereld die is verkend. Zo’n keuze heet robuust: wat er ook komt, u krijgt er "
            "waarschijnlijk geen spijt van. Wat in de ene wereld helpt en in de andere schaadt, heet een gok."
        )
    told.append(
        "Begin met ‘In het kort’. Wilt u weten waarom, lees dan het hoofdstuk. Bovenaan staat steeds hoe het uit het "
        "vorige volgt."
    )
    return told
