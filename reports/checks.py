"""The report's row of "Alles klaar?": can its file be set, with the fonts it needs."""

from __future__ import annotations

import tempfile
from pathlib import Path

import typst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trends.letters import font_paths
from workshops.checks import BAD, CHECKS, GOOD, Case, Check, Result

# Both fonts in one line, by the same standards as the report's.
PAGE = """#set document(title: "Proef")
#set text(lang: "nl", font: "Source Sans Pro")
Proef #text(font: "Source Serif Pro")[proef]
"""


def report(_case: Case) -> Result:
    """Whether typst makes a PDF as the report is one."""
    if len(font_paths()) < 2:
        return Result(BAD, _("De letters van het verslag ontbreken."), _("Vraag de beheerder om hulp."))
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.typ"
        page.write_text(PAGE)
        typst.compile(
            str(page), font_paths=font_paths(), ignore_system_fonts=True, format="pdf", pdf_standards=["ua-1", "a-2a"]
        )
    return Result(GOOD, _("Het verslag kan gemaakt worden."))


def add_check() -> None:
    CHECKS["report"] = Check(gettext_lazy("Verslag"), report)
