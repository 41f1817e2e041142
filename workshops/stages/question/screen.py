"""What the projector shows of a revealed ``question`` round: the answers to each question, picture and table in one.

No text on the screen is smaller than 1/30 of its height, so what doesn't fit goes to a next slide. Lengths here are in
the screen's own unit, 1/1080 of its height; static/css/components/question-screen.css has the same sizes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from trends.distribution import rounded
from trends.notation import whole
from trends.text import localized
from workshops.release import Released
from workshops.stages.question.result import Answer, Answered, Asked, Outcome, is_empty, outcomes
from workshops.stages.typesetting import BOLDER, TEXT_STEPS, TextSize, lines, px, width

HEIGHT = 936.0  # of a slide, less its margins
WIDE, NARROW = 1792.0, 1312.0  # its width on 16:9 and on 4:3, less its margins
LABEL = 0.45  # the part of the width that long answers take
SHORT = 13.0  # ems: answers up to here stay on one line, and the bar takes the rest
# How short answers look where there is room for it: by how much larger their text is, and a bar and what is around it.
LOOKS = (("question-few", 1.5, 112.0, 65.0), ("question-some", 1.2, 48.0, 41.0))
HEADS = 4.5  # ems: the heads of the rows under a strip
GAP = 24.0
EM = 16.0
# A strip's height at least and at most; the circle of a value that everybody chose fills it.
STRIP = (96.0, 288.0)
LEAST = 3.0  # the radius of the smallest circle
# A title's width, size and line, on 4:3 and on 16:9: as large as it is, and smaller where it would take three lines.
TITLE = ((NARROW, 52.0, 62.0), (WIDE, 64.0, 76.0))
LONG_TITLE = ((NARROW, 44.0, 54.0), (WIDE, 44.0, 54.0))


def slides(released: Released, items: Sequence[Asked], criterion: Answered, text_step: int = 0) -> dict[str, Any]:
    """What ``screen_result.html`` shows, in the active language; ``text_step`` is a key of TEXT_STEPS."""
    size = TEXT_STEPS[text_step]
    found = outcomes(released, items, criterion)
    several = len(found) > 1
    return {
        "empty": is_empty(found),
        "finding": found[0].finding if found else "",
        "slides": [slide for outcome in found for slide in slides_of(outcome, criterion, size, numbered=several)],
        "low_label": localized(criterion.low_label),
        "high_label": localized(criterion.high_label),
    }


def slides_of(outcome: Outcome, criterion: Answered, size: TextSize, *, numbered: bool) -> list[dict[str, Any]]:
    """One question: a slide, or more where its answers don't fit on one; ``layout`` where wide screens need fewer."""
    title = f"{outcome.number}. {outcome.title}" if numbered else outcome.title
    name, title_height = title_of(title)
    left = HEIGHT - title_height - finding_height(outcome, size) - 2 * GAP
    left -= size.line + GAP if outcome.dont_know else 0
    about = {
        "title": title,
        "title_class": name,
        "finding": outcome.finding,
        "dont_know": whole(outcome.dont_know) if outcome.dont_know and not outcome.said else "",
        "one": outcome.dont_know == 1,
    }
    if outcome.said:
        return [about]
    if not criterion.is_nominal:
        return [{**about, "strip": strip(outcome, left - table_height(criterion, size)), "answers": outcome.answers}]
    narrow, wide = (bars(outcome, across, left, size) for across in (NARROW, WIDE))
    if len(narrow) == len(wide):
        return [{**about, **slide} for slide in narrow]
    return [
        {**about, **slide, "layout": layout} for layout, made in (("wide", wide), ("narrow", narrow)) for slide in made
    ]


def bars(outcome: Outcome, across: float, room: float, size: TextSize) -> list[dict[str, Any]]:
    """The answers of a choice with their bars, on as few slides as they need; a few of them larger."""
    short = all(width(answer.name, bold=True) <= SHORT for answer in outcome.answers)
    ems = SHORT if short else across * LABEL / size.text / BOLDER
    heights = [lines(answer.name, ems) * size.line + size.row for answer in outcome.answers]
    parts = divided(heights, room)
    larger = [
        name for name, text, high, around in LOOKS if len(heights) * (max(size.line * text, high) + around) <= room
    ]
    looks = (larger or ["question-short"])[0] if short else ""
    most = max(answer.n for answer in outcome.answers)
    return [
        {
            "bars": [bar(answer, most) for answer in outcome.answers[start:stop]],
            "looks": looks,
            "part": place if len(parts) > 1 else None,
            "parts": len(parts),
        }
        for place, (start, stop) in enumerate(parts, start=1)
    ]


def bar(answer: Answer, most: int) -> dict[str, Any]:
    """One answer; ``width`` is its share of those who chose."""
    return {"answer": answer, "width": f"{px(answer.share * 100)}%", "most": answer.n == most}


def title_of(title: str) -> tuple[str, float]:
    """The class that gives a title its size, and its height."""

    def counted(sizes: Sequence[tuple[float, float, float]]) -> list[tuple[int, float]]:
        return [(lines(title, across / text / BOLDER), line) for across, text, line in sizes]

    usual, long = counted(TITLE), counted(LONG_TITLE)
    fits = all(count <= 2 for count, _line in usual)
    return "" if fits else "title-long", max(count * line for count, line in (usual if fits else long))


def finding_height(outcome: Outcome, size: TextSize) -> float:
    """The line under the title, a little larger than the text."""
    return lines(outcome.finding, NARROW / (size.text * 1.2) / BOLDER) * size.line * 1.2


def table_height(criterion: Answered, size: TextSize) -> float:
    """The figures under a strip: the values, their ends, people and shares."""
    ems = (NARROW - HEADS * size.text) / 2 / size.text
    ends = max(lines(localized(label), ems) for label in (criterion.low_label, criterion.high_label))
    return 3 * (size.line + size.row) + ends * size.line + GAP


def divided(heights: Sequence[float], room: float) -> list[tuple[int, int]]:
    """As few parts as fit in ``room``, about as many rows in each: (start, stop)."""
    for count in range(1, len(heights) + 1):
        each = math.ceil(len(heights) / count)
        parts = [(start, min(start + each, len(heights))) for start in range(0, len(heights), each)]
        if all(sum(heights[start:stop]) <= room for start, stop in parts):
            break
    return parts


def strip(outcome: Outcome, room: float) -> dict[str, Any]:
    """The answers on a scale: a circle a value, its area the share of people, and the bar of the median. Places along
    it are percentages, radii and the height are ems (16), so that circles are round and as large on every screen."""
    height = min(max(room, STRIP[0]), STRIP[1])
    # Beside each other they never touch: on 4:3 a value has a fifth of what the heads of the rows leave.
    radius = min(height / 2 - 4, (NARROW - HEADS * TEXT_STEPS[2].text) / len(outcome.answers) / 2)
    count = len(outcome.answers)

    def at(place: float) -> str:
        return f"{px((place - outcome.answers[0].value + 0.5) / count * 100)}%"

    return {
        "height": f"{px(height / EM)}em",
        "start": at(outcome.answers[0].value),
        "end": at(outcome.answers[-1].value),
        "ticks": [at(answer.value) for answer in outcome.answers if not answer.n],
        "circles": [
            {"x": at(answer.value), "r": f"{px(max(LEAST, radius * math.sqrt(rounded(answer.share))) / EM)}em"}
            for answer in outcome.answers
            if answer.n
        ],
        "median": None if outcome.median is None else at(outcome.median),
    }
