"""A workshop, its rounds, the people in it, what they answered and what was counted."""

from __future__ import annotations

from workshops.models.participant import Contribution, Idea, Participant, Signal, Vote, new_participant_id
from workshops.models.room import LogEntry, PhoneMessage, Projector
from workshops.models.stage import AgendaLine, Criterion, Item, Stage, Tally
from workshops.models.workshop import (
    CODE_ALPHABET,
    CODE_LENGTH,
    OwnScenario,
    Plan,
    Workshop,
    new_code,
    new_public_id,
    new_token,
)

__all__ = [
    "CODE_ALPHABET",
    "CODE_LENGTH",
    "AgendaLine",
    "Contribution",
    "Criterion",
    "Idea",
    "Item",
    "LogEntry",
    "OwnScenario",
    "Participant",
    "PhoneMessage",
    "Plan",
    "Projector",
    "Signal",
    "Stage",
    "Tally",
    "Vote",
    "Workshop",
    "new_code",
    "new_participant_id",
    "new_public_id",
    "new_token",
]
