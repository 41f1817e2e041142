"""Who carries an option in print: a pair of bars a holder, open for now and filled as wanted, on one baseline."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from trends.notation import decimal
from workshops.stages.agenda.result import Holder, Row
from workshops.stages.typesetting import px

ACCENT, INK, SOFT = "#1f4b7a", "#1d1b26", "#5b5766"
FONT = "Source Sans Pro, Source Sans 3, sans-serif"
# In points: a pair's width, a bar's, the tallest bar, and the room above and below.
PAIR, BAR, TALL, ABOVE, BELOW = 57.0, 15.0, 62.0, 12.0, 14.0


def bars(row: Row, holders: Sequence[Holder], top: float) -> dict[str, Any]:
    """Small, without words: a document of its own. ``top``: the share that the tallest bar stands for."""
    width, height = 100.0, 26.0
    step = width / len(holders)
    found = [f'<rect x="0" y="{px(height - 0.6)}" width="{px(width)}" height="0.6" fill="{INK}"/>']
    for place, holder in enumerate(holders):
        left = place * step + step * 0.16
        for at, (share, fill) in enumerate(shares(row, holder)):
            tall = (height - 2) * (share / top if top else 0)
            found.append(bar(left + at * step * 0.34, height - 0.6, step * 0.28, tall, fill, 0.7))
    told = ", ".join(
        f"{holder.short} nu {percent(row, holder, 0)}, gewenst {percent(row, holder, 1)}" for holder in holders
    )
    return {"svg": document(width, height, found), "alt": f"Wie draagt ‘{row.title}’: {told}."}


def picture_svg(row: Row, holders: Sequence[Holder], top: float) -> str:
    """The same with names and figures."""
    width, base = PAIR * len(holders), ABOVE + TALL
    found = [f'<rect x="0" y="{px(base)}" width="{px(width)}" height="0.8" fill="{INK}"/>']
    for place, holder in enumerate(holders):
        middle = place * PAIR + PAIR / 2
        for at, (share, fill) in enumerate(shares(row, holder)):
            tall = TALL * (share / top if top else 0)
            left = middle - BAR - 1.5 + at * (BAR + 3)
            found.append(bar(left, base, BAR, tall, fill, 1.1))
            found.append(text(left + BAR / 2, base - tall - 3, decimal(share * 100, 0), 8, INK))
        found.append(text(middle, base + 11, holder.short, 8, SOFT))
    return document(width, base + BELOW, found)


def shares(row: Row, holder: Holder) -> list[tuple[float, str]]:
    """Now and as wanted, each with the fill of its bar."""
    return [(row.now.shares[holder.key] or 0.0, "none"), (row.wanted.shares[holder.key] or 0.0, ACCENT)]


def percent(row: Row, holder: Holder, side: int) -> str:
    return f"{decimal(shares(row, holder)[side][0] * 100, 0)} %"


def bar(left: float, base: float, wide: float, tall: float, fill: str, stroke: float) -> str:
    """A bar that stands on the baseline; its outline is inside it."""
    tall = max(tall, stroke)
    return (
        f'<rect x="{px(left + stroke / 2)}" y="{px(base - tall + stroke / 2)}" width="{px(wide - stroke)}" '
        f'height="{px(max(tall - stroke, 0.01))}" fill="{fill}" stroke="{ACCENT}" stroke-width="{px(stroke)}"/>'
    )


def text(x: float, y: float, words: str, size: float, colour: str) -> str:
    return (
        f'<text x="{px(x)}" y="{px(y)}" font-family="{FONT}" font-size="{px(size)}" fill="{colour}" '
        f'text-anchor="middle">{escape(words)}</text>'
    )


def document(width: float, height: float, found: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{px(width)}" height="{px(height)}" '
        f'viewBox="0 0 {px(width)} {px(height)}">{"".join(found)}</svg>'
    )
