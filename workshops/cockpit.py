"""What the cockpit shows: what is on, what comes next, who is in, and the one thing to do next.

Nothing here reads a result: presence and progress are no answers, and are exact for those who run the room only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from municipalities.models import ELSEWHERE
from workshops import contributions, logbook, presence, projector, screen_views, signals
from workshops.cockpit_actions import (
    UNDONE_BY,
    Action,
    last_step,
    main_action,
    more_actions,
    quick_action,
    report_action,
    step,
)
from workshops.messages import on_phones
from workshops.models import Stage, Workshop
from workshops.next_round import following
from workshops.pace import pace
from workshops.results import Progress, Standing, standing
from workshops.stages import kind
from workshops.timing import minutes_and_seconds, seconds_until


def context(workshop: Workshop, moment: Standing | None = None) -> dict[str, Any]:
    """Everything of ``cockpit/live.html``, in the language that is active; before any reveal without results.

    ``moment`` is counted here unless it is at hand. The number of queries does not depend on the room's size.
    """
    moment = moment or standing(workshop)
    stage, now = moment.stage, moment.progress
    if stage is None or now is None:
        return {"workshop": workshop, "stage": None, "may_end": workshop.ended_at is None}
    lines = logbook.lines(workshop)
    after = following(moment.rounds, stage)
    return {
        "workshop": workshop,
        "stage": stage,
        "status": status(stage),
        "clock": clock(stage),
        **due(stage),
        "after": after,
        "plan": plan(moment),
        "pace": pace(workshop, moment.rounds, stage, timezone.now()),
        "bars": bars(stage, now),
        "main_action": main_action(stage, now, after) or report_of_held(moment.rounds),
        "quick_action": quick_action(stage),
        "more_actions": more_actions(stage, now, moment.rounds),
        "last_step": last_step(moment, logbook.newest(workshop, UNDONE_BY)),
        "lines": lines,
        "announced": next((line.sentence for line in lines if line.verb != "withdraw"), ""),
        "message": on_phones(workshop),
        "screen_controls": projector.controls(workshop),
        **screen_views.controls(stage),
        "panel": kind(stage.kind).cockpit(stage),
        "texts": texts(stage),
        "panel_template": f"workshops/stages/{stage.kind}/cockpit.html",
        "preview_templates": [f"workshops/stages/{stage.kind}/cockpit_preview.html", "workshops/cockpit/preview.html"],
        "screen_url": reverse("screen", args=[workshop.screen_token]),
        "may_end": not stage.is_open and workshop.ended_at is None,
        **people(stage, now),
        **raised_hands(stage),
    }


def report_of_held(rounds: list[Stage]) -> Action | None:
    """After the end, where the room stands at a round that was not held: the report of those that were."""
    held = [stage for stage in rounds if stage.is_closed]
    return report_action(held[-1]) if held else None


def people(stage: Stage, now: Progress) -> dict[str, Any]:
    """Who is there and how far they are, and why a figure went down where it did."""
    there = presence.standing(stage.workshop.public_id)
    return {
        "now": now,
        "joined": number(now.joined),
        "here": number(there.here(now.joined)) if there.connected else "?",
        "answered": number(now.answered),
        "done": number(now.done),
        "received": number(now.received),
        "counted": number(now.counted),
        "all_counted": now.counted == now.received,
        "drops": logbook.drops(stage),
        "connected": there.connected,
        "health": presence.health(there, now.joined),
        # Before the round, and where texts are tied to nobody, it is known who is in and no more.
        "presence_only": presence_only(stage),
    }


def texts(stage: Stage) -> dict[str, Any] | None:
    """How many short texts wait, were let through and were hidden; None where the round has none and asks for none."""
    if not kind(stage.kind).HAS_TEXTS:
        return None
    found = contributions.counts(stage)
    if not any(found.values()) and (kind(stage.kind).HAS_VOTES or stage.is_prepared):
        return None
    return {**found, "url": reverse("contributions", args=[stage.workshop.public_id, stage.pk])}


def raised_hands(stage: Stage) -> dict[str, Any]:
    """What at least three people asked for: more time, or an explanation of an item. Nothing where nobody may ask."""
    if not stage.is_open or stage.closing_at is not None:
        return {}
    heard = signals.heard(stage)
    unclear = [
        _("Vraag %(number)s, ‘%(title)s’: %(count)s mensen snappen dit niet.")
        % {"number": place, "title": title, "count": number(count)}
        for place, title, count in heard.unclear
    ]
    more_time = _("%(count)s mensen vragen om meer tijd.") % {"count": number(heard.more_time)}
    return {
        "unclear": unclear,
        "more_time": more_time if heard.more_time else "",
        "give_time": step(stage, "two-minutes", _("Geef 2 minuten")),
    }


def number(value: int) -> str:
    """A count with its thousands apart, as the language writes it: 1.904."""
    return number_format(value, force_grouping=True, use_l10n=True)


def clock(stage: Stage) -> dict[str, Any] | None:
    """How long an open round has run, or how long its last chance still lasts (``down``): seconds and "12:40".

    ``late``: the round's minutes are over; ``of``: the moment it counts from or to, ISO 8601.
    """
    if not stage.is_open or stage.opened_at is None:
        return None
    seconds = max(0, int((timezone.now() - stage.opened_at).total_seconds()))
    late = seconds > 60 * stage.minutes
    limit = 60 * stage.minutes
    told = {"seconds": seconds, "limit": limit, "late": late, "down": False, "of": stage.opened_at.isoformat()}
    if stage.closing_at is not None:
        seconds = seconds_until(stage.closing_at) or 0
        told |= {"seconds": seconds, "late": True, "down": True, "of": stage.closing_at.isoformat()}
    return told | {"text": minutes_and_seconds(seconds)}


def due(stage: Stage) -> dict[str, Any]:
    """How long "nog 2 minuten" still runs: seconds (0: over) and "1:45"; nothing where it was not said."""
    if not stage.is_open or stage.closing_at is not None or stage.due_at is None:
        return {}
    left = seconds_until(stage.due_at) or 0
    return {"due": left, "due_text": minutes_and_seconds(left), "due_of": stage.due_at.isoformat()}


def status(stage: Stage) -> str:
    """What is on, in a word or two, over the round's title."""
    if stage.workshop.ended_at:
        return _("afgelopen")
    if stage.is_open:
        return _("laatste kans") if stage.closing_at else _("nu open")
    if stage.is_closed:
        return _("uitslag getoond") if stage.revealed else _("gesloten")
    return _("klaargezet")


