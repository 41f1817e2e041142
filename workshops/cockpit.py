"""What the cockpit shows: what is on, who is in, and the one thing to do next.

Nothing here reads a result: presence and progress are no answers, and are exact for the owner only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from municipalities.models import ELSEWHERE
from workshops.models import Stage, Workshop
from workshops.release import THRESHOLD
from workshops.results import Progress, Standing, standing


@dataclass(frozen=True)
class Action:
    """A button: what it does, what happens then, and where it goes.

    ``expected`` is the state it was drawn in: pressed in another one it does nothing (see ``state_of``).
    ``asks`` is a link to a page that asks or shows first; all others are posted at once.
    """

    label: str
    url: str
    then: str = ""
    expected: str = ""
    verb: str = ""
    asks: bool = False


def state_of(stage: Stage) -> str:
    """The state a button is drawn in, as its form carries it: ``closed.hidden.1``."""
    return f"{stage.state}.{'revealed' if stage.revealed else 'hidden'}.{stage.attempt}"


def step(stage: Stage, verb: str, label: str, then: str = "") -> Action:
    """A button that changes the round: ``verb`` is open, close, reopen, reveal or hide."""
    url = reverse(f"stage-{verb}", args=[stage.workshop.public_id, stage.pk])
    return Action(label, url, then, state_of(stage), verb)


def context(workshop: Workshop, moment: Standing | None = None) -> dict[str, Any]:
    """Everything of ``cockpit/live.html``, in the language that is active; before any reveal without results."""
    moment = moment or standing(workshop)
    stage, now = moment.stage, moment.progress
    if stage is None or now is None:
        return {"workshop": workshop, "stage": None}
    return {
        "workshop": workshop,
        "stage": stage,
        "status": status(stage),
        "clock": clock(stage),
        "joined": number(now.joined),
        "answered": number(now.answered),
        "done": number(now.done),
        "received": number(now.received),
        "counted": number(now.counted),
        "all_counted": now.counted == now.received,
        "now": now,
        "bars": bars(stage, now),
        "main_action": main_action(stage, now),
        "other_actions": other_actions(stage, now),
        "screen_url": reverse("screen", args=[workshop.screen_token]),
        "may_end": not stage.is_open and workshop.ended_at is None,
    }


def number(value: int) -> str:
    """A count with its thousands apart, as the language writes it: 1.904."""
    return number_format(value, force_grouping=True, use_l10n=True)


def clock(stage: Stage) -> dict[str, Any] | None:
    """How long an open round has run: seconds, "12:40", and whether that is over its minutes."""
    if not stage.is_open or stage.opened_at is None:
        return None
    seconds = max(0, int((timezone.now() - stage.opened_at).total_seconds()))
    late = seconds > 60 * stage.minutes
    return {"seconds": seconds, "text": f"{seconds // 60}:{seconds % 60:02}", "limit": 60 * stage.minutes, "late": late}


def status(stage: Stage) -> str:
    """What is on, in a word or two, over the round's title."""
    if stage.workshop.ended_at:
        return _("afgelopen")
    if stage.is_open:
        return _("nu open")
    if stage.is_closed:
        return _("uitslag getoond") if stage.revealed else _("gesloten")
    return _("klaargezet")


def main_action(stage: Stage, now: Progress) -> Action | None:
    """The next right thing; None where nothing can be done any more."""
    ended = stage.workshop.ended_at is not None
    if stage.is_prepared:
        return None if ended else step(stage, "open", _("Open de ronde"), _then_open(now))
    if stage.is_open:
        return step(stage, "close", _("Sluit de ronde"), _then_close(stage, now))
    if not now.answered and not ended:
        return step(stage, "reopen", _("Heropen de ronde"), _("er is nog geen enkel antwoord;\nstemmen kan dan weer"))
    if now.answered and not stage.revealed:
        return step(stage, "reveal", _("Toon de uitslag"), _then_reveal(now))
    url = reverse("report", args=[stage.workshop.public_id])
    if is_released(stage):
        return Action(_("Bekijk het verslag"), url, _("de gemeenten hebben het;\nde ronde ligt vast"), asks=True)
    return Action(_("Maak het verslag"), url, _("u bekijkt het eerst zelf;\ndaarna geeft u het vrij"), asks=True)


def is_released(stage: Stage) -> bool:
    """Whether the round stands in a released report, and so can't be opened again."""
    return bool(stage.settings.get("in_released_report"))


def _then_open(now: Progress) -> str:
    if not now.joined:
        return _("er is nog niemand binnen;\nwie later komt, valt gewoon in")
    return _("de vragen komen op alle telefoons;\nsluiten doet u zelf")


def _then_close(stage: Stage, now: Progress) -> str:
    if stage.revealed:
        return _("er komen geen antwoorden meer bij;\nde uitslag blijft staan")
    if now.joined and now.done == now.joined:
        return _("iedereen is klaar;\ndaarna kunt u de uitslag tonen")
    return _("er komen geen antwoorden meer bij;\ndaarna kunt u de uitslag tonen")


def _then_reveal(now: Progress) -> str:
    if now.answered < THRESHOLD:
        return _("minder dan vijf mensen gaven antwoord:\ner komen geen cijfers op het scherm")
    return _("de matrix komt op het scherm;\nverbergen kan altijd")


def other_actions(stage: Stage, now: Progress) -> list[Action]:
    """What else can be done with the round, most likely first; each of them undoes a step."""
    actions = []
    if stage.is_closed and now.answered and not stage.workshop.ended_at and not is_released(stage):
        actions.append(step(stage, "reopen", _("Heropen de ronde")))
    if stage.revealed:
        actions.append(step(stage, "hide", _("Verberg de uitslag")))
    return actions


def bars(stage: Stage, now: Progress) -> list[dict[str, Any]]:
    """A bar (0–100) a municipality: who is in before the round, then who of them began and who answered all.

    "Andere gemeenten" stands last, and only where somebody is.
    """
    rows = [row for row in now.by_municipality if row.joined or row.code != ELSEWHERE]
    most = max((row.joined for row in rows), default=0)
    return [
        {
            "name": row.name or _("Andere gemeenten"),
            "row": row,
            "begun": share(row.answered, row.joined),
            "done": share(row.joined, most) if stage.is_prepared else share(row.done, row.joined),
        }
        for row in rows
    ]


def share(part: int, whole: int) -> int:
    """A whole percentage, 0 where there is nobody."""
    return round(100 * part / whole) if whole else 0
