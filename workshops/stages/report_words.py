"""How figures are written in a report, whatever the kind of round: Dutch notation, and words where there are none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import override

from trends import notation
from trends.distribution import AGREEMENT_WORDS, agreement_word, rounded
from workshops.stages.trends.result import number_word

Facts = Mapping[str, Any]
HIDDEN, NOBODY, ONLY_DONT_KNOW = "te weinig antwoorden om te tonen", "geen", "alleen ‘weet ik niet’"
NOT_ASKED = "niet gevraagd"
NOT_TO_SAY = "niet te zeggen"
SHORT = {HIDDEN: "te weinig", NOBODY: "geen", ONLY_DONT_KNOW: "weet niet", NOT_ASKED: NOT_ASKED}
FAR = 1  # a group's median this far from the room's stands out
PER_TABLE = 7  # groups that fit beside the whole room on a page


def figures(cell: Facts) -> dict[str, Any]:
    """A cell in Dutch notation. ``said``: in words why there are no figures, else empty."""
    said = HIDDEN if cell["hidden"] else "" if cell["n"] else ONLY_DONT_KNOW if cell["dont_know"] else NOBODY
    word = agreement_word(cell["agreement"], cell["n"])
    has_quartiles = cell.get("q1") is not None
    return {
        "said": said,
        "n": "" if said else notation.whole(cell["n"]),
        "dont_know": "" if cell["hidden"] else notation.whole(cell["dont_know"]),
        "mean": figure(cell["mean"]),
        "median": "" if cell["median"] is None else notation.short(cell["median"]),
        "quartiles": f"{notation.short(cell['q1'])} – {notation.short(cell['q3'])}" if has_quartiles else "",
        "agreement": figure(cell["agreement"]),
        "word": AGREEMENT_WORDS[word] if word else "",
    }


def figure(value: float | None, places: int = 2) -> str:
    return "" if value is None else notation.decimal(value, places)


def in_words(number: int, capital: bool = True) -> str:
    """A number as a word where Dutch writes it so: "Zes", "zes", "21"."""
    with override("nl"):
        word = str(number_word(number))
    return str(capfirst(word)) if capital else word


def listed(words: Iterable[str]) -> str:
    """ "Delft", "Delft en Breda", "Delft, Breda en Etten-Leur"."""
    *most, last = [*words] or [""]
    return f"{', '.join(most)} en {last}" if most else last


def strip(cell: Facts, names: Sequence[str] = ()) -> dict[str, Any]:
    """The answers as bars: shares of the most given answer, and the same in words; ``names``: what values are called,
    where these have names."""
    counts = cell["counts"] or {}
    most = max(counts.values(), default=0)
    told = ", ".join(f"{name}: {n}" for name, n in zip(names or counts, counts.values(), strict=True))
    return {
        "bars": [n / most if most else 0 for n in counts.values()],
        "median": cell["median"],
        "alt": f"Aantal antwoorden per waarde: {told.replace('-', notation.MINUS)}" if counts else HIDDEN,
    }


def scale_words(criterion: Facts) -> str:
    """ "1 heel klein, 5 heel groot"; the choices where the values have no order."""
    if criterion["nominal"]:
        return listed(f"‘{choice}’" for choice in criterion["choices"])
    return ", ".join(f"{notation.short(criterion[end])} {criterion[f'{end}_label']}".strip() for end in ("low", "high"))


def question(criterion: Facts) -> dict[str, str]:
    """The question as it was asked, with the ends of its scale."""
    return {"title": criterion["title"], "text": f"{criterion['question']} ({scale_words(criterion)})"}


def by_key(stage: Facts) -> Mapping[str, Any]:
    return {item["key"]: item for item in stage["items"]}


def criteria_by_key(stage: Facts) -> Mapping[str, Any]:
    return {criterion["key"]: criterion for criterion in stage["criteria"]}


def asked(stage: Facts) -> list[Facts]:
    """The criteria that could be answered."""
    return [criterion for criterion in stage["criteria"] if criterion["asked"]]


def cells(stage: Facts) -> list[tuple[str, Facts]]:
    return [(name, cell) for item in stage["items"] for name, cell in item["criteria"].items()]


def dont_knows(stage: Facts) -> int:
    return sum(cell["dont_know"] or 0 for _, cell in cells(stage))


def source_line(stage: Facts) -> str:
    """Who answered how much: "58 deelnemers, 2.436 antwoorden, waarvan 38 ‘weet ik niet’." """
    if not stage["respondents"]:
        return "In deze ronde gaf niemand antwoord."
    people = "deelnemer" if stage["respondents"] == 1 else "deelnemers"
    answers = "antwoord" if stage["answers"] == 1 else "antwoorden"
    return (
        f"{notation.whole(stage['respondents'])} {people}, {notation.whole(stage['answers'])} {answers}, "
        f"waarvan {notation.whole(dont_knows(stage))} ‘weet ik niet’."
    )


def dots_line(stage: Facts, dots: int | None) -> str:
    """The same of a round in which people divide dots, where a cell is no answer: "60 mensen, 290 stippen." """
    people = stage["respondents"]
    if not people:
        return "In deze ronde gaf niemand antwoord."
    told = f"{notation.whole(people)} {'mens' if people == 1 else 'mensen'}"
    if dots is not None:
        told += f", {notation.whole(dots)} {'stip' if dots == 1 else 'stippen'}"
    return f"{told}."


def anchor(stage: Facts) -> str:
    """What the round's chapter is called in the document, so that each of two rounds leads to its own."""
    return f"round-{stage['key']}"


