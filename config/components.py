"""NL Design System's own CSS for its five generic controls: ``python -m config.components`` (set-up does it).

Links, headings, buttons, radio buttons and form fields, taken by npm from the packages in ``package.json`` and written
as ``static/nlds/components.css``, nothing added. It stands in cascade layers, under everything of our own, and answers
to the class names of our templates. What it costs and why it is used: docs/themes.md.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from config.node import NodeError, installed

TARGET = Path(__file__).resolve().parent.parent / "static" / "nlds" / "components.css"
# Layer, file in its package. A later layer wins: a link that looks like a button is a button.
PARTS = (
    ("elements", "@nl-design-system-candidate/heading-css/dist/html/heading.css"),
    ("elements", "@nl-design-system-candidate/link-css/dist/html/link.css"),
    ("elements", "@utrecht/radio-button-css/dist/html/index.min.css"),
    ("classes", "@nl-design-system-candidate/button-css/dist/button.css"),
    ("classes", "@utrecht/form-field-css/dist/index.min.css"),
)
# Their class names and ours. Our ordinary button is their default one, which our tokens give the look of the primary.
NAMES = (
    (".nl-button--secondary", ".button-secondary"),
    (".nl-button", ".button"),
    (".utrecht-form-field", ".field"),
)


def composed(sources: dict[str, str]) -> str:
    """One stylesheet of these files (name: text), in layers and under our names."""
    css = ["/* NL Design System and Gemeente Utrecht, EUPL-1.2; composed by config/components.py. */"]
    for layer, name in PARTS:
        text = re.sub(r"/\*.*?\*/", "", sources[name], flags=re.DOTALL).strip()
        for theirs, ours in NAMES:
            text = text.replace(theirs, ours)
        css.append(f"@layer nlds.{layer} {{\n{text}\n}}")
    return "\n".join(css) + "\n"


def main() -> int:
    try:
        with installed() as modules:
            css = composed({name: (modules / name).read_text() for _layer, name in PARTS})
    except NodeError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(css)
    sys.stdout.write(f"{TARGET.relative_to(TARGET.parent.parent.parent)}: {len(css.encode()) / 1000:.1f} kB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
