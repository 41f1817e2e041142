"""What the projector shows of a workshop: only what everybody in the room may see."""

from __future__ import annotations

import functools
from typing import Any
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from trends.notation import whole
from workshops.models import Stage, Workshop
from workshops.release import Released
from workshops.results import Standing, present, released, standing, totals_of
from workshops.stages import kind

INK, CARD = "#1d1b26", "#ffffff"
QUIET_ZONE = 4  # modules, as the standard asks


def context(workshop: Workshop, now: Standing | None = None) -> dict[str, Any]:
    """What `workshops/screen/main.html` shows, in the active language; `now` is counted here unless it is at hand.

    `phase` is "before", "open", "closed", "counting" (revealed, but the final count is still under way), "revealed"
    or "ended". `result` is None unless figures were released: nothing of a result is in it before the reveal.
    """
    now = now or standing(workshop)
    stage = now.stage
    shown = released(stage) if stage else None
    joined, answered, answers = totals_of(now.progress) if now.progress else (present(workshop).count(), 0, 0)
    return {
        "workshop": workshop,
        "stage": stage,
        "phase": phase(workshop, stage, shown),
        "criteria": list(stage.criteria.all()) if stage else [],
        "joined": joined,
        "answered": answered,
        "joined_text": whole(joined),
        "answered_text": whole(answered),
        "answers_text": whole(answers),
        "municipality_count": workshop.municipalities.count(),
        "join": join(workshop),
        "result": kind(stage.kind).screen(shown, stage) if stage and shown else None,
        "result_template": f"workshops/stages/{stage.kind}/screen_result.html" if stage else "",
        "question_template": f"workshops/stages/{stage.kind}/screen_question.html" if stage else "",
    }


def phase(workshop: Workshop, stage: Stage | None, shown: Released | None) -> str:
    """Where the room is, as far as the screen is concerned (the names are in `context`)."""
    if workshop.ended_at is not None:
        return "ended"
    if stage is None or stage.is_prepared:
        return "before"
    if shown is not None:
        return "revealed"
    if stage.is_open:
        return "open"
    return "counting" if stage.revealed else "closed"


def join(workshop: Workshop) -> dict[str, str]:
    """How to come in: the link behind the QR code, its drawing, and what one types instead."""
    url = settings.SITE_URL + reverse("join", args=[workshop.join_token])
    return {
        "url": url,
        "host": urlsplit(settings.SITE_URL).netloc,
        "code": workshop.spaced_code,
        "qr": qr(url, _("QR-code om mee te doen")),
    }


@functools.lru_cache(maxsize=256)
def qr(url: str, title: str) -> str:
    """A QR code as inline SVG, its quiet zone included; error correction M, for it is photographed from far away."""
    return segno.make_qr(url, error="m").svg_inline(
        omitsize=True, border=QUIET_ZONE, dark=INK, light=CARD, title=title, svgclass="qr", lineclass="qr-modules"
    )
