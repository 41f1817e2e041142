"""What a kind of round must offer, and how it is found."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import override

if TYPE_CHECKING:
    from scenarios.content_file import ContentFile
    from workshops.models import Stage, Workshop
    from workshops.release import Released


class PhoneResult(Protocol):
    """The room's part of a result on the phone: made once for everybody, in one language."""

    def beside(self, own: Mapping[tuple[int, str], int | None]) -> Mapping[str, Any]:
        """What the kind's ``phone_result.html`` shows one person; fast, for a thousand phones ask at once.

        ``own``: (item id, criterion) → value, None for "weet ik niet".
        """


class Kind(Protocol):
    """The interface of a module in ``workshops/stages/``."""

    KEY: str
    # What a round of this kind is called until the facilitator gives it a name, in the active language.
    TITLE: str | Promise

    def asked(self, content: ContentFile) -> tuple[int, dict[str, tuple[int, int]]]:
        """How many items a round on this content has, and the scale of each criterion; asks no database."""

    def prepare(self, workshop: Workshop, position: int, **settings: Any) -> Stage:
        """Make the round with its items and criteria as snapshots of the content."""

    def analysis(self, released: Released | None, stage: Stage) -> Mapping[str, Any]:
        """What the released figures say, in the shape of the report's ``analysis``."""

    def screen(self, released: Released, stage: Stage, text_step: int = 0) -> Mapping[str, Any]:
        """What the kind's ``screen_result.html`` shows on the projector, at one of its sizes of text (−1…2)."""

    def phone(self, released: Released, stage: Stage) -> PhoneResult:
        """What everybody's phone shows of the released figures, in the active language, own answers left open."""


def kind(key: str) -> Kind:
    """The module of one kind of round; KeyError where there is none."""
    if not key.isidentifier():
        raise KeyError(key)
    try:
        module = import_module(f"workshops.stages.{key}")
    except ModuleNotFoundError as error:
        raise KeyError(key) from error
    # Beside the kinds stand their pictures and tables; those are no kinds.
    if getattr(module, "KEY", None) != key:
        raise KeyError(key)
    return cast(Kind, module)


def title_of(stage: Stage) -> str:
    """The round's title for who reads it: in the active language, unless the facilitator gave it a name."""
    own = kind(stage.kind).TITLE
    return str(own) if stage.title in _in_every_language(stage.kind) else stage.title


@cache
def _in_every_language(key: str) -> frozenset[str]:
    titles = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            titles.add(str(kind(key).TITLE))
    return frozenset(titles)