def criterion_names(stage: Facts) -> dict[str, str]:
    """What each criterion is called; where two bear the same title, their questions."""
    titles = [criterion["title"] for criterion in stage["criteria"]]
    return {
        criterion["key"]: criterion["title"] if titles.count(criterion["title"]) == 1 else criterion["question"]
        for criterion in stage["criteria"]
    }


def has_figures(stage: Facts) -> bool:
    """Whether there is anything to show at all."""
    return any(cell["n"] for _, cell in cells(stage))


def ordinal(stage: Facts) -> list[Facts]:
    """The criteria of which there are means and medians."""
    return [criterion for criterion in asked(stage) if not criterion["nominal"]]


def shortened(title: str, longest: int = 62) -> str:
    """A title on one line of a table; its number leads to the whole of it."""
    return title if len(title) <= longest else f"{title[: longest - 1].rstrip()}…"


def figures_tables(stage: Facts, *, ranked: bool = False) -> list[dict[str, Any]]:
    """All figures: a table a question; of a round with one item a single table with a question a row."""
    if not has_figures(stage):
        return []
    if len(stage["items"]) == 1:
        return [_one_item_table(stage)]
    return [figures_table(stage, criterion, ranked=ranked) for criterion in ordinal(stage)]


def figures_table(stage: Facts, criterion: Facts, *, ranked: bool = True) -> dict[str, Any]:
    """All items on one criterion: the highest mean first, ties in content order; or in the round's order."""
    found = [(item, item["criteria"][criterion["key"]]) for item in stage["items"]]
    if ranked:
        found.sort(key=lambda pair: (pair[1]["mean"] is None, -rounded(pair[1]["mean"] or 0)))
    low, high = (notation.short(criterion[end]) for end in ("low", "high"))
    return {
        "title": criterion_names(stage)[criterion["key"]],
        "scale": f"{'De hoogste eerst. ' if ranked else ''}Schaal: {low} is {criterion['low_label']}, "
        f"{high} is {criterion['high_label']}.",
        "ends": [low, high],
        "rows": [_figures_row(str(item["number"]), item["title"], cell) for item, cell in found],
    }


def _one_item_table(stage: Facts) -> dict[str, Any]:
    names, criteria = criterion_names(stage), ordinal(stage)
    ends = {tuple(notation.short(criterion[end]) for end in ("low", "high")) for criterion in criteria}
    found = [(names[each["key"]], stage["items"][0]["criteria"][each["key"]]) for each in criteria]
    return {
        "title": "",
        "scale": "",
        "ends": list(next(iter(ends))) if len(ends) == 1 else ["", ""],
        "rows": [_figures_row("", name, cell) for name, cell in found],
    }


