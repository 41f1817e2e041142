"""What the projector shows of a workshop: only what everybody in the room may see."""

from __future__ import annotations

import datetime
import functools
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from trends.notation import whole
from workshops.models import Projector, Stage, Workshop
from workshops.release import Released
from workshops.results import Standing, present, progress, released, standing, totals_of
from workshops.screen_views import view_of
from workshops.stages import kind
from workshops.timing import minutes_and_seconds, seconds_until

INK, CARD = "#1d1b26", "#ffffff"
QUIET_ZONE = 4  # modules, as the standard asks


@dataclass(frozen=True)
class Seen:
    """The round on the screen, the phase it is shown in (the names are in `phase`), and its released figures, None
    where they are not on the screen. `locked`: it is held there while the room goes on."""

    stage: Stage | None
    phase: str
    shown: Released | None
    locked: bool


def context(workshop: Workshop, now: Standing | None = None) -> dict[str, Any]:
    """What `workshops/screen/main.html` shows, in the active language; `now` is counted here unless it is at hand.

    `showing` is "blank", "pause" or else the phase (see `phase`). `result` is None unless figures were released and
    are on the screen: nothing of a result is in it before the reveal, nor behind a black screen or a break.
    """
    now = now or standing(workshop)
    projector = projector_of(workshop)
    seen = look(workshop, now, projector.lock)
    stage = seen.stage
    showing = "blank" if projector.blank else "pause" if projector.pause else seen.phase
    showing_room = showing == seen.phase
    own_view = view_of(stage if showing_room and showing != "ended" else None, seen.shown, projector.text_step)
    result = None
    if stage and seen.shown and showing_room and own_view["view"] is None:
        result = kind(stage.kind).screen(seen.shown, stage, projector.text_step)
    joined, answered, answers = numbers(workshop, now, stage)
    return {
        "workshop": workshop,
        "stage": stage,
        "phase": seen.phase,
        "showing": showing,
        "locked": seen.locked,
        "text_step": projector.text_step,
        "pause_until": clock(projector.pause_until) if projector.pause_until else "",
        **time_left(stage),
        "criteria": list(stage.criteria.all()) if stage else [],
        "joined": joined,
        "answered": answered,
        "answers": answers,
        "joined_text": whole(joined),
        "answered_text": whole(answered),
        "answers_text": whole(answers),
        "municipality_count": workshop.municipalities.count(),
        # Without it there is no code anywhere on the screen.
        "join": join(workshop) if projector.shows_code and workshop.ended_at is None else None,
        "result": result,
        **own_view,
        "result_template": f"workshops/stages/{stage.kind}/screen_result.html" if stage else "",
        # Whether answers are counted; else the kind says itself how far the room is.
        "has_votes": stage is None or not kind(stage.kind).writes(stage),
        "progress_template": f"workshops/stages/{stage.kind}/screen_progress.html" if stage else "",
        "question_template": f"workshops/stages/{stage.kind}/screen_question.html" if stage else "",
        "asking": kind(stage.kind).asking(stage, projector.text_step) if stage and showing == "open" else None,
        "asking_template": f"workshops/stages/{stage.kind}/screen_asking.html" if stage else "",
    }


def time_left(stage: Stage | None) -> dict[str, Any]:
    """Seconds until the round closes and until the time that was given is over, None where nothing was said; an id of
    either moment, and the second one as "1:59"."""
    left = seconds_until(stage.due_at) if stage and stage.is_open else None
    return {
        "closing": seconds_until(stage.closing_at) if stage and stage.is_open else None,
        "left": left,
        "closing_id": moment_id(stage.closing_at if stage else None),
        "left_id": moment_id(stage.due_at if stage else None),
        "left_text": "" if left is None else minutes_and_seconds(left),
    }


def look(workshop: Workshop, now: Standing, lock: dict[str, Any] | None) -> Seen:
    """What is on the screen beneath black and break: where the room is, or what it is locked at.

    A lock on an attempt that was done over since, holds nothing any more.
    """
    if lock is not None:
        stage = next((each for each in now.rounds if each.pk == lock["stage"]), None)
        if stage is not None or lock["stage"] is None:
            shown = released(stage) if stage else None
            at = locked_phase(lock["phase"], workshop, stage, shown)
            return Seen(stage, at, shown if at in ("revealed", "ended") else None, True)
    shown = released(now.stage) if now.stage else None
    return Seen(now.stage, phase(workshop, now.stage, shown), shown, False)


def phase(workshop: Workshop, stage: Stage | None, shown: Released | None) -> str:
    """Where the room is, as far as the screen is concerned: "before", "open", "closed", "counting" (revealed, but the
    final count is still under way), "revealed" or "ended"."""
    if workshop.ended_at is not None:
        return "ended"
    if stage is None or stage.is_prepared:
        return "before"
    if shown is not None:
        return "revealed"
    if stage.is_open:
        return "open"
    return "counting" if stage.revealed else "closed"


def locked_phase(at: str, workshop: Workshop, stage: Stage | None, shown: Released | None) -> str:
    """The phase that a locked screen shows. A result that was hidden since is gone from it, for what may be shown
    goes before what was on; then the screen says how its round stands."""
    if at == "revealed" and shown is not None:
        return at
    return phase(workshop, stage, shown) if at in ("revealed", "ended") else at


def place(workshop: Workshop) -> dict[str, Any]:
    """What a lock keeps: {"stage": id or None, "phase": one of those of `phase`}. A result that is about to come is
    waited for."""
    seen = look(workshop, standing(workshop), None)
    return {
        "stage": seen.stage.pk if seen.stage else None,
        "phase": "revealed" if seen.phase == "counting" else seen.phase,
    }


def projector_of(workshop: Workshop) -> Projector:
    """The projector as it was set, or as it is where nobody touched it (then it is not stored)."""
    return Projector.objects.filter(workshop=workshop).first() or Projector(workshop=workshop)


def numbers(workshop: Workshop, now: Standing, stage: Stage | None) -> tuple[int, int, int]:
    """(joined, answered, answers) in the round on the screen, as they are now, locked or not."""
    if stage is None:
        return present(workshop).count(), 0, 0
    there = now.progress if now.progress and now.stage and now.stage.pk == stage.pk else progress(stage)
    return totals_of(there)


def moment_id(moment: datetime.datetime | None) -> str:
    """Which countdown it is. A page that was told of one before keeps to it, for a message may have been on its way
    for a while and its seconds have grown old."""
    return "" if moment is None else f"{moment.timestamp():.3f}"


def clock(moment: datetime.datetime) -> str:
    """The local time as the room reads it: "14:35"."""
    return f"{timezone.localtime(moment):%H:%M}"


def join(workshop: Workshop) -> dict[str, Any]:
    """How to come in: the link behind the QR code, its drawing, and what one types instead.

    `host_parts` are the host's parts, each but the last with its dot: a long host breaks only between them.
    """
    url = settings.SITE_URL + reverse("join", args=[workshop.join_token])
    host = urlsplit(settings.SITE_URL).netloc
    *firsts, last = host.split(".")
    return {
        "url": url,
        "host": host,
        "host_parts": [*(f"{part}." for part in firsts), last],
        "code": workshop.spaced_code,
        "qr": qr(url, _("QR-code om mee te doen")),
    }


@functools.lru_cache(maxsize=256)
def qr(url: str, title: str) -> str:
    """A QR code as inline SVG, its quiet zone included; error correction M, for it is photographed from far away."""
    return segno.make_qr(url, error="m").svg_inline(
        omitsize=True, border=QUIET_ZONE, dark=INK, light=CARD, title=title, svgclass="qr", lineclass="qr-modules"
    )
