"""``pictures.zip``: every picture of the report as SVG and PNG, each with what it shows in words, for a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import typst

from reports.xml_text import allowed
from reports.zipped import zipped
from trends import notation
from trends.letters import font_paths, printable
from workshops.stages.report_part import Picture, pictures_of

Facts = Mapping[str, Any]
PPI = 300
FAMILY = 'font-family="Source Sans Pro"'
# Whoever opens the SVG may not have the report's font.
FALLBACK = 'font-family="Source Sans Pro, Source Sans 3, Arial, sans-serif"'
UNSAFE = re.compile(r"[^a-z0-9]+")
# The picture alone on its page, as wide as a letter's text, with a little white around it.
PAGE = """#set page(width: auto, height: auto, margin: 6pt, fill: white)
#set text(font: "Source Sans Pro")
#image(bytes(sys.inputs.svg), format: "svg", width: 160mm, alt: sys.inputs.alt)
"""


def write(facts: Facts) -> bytes:
    """The zip file; the same facts give the same bytes."""
    return zipped(files(allowed(facts)))


def files(facts: Facts) -> Iterator[tuple[str, bytes]]:
    """The text that goes with them, then each picture twice; a draft says so in the folder's name."""
    folder = "beelden" if facts["report"]["status"] == "released" else "beelden-concept"
    found = list(named(facts))
    yield f"{folder}/leesmij.txt", read_me(facts, found).encode()
    for name, picture in found:
        yield f"{folder}/{name}.svg", picture.svg.replace(FAMILY, FALLBACK).encode()
        yield f"{folder}/{name}.png", png(picture)


def named(facts: Facts) -> Iterator[tuple[str, Picture]]:
    """Every picture with its file's name: the chapter's number, the round's key and the picture's name."""
    shown = [stage for stage in facts["stages"] if stage["revealed"]]
    for number, stage in enumerate(shown, start=1):
        for picture in pictures_of(facts, stage):
            yield UNSAFE.sub("-", f"{number:02d}-{stage['key']}-{picture.name}".lower()), picture


def png(picture: Picture, ppi: float = PPI) -> bytes:
    """The picture 16 cm wide at 300 dots an inch, on white, in the report's font."""
    asked: dict[str, Any] = {"svg": printable(picture.svg), "alt": printable(picture.alt)}
    fonts: list[Any] = list(font_paths())
    return typst.compile(
        PAGE.encode(), font_paths=fonts, ignore_system_fonts=True, format="png", ppi=ppi, sys_inputs=asked
    )


def read_me(facts: Facts, found: list[tuple[str, Picture]]) -> str:
    """What each file shows, as the text that a letter puts beside its picture."""
    workshop, report = facts["workshop"], facts["report"]
    held = notation.long_date(date.fromisoformat(workshop["date"]))
    standing = "vrijgegeven" if report["status"] == "released" else "concept"
    told = [
        f"{workshop['title']} · {held}",
        f"Beelden bij het verslag, versie {report['version']} ({standing}).",
        "",
        "Van elk beeld is er een SVG (scherp op elke maat) en een PNG (16 cm breed bij 300 dpi, voor een brief).",
        "Zet de beschrijving als alternatieve tekst bij het beeld.",
    ]
    for name, picture in found:
        told += ["", f"{name} (svg en png)", picture.title, picture.alt]
    if not found:
        told += [
            "",
            "Dit verslag heeft nog geen beelden: geen ronde heeft een uitslag die getekend kan worden.",
        ]
    return "\n".join(told) + "\n"
