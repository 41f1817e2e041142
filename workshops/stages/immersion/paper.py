"""The front page of a world's newspaper: what was let through, set in columns, on as many pages as it takes.

Sizes are in the screen's own unit, 1/1080 of its height, by the rules of the look ("Newspaper"). How wide the serif's
letters are is known from the sans's (``typesetting``) and a factor a weight, so that what doesn't fit drops one size,
never below 36, and what then doesn't fit goes to a next page.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trends.templatetags.content import typeset
from trends.text import localized
from workshops import contributions
from workshops.models import Contribution, Stage, Workshop
from workshops.stages.typesetting import TEXT_STEPS, lines, width
from workshops.worlds import World

MOST = 9  # headlines on a page
HEIGHT = 716.0  # under the masthead's rules, above the foot
GAP = 37.0  # between two headlines below each other, with the rule in it
LEAST_DRAWING = 310.0  # lower, and the spire is cut off
AROUND_DRAWING = 32.0
MASTHEADS = (156, 120, 90, 64)
# From large to small: a size's text and line.
SIZES = ((80.0, 76.0), (56.0, 60.0), (42.0, 48.0), (36.0, 43.0))
LEAD, SECOND, REST = 0, 1, 2
# How much wider the serif's letters are than the sans's, with a little to spare, by the size they stand in.
WIDER = {80: 1.12, 56: 1.1, 42: 1.1, 36: 1.1}


@dataclass(frozen=True)
class Shape:
    """How wide the columns are: the one with the lead, and one at each side; in how many pages that goes."""

    name: str
    lead: float
    side: float
    sides: int

    @property
    def most(self) -> int:
        """Headlines on a page: the lead, two below it, three at each side."""
        return 3 + 3 * self.sides

    @property
    def page(self) -> float:
        """The whole page's width."""
        return self.lead + self.sides * (self.side + 72)


WIDE = Shape("wide", 824, 412, 2)
# From 5:4 up to 16:9: one side.
NARROW = Shape("narrow", 738, 412, 1)


@dataclass(frozen=True)
class Headline:
    """A headline in its place: ``size`` (80, 56, 42 or 36) names its class; a quiet one is in italics."""

    text: str
    size: int
    height: float
    quiet: bool = False


@dataclass
class Page:
    """A page: the lead, the two below it, and the columns at the sides; ``shown`` headlines of ``total``."""

    lead: Headline | None = None
    below: list[Headline] = field(default_factory=list)
    sides: list[list[Headline]] = field(default_factory=list)
    shown: int = 0
    said: str = ""


def papers(stage: Stage, text_step: int = 0, only: str = "") -> list[dict[str, Any]]:
    """A front page for each world with headlines that were let through (``only``: for that world), in the items'
    order, as ``screen_paper.html`` shows it, in the active language."""
    by_world = headlines(stage)
    found = [World.of_item(item) for item in stage.items.order_by("number") if item.key in by_world]
    return [
        paper(world, [each.text for each in by_world[world.key]], stage.workshop, text_step)
        for world in found
        if only in ("", world.key)
    ]


def headlines(stage: Stage) -> dict[str, list[Contribution]]:
    """What was let through, in that order, by the key of its world."""
    found: dict[str, list[Contribution]] = {}
    for each in contributions.shown(stage):
        found.setdefault(each.scenario, []).append(each)
    return found


def name_of(world: World) -> str:
    """The newspaper's name, in the active language."""
    name = localized(world.newspaper.get("title")) or _("De krant van %(world)s") % {"world": localized(world.title)}
    return typeset(name)


def paper(world: World, texts: Sequence[str], workshop: Workshop, text_step: int) -> dict[str, Any]:
    """One world's newspaper with these headlines, as pages for wide screens and for narrow ones."""
    name = name_of(world)
    price = localized(world.newspaper.get("price"))
    return {
        "world": world.key,
        "title": localized(world.title),
        "name": name,
        "price": _("Losse prijs: %(price)s") % {"price": price} if price else "",
        "date": day_in_future(workshop),
        "shapes": [
            {
                "name": shape.name,
                "masthead": masthead(name, shape),
                "pages": pages([typeset(text) for text in texts], shape, text_step),
            }
            for shape in (WIDE, NARROW)
        ],
    }


def day_in_future(workshop: Workshop) -> str:
    """The workshop's day in the horizon year: "Dinsdag 26 november 2041"."""
    held = workshop.date
    if (held.month, held.day) == (2, 29):
        held -= datetime.timedelta(days=1)
    said = date_format(held.replace(year=workshop.horizon_year), "l j F Y")
    return said[:1].upper() + said[1:]


