"""Why a pair of axes is proposed, in plain words: what its figures say, and what they can't say.

Pure but for the translations. A pair is as ``scenarios.axis_choice.Pair`` has it, an axis as
``workshops.axes.candidate`` gives it; ``together`` is the room's median of whether they move together (1–5).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scenarios.axis_choice import MIN_PEOPLE
from scenarios.stability import shaky
from trends.distribution import rounded
from trends.notation import percentage, short
from trends.text import localized

# |ρ| from which what people think of one axis says something, and much, about the other (Cohen 1988, Statistical Power
# Analysis for the Behavioral Sciences: 0.3 a medium effect, 0.5 a large one).
SOMETHING, MUCH = 0.3, 0.5
TOGETHER_FROM = 4.0  # of 5: the room says that they move together
Pair = Mapping[str, Any]
AxisFacts = Mapping[str, Any]


@dataclass(frozen=True)
class Reason:
    """``points``: half sentences without a capital, the weightiest first; ``same``: how firmly it comes first, "" where
    that can't be said."""

    points: tuple[str, ...]
    same: str

    @property
    def text(self) -> str:
        """All of it as one sentence."""
        return capfirst("; ".join([*self.points, *filter(None, [self.same])])) + "."

    @property
    def sentences(self) -> list[str]:
        """The same as short sentences, how firm it is left out."""
        return [f"{capfirst(point)}." for point in self.points]


def reason(pair: Pair, axes: Sequence[AxisFacts], together: float | None = None) -> Reason:
    """Why this pair comes where it comes, in the active language."""
    points = [weight(axes), relation(pair), said_together(together), own_choice(axes), unseen(axes)]
    return Reason(tuple(filter(None, points)), firmness(pair))


def brief(pair: Pair, axes: Sequence[AxisFacts], together: float | None = None) -> tuple[list[str], str]:
    """The same for the room's screen, which has to be read from the last row: short sentences, and how firm it is.

    What the room says itself takes the place of the figures' relation, and what is particular that of a low weight."""
    room = _brief_together(together) if said_together(together) else ""
    particular = [each for each in (room, own_choice(axes), unseen(axes)) if each]
    both_high = all(axis["high"] for axis in axes)
    points = ([] if particular and not both_high else [_brief_weight(both_high)]) + particular
    sentences = [f"{capfirst(each)}." for each in points]
    if not room:
        sentences.insert(0 if particular and not both_high else 1, _brief_relation(pair))
    if pair["stability"] is None or pair["rank"] == 1:
        same = firmness(pair)
        return sentences, f"{capfirst(same)}." if same else ""
    said = _("In %(share)s bovenaan: nog wankel.") if shaky(pair["stability"]) else _("In %(share)s bovenaan.")
    return sentences, said % {"share": percentage(pair["stability"])}


def _brief_weight(both_high: bool) -> str:
    return _("allebei van veel invloed én onzeker") if both_high else _("niet allebei van veel invloed én onzeker")


def _brief_together(together: float | None) -> str:
    return _("volgens de zaal hangen deze twee sterk samen (%(median)s van 5)") % {"median": short(together or 0)}


def _brief_relation(pair: Pair) -> str:
    if pair["rho"] is None:
        return _("Of zij samenhangen, is niet te zeggen.")
    strength = rounded(abs(pair["rho"]))
    if strength >= MUCH:
        return _("Wat mensen vinden, hangt sterk samen.")
    if strength >= SOMETHING:
        return _("De een zegt iets over de ander.")
    return _("De een zegt weinig over de ander.")


def weight(axes: Sequence[AxisFacts]) -> str:
    """Whether both weigh heavily and are uncertain."""
    if any(axis["criticality"] is None for axis in axes):
        names = " ".join(_("‘%(axis)s’") % {"axis": localized(a["title"])} for a in axes if a["criticality"] is None)
        return _("van %(axis)s is niet te zeggen hoe zwaar die weegt") % {"axis": names}
    low = [axis for axis in axes if not axis["high"]]
    if not low:
        return _("beide hoog op invloed én onzekerheid")
    if len(low) == len(axes):
        return _("beide minder hoog op invloed en onzekerheid")
    return _("‘%(axis)s’ is minder hoog op invloed en onzekerheid") % {"axis": localized(low[0]["title"])}


def relation(pair: Pair) -> str:
    """How much what people think of one axis says about the other."""
    if pair["rho"] is None:
        if pair["n"] < MIN_PEOPLE:
            return _("of zij samenhangen is niet te zeggen: te weinig mensen wogen beide")
        return _("of zij samenhangen is niet te zeggen: over een van beide denkt iedereen gelijk")
    strength = rounded(abs(pair["rho"]))
    if strength >= MUCH:
        return _("zij hangen sterk samen: wat mensen van de ene as vinden, zegt veel over de andere")
    if strength >= SOMETHING:
        return _("wat mensen van de ene as vinden, zegt iets over de andere")
    return _("wat mensen van de ene as vinden, zegt weinig over de andere")


def said_together(together: float | None) -> str:
    """What the room itself says of it, where it says that they move together."""
    if together is None or rounded(together) < TOGETHER_FROM:
        return ""
    return _("volgens de zaal veranderen zij sterk met elkaar mee (midden %(median)s van 5)") % {
        "median": short(together)
    }


def own_choice(axes: Sequence[AxisFacts]) -> str:
    """Which trends are partly the municipality's own choice, and so no uncertainty from outside."""
    names = list(dict.fromkeys(localized(title) for axis in axes for title in axis["own"]))
    if not names:
        return ""
    quoted = [f"‘{name}’" for name in names]
    return ngettext("%(trends)s is deels uw eigen keuze", "%(trends)s zijn deels uw eigen keuze", len(names)) % {
        "trends": _("%(firsts)s en %(last)s") % {"firsts": ", ".join(quoted[:-1]), "last": quoted[-1]}
        if quoted[1:]
        else quoted[0]
    }


def unseen(axes: Sequence[AxisFacts]) -> str:
    """That not all trends count, for too few people weighed them."""
    count = sum(axis["unseen"] for axis in axes)
    if not count:
        return ""
    return ngettext(
        "%(count)d trend telt niet mee: te weinig antwoorden",
        "%(count)d trends tellen niet mee: te weinig antwoorden",
        count,
    ) % {"count": count}


def firmness(pair: Pair) -> str:
    """In how many of the draws of the same room this pair comes first; under 80 % it is "nog wankel"."""
    if pair["stability"] is None:
        return ""
    said = _("in %(share)s van de steekproeven het eerste paar")
    if pair["rank"] == 1:
        said = _("in %(share)s van de steekproeven hetzelfde paar")
    said %= {"share": percentage(pair["stability"])}
    return _("%(said)s: nog wankel") % {"said": said} if shaky(pair["stability"]) else said
