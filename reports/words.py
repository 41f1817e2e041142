"""The sentences that the report has in each of its forms: what it is, who was there, what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from reports.tables import SOURCES, STATES
from trends import notation
from workshops.stages import kind
from workshops.stages.report_words import listed

Facts = Mapping[str, Any]
SOURCE_OF_LIST = (
    "De lijst van 2016 staat naar alle waarschijnlijkheid in ‘Verkenningen transformatie sociaal domein: "
    "Toekomstscenario’s van en door de Nederlandse gemeenten’ (2016). Daarvan is geen exemplaar gevonden. Wie de lijst "
    "heeft, kan haar inladen."
)
NOTHING_TO_SAY = "Wat de zaal vindt, is met zo weinig antwoorden niet te zeggen."
NOTHING_YET = "Van geen enkele ronde zijn er al cijfers: die komen als een ronde gesloten en getoond is."
LONGEST_LEAD = 420  # characters
LONGEST_NAMES = 130
WHOLE_CHAIN = 3  # rounds that weigh
MOST_IN_WORDS = 9  # municipalities
LAST = 1_000  # the place among the rounds of a kind that the product does not have


def order(name: str) -> int:
    """A kind's place in the chain."""
    try:
        return kind(name).ORDER
    except KeyError:
        return LAST


def lead(said: Sequence[str]) -> str:
    """The rounds' first sentences, as many as fit; where none says anything, that."""
    told = ""
    for sentence in dict.fromkeys(filter(None, said)):
        if len(told) + len(sentence) > LONGEST_LEAD and told:
            break
        told = f"{told} {sentence}".strip()
    return told or NOTHING_TO_SAY


def weighty(weights: Sequence[int]) -> bool:
    """Whether so many rounds weigh more than one that the page in short is theirs: the workshop did a whole chain."""
    return sum(weight > 1 for weight in weights) >= WHOLE_CHAIN


def leads(shorts: Sequence[Facts]) -> list[str]:
    """The rounds' first sentences for the lead: of a whole chain those of the rounds that weigh."""
    whole = weighty([short["weight"] for short in shorts])
    return [short["lead"] for short in shorts if short["weight"] > 1 or not whole]


def names_on_cover(names: Sequence[str]) -> str:
    """The municipalities on two lines; of more than fit there, how many others there are."""
    shown = 0
    while shown < len(names) and len(" · ".join(names[: shown + 1])) <= LONGEST_NAMES:
        shown += 1
    rest = len(names) - shown
    said = " · ".join(names[:shown])
    return f"{said} · en nog {rest} {'gemeente' if rest == 1 else 'gemeenten'}" if rest else said


def cover_line(facts: Facts) -> str:
    held = notation.long_date(date.fromisoformat(facts["workshop"]["date"]), weekday=True)
    total = facts["participants"]["total"]
    return f"{held[0].upper()}{held[1:]} · {notation.whole(total)} {people_word(total)}"


def people_word(total: int) -> str:
    return "deelnemer" if total == 1 else "deelnemers"


def colophon(facts: Facts, concept: bool) -> list[dict[str, str]]:
    """The three notes at the foot of the cover."""
    report, checksum = facts["report"], facts["content"]["checksum"]
    made = notation.long_date(date.fromisoformat(report["released_on"] or report["made_on"]))
    first = {"name": "Concept", "text": f"gemaakt op {made}, versie {report['version']}"}
    if not concept:
        first = {"name": "Vrijgegeven", "text": f"{made}, versie {report['version']}"}
    return [
        first,
        {"name": "Inhoud", "text": "Trends bewerkt door de redactie; scenario’s naar de bron van 2016"},
        {"name": "Controlegetal van de inhoud", "text": spaced(checksum[:16])},
    ]


def spaced(text: str) -> str:
    """In fours, as one reads a long number out."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def people_words(rows: Sequence[Facts]) -> str:
    """Who came from where, in a sentence or two, the hidden ones by name; a long list is for the next page."""
    if len(rows) > MOST_IN_WORDS:
        return ""
    told = [f"{row['name']} {notation.whole(row['total'])}" for row in rows if row["total"]]
    hidden = [row["name"] for row in rows if row["hidden"]]
    said = f"{', '.join(told)}." if told else ""
    if hidden:
        said += f" Van {listed(hidden)} zijn er te weinig mensen om apart te tonen."
    return said.strip()


def without_figures(stage: Facts) -> str:
    """A round that is listed only."""
    why = "en niet in de zaal getoond" if stage["state"] == "closed" else "en dus nog zonder uitslag"
    return f"De ronde ‘{stage['title']}’ is {STATES[stage['state']]} {why}."


def void(attempt: Facts) -> str:
    return (
        f"De ronde ‘{attempt['title']}’ is opnieuw gedaan. Poging {attempt['attempt']} is vervallen: zij telt niet mee."
    )


def content(facts: Facts) -> dict[str, Any]:
    """Where the content comes from."""
    sources = facts["content"]["sources"]
    rows = [
        {
            "name": name[0].upper() + name[1:],
            "themes": str(sources["themes"][key]),
            "wording": str(sources["wording"][key]),
        }
        for key, name in SOURCES.items()
    ]
    return {
        "title": facts["content"]["title"],
        "provenance": facts["content"]["provenance"],
        "sources": rows,
        "checksum": spaced(facts["content"]["checksum"]),
        "list": SOURCE_OF_LIST,
    }


def status_line(report: Facts) -> str:
    if report["released_on"]:
        return f"vrijgegeven op {notation.long_date(date.fromisoformat(report['released_on']))}"
    return f"concept van {notation.long_date(date.fromisoformat(report['made_on']))}"


def software_line(software: Facts) -> str:
    commit = "" if software["commit"] == "unknown" else f" ({software['commit'][:12]})"
    return f"{software['name']} {software['version']}{commit}"
