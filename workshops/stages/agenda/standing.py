"""How an agenda stands, from the database: its options in order, who may carry them, and what was divided."""

from __future__ import annotations

from dataclasses import dataclass

from workshops.agenda import chosen_keys, lines_of
from workshops.models import Stage
from workshops.release import Released
from workshops.stages.agenda.result import Given, Holder, Row, given, holders_of, rows
from workshops.stages.kind import View

OPTION = "option-"


@dataclass(frozen=True)
class Agenda:
    """``title``: of the round; ``rows``: all options in order. ``shown``: whether figures may be in it."""

    title: str
    rows: list[Row]
    holders: list[Holder]
    divided: Given
    shown: bool

    @property
    def chosen(self) -> list[Row]:
        """Those on the agenda, in order."""
        return [row for row in self.rows if row.chosen]


def agenda_of(stage: Stage, released: Released | None) -> Agenda:
    """In the active language (two queries); without dots and shares where ``released`` is None."""
    from workshops.stages import title_of

    holders = holders_of(stage.settings)
    items = list(stage.items.order_by("number"))
    found = rows(released, items, holders, chosen_keys(stage), lines_of(stage))
    return Agenda(title_of(stage), found, holders, given(released, found), released is not None)


def views(stage: Stage) -> list[View]:
    """One for each option on the agenda, in content order: which has the most dots is not to be seen by it."""
    chosen = chosen_keys(stage)
    return [View(f"{OPTION}{item.pk}", str(item)) for item in stage.items.order_by("number") if item.key in chosen]
