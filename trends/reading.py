"""The trends as one reads them: in order, with what the source concludes beside those it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trends.models import Finding, Trend
from trends.provenance import of_trend
from trends.themes import theme_title


@dataclass(frozen=True)
class TrendEntry:
    """A trend on the page, with its theme and provenance in words."""

    trend: Trend
    theme: str
    provenance: str


@dataclass(frozen=True)
class Passage:
    """Trends that follow one another: those of one finding, or some of which the source concludes nothing."""

    finding: Finding | None
    entries: tuple[TrendEntry, ...]


def entries(trends: Sequence[Trend]) -> tuple[TrendEntry, ...]:
    """Each trend with its words, in the order given."""
    return tuple(TrendEntry(trend, theme_title(trend.theme), of_trend(trend)) for trend in trends)


def passages(trends: Sequence[Trend], findings: Sequence[Finding]) -> tuple[Passage, ...]:
    """The trends in order, cut where another finding begins or ends.

    Of several findings on one trend the first stands; `findings` must have their `trends` prefetched.
    """
    spoken_of: dict[int, Finding] = {}
    for finding in findings:
        for trend in finding.trends.all():
            spoken_of.setdefault(trend.pk, finding)
    found: list[Passage] = []
    for entry in entries(trends):
        finding_here = spoken_of.get(entry.trend.pk)
        if found and found[-1].finding == finding_here:
            found[-1] = Passage(finding_here, (*found[-1].entries, entry))
        else:
            found.append(Passage(finding_here, (entry,)))
    return tuple(found)
