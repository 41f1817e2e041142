"""Another look by one setting: ``SCENARIOTAFEL_THEME=name`` puts ``static/themes/name.css`` after our tokens.

``python -m config.themes voorbeeld`` (``make theme``) makes such a file from an open token package of NL Design
System: of its thousands of tokens only those that ``tokens.css`` reads, references resolved, so a phone loads one
kilobyte instead of two hundred. A theme in which a text would be too faint is refused. See docs/themes.md.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.http import HttpRequest

from config.node import NodeError, installed

FOLDER = Path(__file__).resolve().parent.parent / "static"
TOKENS = FOLDER / "css" / "tokens.css"
PACKAGES = {
    "voorbeeld": "@nl-design-system-unstable/voorbeeld-design-tokens",
    "ma": "@nl-design-system-community/ma-design-tokens",
}
DARK = "@media (prefers-color-scheme: dark)"
DECLARED = re.compile(r"(--[\w-]+):\s*([^;{}]+);")
REFERENCE = re.compile(r"var\((--[\w-]+)\)")
# What must be told apart: text and its ground (4.5:1), then shapes and theirs (3:1).
COLOR = "--basis-color-"
TEXTS = [
    (f"{COLOR}default-color-document", f"{COLOR}default-bg-document"),
    (f"{COLOR}default-color-document", "--basis-form-control-background-color"),
    (f"{COLOR}default-color-default", f"{COLOR}default-bg-document"),
    (f"{COLOR}default-color-default", "--basis-form-control-background-color"),
    (f"{COLOR}default-color-default", f"{COLOR}action-1-bg-default"),
    (f"{COLOR}action-1-inverse-color-default", f"{COLOR}action-1-inverse-bg-default"),
    (f"{COLOR}action-1-inverse-color-default", f"{COLOR}action-1-inverse-bg-hover"),
    (f"{COLOR}action-1-inverse-color-default", f"{COLOR}action-1-inverse-bg-active"),
    (f"{COLOR}action-1-inverse-bg-default", f"{COLOR}default-bg-document"),
    (f"{COLOR}action-1-inverse-bg-default", "--basis-form-control-background-color"),
    (f"{COLOR}action-1-inverse-bg-default", f"{COLOR}action-1-bg-default"),
    (f"{COLOR}positive-color-default", f"{COLOR}default-bg-document"),
    (f"{COLOR}positive-color-default", f"{COLOR}positive-bg-default"),
    (f"{COLOR}warning-color-default", f"{COLOR}default-bg-document"),
    (f"{COLOR}warning-color-default", f"{COLOR}warning-bg-default"),
    (f"{COLOR}default-color-document", f"{COLOR}positive-bg-default"),
    (f"{COLOR}default-color-document", f"{COLOR}warning-bg-default"),
]
SHAPES = [
    ("--basis-form-control-border-color", f"{COLOR}default-bg-document"),
    ("--basis-form-control-border-color", "--basis-form-control-background-color"),
    (f"{COLOR}default-border-default", f"{COLOR}default-bg-document"),
    (f"{COLOR}action-1-border-default", f"{COLOR}default-bg-document"),
]


class ThemeError(Exception):
    """A theme that can't be made or used; the message says why and what to do."""


class Theme(NamedTuple):
    """What a page needs: the stylesheet under ``static/``, and the classes of its root."""

    stylesheet: str
    root_class: str


def current_theme() -> Theme | None:
    """The theme of the setting, None where there is none. A theme without dark colours keeps pages light."""
    name: str = settings.THEME
    if not name:
        return None
    text = (FOLDER / "themes" / f"{name}.css").read_text()
    return Theme(f"themes/{name}.css", f"{name}-theme" if "prefers-color-scheme" in text else f"{name}-theme light")


_at_start: list[Theme | None] = []


def theme(_request: HttpRequest) -> dict[str, Theme | None]:
    """Template context: ``theme``, read once a process."""
    if not _at_start:
        _at_start.append(current_theme())
    return {"theme": _at_start[0]}


