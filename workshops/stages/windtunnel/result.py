"""What a wind tunnel says, from the released figures: classes, order, and what to watch; and the words for it.

Nothing here counts or hides: ``workshops.release`` did, and ``scenarios.robustness`` classifies. Pure but for the
translations: no database. What a scenario or a place is called comes in ``Names``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scenarios.robustness import CLASS_WORDS, CLASSES, MIN_N, OptionFigures, OptionOutcome, robustness
from scenarios.stability import shaky
from trends.distribution import rounded
from trends.notation import decimal, percentage
from trends.text import localized
from workshops.release import Released, ReleasedCell, ReleasedGroup

HIDDEN = ReleasedCell(hidden=True)
SIGNS = {-2: "−−", -1: "−", 0: "0", 1: "+", 2: "++"}
TONES = {-2: "minus-minus", -1: "minus", 0: "zero", 1: "plus", 2: "plus-plus"}
GAP = "gap"
# What a choice gives away against the best one of a scenario is worth a word from a whole point on.
REGRET_FROM = 1.0
Shares = Mapping[str, float | None]


class Option(Protocol):
    """What is needed of an item: `workshops.models.Item`, or anything like it."""

    number: int
    key: str
    title: Any
    origin: Any


@dataclass(frozen=True)
class Names:
    """What things are called, in the active language: the scenarios tested, in order; municipalities by code, groups by
    key. ``complete``: whether those tested are the content's, all of them and no other."""

    scenarios: Mapping[str, str]
    complete: bool = True
    municipalities: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """One option in one scenario, as the grid shows it. ``sign`` is of the median, "" where there is nothing to show;
    then ``nobody`` says whether that is because nobody answered."""

    scenario: str
    name: str
    sign: str
    mean: str
    tone: str
    contested: bool
    nobody: bool


@dataclass(frozen=True)
class Row:
    """One option in the grid; ``share`` is its stability (0–1) or None, ``notes`` what to watch, in short phrases;
    ``wobble`` says that its class is "nog wankel", ``weakest`` where it does worst, "" where that is no news."""

    number: int
    key: str
    title: str
    option_class: str | None
    cells: tuple[Cell, ...]
    share: float | None
    notes: tuple[str, ...]
    wobble: str = ""
    weakest: str = ""

    @property
    def said(self) -> str:
        """All there is to say of it, in one line."""
        return " · ".join(filter(None, [*self.notes, self.wobble, self.weakest]))

    @property
    def said_in_grid(self) -> str:
        """The same where the share stands beside it."""
        return " · ".join(filter(None, [*self.notes, self.weakest])) if self.notes else ""

    @property
    def share_text(self) -> str:
        return "" if self.share is None else percentage(self.share)

    @property
    def is_shaky(self) -> bool:
        return shaky(self.share)


def outcomes(released: Released, items: Sequence[Option], scenarios: Sequence[str]) -> tuple[OptionOutcome, ...]:
    """How every option came out, in the order in which they are listed; ``items`` in content order. None where no
    scenario was tested."""
    return robustness(scenarios, [figures_of(released, item.key, scenarios) for item in items]) if scenarios else ()


def figures_of(released: Released, option: str, scenarios: Sequence[str]) -> OptionFigures:
    """What was said of an option, as far as it may be shown."""
    cells = {scenario: cell_of(released, option, scenario) for scenario in scenarios}
    gap = released.cells.get(option, {}).get(GAP)
    return OptionFigures(
        key=option,
        by_scenario=cells,
        gap=gap,
        by_municipality=_by_part({key: cell.by_municipality for key, cell in cells.items()}),
        by_group=_by_part({key: cell.by_group for key, cell in cells.items()}),
    )


def cell_of(released: Released, option: str, criterion: str) -> ReleasedCell:
    return released.cells.get(option, {}).get(criterion, HIDDEN)


def _by_part(cells: Mapping[str, Sequence[ReleasedGroup]]) -> dict[str, dict[str, ReleasedGroup]]:
    """Scenario → its groups, turned into group → scenario; groups that are hidden have no figures."""
    parts: dict[str, dict[str, ReleasedGroup]] = {}
    for scenario, groups in cells.items():
        for group in groups:
            parts.setdefault(group.key, {})[scenario] = group
    return parts


