"""Is every receipt in the count, and every count in the report? Compared figure by figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from config.rehearsal.participant import Participant, Told
from config.rehearsal.script import Asked, Cell, Script, last_answers

THRESHOLD = 5  # fewer respondents than this are hidden

Tally = dict[Cell, Counter[int | None]]


def differences(
    script: Script,
    phones: Sequence[Participant],
    asks: Mapping[str, Asked],
    facts: Mapping[str, Any],
    let_through: Mapping[str, Sequence[str]] | None = None,
) -> list[str]:
    """Everything in which what was sent, what the receipts say and ``report.json`` differ; empty where all is one.

    ``let_through``: the short texts that the facilitator let through, by round.
    """
    found = []
    total = facts["participants"]["total"]
    if total != len(phones):
        found.append(f"participants: {len(phones)} joined, the report has {total}")
    rounds = {stage["key"]: stage for stage in facts["stages"]}
    for stage in script.stages:
        found += list(unanswered(script, phones, stage))
        if stage not in rounds:
            found.append(f"round {stage}: not in the report")
            continue
        found += list(compare_round(rounds[stage], asks[stage], phones))
        found += list(compare_headlines(rounds[stage], phones, (let_through or {}).get(stage, [])))
    return found


def unanswered(script: Script, phones: Sequence[Participant], stage: str) -> Iterator[str]:
    """Where the receipts of a person differ from what this person sent last."""
    sent = script.rows_of(stage)
    for phone in phones:
        told = phone.told.get(stage, Told())
        for (item, criterion), reason in told.refused:
            yield f"{phone.person.name}, item {item}, {criterion}: refused ({reason})"
        for cell, value in last_answers(sent.get(phone.person.name, [])).items():
            if cell not in told.stored:
                yield f"{phone.person.name}, item {cell[0]}, {cell[1]}: {shown(value)} was sent and not received"
            elif told.stored[cell] != value:
                both = f"{shown(value)} was sent, the receipt says {shown(told.stored[cell])}"
                yield f"{phone.person.name}, item {cell[0]}, {cell[1]}: {both}"


def received(phones: Sequence[Participant], stage: str) -> int:
    """The number of answers that stand by the receipts."""
    return sum(len(phone.told[stage].stored) for phone in phones if stage in phone.told)


def tally(phones: Sequence[Participant], stage: str) -> Tally:
    """Persons by value for each cell, by the receipts; None is "weet ik niet"."""
    counts: Tally = {}
    for phone in phones:
        for cell, value in phone.told.get(stage, Told()).stored.items():
            counts.setdefault(cell, Counter())[value] += 1
    return counts


def compare_round(round_: Mapping[str, Any], asks: Asked, phones: Sequence[Participant]) -> Iterator[str]:
    """Where a round in the report differs from the receipts."""
    key = round_["key"]
    respondents = sum(1 for phone in phones if key in phone.told and phone.told[key].stored)
    if round_["respondents"] != respondents:
        yield f"round {key}: {respondents} people have receipts, the report has {round_['respondents']}"
    items = {item["number"]: item for item in round_["items"]}
    ours = tally(phones, key)
    for number in range(1, asks.items + 1):
        for criterion, scale in asks.criteria.items():
            place = f"round {key}, item {number}, {criterion}"
            figures = items.get(number, {}).get("criteria", {}).get(criterion)
            if figures is None:
                yield f"{place}: not in the report"
                continue
            yield from (
                f"{place}: {what}" for what in compare_cell(figures, ours.get((number, criterion), Counter()), scale)
            )
            yield from (f"{place}, {what}" for what in compare_groups(figures, phones, key, (number, criterion)))


def compare_headlines(
    round_: Mapping[str, Any], phones: Sequence[Participant], let_through: Sequence[str]
) -> Iterator[str]:
    """Where an immersion's headlines differ: those let through stand in the report, and nothing else does."""
    analysis = round_.get("analysis", {})
    if "headlines" not in analysis:
        return
    written = sum(len(phone.wrote.get(round_["key"], [])) for phone in phones)
    if analysis["received"] != written:
        yield f"round {round_['key']}: {written} headlines were written, the report has {analysis['received']}"
    ours, theirs = Counter(let_through), Counter(row["text"] for row in analysis["headlines"])
    for text in (ours - theirs).elements():
        yield f"round {round_['key']}: “{text}” was let through and is not in the report"
    for text in (theirs - ours).elements():
        yield f"round {round_['key']}: “{text}” is in the report and was not let through"


