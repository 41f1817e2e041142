"""What a kind of round is: the interface that all of them stand behind, with what most of them do alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from municipalities.models import User
    from scenarios.content_file import ContentFile
    from workshops.cockpit_actions import Action
    from workshops.edit_forms import SettingsForm
    from workshops.models import Criterion, Item, Participant, Stage, Workshop
    from workshops.release import Released

# Where the items of a round may come from, as the plan offers it (``workshops/item_sources.py``).
CONTENT, EARLIER, TYPED = "content", "earlier", "typed"

Scale = tuple[int, int]


class PhoneResult(Protocol):
    """The room's part of a result on the phone: made once for everybody, in one language."""

    def beside(self, own: Mapping[tuple[int, str], int | None]) -> Mapping[str, Any]:
        """What the kind's ``phone_result.html`` shows one person; fast, for a thousand phones ask at once.

        ``own``: (item id, criterion) → value, None for "weet ik niet".
        """


@dataclass(frozen=True)
class Ask:
    """One card of the form: what is asked of an item at once. ``part`` is the key of the part of the form that it
    stands in (a scenario's), "" where the form has no parts."""

    item: Item
    criteria: Sequence[Criterion]
    part: str = ""


@dataclass(frozen=True)
class View:
    """Something that the facilitator can put on the screen instead of what the round shows by itself."""

    key: str
    label: str


@dataclass(frozen=True)
class Outcome:
    """Items of a round that a later round may take over ("de zes meest verdeelde"): rows of ``ITEM_FIELDS``."""

    key: str
    label: str
    rows: Sequence[Mapping[str, Any]]


def as_row(item: Item) -> dict[str, Any]:
    """An item as a plan and an outcome keep it; what was said of it where it stood stays there."""
    origin = {name: value for name, value in item.origin.items() if name != "before"}
    return {"key": item.key, "title": item.title, "text": item.text, "origin": origin}