@register()
def theme_is_there(**_options: object) -> list[CheckMessage]:
    """A start with a theme that doesn't exist stops with a sentence."""
    name: str = settings.THEME
    if not name or (re.fullmatch(r"[a-z0-9-]+", name) and (FOLDER / "themes" / f"{name}.css").is_file()):
        return []
    hint = f"Run 'make theme THEME={name}', or put the file there (docs/themes.md)."
    return [Error(f"SCENARIOTAFEL_THEME is “{name}”, but there is no static/themes/{name}.css.", hint=hint)]


def own_tokens() -> dict[str, str]:
    """Names and light values of what a theme may set: every ``--basis-…`` that ``tokens.css`` declares."""
    light = TOKENS.read_text().partition(DARK)[0]
    return {name: value for name, value in DECLARED.findall(light) if name.startswith("--basis-")}


def declared(css: str) -> dict[str, str]:
    """Every custom property of a stylesheet; a later one replaces an earlier."""
    return dict(DECLARED.findall(css))


def resolved(name: str, tokens: Mapping[str, str], depth: int = 0) -> str:
    """The value of a token with its references followed. ThemeError where one leads nowhere or in circles."""
    if name not in tokens or depth > 20:
        raise ThemeError(f"{name} is missing in the token package, or refers to itself.")
    return REFERENCE.sub(lambda found: resolved(found[1], tokens, depth + 1), tokens[name])


def too_faint(values: Mapping[str, str]) -> Iterator[str]:
    """Every pair of these values that is told apart too little, in words."""
    for least, pairs in ((4.5, TEXTS), (3.0, SHAPES)):
        for front, ground in pairs:
            ratio = contrast(values[front], values[ground])
            if ratio < least:
                yield f"{front} ({values[front]}) on {ground} ({values[ground]}) is {ratio:.2f}:1, less than {least}:1"


def contrast(one: str, other: str) -> float:
    """WCAG's contrast of two hex colours, 1 to 21. ThemeError for another notation."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    """WCAG's relative luminance of #rgb or #rrggbb, 0 to 1. ThemeError for another notation."""
    digits = color.strip().lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    if not re.fullmatch(r"[0-9a-fA-F]{6}", digits):
        raise ThemeError(f"“{color}” is not a colour like #1f4b7a.")
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def slim(name: str, light: str, dark: str = "") -> str:
    """A theme file of the whole of a token package's stylesheets. ThemeError where a pair is too faint.

    Where only the dark colours are, the theme goes without them and pages stay light.
    """
    base = declared(light)
    css = block(f".{name}-theme", {each: resolved(each, base) for each in own_tokens()})
    if dark:
        both = base | declared(dark)
        with suppress(ThemeError):
            inner = block(f":root.{name}-theme:not(.light)", {each: resolved(each, both) for each in own_tokens()})
            css += f"\n{DARK} {{\n{inner}}}\n"
    return css


def block(selector: str, values: Mapping[str, str]) -> str:
    if found := list(too_faint(values)):
        raise ThemeError("Texts would be hard to read:\n" + "\n".join(found))
    return selector + " {\n" + "".join(f"  {name}: {value};\n" for name, value in values.items()) + "}\n"


def make(name: str) -> Path:
    """Make the theme file of a known package. ThemeError and NodeError with what to do."""
    if name not in PACKAGES:
        raise ThemeError(f"There is no theme “{name}” to make; known are {', '.join(PACKAGES)} (docs/themes.md).")
    with installed(dev=True) as modules:
        package = modules / PACKAGES[name] / "dist"
        dark = package / "color-scheme-dark" / "theme.css"
        css = slim(name, (package / "theme.css").read_text(), dark.read_text() if dark.exists() else "")
    target = FOLDER / "themes" / f"{name}.css"
    target.parent.mkdir(exist_ok=True)
    target.write_text(f"/* Made from {PACKAGES[name]} (EUPL-1.2) by config/themes.py. */\n\n{css}")
    return target


def main() -> int:
    try:
        for name in sys.argv[1:] or PACKAGES:
            target = make(name)
            sys.stdout.write(f"{target.relative_to(FOLDER.parent)}: {target.stat().st_size} bytes\n")
    except (ThemeError, NodeError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
