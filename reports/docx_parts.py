"""What a Word document is made of here: styles, fields, tables with a repeated head, pictures with their words.

Real styles only, so that whoever edits it changes the look in one place; nothing floats.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from reports.narrow import Part

LANGUAGE, FONT = "nl-NL", "Calibri"
INK, SOFT, ACCENT = RGBColor(0x1D, 0x1B, 0x26), RGBColor(0x5B, 0x57, 0x66), RGBColor(0x1F, 0x4B, 0x7A)
WIDTH = 170  # mm between the margins
TABLE, CELL, NOTE, STEP = "Verslagtabel", "Tabeltekst", "Noot", "Stap"
HEADINGS: dict[str, tuple[float, RGBColor]] = {
    "Title": (30, INK),
    "Subtitle": (15, ACCENT),
    "Heading 1": (20, INK),
    "Heading 2": (13, INK),
    "Heading 3": (11, ACCENT),
}
OTHERS: dict[str, tuple[float, RGBColor]] = {
    CELL: (8, INK),
    NOTE: (9, SOFT),
    STEP: (11, ACCENT),
    "TOC 1": (10.5, INK),
}
# A rule under the head and one under each row, none upright.
TABLE_STYLE = f"""<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{TABLE}">
<w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/>
<w:tblPr><w:tblBorders><w:bottom w:val="single" w:sz="4" w:color="D9D3C7"/>
<w:insideH w:val="single" w:sz="4" w:color="D9D3C7"/></w:tblBorders>
<w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="10" w:color="1D1B26"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>"""


def prepare(document: Document) -> None:
    """Page, language and styles."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    language = OxmlElement("w:lang")
    for name in ("w:val", "w:eastAsia"):
        language.set(qn(name), LANGUAGE)
    defaults.append(language)
    _style(document, "Normal", 10.5, INK, after=6)
    for name, (size, colour) in HEADINGS.items():
        _style(document, name, size, colour, after=6, before=0 if name in ("Title", "Subtitle") else 14)
    _style(document, "Caption", 9, SOFT, after=3, before=8, keep=True)
    _style(document, "List Bullet", 10.5, INK, after=3)
    for name, (size, colour) in OTHERS.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        _style(document, name, size, colour, after=0 if name == CELL else 4)
    document.styles.element.append(parse_xml(TABLE_STYLE))


def _style(
    document: Document, name: str, size: float, colour: RGBColor, *, after: float, before: float = 0, keep: bool = False
) -> None:
    style: Any = document.styles[name]
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), colour
    style.font.italic = False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for each in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(each), None)
    for each in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(each), FONT)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    if keep:
        style.paragraph_format.keep_with_next = True
    if name in ("Title", "Subtitle"):
        for border in style.element.iter(qn("w:pBdr")):
            border.getparent().remove(border)


def field(paragraph: Any, code: str, shown: str, *, dirty: bool = False) -> None:
    """A field with what it shows until it is renewed; a dirty one is renewed when the document is opened."""
    begin = _mark(paragraph, "begin")
    if dirty:
        begin.set(qn("w:dirty"), "true")
    text = OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = f" {code} "
    paragraph.add_run()._r.append(text)
    _mark(paragraph, "separate")
    paragraph.add_run(shown)
    _mark(paragraph, "end")


def _mark(paragraph: Any, kind: str) -> Any:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)
    return mark


def contents(document: Document, chapters: Sequence[str]) -> None:
    """The table of contents as a field: the chapters are in it already, their pages come when Word renews it."""
    first = document.add_paragraph(style="TOC 1")
    begin = _mark(first, "begin")
    begin.set(qn("w:dirty"), "true")
    text = OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = ' TOC \\o "1-1" \\h \\z \\u '
    first.add_run()._r.append(text)
    _mark(first, "separate")
    paragraph = first
    for place, title in enumerate(chapters):
        paragraph = first if place == 0 else document.add_paragraph(style="TOC 1")
        paragraph.add_run(title)
    _mark(paragraph, "end")


def heads_and_feet(document: Document, running: str, product: str) -> None:
    """The running head on each page but the first, and page numbers."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = running
    section.header.paragraphs[0].style = document.styles[NOTE]
    foot = section.footer.paragraphs[0]
    foot.style = document.styles[NOTE]
    foot.add_run(f"{product} · pagina ")
    field(foot, "PAGE", "1")


def caption(document: Document, kind: str, number: int, text: str) -> None:
    """ "Tabel 3. Wat de zaal vindt", its number a field."""
    paragraph = document.add_paragraph(style="Caption")
    paragraph.add_run(f"{kind} ")
    field(paragraph, f"SEQ {kind} \\* ARABIC", str(number))
    paragraph.add_run(f". {text}")


def picture(document: Document, png: bytes, title: str, alt: str) -> None:
    """A picture in the text, with what it shows in words."""
    inline = document.add_picture(io.BytesIO(png), width=Mm(WIDTH - 4))._inline
    inline.docPr.set("title", title)
    inline.docPr.set("descr", alt)
    document.paragraphs[-1].paragraph_format.keep_with_next = True


def table(document: Document, part: Part) -> None:
    """A table with a head that comes back on each page; words over several columns are said once."""
    made = document.add_table(rows=1 + len(part.rows), cols=len(part.heads))
    made.style, made.alignment, made.autofit = document.styles[TABLE], WD_TABLE_ALIGNMENT.LEFT, False
    _describe(made, part)
    widths = [Mm(WIDTH * width / max(sum(part.widths), 70)) for width in part.widths]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for place, row in enumerate(made.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if place == 0:
            properties.append(OxmlElement("w:tblHeader"))
        _fill(
            row.cells, part.heads if place == 0 else part.rows[place - 1], part, widths, document.styles[CELL].style_id
        )


def _describe(made: Any, part: Part) -> None:
    properties = made._tbl.tblPr
    for name, text in (("w:tblCaption", part.about), ("w:tblDescription", ", ".join(part.heads))):
        element = OxmlElement(name)
        element.set(qn("w:val"), text)
        properties.append(element)
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        for name, value in (("firstColumn", "0"), ("noVBand", "1"), ("noHBand", "1"), ("firstRow", "1")):
            look.set(qn(f"w:{name}"), value)


def _fill(cells: Sequence[Any], texts: Sequence[str], part: Part, widths: Sequence[Any], style: str) -> None:
    place = 0
    for (text, right), run in groupby(zip(texts, part.right, strict=True)):
        count = len(list(run))
        together = count > 1 and right and len(text) > 12
        for first in [place] if together else range(place, place + count):
            cell = cells[first].merge(cells[first + count - 1]) if together else cells[first]
            if not together:
                cell.width = widths[first]
            paragraph = cell.paragraphs[0]
            # By its id: to look a style up by its name for each of thousands of cells takes seconds.
            paragraph._p.style = style
            paragraph.add_run(text)
            if right and not together:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        place += count