def analysis(
    released: Released,
    items: Sequence[Option],
    scenarios: Sequence[str],
    shares: Shares | None = None,
    before: Mapping[str, Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """``analysis`` of a ``windtunnel`` round as report.json has it, figures unrounded; ``items`` in content order.

    ``shares``: the stability of each option by key, ``before``: what its first version came to, by key.
    """
    by_key = {item.key: item for item in items}
    return {
        "scenarios": list(scenarios),
        "options": [
            {
                "key": outcome.key,
                "title": localized(by_key[outcome.key].title, "nl"),
                "class": outcome.option_class,
                "stability": (shares or {}).get(outcome.key),
                "worst_scenario": outcome.worst_scenario,
                "max_regret": outcome.max_regret,
                "contested": list(outcome.contested),
                "not_in": {
                    "municipalities": list(outcome.not_in.municipalities),
                    "groups": list(outcome.not_in.groups),
                },
                "widens_gap": outcome.widens_gap,
                "by_scenario": {
                    scenario: _cell_facts(cell_of(released, outcome.key, scenario), outcome.verdicts[scenario])
                    for scenario in scenarios
                },
                "variant_of": by_key[outcome.key].origin.get("variant_of"),
                "before": (before or {}).get(outcome.key),
            }
            for outcome in outcomes(released, items, scenarios)
        ],
    }


def _cell_facts(cell: ReleasedCell, verdict: str | None) -> dict[str, Any]:
    return {
        "counts": None if cell.counts is None else {str(value): n for value, n in cell.counts.items()},
        "n": cell.n,
        "dont_know": cell.dont_know,
        "median": cell.median,
        "mean": cell.mean,
        "agreement": cell.agreement,
        "verdict": verdict,
        "hidden": cell.hidden,
    }


def rows(released: Released, items: Sequence[Option], names: Names, shares: Shares | None = None) -> list[Row]:
    """The rows of the grid in order, in the active language."""
    by_key = {item.key: item for item in items}
    return [
        Row(
            number=outcome.number,
            key=outcome.key,
            title=localized(by_key[outcome.key].title),
            option_class=outcome.option_class,
            cells=tuple(
                shown(cell_of(released, outcome.key, scenario), scenario, name, scenario in outcome.contested)
                for scenario, name in names.scenarios.items()
            ),
            share=(shares or {}).get(outcome.key),
            notes=notes(outcome, names),
            wobble=wobble((shares or {}).get(outcome.key)),
            weakest=weakest(outcome, released, names),
        )
        for outcome in outcomes(released, items, list(names.scenarios))
    ]


def shown(cell: ReleasedCell, scenario: str, name: str, contested: bool) -> Cell:
    """A cell of the grid. Under 5 values there is nothing to show, as there is no verdict then."""
    if cell.median is None or cell.mean is None or (cell.n or 0) < MIN_N:
        nobody = not cell.hidden and cell.n == 0 and cell.dont_know == 0
        return Cell(scenario, name, "", "", "", False, nobody)
    step = step_of(cell.median)
    return Cell(scenario, name, SIGNS[step], decimal(cell.mean, 1), TONES[step], contested, False)


def step_of(median: float) -> int:
    """The value that a median has passed, from 0 outwards: 1.5 → 1, 0.5 → 0, −1.5 → −1. So the sign is + or ++ where
    the option is valuable, − or −− where it is harmful."""
    return int(rounded(median))


def median_words(median: float) -> str:
    """A median in signs; between two values both: "+", "0/+"."""
    low = step_of(median)
    if rounded(median) == low:
        return SIGNS[low]
    other = low + (1 if median > 0 else -1)
    return "/".join(SIGNS[value] for value in sorted((low, other)))


def class_word(option_class: str | None) -> str:
    """ "Robuust", with a capital."""
    return capfirst(_(CLASS_WORDS[option_class]))


def class_meanings() -> dict[str | None, str]:
    """What each class means, in the order in which they are listed."""
    return {
        "robust": _("waardevol in elk scenario"),
        "promising": _("waardevol in minstens één scenario, nergens schadelijk"),
        "gamble": _("waardevol in het ene scenario, schadelijk in het andere"),
        "set_aside": _("in geen scenario waardevol"),
        None: _("te weinig antwoorden in een van de scenario’s"),
    }


def by_class(found: Sequence[Row]) -> list[tuple[str | None, list[Row]]]:
    """The rows by class, in order, without empty ones."""
    blocks = [(each, [row for row in found if row.option_class == each]) for each in (*CLASSES, None)]
    return [(each, inside) for each, inside in blocks if inside]


def finding(found: Sequence[Row], names: Names) -> str:
    """The room's verdict in one sentence: how many choices are robust, and in which scenarios."""
    if not any(row.option_class for row in found):
        return _("Er zijn te weinig antwoorden om een uitslag te tonen")
    robust = sum(row.option_class == "robust" for row in found)
    where = {"where": where_tested(names), "number": capfirst(number_word(robust))}
    if not robust:
        return _("Geen enkele keuze is waardevol in %(where)s") % where
    return (
        ngettext(
            "Eén keuze is robuust: waardevol in %(where)s",
            "%(number)s keuzes zijn robuust: waardevol in %(where)s",
            robust,
        )
        % where
    )


def where_tested(names: Names) -> str:
    """ "alle drie de scenario’s" where the content's were tested and no other; else they are named."""
    count = len(names.scenarios)
    if names.complete and count > 2:
        return _("alle %(number)s de scenario’s") % {"number": number_word(count)}
    return listed(list(names.scenarios.values()))


def listed(words: Sequence[str]) -> str:
    """ "a, b en c"."""
    *firsts, last = words
    return _("%(firsts)s en %(last)s") % {"firsts": ", ".join(firsts), "last": last} if firsts else last


def number_word(number: int) -> str:
    """A small number as a word, larger ones (from 13) in digits."""
    from workshops.stages.trends.result import number_word as word  # the one list of these words

    return word(number)


def notes(outcome: OptionOutcome, names: Names) -> tuple[str, ...]:
    """What to watch of an option, the weightiest first, in short phrases without a capital."""
    robust = outcome.option_class == "robust"
    found = []
    if places := not_in_words(outcome, names):
        found.append(_("robuust, maar %(places)s") % {"places": places})
    if outcome.widens_gap:
        found.append(
            _("robuust, maar vergroot verschillen tussen inwoners")
            if robust
            else _("vergroot verschillen tussen inwoners")
        )
    if outcome.contested:
        where = listed([names.scenarios[key] for key in outcome.contested])
        found.append(_("verdeeld in %(where)s") % {"where": where})
    if robust and outcome.max_regret is not None and rounded(outcome.max_regret) >= REGRET_FROM:
        points = decimal(outcome.max_regret, 1)
        found.append(_("scheelt in een scenario %(points)s punt met de beste keuze daar") % {"points": points})
    return tuple(found)


def wobble(share: float | None) -> str:
    """That another room, drawn from the same people, might well have said something else."""
    if not shaky(share) or share is None:
        return ""
    return _("nog wankel: in %(share)s van de steekproeven hetzelfde") % {"share": percentage(share)}


def weakest(outcome: OptionOutcome, released: Released, names: Names) -> str:
    """Where an option that is worth adapting does worst."""
    if outcome.option_class not in ("promising", "gamble") or outcome.worst_scenario is None:
        return ""
    mean = cell_of(released, outcome.key, outcome.worst_scenario).mean
    where = names.scenarios[outcome.worst_scenario]
    return "" if mean is None else _("het zwakst in %(where)s (%(mean)s)") % {"where": where, "mean": decimal(mean, 1)}


def not_in_words(outcome: OptionOutcome, names: Names) -> str:
    """ "niet in Delft en Breda en niet bij de groep ‘Inwoner’"; "" where it is robust everywhere that may be shown."""
    places = [names.municipalities.get(code, code) for code in outcome.not_in.municipalities]
    groups = [f"‘{names.groups.get(key, key)}’" for key in outcome.not_in.groups]
    said = []
    if places:
        said.append(_("niet in %(places)s") % {"places": listed(places)})
    if groups:
        said.append(
            ngettext("niet bij de groep %(groups)s", "niet bij de groepen %(groups)s", len(groups))
            % {"groups": listed(groups)}
        )
    return _("%(first)s en %(second)s") % {"first": said[0], "second": said[1]} if len(said) == 2 else "".join(said)
