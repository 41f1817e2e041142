"""What a phone shows of a revealed agenda: the own dots beside the room's, who carries what, and what was agreed on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trends.notation import percentage, whole
from workshops.stages.agenda import DOTS, NOW, WANTED
from workshops.stages.agenda.result import Row, divided_words, finding, shift
from workshops.stages.agenda.standing import Agenda
from workshops.stages.typesetting import px

Answers = Mapping[tuple[int, str], int | None]


@dataclass(frozen=True)
class OnPhone:
    """The room's part for everybody; ``options``: each row with what is shown of it, in order."""

    room: Mapping[str, Any]
    options: Sequence[tuple[Row, Mapping[str, Any]]]
    holders: Sequence[str]

    def beside(self, own: Answers) -> dict[str, Any]:
        """``answered``: whether this person gave any answer; ``options``: each with ``own_dots`` (None: none divided),
        ``says`` who the person says carries it now (``own_now``) and should (``own_wanted``), by holder."""
        given = {item: value for (item, key), value in own.items() if key == DOTS}
        options = [
            {
                **shown,
                "own_dots": given.get(row.item),
                "holders": [
                    {
                        **holder,
                        "own_now": own.get((row.item, f"{NOW}-{holder['key']}")) == 1,
                        "own_wanted": own.get((row.item, f"{WANTED}-{holder['key']}")) == 1,
                    }
                    for holder in shown["holders"]
                ],
                "says": any((row.item, f"{side}-{key}") in own for side in (NOW, WANTED) for key in self.holders),
            }
            for row, shown in self.options
        ]
        return {
            **self.room,
            "answered": bool(own),
            "divided": bool(given),
            "chosen": [option for option in options if option["row"].chosen],
            "others": [option for option in options if not option["row"].chosen],
        }


def phone(agenda: Agenda) -> OnPhone:
    """The room's part in the active language."""
    top = max((row.dots or 0 for row in agenda.rows), default=0)
    room = {
        "finding": finding(agenda.rows),
        "empty": agenda.divided.dots is None and not any(row.is_shown for row in agenda.rows),
        "divided_words": "".join(divided_words(agenda.divided)),
    }
    return OnPhone(
        room, [(row, option(agenda, row, top)) for row in agenda.rows], [holder.key for holder in agenda.holders]
    )


def option(agenda: Agenda, row: Row, top: int) -> dict[str, Any]:
    """One option without anything of one person."""
    asked = row.now.hidden or row.wanted.hidden or bool(row.now.n) or bool(row.wanted.n)
    return {
        "row": row,
        "width": f"{px((row.dots or 0) / top * 100)}%" if top else "0%",
        "shift": shift(row, agenda.holders) if asked else "",
        "people": whole(min(row.now.n or 0, row.wanted.n or 0)) if row.is_shown else "",
        "holders": [
            {
                "key": holder.key,
                "name": holder.title,
                "now": percentage(row.now.shares[holder.key] or 0),
                "wanted": percentage(row.wanted.shares[holder.key] or 0),
            }
            for holder in agenda.holders
        ]
        if row.is_shown
        else [],
    }
