"""The words of what is asked: a criterion's question and the ends of its scale, until the round opens."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from municipalities.models import User
from trends.text import LANGUAGES, localized
from workshops import logbook
from workshops.items import changed, raise_version
from workshops.models import Criterion, Stage
from workshops.rounds import RoundError, held, is_released
from workshops.stages import kind

QUESTION_LENGTH = 200  # characters
LABEL_LENGTH = 60
WORDS = ("question", "low_label", "high_label")


class CriterionError(RoundError):
    """The words can't change; the message says why."""


@transaction.atomic
def change(criterion: Criterion, who: User | None, **words: str) -> Criterion:
    """Give a criterion other words in the workshop's language.

    ``words``: any of ``question`` (1–200 characters), ``low_label`` and ``high_label`` (1–60). The other language's
    stay, unless they were the same. Nothing happens where nothing changed. CriterionError once the round was opened,
    or where words are empty or too long.
    """
    stage, criterion = _locked(criterion)
    language = stage.workshop.language
    new = {name: changed(getattr(criterion, name), _clean(name, said), language) for name, said in words.items()}
    if any(_in_all(getattr(criterion, name)) != said for name, said in new.items()):
        _give(stage, criterion, new, who)
    return criterion


@transaction.atomic
def restore(criterion: Criterion, who: User | None) -> Criterion:
    """Give a criterion the kind's own words again, in both languages. CriterionError once the round was opened, or
    where the kind has no words of its own for it."""
    stage, criterion = _locked(criterion)
    own = own_words(stage).get(criterion.key)
    if own is None:
        raise CriterionError(_("Deze vraag heeft geen eigen tekst om terug te zetten."))
    if is_changed(criterion, own):
        _give(stage, criterion, {name: getattr(own, name) for name in WORDS}, who)
    return criterion


def own_words(stage: Stage) -> dict[str, Criterion]:
    """The criteria by key as the kind itself words them, not saved."""
    return {each.key: each for each in kind(stage.kind).criteria(stage.workshop, stage.settings)}


def is_changed(criterion: Criterion, own: Criterion | None) -> bool:
    """Whether it has other words than the kind's own (None: the kind has none, and so they aren't changed)."""
    return own is not None and any(_in_all(getattr(criterion, name)) != _in_all(getattr(own, name)) for name in WORDS)


def why_fixed(stage: Stage) -> str:
    """Why what is asked can't change any more, in a sentence; "" where it can: while the round is prepared."""
    if is_released(stage):
        return _("Deze ronde staat in een vrijgegeven verslag. De vragen liggen vast.")
    if stage.workshop.ended_at is not None:
        return _("Deze workshop is afgelopen. De vragen liggen vast.")
    if not stage.is_prepared:
        return _("De ronde is al geopend. De vragen liggen vast.")
    return ""


def _locked(criterion: Criterion) -> tuple[Stage, Criterion]:
    """Its round, locked and still prepared, and the criterion as it is now."""
    stage = held(criterion.stage)
    if reason := why_fixed(stage):
        raise CriterionError(reason)
    found = Criterion.objects.filter(pk=criterion.pk).first()
    if found is None:
        raise CriterionError(_("Deze vraag is er niet meer. Een collega haalde haar weg."))
    return stage, found


def _clean(name: str, text: str) -> str:
    text = " ".join(text.split())
    if not any(character.isalnum() for character in text):
        raise CriterionError(_("Schrijf de vraag, en wat beide einden betekenen."))
    if len(text) > (QUESTION_LENGTH if name == "question" else LABEL_LENGTH):
        raise CriterionError(_("Maak de tekst korter."))
    return text


def _in_all(words: object) -> list[str]:
    return [localized(words, language) for language in LANGUAGES]


def _give(stage: Stage, criterion: Criterion, words: dict[str, dict[str, str]], who: User | None) -> None:
    for name, said in words.items():
        setattr(criterion, name, said)
    criterion.save(update_fields=list(words))
    raise_version(stage)
    title = localized(criterion.title, stage.workshop.language)
    logbook.note(stage.workshop, "change_question", who, stage, title=title)