def _figures_row(number: str, title: str, cell: Facts) -> dict[str, Any]:
    return {"number": number, "title": shortened(title), "strip": strip(cell), **figures(cell)}


def parts_of(count: int, most: int) -> list[range]:
    """So many columns over as few tables as it takes, at most ``most`` each, evenly spread."""
    tables = -(-count // most)
    bounds = [round(index * count / tables) for index in range(tables + 1)] if tables else [0]
    return [range(start, end) for start, end in pairwise(bounds)]


def median_tables(facts: Facts, stage: Facts) -> list[dict[str, Any]]:
    """Medians beside the whole room's: by municipality, then by group of people.

    Each: ``by`` and ``names`` of the columns, and ``sections``, a question each: ``title``, ``rows`` of cells, and
    ``whole``: what a column says once over all its rows, "" where they differ.
    """
    if not has_figures(stage):
        return []
    return [
        {
            "by": by,
            "names": [row["name"] for row in facts["participants"][field]][part.start : part.stop],
            "sections": _sections(stage, field, part),
        }
        for by, field in (("gemeente", "by_municipality"), ("groep", "by_group"))
        for part in parts_of(len(facts["participants"][field]), PER_TABLE)
    ]


def _sections(stage: Facts, field: str, part: range) -> list[dict[str, Any]]:
    names, criteria = criterion_names(stage), ordinal(stage)
    if len(stage["items"]) == 1:
        cells = stage["items"][0]["criteria"]
        rows = [_median_row("", names[each["key"]], cells[each["key"]], field, part) for each in criteria]
        return [_section("", rows, len(part))]
    return [
        _section(
            names[each["key"]],
            [
                _median_row(str(item["number"]), item["title"], item["criteria"][each["key"]], field, part)
                for item in stage["items"]
            ],
            len(part),
        )
        for each in criteria
    ]


def _median_row(number: str, title: str, cell: Facts, field: str, part: range) -> dict[str, Any]:
    groups = [group_cell(cell, cell[field][place]) for place in part]
    # One line of what is left of the page beside the columns.
    title = shortened(title, 88 - 8 * len(groups)) if number else title
    return {"number": number, "title": title, "room": group_cell(cell, cell), "groups": groups}


def _section(title: str, rows: list[dict[str, Any]], columns: int) -> dict[str, Any]:
    # A group that is hidden, or absent, everywhere says so once over all its rows.
    said = [{row["groups"][place]["said"] for row in rows} for place in range(columns)]
    return {"title": title, "rows": rows, "whole": [next(iter(each)) if len(each) == 1 else "" for each in said]}


def group_cell(room: Facts, group: Facts) -> dict[str, Any]:
    """A group's median; ``far`` where it differs a point or more from the whole room's.

    Where there is none, ``said`` tells why, and ``short`` the same in a cell's width.
    """
    if group["hidden"] or not group["n"]:
        said = HIDDEN if group["hidden"] else ONLY_DONT_KNOW if group["dont_know"] else NOBODY
        return {"said": said, "short": SHORT[said], "median": "", "far": False}
    far = room["median"] is not None and rounded(abs(group["median"] - room["median"])) >= FAR
    return {"said": "", "short": "", "median": notation.short(group["median"]), "far": far}


def groups_lead(facts: Facts) -> str:
    """What one sees in the tables of medians, and that not everybody is to be seen."""
    said = "Het middelste antwoord per gemeente en per groep, naast dat van de hele zaal."
    rows = [*facts["participants"]["by_municipality"], *facts["participants"]["by_group"]]
    if any(row["hidden"] for row in rows):
        said += " Niet van alle zijn er genoeg antwoorden om te tonen."
    return said


def group_names(facts: Facts) -> dict[tuple[str, str], str]:
    """Names of municipalities and groups by scope and key."""
    people = facts["participants"]
    return {
        **{("municipality", row["code"]): row["name"] for row in people["by_municipality"]},
        **{("group", row["key"]): row["name"] for row in people["by_group"]},
    }
