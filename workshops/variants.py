"""Redesign and retest: an option that is a gamble or promising gets a variant, and a second wind tunnel tests those.

A variant is an item that keeps the key of the option it comes from (``origin["variant_of"]``) in a round that comes
after the first one (``Stage.previous``).
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from municipalities.models import User
from trends.text import both, localized
from workshops import logbook, tasks
from workshops.items import FACILITATOR, MOST_ITEMS, TEXT_LENGTH, TITLE_LENGTH, raise_version, take_out
from workshops.models import Item, Stage
from workshops.preparing import ITEM_FIELDS, Round, asked_settings, prepare
from workshops.rounds import RoundError, held
from workshops.stages.windtunnel import KIND

# Which classes of option are worth another try.
MENDABLE = ("promising", "gamble")
MINUTES = 15


class VariantError(RoundError):
    """The variant can't be made or taken away; the message says why."""


@transaction.atomic
def add(stage: Stage, item: Item, who: User | None, *, title: str, text: str, instead: str) -> Item:
    """A variant of an option of a closed wind tunnel, in the round that tests the variants again (made where there is
    none yet, right after this one).

    ``title``: 1–100 characters, ``text`` and ``instead``: 0–400. VariantError where the round is not closed, the second
    one was opened already or is full, the words are too long or no text, or nothing changed.
    """
    stage = held(stage)
    if stage.kind != KIND.KEY or not stage.is_closed or stage.workshop.ended_at is not None:
        raise VariantError(_("Sluit eerst de windtunnel. Daarna kunt u keuzes aanpassen."))
    if item.stage_id != stage.pk:
        raise VariantError(_("Deze keuze hoort bij een andere ronde."))
    words = {name: " ".join(said.split()) for name, said in (("title", title), ("text", text), ("instead", instead))}
    _check(words, item, stage.workshop.language)
    retest = retest_of(stage)
    if retest is not None and not retest.is_prepared:
        raise VariantError(_("De ronde met aangepaste keuzes is al geopend. Er kan geen keuze meer bij."))
    if retest is not None and retest.items.count() >= MOST_ITEMS:
        raise VariantError(_("De ronde is vol: er passen hoogstens %(most)d in.") % {"most": MOST_ITEMS})
    row = _row(item, words, retest)
    if retest is None:
        _make_retest(stage, row)
    else:
        Item.objects.create(stage=retest, number=retest.items.count() + 1, **row)
        raise_version(retest)
    logbook.note(stage.workshop, "add_variant", who, stage, title=words["title"])
    tasks.show_after_commit(stage.workshop_id)
    return Item.objects.get(stage__previous=stage, stage__void=False, key=row["key"])


@transaction.atomic
def remove(stage: Stage, variant: Item, who: User | None) -> None:
    """Take a variant of this round's options away again; its round goes with the last one. VariantError once opened."""
    stage = held(stage)
    retest = retest_of(stage)
    # As it is under the lock: a colleague may have moved it since it was read.
    found = Item.objects.filter(pk=variant.pk, stage=retest).first() if retest is not None else None
    if retest is None or found is None:
        raise VariantError(_("Deze aangepaste keuze is er niet meer."))
    if not retest.is_prepared:
        raise VariantError(_("De ronde met aangepaste keuzes is al geopend. De keuze blijft staan."))
    title = localized(found.title, stage.workshop.language)
    take_out(retest, found)
    if not retest.items.exists():
        _drop(retest)
    else:
        raise_version(retest)
    logbook.note(stage.workshop, "remove_variant", who, stage, title=title)
    tasks.show_after_commit(stage.workshop_id)


def retest_of(stage: Stage) -> Stage | None:
    """The round that tests this round's variants, if there is one."""
    return Stage.objects.filter(previous=stage, kind=KIND.KEY, void=False).order_by("position").first()


def mendable(analysis: dict[str, Any]) -> list[dict[str, Any]]:
    """The options of a wind tunnel's ``analysis`` that are worth another try, as listed, each with ``failed_in``: the
    scenarios in which it was not valuable, the worst first."""
    found = []
    for option in analysis.get("options", []):
        if option["class"] in MENDABLE:
            short = [key for key, cell in option["by_scenario"].items() if cell["verdict"] != "valuable"]
            means = {key: option["by_scenario"][key]["mean"] for key in short}
            found.append({**option, "failed_in": sorted(short, key=lambda key: means[key])})
    return found


def _check(words: dict[str, str], item: Item, language: str) -> None:
    if not any(each.isalnum() for each in words["title"]):
        raise VariantError(_("Geef de aangepaste keuze een titel."))
    if len(words["title"]) > TITLE_LENGTH or max(len(words["text"]), len(words["instead"])) > TEXT_LENGTH:
        raise VariantError(_("Maak de tekst korter."))
    if any("\0" in said for said in words.values()):
        raise VariantError(_("Hier staat een teken dat geen tekst is. Typ de tekst opnieuw."))
    before = {
        "title": localized(item.title, language),
        "text": localized(item.text, language),
        "instead": localized(item.origin.get("instead"), language),
    }
    if words == before:
        raise VariantError(_("U veranderde nog niets aan deze keuze."))


def _row(item: Item, words: dict[str, str], retest: Stage | None) -> dict[str, Any]:
    """The variant as an item's fields; its key is the option's with the first free number."""
    taken = set(retest.items.values_list("key", flat=True)) if retest else set()
    number = next(number for number in range(2, 100) if f"{item.key[:55]}-v{number}" not in taken)
    origin = {
        "source": FACILITATOR,
        "text_source": FACILITATOR,
        "instead": both(words["instead"]),
        "variant_of": item.key,
        "variant_of_title": item.title,
    }
    key = f"{item.key[:55]}-v{number}"
    return dict(zip(ITEM_FIELDS, (key, both(words["title"]), both(words["text"]), origin), strict=True))


def _make_retest(stage: Stage, row: dict[str, Any]) -> Stage:
    """A wind tunnel with this one variant, in the scenarios that the first one tested."""
    later = stage.workshop.stages.filter(position__gt=stage.position)
    later.update(position=F("position") + 1)
    title = _("%(round)s: aangepast") % {"round": stage.title[:100]}
    round_ = Round(KIND.KEY, title=title, minutes=MINUTES, settings=asked_settings(stage), items=[row])
    retest = prepare(stage.workshop, round_, stage.position + 1, previous=stage)
    was_open = dict(stage.criteria.values_list("key", "is_open"))
    for criterion in retest.criteria.all():
        criterion.is_open = was_open.get(criterion.key, criterion.is_open)
        criterion.save(update_fields=["is_open"])
    return retest


def _drop(retest: Stage) -> None:
    position, workshop = retest.position, retest.workshop
    if workshop.at_stage_id == retest.pk:
        workshop.at_stage = retest.previous
        workshop.save(update_fields=["at_stage"])
    retest.delete()
    workshop.stages.filter(position__gt=position).update(position=F("position") - 1)
