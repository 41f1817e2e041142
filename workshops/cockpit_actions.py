"""The cockpit's buttons: the next right thing, what else can be done, and how the last step is undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from workshops.logbook import Line
from workshops.models import Stage
from workshops.next_round import following, is_untouched, preceding
from workshops.release import THRESHOLD
from workshops.results import Progress, Standing
from workshops.rounds import is_released, state_of
from workshops.stages import kind


@dataclass(frozen=True)
class Action:
    """A button: what it does, what happens then, and where it goes.

    ``expected`` is the state it was drawn in: pressed in another one it does nothing (see ``rounds.state_of``).
    ``asks`` is a link to a page that asks or shows first; all others are posted at once. ``owner_only``: a co-host
    has no such page.
    """

    label: str
    url: str
    then: str = ""
    expected: str = ""
    verb: str = ""
    asks: bool = False
    owner_only: bool = False


def step(stage: Stage, verb: str, label: str, then: str = "", *, asks: bool = False) -> Action:
    """A button that changes the round: ``verb`` is the end of its address's name, "open" or "last-chance"."""
    url = reverse(f"stage-{verb}", args=[stage.workshop.public_id, stage.pk])
    return Action(label, url, then, state_of(stage), verb, asks)


def main_action(stage: Stage, now: Progress, after: Stage | None = None) -> Action | None:
    """The next right thing; ``after`` is the round that comes next. None where nothing can be done any more."""
    ended = stage.workshop.ended_at is not None
    if stage.is_prepared:
        return None if ended else _open(stage, now)
    if stage.is_open:
        own = kind(stage.kind).main_action(stage) if stage.closing_at is None else None
        return own or _close(stage, now)
    # Nobody answers in a round without questions; what came in is shown all the same.
    answered = now.answered or not kind(stage.kind).HAS_VOTES
    if not answered and not ended:
        return step(stage, "reopen", _("Heropen de ronde"), _("er is nog geen enkel antwoord;\nstemmen kan dan weer"))
    if answered and not stage.revealed:
        return _reveal(stage, now)
    if after is not None and not ended:
        return step(stage, "next", _("Naar ‘%(round)s’") % {"round": after.title}, _then_next())
    return report_action(stage)


def report_action(stage: Stage) -> Action:
    """The page of the report: what is left to do once all rounds were held."""
    url = reverse("report", args=[stage.workshop.public_id])
    if is_released(stage):
        then = _("de gemeenten hebben het;\nde ronde ligt vast")
        return Action(_("Bekijk het verslag"), url, then, asks=True, owner_only=True)
    then = _("u bekijkt het eerst zelf;\ndaarna geeft u het vrij")
    return Action(_("Maak het verslag"), url, then, asks=True, owner_only=True)


def _close(stage: Stage, now: Progress) -> Action:
    """Closing: with a last chance, unless it runs already or nobody needs it."""
    if stage.closing_at is not None:
        return step(
            stage, "close", _("Sluit meteen"), _("wacht de laatste kans niet af;\nanders sluit de ronde vanzelf")
        )
    if now.joined == now.done:
        return step(stage, "close", _("Sluit de ronde"), _then_close_at_once(stage, now))
    then = _("na 10 seconden ‘laatste kans’;\ndaarna kunt u de uitslag tonen")
    if stage.revealed:
        then = _("na 10 seconden ‘laatste kans’;\nde uitslag blijft staan")
    return step(stage, "last-chance", _("Sluit de ronde"), then)


def _open(stage: Stage, now: Progress) -> Action:
    """Opening, or the way to what has to be done first."""
    reason = kind(stage.kind).cannot_open(stage)
    if not reason:
        return step(stage, "open", _("Open de ronde"), _then_open(now))
    # The round's own part of the cockpit mends it where it has one, but for items that are missing.
    if kind(stage.kind).cockpit(stage) is not None and stage.items.exists():
        url = "#cockpit-panel"
    else:
        url = reverse("stage-edit", args=[stage.workshop.public_id, stage.pk])
    return Action(_("Maak de ronde klaar"), url, reason, asks=True)


def _reveal(stage: Stage, now: Progress) -> Action:
    if kind(stage.kind).HAS_VOTES:
        return step(stage, "reveal", _("Toon de uitslag"), _then_reveal(now))
    then = _("wat u doorliet, komt op het scherm;\nverbergen kan altijd")
    return step(stage, "reveal", _("Toon het op het scherm"), then)


def _then_open(now: Progress) -> str:
    if not now.joined:
        return _("er is nog niemand binnen;\nwie later komt, valt gewoon in")
    return _("de vragen komen op alle telefoons;\nsluiten doet u zelf")


def _then_close_at_once(stage: Stage, now: Progress) -> str:
    if not now.joined:
        return _("er is nog niemand binnen;\nheropenen kan altijd")
    if stage.revealed:
        return _("iedereen is klaar;\nde uitslag blijft staan")
    return _("iedereen is klaar;\ndaarna kunt u de uitslag tonen")


def _then_reveal(now: Progress) -> str:
    if now.answered < THRESHOLD:
        return _("minder dan vijf mensen gaven antwoord:\ner komen geen cijfers op het scherm")
    return _("de uitslag komt op het scherm;\nverbergen kan altijd")


