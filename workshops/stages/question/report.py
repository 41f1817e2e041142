"""A ``question`` round in a report: each answer with its bar, the middle of a scale. Pure functions on facts."""

from __future__ import annotations

from typing import Any

from trends import notation
from workshops.stages import plain_report
from workshops.stages.report_part import Facts
from workshops.stages.report_words import (
    anchor,
    asked,
    figures,
    figures_tables,
    groups_lead,
    has_figures,
    listed,
    median_tables,
    ordinal,
    scale_words,
    source_line,
)

IN_SHORT = 3  # questions that "In het kort" names
MOST_NAMED = 3  # answers that were chosen as often
# The words that tell how far people agree, in a sentence.
AGREE = {
    "eens": "de zaal is het daarover eens",
    "redelijk eens": "de zaal is het daarover redelijk eens",
    "verdeeld": "de zaal is daarover verdeeld",
    "twee kampen": "daarover zijn er twee kampen",
}

# It concludes nothing beyond its figures: what a spreadsheet and the CSV file say of any kind says all.
MEASURES: dict[str, str] = {}
verdict = plain_report.verdict
tables = plain_report.tables
tidy = plain_report.tidy


def short(facts: Facts, stage: Facts) -> dict[str, Any]:
    """A sentence a question; a warm-up or a closing question leads the report only where nothing else was asked."""
    said = [f"{item['title']} {sentence(stage, item)}" for item in stage["items"]]
    alone = all(each["kind"] == stage["kind"] for each in facts["stages"] if each["revealed"])
    return {
        "lead": said[0] if alone and has_figures(stage) else "",
        "title": stage["title"],
        "anchor": anchor(stage),
        "sentences": said[:IN_SHORT] or [plain_report.NOTHING],
        # In a line the first question itself is the title, and its answer the text.
        **({"line-title": stage["items"][0]["title"], "line": line(stage, stage["items"][0])} if said else {}),
        "more": max(0, len(said) - IN_SHORT),
        "source": source_line(stage),
    }


def line(stage: Facts, item: Facts) -> str:
    """The answer as short as it can be told."""
    criterion = asked(stage)[0]
    told = figures(item["criteria"][criterion["key"]])
    if told["said"] or criterion["nominal"]:
        return sentence(stage, item)
    return f"Het middelste antwoord is {told['median']} ({scale_words(criterion)})."


def sentence(stage: Facts, item: Facts) -> str:
    """What the room answered to one question."""
    criterion = asked(stage)[0]
    cell = item["criteria"][criterion["key"]]
    told = figures(cell)
    if told["said"]:
        return f"Niet te zeggen: {told['said']}."
    if criterion["nominal"]:
        return chosen(criterion, cell)
    agree = f"; {AGREE[told['word']]}" if told["word"] else ""
    return f"Het middelste antwoord is {told['median']} (van {scale_words(criterion)}){agree}."


def chosen(criterion: Facts, cell: Facts) -> str:
    """The answer that most gave, with its share; several where these are equal."""
    counts = list(cell["counts"].values())
    most = max(counts)
    names = listed(f"‘{name}’" for name, n in zip(criterion["choices"], counts, strict=True) if n == most)
    share = notation.percentage(most / cell["n"])
    if counts.count(most) > MOST_NAMED:
        return "Geen antwoord springt eruit."
    if counts.count(most) > 1:
        return f"Even vaak: {names} (elk {share})."
    return f"Het vaakst: {names} ({share})."


def chapter(facts: Facts, stage: Facts) -> dict[str, Any]:
    """Everything on the pages of the round."""
    criterion = asked(stage)[0]
    single = len(stage["items"]) == 1
    # Of one question the median and the agreement stand in the margin, and its shares in the table already.
    return {
        "title": stage["items"][0]["title"] if single else stage["title"],
        "anchor": anchor(stage),
        "lead": " ".join(sentence(stage, item) for item in stage["items"][:1]) if single else "",
        "asks": f"{criterion['question']} ({scale_words(criterion)})",
        "questions": [question(stage, criterion, item) for item in stage["items"]],
        "nominal": criterion["nominal"],
        "single": single,
        "figures": figures_tables(stage) if ordinal(stage) else [],
        "medians": median_tables(facts, stage) if ordinal(stage) else [],
        "groups-lead": groups_lead(facts),
        "source": source_line(stage),
    }


def question(stage: Facts, criterion: Facts, item: Facts) -> dict[str, Any]:
    """One question with the share of each answer; ``said`` in words why there is nothing to show."""
    cell = item["criteria"][criterion["key"]]
    told = figures(cell)
    return {
        "title": item["title"] if len(stage["items"]) == 1 else f"{item['number']}. {item['title']}",
        "text": item["text"],
        "said": told["said"],
        "sentence": sentence(stage, item),
        "dont_know": told["dont_know"],
        "answers": [
            {
                "name": name,
                "n": notation.whole(n),
                "share": n / cell["n"],
                "percentage": notation.percentage(n / cell["n"]),
            }
            for name, n in zip(names_of(criterion), (cell["counts"] or {}).values(), strict=False)
            if not told["said"]
        ],
    }


def names_of(criterion: Facts) -> list[str]:
    """What each value is called: its choice, or its number with the words of its end."""
    if criterion["nominal"]:
        return list(criterion["choices"])
    ends = {criterion[end]: criterion[f"{end}_label"] for end in ("low", "high")}
    return [f"{value} {ends.get(value, '')}".strip() for value in range(criterion["low"], criterion["high"] + 1)]