class Kind:
    """One kind of round. Its module in ``workshops/stages/`` has an instance of a subclass, ``KIND``.

    Its templates are found by its key, in ``templates/workshops/stages/<key>/``: ``form.html`` (the phone),
    ``screen_question.html``, ``screen_result.html`` and ``screen_view.html`` (the projector), ``phone_result.html``,
    ``cockpit.html`` where ``cockpit`` gives something, and ``report.typ`` beside its module ``report``.
    """

    KEY: ClassVar[str]
    # Its place among the kinds, in the order of the chain.
    ORDER: ClassVar[int]
    # What a round of this kind is called until the facilitator gives it a name, in the active language.
    TITLE: ClassVar[str | Promise]
    # What it is for, in one sentence, for whoever makes a plan.
    ABOUT: ClassVar[str | Promise]
    MINUTES: ClassVar[int] = 15
    # Where its items may come from; none: they are its own and stay as they are.
    SOURCES: ClassVar[tuple[str, ...]] = ()
    # The kinds whose outcomes its items may come from (EARLIER).
    TAKES_FROM: ClassVar[tuple[str, ...]] = ()
    # Whether the room itself makes its items, so that another workshop takes none of them over.
    ROOM_MAKES_ITEMS: ClassVar[bool] = False
    # What the facilitator's pages call one of its items (after "een"), and several.
    ITEM_NAME: ClassVar[str | Promise] = gettext_lazy("onderdeel")
    ITEM_NAMES: ClassVar[str | Promise] = gettext_lazy("onderdelen")
    # Whether an item has a price beside its words: ``origin["instead"]``, "De prijs: minder …", by language.
    PRICED: ClassVar[bool] = False
    # Whether it has answers to count; an immersion has none.
    HAS_VOTES: ClassVar[bool] = True
    # Whether its form may ask for short texts, and how long one may be, in characters.
    HAS_TEXTS: ClassVar[bool] = False
    LONGEST_TEXT: ClassVar[int] = 140
    # Where a short text takes a side of its item: the parts of the form, with what they are called; and how many of a
    # side may be let through.
    SIDES: ClassVar[Mapping[str, str | Promise]] = {}
    MOST_SHOWN: ClassVar[int | None] = None
    # The style sheets that its screens need, as addresses under static/.
    SCREEN_STYLES: ClassVar[tuple[str, ...]] = ()

    # How it goes

    def writes(self, stage: Stage) -> bool:
        """Whether people write now, and are counted by their texts (``written``), instead of answering."""
        return not self.HAS_VOTES

    def written(self, stage: Stage) -> tuple[int, int]:
        """How many texts came in, and of how many people (one query)."""
        from workshops.contributions import written

        return written(stage)

    def main_action(self, stage: Stage) -> Action | None:
        """What the cockpit's big button does in the open round, instead of closing it; None: that."""
        return None

    # What it asks

    def asked(self, content: ContentFile) -> tuple[int, dict[str, Scale]]:
        """How many items a round on this content has, and the scale of each criterion; asks no database."""
        raise NotImplementedError

    def notes(self, workshop: Workshop) -> str:
        """What the facilitator may say at the start, in the active language."""
        return ""

    def settings(self, workshop: Workshop, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """The settings of a new round: those ``wanted``, and snapshots of what it needs beside its items."""
        return dict(wanted)

    def items(self, workshop: Workshop, settings: Mapping[str, Any]) -> list[Item]:
        """The items of a new round as snapshots, not saved, numbered from 1; without a stage."""
        return []

    def criteria(self, workshop: Workshop, settings: Mapping[str, Any]) -> list[Criterion]:
        """The criteria of a new round as snapshots, not saved, their position from 1; without a stage."""
        return []

    def content_items(self, workshop: Workshop, settings: Mapping[str, Any]) -> list[Item]:
        """All items of the content set that the facilitator may choose from, in its order; as ``items`` gives them."""
        return self.items(workshop, settings)

    def proposed(self, stage: Stage) -> list[dict[str, Any]] | None:
        """The items that an empty, prepared round takes over by itself, as rows of ``ITEM_FIELDS``; None: not yet.

        What it keeps beside them goes into ``stage.settings``, which the caller saves."""
        from workshops.flow import flowing  # it asks the kinds

        return flowing(stage)

    def cannot_open(self, stage: Stage) -> str:
        """Why the round can't be opened yet and what to do about it, in a sentence; "" where it can."""
        if self.SOURCES and not stage.items.exists():
            return _("Deze ronde heeft nog geen %(names)s. Voeg die eerst toe.") % {"names": self.ITEM_NAMES}
        return ""

    # What the facilitator chooses of it until it opens

    def settings_form(self, stage: Stage) -> type[SettingsForm] | None:
        """The form of what is chosen beside title, minutes and words, in the active language; None: nothing is.

        Its fields begin as ``stage.settings`` has them under the same names.
        """
        return None

    def change_settings(self, stage: Stage, cleaned: Mapping[str, Any]) -> None:
        """Take what was chosen into ``stage.settings``, which the caller saves, and change what follows from it (its
        criteria). The round is prepared, and locked."""
        stage.settings = {**stage.settings, **cleaned}

    # The participant's form

    def asks(self, items: Sequence[Item], criteria: Sequence[Criterion]) -> Iterable[Ask]:
        """The cards of the form in order; ``criteria`` are those that may be answered now."""
        return [Ask(item, criteria) for item in items] if criteria else []

    def variant(self, stage: Stage, participant: Participant) -> str:
        """Which of the form's variants this person gets; "" where all get the same."""
        return ""

    def form(self, stage: Stage, variant: str) -> Mapping[str, Any]:
        """What ``form.html`` shows beside the cards, in the active language."""
        return {}

    def first_items(self, stage: Stage) -> Mapping[int, int]:
        """Of a second round: its items' ids, each with that of the same item in the round before, whose answer the form
        and the result show beside the new one."""
        return {}

    def own_part(self, stage: Stage, participant: Participant) -> str:
        """The kind's own part of one person's page (HTML), in the active language: where the form has its slot
        (``part_slot``), and on the page of the closed round. Nobody else gets it."""
        return ""

    def opened(self, stage: Stage, who: User | None) -> None:
        """What else happens when the round is opened for the first time, in the same transaction."""

    # The screen and the cockpit

    def asking(self, stage: Stage, text_step: int = 0) -> Mapping[str, Any] | None:
        """What ``screen_asking.html`` shows of the open round, as slides; None: the question with the code."""
        return None

    def views(self, stage: Stage) -> list[View]:
        """What can be put on the screen now, beside what it shows by itself."""
        return []

    def put_on_screen(self, stage: Stage, key: str, who: User | None) -> None:
        """What else happens when a view is put on the screen, in the same transaction."""

    def view(self, stage: Stage, released: Released | None, text_step: int = 0) -> Mapping[str, Any] | None:
        """What ``screen_view.html`` shows of ``stage.view``; None where the usual slide stands there.

        ``released``: the round's figures where they may be shown, else None.
        """
        return None

    def cockpit(self, stage: Stage) -> Mapping[str, Any] | None:
        """What the kind's own part of the cockpit shows, no results in it; None where it has none."""
        return None

    # The result

    def analysis(self, released: Released | None, stage: Stage) -> Mapping[str, Any]:
        """What the released figures say, in the shape of the report's ``analysis``; empty before the reveal."""
        return {}

    def outcomes(self, stage: Stage, released: Released) -> list[Outcome]:
        """What a later round may take over of the released figures, in the active language; without those that are
        empty."""
        return []

    def screen(self, released: Released, stage: Stage, text_step: int = 0) -> Mapping[str, Any]:
        """What ``screen_result.html`` shows on the projector, at one of its sizes of text (−1…2)."""
        raise NotImplementedError

    def phone(self, released: Released, stage: Stage) -> PhoneResult:
        """What everybody's phone shows of the released figures, in the active language, own answers left open."""
        raise NotImplementedError