def compare_cell(figures: Mapping[str, Any], ours: Counter[int | None], scale: tuple[int, int]) -> Iterator[str]:
    """Where the whole room's figures differ. Hidden is right for one to four respondents, and for nobody else."""
    asked = sum(ours.values())
    hidden = 0 < asked < THRESHOLD
    if figures["hidden"] != hidden:
        yield f"{asked} people answered, and the report says hidden: {figures['hidden']}"
        return
    if hidden:
        if any(figures[name] is not None for name in ("counts", "n", "dont_know", "mean", "median")):
            yield f"{asked} people answered, and the report shows figures"
        return
    counts = {str(value): ours[value] for value in range(scale[0], scale[1] + 1)}
    for name, own in (("counts", counts), ("dont_know", ours[None]), ("n", sum(counts.values()))):
        if figures[name] != own:
            yield f"receipts give {name} {own}, the report has {figures[name]}"


def compare_groups(figures: Mapping[str, Any], phones: Sequence[Participant], stage: str, cell: Cell) -> Iterator[str]:
    """Where ``n`` of a municipality or group that is shown differs."""
    for dimension, name in (("by_municipality", "municipality"), ("by_group", "group")):
        ours: Counter[str] = Counter()
        for phone in phones:
            if phone.told.get(stage, Told()).stored.get(cell) is not None:
                ours[getattr(phone.person, name)] += 1
        for row in figures[dimension]:
            key = row.get("code", row.get("key"))
            if not row["hidden"] and row["n"] != ours[key]:
                yield f"{name} {key}: receipts give n {ours[key]}, the report has {row['n']}"


def shown(value: int | None) -> str:
    """A value as it is read."""
    return "“weet ik niet”" if value is None else str(value)


def unmoderated(
    phones: Sequence[Participant],
    facts: Mapping[str, Any],
    let_through: Mapping[str, Sequence[str]],
    options: Mapping[str, Sequence[str]],
) -> list[str]:
    """Words that nobody let through and that stand in the report; and options that were made of ideas and don't.

    ``let_through``: the short texts that were, by round; ``options``: the titles of what was made of ideas, by round.
    """
    told = set(every_text(facts))
    wrong = []
    for stage, titles in options.items():
        reported = [item["title"] for each in facts["stages"] if each["key"] == stage for item in each["items"]]
        if reported != list(titles):
            wrong.append(f"round {stage}: the report has other options than the facilitator made of the ideas")
    kept = {text for texts in (*let_through.values(), *options.values()) for text in texts}
    for phone in phones:
        ideas = [(stage, each) for stage, own in phone.proposed.items() for each in own]
        written = [(stage, text) for stage, own in phone.wrote.items() for text in own]
        written += [(stage, text) for stage, each in ideas for text in (each.title, each.why) if text]
        made_of = {text for _stage, each in ideas if each.title in kept for text in each}
        wrong += [
            f"round {stage}: “{text}” is in the report and was not let through"
            for stage, text in written
            if text in told and text not in kept | made_of
        ]
    return list(dict.fromkeys(wrong))


def every_text(fact: Any) -> Iterator[str]:
    """All texts in the facts, however deep."""
    if isinstance(fact, str):
        yield fact
    elif isinstance(fact, Mapping):
        for value in fact.values():
            yield from every_text(value)
    elif isinstance(fact, Sequence):
        for value in fact:
            yield from every_text(value)