@dataclass(frozen=True)
class PlanRow:
    """A round in the plan: ``state`` is "done", "now", "skipped" or "coming", ``said`` the same in words."""

    number: int
    title: str
    minutes: int
    state: str
    said: str


def plan(moment: Standing) -> list[PlanRow]:
    """The workshop's rounds in order, each with where the room is with it."""
    return [plan_row(place, each, moment.stage) for place, each in enumerate(moment.rounds, start=1)]


def plan_row(place: int, stage: Stage, at: Stage | None) -> PlanRow:
    """One round of the plan, as seen from the round ``at`` which the room is."""
    if at is not None and stage.pk == at.pk:
        state, said = "now", status(stage)
    elif stage.is_closed:
        state, said = "done", status(stage)
    elif at is not None and stage.position < at.position:
        state, said = "skipped", _("overgeslagen")
    else:
        state, said = "coming", ""
    if stage.attempt > 1:
        said = ", ".join(filter(None, [said, _("poging %(number)d") % {"number": stage.attempt}]))
    return PlanRow(place, stage.title, stage.minutes, state, said)


def bars(stage: Stage, now: Progress) -> list[dict[str, Any]]:
    """A bar (0–100) a municipality: who is in before the round, then who of them began and who answered all.

    "Andere gemeenten" stands last, and only where somebody is.
    """
    rows = [row for row in now.by_municipality if row.joined or row.code != ELSEWHERE]
    most = max((row.joined for row in rows), default=0)
    only_there = presence_only(stage)
    return [
        {
            "name": row.name or _("Andere gemeenten"),
            "row": row,
            "begun": share(row.answered, row.joined),
            "done": share(row.joined, most) if only_there else share(row.done, row.joined),
        }
        for row in rows
    ]


def presence_only(stage: Stage) -> bool:
    """Whether of a municipality is known who is in, and not who answered."""
    return stage.is_prepared or kind(stage.kind).writes(stage)


def share(part: int, whole: int) -> int:
    """A whole percentage, 0 where there is nobody."""
    return round(100 * part / whole) if whole else 0