def _then_next() -> str:
    return _("scherm en telefoons gaan mee;\nopenen doet u daarna")


def quick_action(stage: Stage) -> Action | None:
    """The one other button that is most likely wanted now, beside the big one."""
    ended = stage.workshop.ended_at is not None
    if stage.is_open and stage.closing_at is not None:
        return step(stage, "cancel-close", _("Houd open"))
    if stage.is_open:
        return step(stage, "two-minutes", _("Nog 2 minuten"))
    if stage.is_closed and stage.revealed:
        return step(stage, "hide", _("Verberg de uitslag"))
    if stage.is_closed and not ended and not is_released(stage):
        return step(stage, "reopen", _("Heropen de ronde"))
    return None


def more_actions(stage: Stage, now: Progress, rounds: Sequence[Stage]) -> list[Action]:
    """What else can be done with the round, most likely first; none of it is the big or the quick button."""
    ended = stage.workshop.ended_at is not None
    after = following(rounds, stage)
    actions = []
    if stage.is_open and stage.closing_at is None:
        if kind(stage.kind).main_action(stage) is not None:
            actions.append(step(stage, "last-chance", _("Sluit de ronde"), _("na 10 seconden ‘laatste kans’")))
        elif now.joined != now.done:
            actions.append(step(stage, "close", _("Sluit meteen"), _("zonder laatste kans")))
    if stage.is_open and stage.due_at is not None:
        actions.append(step(stage, "clear-minutes", _("Haal ‘nog 2 minuten’ weg")))
    if stage.is_open and stage.revealed:
        actions.append(step(stage, "hide", _("Verberg de uitslag")))
    if stage.is_closed and stage.revealed and not ended and not is_released(stage):
        then = _("stemmen kan weer; de uitslag blijft staan")
        actions.append(step(stage, "reopen", _("Heropen de ronde"), then))
    if stage.is_closed and not ended and not is_released(stage):
        then = _("deze poging blijft bewaard, maar telt niet mee")
        actions.append(step(stage, "vote-again", _("Laat opnieuw stemmen"), then, asks=True))
    if after is not None and not ended and (stage.is_prepared or (stage.is_closed and not stage.revealed)):
        label = _("Sla deze ronde over") if stage.is_prepared else _("Naar ‘%(round)s’") % {"round": after.title}
        actions.append(step(stage, "next", label, _then_next()))
    if stage.is_prepared and not ended and (before := preceding(rounds, stage)):
        label = _("Terug naar ‘%(round)s’") % {"round": before.title}
        actions.append(step(stage, "back", label))
    return actions


# What takes a step of the logbook back, by the end of its address's name.
UNDONE_BY = {
    "open": "unopen",
    "unopen": "open",
    "last_chance": "cancel-close",
    "cancel_close": "last-chance",
    "close": "reopen",
    "closed_by_clock": "reopen",
    "reopen": "close",
    "reveal": "hide",
    "hide": "reveal",
    "two_minutes": "clear-minutes",
    "clear_minutes": "two-minutes",
    "next": "back",
    "back": "next",
    "vote_again": "undo-vote-again",
    "undo_vote_again": "vote-again",
}

# Where that can be done now.
POSSIBLE: dict[str, Callable[[Stage, Progress, Sequence[Stage]], bool]] = {
    "open": lambda stage, now, rounds: stage.is_prepared,
    "unopen": lambda stage, now, rounds: stage.is_open and not now.received,
    "cancel-close": lambda stage, now, rounds: stage.is_open and stage.closing_at is not None,
    "last-chance": lambda stage, now, rounds: stage.is_open and stage.closing_at is None,
    "reopen": lambda stage, now, rounds: stage.is_closed and not is_released(stage),
    "close": lambda stage, now, rounds: stage.is_open,
    "hide": lambda stage, now, rounds: stage.revealed,
    "reveal": lambda stage, now, rounds: stage.is_closed and not stage.revealed,
    "clear-minutes": lambda stage, now, rounds: stage.is_open and stage.due_at is not None,
    "two-minutes": lambda stage, now, rounds: stage.is_open and stage.closing_at is None and stage.due_at is None,
    "back": lambda stage, now, rounds: stage.is_prepared and preceding(rounds, stage) is not None,
    "next": lambda stage, now, rounds: not stage.is_open and following(rounds, stage) is not None,
    "undo-vote-again": lambda stage, now, rounds: stage.is_prepared and stage.attempt > 1 and is_untouched(stage),
    "vote-again": lambda stage, now, rounds: False,
}


def last_step(moment: Standing, line: Line | None) -> tuple[Line, Action | None] | None:
    """``line``, the newest step with a round, and the button that undoes it where that can be done."""
    stage, now = moment.stage, moment.progress
    if stage is None or now is None or line is None:
        return None
    verb = UNDONE_BY[line.verb]
    # "Opnieuw stemmen" is told of the attempt that it took away.
    own = line.stage == stage.pk or line.verb == "vote_again"
    if stage.workshop.ended_at is not None or not own or not POSSIBLE[verb](stage, now, moment.rounds):
        return line, None
    return line, step(stage, verb, _("Maak ongedaan"))