def masthead(name: str, shape: Shape) -> int:
    """The largest of MASTHEADS in which the newspaper's name goes on one line."""
    ems = width(name) * WIDER[80]
    return next((size for size in MASTHEADS if size * ems <= shape.page), MASTHEADS[-1])


def pages(texts: Sequence[str], shape: Shape, text_step: int = 0) -> list[Page]:
    """All headlines in order, on pages about as full as each other."""
    scale = TEXT_STEPS[text_step].text / TEXT_STEPS[0].text
    left, made = list(texts), []
    while left:
        number = math.ceil(len(left) / math.ceil(len(left) / min(MOST, shape.most)))
        page = next((page for n in range(number, 1, -1) if (page := fitting(left[:n], shape, scale))), None)
        made.append(page or set_page(left[:1], shape, scale))
        left = left[made[-1].shown :]
    for place, page in enumerate(made, start=1):
        page.said = said(page.shown, len(texts), place, len(made))
    return made


def said(shown: int, total: int, place: int, number: int) -> str:
    """The foot of a page: how many of the room's headlines stand on it."""
    if total == 1:
        return _("1 kop uit deze zaal")
    words = _("%(shown)d van %(total)d koppen uit deze zaal") % {"shown": shown, "total": total}
    return words if number == 1 else f"{words} · {place}/{number}"


def fitting(texts: Sequence[str], shape: Shape, scale: float) -> Page | None:
    """The page with these headlines; None where they don't fit on one."""
    page = set_page(texts, shape, scale)
    columns = [column_height(side) for side in page.sides]
    return page if middle_height(page) <= HEIGHT and max(columns, default=0) <= HEIGHT else None


def column_height(column: Sequence[Headline]) -> float:
    return sum(each.height for each in column) + GAP * (len(column) - 1)


def middle_height(page: Page) -> float:
    """The column with the lead, its drawing as small as it may be."""
    lead = page.lead.height if page.lead else 0.0
    below = max((each.height for each in page.below), default=0.0)
    return lead + LEAST_DRAWING + AROUND_DRAWING + below


def set_page(texts: Sequence[str], shape: Shape, scale: float) -> Page:
    """Headlines in their places: the first is the lead, then two at each side, two below the lead, and the last at the
    sides."""
    lead, *others = texts
    page = Page(shown=len(texts))
    beside, below = others[: 2 * shape.sides], others[2 * shape.sides : 2 * shape.sides + 2]
    beside += others[2 * shape.sides + 2 :]
    sides = [beside[at :: shape.sides] for at in range(min(shape.sides, len(beside)))]
    wide = shape.page - len(sides) * (shape.side + 72)
    page.sides = [column(side, shape.side, scale, quiet=1 + at) for at, side in enumerate(sides)]
    page.below = [smaller(text, (wide - 72 * (len(below) - 1)) / len(below), scale, REST) for text in below]
    spare = HEIGHT - LEAST_DRAWING - AROUND_DRAWING - max((each.height for each in page.below), default=0.0)
    page.lead = smaller(lead, wide, scale, LEAD, spare)
    return page


def column(texts: Sequence[str], ems: float, scale: float, quiet: int) -> list[Headline]:
    """A side: the first a size larger, one in italics (the one at ``quiet``, else the last); all of it one size
    smaller where that makes it fit."""
    quiet = min(quiet, len(texts) - 1) or -1
    for less in range(len(SIZES)):
        sizes = [min(SECOND + less, 3) if at == 0 else min(REST + less, 3) for at in range(len(texts))]
        made = [
            headline(text, ems, scale, size, quiet=at == quiet)
            for at, (text, size) in enumerate(zip(texts, sizes, strict=True))
        ]
        if column_height(made) <= HEIGHT:
            break
    return made


def smaller(text: str, ems: float, scale: float, size: int, room: float = HEIGHT / 3) -> Headline:
    """The headline at the first size, from ``size`` down, at which it fits in this room; else at the smallest."""
    made = [headline(text, ems, scale, at) for at in range(size, len(SIZES))]
    return next((each for each in made if each.height <= room), made[-1])


def headline(text: str, wide: float, scale: float, size: int, *, quiet: bool = False) -> Headline:
    """A headline in a column that is ``wide``, at one of SIZES times ``scale``."""
    letters, line = SIZES[size]
    wider = 1.06 if quiet else WIDER[int(letters)]
    return Headline(text, int(letters), lines(text, wide / (letters * scale * wider)) * line * scale, quiet)
