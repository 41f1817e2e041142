"""How a kind of round is found: by its name, or all of them in the order of the chain."""

from __future__ import annotations

import pkgutil
import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import override

from workshops.stages import titles
from workshops.stages.kind import Kind

if TYPE_CHECKING:
    from workshops.models import Stage


@cache
def kind(key: str) -> Kind:
    """The kind of round with this key; KeyError where there is none."""
    if not key.isidentifier():
        raise KeyError(key)
    name = f"workshops.stages.{key}"
    try:
        found = getattr(import_module(name), "KIND", None)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise KeyError(key) from error
    # Beside the kinds stand modules that several of them use; those are no kinds.
    if not isinstance(found, Kind) or key != found.KEY:
        raise KeyError(key)
    return found


@cache
def kinds() -> tuple[Kind, ...]:
    """All kinds of round, in the order of the chain."""
    package = import_module("workshops.stages")
    found = []
    for module in pkgutil.iter_modules(package.__path__):
        try:
            found.append(kind(module.name))
        except KeyError:
            continue
    return tuple(sorted(found, key=lambda each: each.ORDER))


def screen_styles() -> list[str]:
    """The style sheets of all kinds' screens, each once."""
    return list(dict.fromkeys(style for each in kinds() for style in each.SCREEN_STYLES))


def kind_of_key(stage_key: str) -> Kind:
    """The kind of the round with this key: ``trends``, or ``trends-2`` for a second one. KeyError where none is."""
    matched = re.fullmatch(r"([a-z_]+)(?:-[2-9])?", stage_key)
    if matched is None:
        raise KeyError(stage_key)
    return kind(matched[1])


def title_of(stage: Stage) -> str:
    """The round's title for who reads it: in the active language, unless the facilitator gave it a name."""
    return str(_own_titles(stage.kind).get(stage.title, stage.title))


@cache
def _own_titles(key: str) -> dict[str, str | Promise]:
    """What a round of this kind is called in every language, with the title that is said in the reader's."""
    found: dict[str, str | Promise] = {}
    for own in (kind(key).TITLE, *titles.SHIPPED):
        for language, _name in settings.LANGUAGES:
            with override(language):
                found.setdefault(str(own), own)
    return found
