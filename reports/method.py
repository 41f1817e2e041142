"""How the figures were made, in plain words, for the PDF and the Word file alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reports.words import void

Facts = Mapping[str, Any]
TITLE = "Hoe dit verslag is gemaakt"
LEAD = (
    "Alle getallen komen uit de antwoorden van de mensen in de zaal. Niets is geschat. Hieronder staat hoe er is "
    "geteld."
)
FILES = (
    "Alle cijfers, ook die hier niet staan, vindt u in de bestanden bij dit verslag: report.xlsx en report.ods "
    "(rekenblad), report.csv en report.json. Het verslag om te bewerken is report.docx; de beelden staan in "
    "pictures.zip."
)
# A bold beginning and the rest.
COUNTED = {
    "Eén mens, één stem.": "Ieder antwoord telt even zwaar, uit welke gemeente of groep het ook komt. Cijfers per "
    "gemeente staan ernaast en worden nooit met die van de zaal gemengd.",
    "‘Weet ik niet’ is een antwoord.": "Het wordt geteld en getoond, maar telt in geen gemiddelde of mediaan mee.",
    "Wie een antwoord veranderde": "telt met het laatste. Na het sluiten van een ronde kan niets meer veranderen.",
    "Gemiddelde en mediaan.": "De mediaan is het middelste antwoord: de helft zit eronder, de helft erboven. Tussen "
    "de twee kwartielen ligt de middelste helft van de antwoorden.",
    "Mening (A)": "zegt hoe eens de zaal het is, van −1 (twee even grote kampen aan de uiteinden) via 0 (ieder "
    "antwoord even vaak) tot 1 (iedereen hetzelfde). Vanaf 0,6 heet het hier ‘eens’, vanaf 0,3 ‘redelijk eens’, vanaf "
    "−0,1 ‘verdeeld’ en daaronder ‘twee kampen’. Bij minder dan 5 antwoorden staat er geen woord.",
}
FORMULAS = {
    "Kwartielen": "Met rechte lijnen tussen de antwoorden (type 7).",
    "Mening (A)": "C. van der Eijk, ‘Measuring agreement in ordered rating scales’, Quality & Quantity 35 (2001), blz. "
    "325–341.",
}
TO_HIDE = (
    "Niemand gaf een naam. Een antwoord hoort bij een gemeente en een groep, en nergens anders bij. Om te voorkomen "
    "dat iemand toch te herkennen is:"
)
HIDDEN = (
    "staan er van een gemeente of groep met minder dan 5 mensen bij een vraag geen cijfers;",
    "blijven er dan altijd minstens twee verborgen, met samen ten minste 5 mensen. Anders was de ene uit te rekenen;",
    "staan gemeente en groep nooit samen in één cijfer;",
    "staan alleen rondes in dit verslag die gesloten zijn en in de zaal zijn getoond.",
)
NO_FIGURE = {
    "te weinig antwoorden om te tonen": "Minder dan 5 mensen, of verborgen om een kleine groep te beschermen. Van "
    "buiten is het verschil niet te zien.",
    "geen": "Niemand uit deze gemeente of groep gaf antwoord.",
}


def parts(facts: Facts) -> list[dict[str, Any]]:
    """The numbered parts: ``before``, ``points`` (a bold beginning and the rest) and ``after``, with ``notes`` (a word
    and what it means). The table of sources belongs after the last."""
    hidden = [("", text) for text in HIDDEN]
    voids = [void(attempt) for attempt in facts["void"]]
    content = facts["content"]
    return [
        _part("Zo is er geteld", points=list(COUNTED.items()), notes=FORMULAS),
        _part("Zo blijft verborgen wie wat antwoordde", [TO_HIDE], hidden, voids, NO_FIGURE),
        _part("Over deze inhoud", [content["provenance"]], notes={"Inhoud": content["title"]}),
    ]


def _part(
    title: str,
    before: Sequence[str] = (),
    points: Sequence[tuple[str, str]] = (),
    after: Sequence[str] = (),
    notes: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    return {
        "title": title,
        "before": list(before),
        "points": [{"lead": lead, "text": text} for lead, text in points],
        "after": list(after),
        "notes": [{"name": name, "text": text} for name, text in (notes or {}).items()],
    }
