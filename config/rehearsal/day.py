"""The rounds of a shipped plan as a rehearsal plays them: what each asks, as far as anybody knows before the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from config.rehearsal.people import Hall, make_script
from config.rehearsal.script import Asked, Script, asked, shipped_content
from config.rehearsal.writers import writings
from workshops.plans import SHIPPED, shipped
from workshops.preparing import Round

PLANS = tuple(plan.key for plan in SHIPPED)
# How many people a plan needs in which one round goes on with the figures of another: under five nothing is shown.
FEWEST = 8


def make_day(plan: str, participants: int, municipalities: Sequence[str], seed: int) -> tuple[Script, dict[str, Asked]]:
    """Who comes and what they answer in each round of this plan, and what is asked.

    What is asked of items that come from another round is known once that is held: the play reads it from the form, and
    ``Script.hall`` answers. KeyError where there is no such plan.
    """
    rounds = dict(keyed(shipped(plan).rounds))
    content = shipped_content()
    asks = {stage: found for stage, each in rounds.items() if not each.flow and (found := asked(stage, content))}
    known = {stage: each for stage, each in asks.items() if each.items}
    script, hall = (
        make_script(participants, municipalities, seed, known),
        Hall(participants, tuple(municipalities), seed),
    )
    texts = script.texts | writings(hall.people, seed, {stage: asks[stage] for stage in asks if stage not in known})
    return replace(script, stages=list(rounds), texts=texts, hall=hall), asks


def fewest(plan: str) -> int:
    """With how many people this plan can be rehearsed at least."""
    return FEWEST if any(each.flow or each.kind == "axes" for each in shipped(plan).rounds) else 1


def keyed(rounds: Sequence[Round]) -> Iterator[tuple[str, Round]]:
    """The rounds under the keys that a new workshop gives them."""
    seen: Counter[str] = Counter()
    for each in rounds:
        seen[each.kind] += 1
        yield each.kind if seen[each.kind] == 1 else f"{each.kind}-{seen[each.kind]}", each
