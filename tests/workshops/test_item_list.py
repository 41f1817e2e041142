"""The list of a prepared round: its order, and the list as it was."""

from __future__ import annotations

import pytest

from tests.factories import make_workshop
from tests.workshops.lists import keys, titles
from workshops import item_list, item_sources, items
from workshops.creation import copy_workshop
from workshops.item_lines import Words
from workshops.item_list import list_state
from workshops.models import Criterion, LogEntry, Stage, Workshop
from workshops.rounds import RoundError, open_stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop(rounds=["windtunnel", "windtunnel"])


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    """The second wind tunnel, still prepared."""
    return workshop.stages.get(key="windtunnel-2")


def fresh(stage: Stage) -> Stage:
    return Stage.objects.get(pk=stage.pk)


def test_items_change_places(stage: Stage) -> None:
    before = keys(stage)
    second = stage.items.get(number=2)
    order = item_list.move(second, None, up=True)
    assert keys(stage) == [before[1], before[0], *before[2:]]
    assert order == list(stage.items.order_by("number").values_list("pk", flat=True))
    item_list.move(second, None, up=True)
    assert keys(stage)[0] == before[1]
    item_list.move(second, None, up=False)
    assert keys(stage) == before
    assert list(LogEntry.objects.values_list("verb", flat=True)) == ["order_items"]


def test_the_list_before_is_put_back_and_forth(stage: Stage) -> None:
    before = titles(stage)
    gone = stage.items.get(number=1)
    item_sources.take_words(stage, [Words(1, "Iets anders")], None, list_state(stage), replace=True)
    assert titles(stage) == ["Iets anders"]
    item_list.undo(stage, None, list_state(stage))
    assert titles(stage) == before
    assert stage.items.get(number=1).origin == gone.origin
    item_list.undo(stage, None, list_state(stage))
    assert titles(stage) == ["Iets anders"]


def test_words_that_were_mended_since_stay_mended(stage: Stage) -> None:
    items.remove(stage.items.get(number=1), None)
    items.mend(stage.items.get(number=1), "Nu beter", "", None)
    item_list.undo(stage, None, list_state(stage))
    assert titles(stage)[1] == "Nu beter"


def test_nothing_is_put_back_where_nothing_changed(stage: Stage) -> None:
    with pytest.raises(RoundError, match="niets om terug te zetten"):
        item_list.undo(stage, None, list_state(stage))


def test_of_two_tabs_the_second_is_told(stage: Stage) -> None:
    stale = list_state(stage)
    items.add(stage, "Een eigen keuze", "", None)
    for refused in (
        lambda: item_list.undo(stage, None, stale),
        lambda: item_sources.choose_content(stage, [], None, stale),
        lambda: item_sources.take_words(stage, [Words(1, "Iets")], None, stale, replace=True),
    ):
        with pytest.raises(RoundError, match="intussen veranderd"):
            refused()
    assert stage.items.count() == 13


def test_an_opened_round_keeps_its_list(stage: Stage) -> None:
    items.add(stage, "Een eigen keuze", "", None)
    Criterion.objects.filter(stage=stage).update(is_open=True)
    open_stage(stage)
    state = list_state(stage)
    for refused in (
        lambda: item_list.move(stage.items.get(number=1), None, up=False),
        lambda: item_list.undo(stage, None, state),
        lambda: item_sources.choose_content(stage, [], None, state),
        lambda: item_sources.take_words(stage, [Words(1, "Iets")], None, state, replace=False),
    ):
        with pytest.raises(RoundError, match="al geopend"):
            refused()
    # Adding goes on, as while people vote; what was before is not kept then.
    items.add(stage, "Nog een", "", None)
    assert "items_before" not in fresh(stage).settings


def test_a_copy_of_the_workshop_knows_nothing_of_the_list_before(workshop: Workshop, stage: Stage) -> None:
    items.remove(stage.items.get(number=1), None)
    assert len(fresh(stage).settings["items_before"]) == 12
    copy = copy_workshop(workshop, workshop.owner, title="Nog eens", date=workshop.date)
    again = copy.stages.get(key="windtunnel-2")
    assert "items_before" not in again.settings and again.items.count() == 11
