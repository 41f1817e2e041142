"""Cut Source Sans and Source Serif to what the screens use: ``python -m config.fonts`` (set-up does it, once).

Two weights of the sans, from the TTF files of ``font-source-sans-pro`` (OFL), go to ``static/fonts/`` as woff2 of at
most 20 kB: a phone on a bad network reads the page before it has them (``font-display: swap``), and gets them in a
second. The serif (``font-source-serif-pro``, OFL) sets the newspapers on the projector, and never goes to a phone.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import font_source_sans_pro
import font_source_serif_pro
from fontTools import subset
from fontTools.ttLib import TTFont

WEIGHTS = {
    "source-sans-400": (font_source_sans_pro, "SourceSansPro-Regular.ttf"),
    "source-sans-700": (font_source_sans_pro, "SourceSansPro-Bold.ttf"),
    "source-serif-400-italic": (font_source_serif_pro, "SourceSerifPro-It.ttf"),
    "source-serif-400": (font_source_serif_pro, "SourceSerifPro-Regular.ttf"),
    "source-serif-600": (font_source_serif_pro, "SourceSerifPro-Semibold.ttf"),
    "source-serif-700": (font_source_serif_pro, "SourceSerifPro-Bold.ttf"),
    "source-serif-900": (font_source_serif_pro, "SourceSerifPro-Black.ttf"),
}
TARGET = Path(__file__).resolve().parent.parent / "static" / "fonts"
MOST_BYTES = 20_000
# ASCII, Latin-1 and Latin Extended-A (Dutch, Frisian, English, names), then what the screens set beside words.
CHARACTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *(ord(character) for character in "–—‘’‚“”„†•…‹›€−×÷≈≤≥≠←↑→↓✓ρ½¼¾\u202f"),
]
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl"]  # its digits are tabular as they are


def cut(source: Path, target: Path) -> int:
    """Write the subset of a TTF file as woff2; its size in bytes. Raises ``ValueError`` above 20 kB."""
    options = subset.Options(flavor="woff2", layout_features=FEATURES, hinting=False, desubroutinize=True)
    options.name_IDs = [0, 1, 2, 13, 14]  # names, copyright and licence stay in
    logging.getLogger("fontTools.subset").setLevel(logging.WARNING)
    font = TTFont(source)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=CHARACTERS)
    cutter.subset(font)
    subset.save_font(font, str(target), options)
    size = target.stat().st_size
    if size > MOST_BYTES:
        raise ValueError(f"{target.name} has {size} bytes, more than {MOST_BYTES}")
    return size


def main() -> None:
    """Make what is missing or older than this file."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, (package, file) in WEIGHTS.items():
        target = TARGET / f"{name}.woff2"
        if not target.exists() or target.stat().st_mtime < Path(__file__).stat().st_mtime:
            size = cut(Path(package.__file__).parent / "files" / file, target)
            sys.stdout.write(f"{target.relative_to(TARGET.parent.parent)}: {size / 1000:.1f} kB\n")


if __name__ == "__main__":
    main()
