"""The facilitator decides: a proposed pair, another one or an own axis; the rounds that follow take the axes over."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.workshops.axes_room import axes_round, divide, pair, shown
from workshops import axes, results
from workshops.models import LogEntry, Stage, Workshop
from workshops.participants import join
from workshops.preparing import Round, prepare
from workshops.rounds import RoundError, close_stage, end_workshop, open_stage, reveal_stage
from workshops.stages import kind
from workshops.tallies import refresh
from workshops.votes import store_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return axes_round()


@pytest.fixture
def desk(client: Client, stage: Stage) -> Client:
    client.force_login(stage.workshop.owner)
    return client


def page(stage: Stage, end: str = "") -> str:
    return f"/workshops/{stage.workshop.public_id}/stages/{stage.pk}/axes/{end}"


def asked(workshop: Workshop, kind_key: str) -> list[str]:
    return list(workshop.stages.get(kind=kind_key).criteria.order_by("position").values_list("key", flat=True))


def axes_of(stage: Stage) -> list[str]:
    workshop = Workshop.objects.get(pk=stage.workshop_id)
    return [workshop.axes[side]["key"] for side in ("x", "y")] if workshop.axes else []


def test_the_first_pair_needs_no_reason_another_does(stage: Stage) -> None:
    axes.choose(stage, None, *pair(stage, 1))
    assert axes_of(stage) == ["economie", "solidariteit"]
    with pytest.raises(RoundError, match="Schrijf waarom"):
        axes.choose(stage, None, *pair(stage, 2))
    assert axes_of(stage) == ["economie", "solidariteit"]
    axes.choose(stage, None, *pair(stage, 2), reason="  De zaal  wilde dit. ")
    workshop = Workshop.objects.get(pk=stage.workshop_id)
    assert workshop.axes["reason"] == "De zaal wilde dit."
    chosen = Stage.objects.get(pk=stage.pk).settings["chosen"]
    assert chosen == {"x": "economie", "y": "schaal", "reason": "De zaal wilde dit."}
    assert LogEntry.objects.filter(verb="choose_axes").count() == 2


def test_the_rounds_that_follow_are_made_on_the_axes_that_were_chosen(stage: Stage) -> None:
    workshop = stage.workshop
    own = axes.own_axis(2, "Tempo", "Langzaam", "Snel")
    scores = workshop.stages.get(kind="scenarios").criteria.get(key="desirability")
    scores.question = {"nl": "Wilt u dit?", "en": "Do you want this?"}
    scores.save()
    followers = axes.choose(stage, None, pair(stage, 3)[0], own, reason="Zelf bedacht")
    assert [each.kind for each in followers] == ["scenarios", "position"]
    assert asked(workshop, "scenarios") == ["plausibility", "desirability", "preparedness", "regie", "eigen-as-2"]
    assert asked(workshop, "position") == ["now-regie", "now-eigen-as-2", "wanted-regie", "wanted-eigen-as-2"]
    follower = workshop.stages.get(kind="scenarios")
    assert follower.criteria.get(key="desirability").question["nl"] == "Wilt u dit?"
    criterion = follower.criteria.get(key="eigen-as-2")
    assert (criterion.low_label["nl"], criterion.high_label["en"]) == ("Langzaam", "Snel")
    assert follower.settings["axes"]["y"]["title"]["nl"] == "Tempo"


def test_a_round_that_was_asked_already_keeps_its_axes(stage: Stage) -> None:
    workshop = stage.workshop
    follower = open_stage(workshop.stages.get(kind="scenarios"))
    before = asked(workshop, "scenarios")
    followers = axes.choose(stage, None, *pair(stage, 3), reason="Daarom")
    assert [each.kind for each in followers] == ["position"]
    assert asked(workshop, "scenarios") == before
    assert follower.is_open


def test_a_round_that_comes_later_takes_the_axes_over(stage: Stage) -> None:
    axes.choose(stage, None, *pair(stage, 3), reason="Daarom")
    later = prepare(Workshop.objects.get(pk=stage.workshop_id), Round("position"), 9)
    assert [axis["key"] for axis in later.settings["axes"].values()] == ["regie", "schaal"]


def test_planes_on_an_own_axis_show_the_room_alone(stage: Stage) -> None:
    """An own axis has no places in the source: nothing of it is drawn, and nothing breaks."""
    workshop = stage.workshop
    axes.choose(stage, None, pair(stage, 1)[0], axes.own_axis(2, "Tempo", "Langzaam", "Snel"), reason="Zelf bedacht")
    for key in ("scenarios", "position"):
        follower = open_stage(workshop.stages.get(kind=key))
        cells = [(item.pk, criterion.key) for item in follower.items.all() for criterion in follower.criteria.all()]
        for _ in range(6):
            store_form(join(workshop, "0748", "inwoner"), follower, [(item, key, 1) for item, key in cells])
        follower = reveal_stage(close_stage(follower))
        refresh(follower.pk, wait=True)
        figures = results.released(follower)
        assert figures is not None
        assert kind(key).screen(figures, follower)
        assert kind(key).phone(figures, follower).beside({})
        assert kind(key).analysis(figures, follower)["axes"]["y"]["key"] == "eigen-as-2"


def test_a_choice_is_taken_back_and_taken_again(stage: Stage) -> None:
    workshop = stage.workshop
    before = asked(workshop, "position")
    with pytest.raises(RoundError, match="Er is nog niets gekozen"):
        axes.undo(stage, None)
    axes.choose(stage, None, *pair(stage, 3), reason="Daarom")
    axes.undo(stage, None)
    assert axes_of(stage) == []
    assert asked(workshop, "position") == before
    axes.undo(stage, None)
    assert axes_of(stage) == ["regie", "schaal"]


def test_after_the_end_nothing_is_chosen(stage: Stage) -> None:
    end_workshop(stage.workshop)
    with pytest.raises(RoundError, match="afgelopen"):
        axes.choose(stage, None, *pair(stage, 1))


def test_the_same_axis_twice_is_none(stage: Stage) -> None:
    x, _ = pair(stage, 1)
    with pytest.raises(RoundError, match="twee verschillende"):
        axes.choose(stage, None, x, x, reason="Daarom")


# The page and the cockpit


def test_the_page_has_the_pairs_with_their_reasons_and_no_dots_before_the_reveal(desk: Client, stage: Stage) -> None:
    open_stage(stage)
    divide(stage, *[(3, 0, 0)] * 7)
    html = desk.get(page(stage)).text
    assert "Economische ontwikkeling × Solidariteit" in html
    assert "wat mensen van de ene as vinden" in html
    assert "21 stip" not in html
    shown(stage)
    assert "21 stippen" in desk.get(page(stage)).text


def test_another_pair_is_chosen_on_the_page_with_a_reason(desk: Client, stage: Stage) -> None:
    key = stage.items.get(number=2).key
    refused = desk.post(page(stage), {"choice": key, "reason": ""})
    assert refused.status_code == 422
    assert "Schrijf waarom u deze assen kiest." in refused.text
    response = desk.post(page(stage), {"choice": key, "reason": "Dit leeft in de stad"}, follow=True)
    assert "De assen zijn gekozen. Deze rondes vragen er nu naar:" in response.text
    assert "Dit leeft in de stad" in response.text
    assert axes_of(stage) == ["economie", "schaal"]


def test_an_own_axis_is_typed_with_two_ends(desk: Client, stage: Stage) -> None:
    fields = {"choice": "other", "x": "regie", "y": "own", "y_title": "Tempo", "y_negative": "Langzaam", "reason": "Ja"}
    refused = desk.post(page(stage), fields)
    assert refused.status_code == 422
    assert "Zeg wat dit uiterste is." in refused.text
    assert desk.post(page(stage), fields | {"y_positive": "Snel"}).status_code == 302
    assert axes_of(stage) == ["regie", "eigen-as-2"]


def test_two_of_the_same_axis_or_none_are_refused(desk: Client, stage: Stage) -> None:
    assert (
        "Kies twee verschillende assen."
        in desk.post(page(stage), {"choice": "other", "x": "regie", "y": "regie", "reason": "Ja"}).text
    )
    assert "Kies een as." in desk.post(page(stage), {"choice": "other", "x": "regie", "y": "", "reason": "Ja"}).text
    assert "Kies een paar." in desk.post(page(stage), {"reason": "Ja"}).text
    assert axes_of(stage) == []


def test_the_cockpit_chooses_the_first_at_once_and_asks_why_of_another(desk: Client, stage: Stage) -> None:
    shown(open_stage(stage))
    cockpit = desk.get(f"/workshops/{stage.workshop.public_id}/").text
    assert "Kies A" in cockpit
    assert "Kies B en zeg waarom" in cockpit
    first, second = (stage.items.get(number=number).key for number in (1, 2))
    response = desk.post(page(stage, f"pick/{second}/"))
    assert response.url.endswith(f"/axes/?pair={second}")
    assert axes_of(stage) == []
    desk.post(page(stage, f"pick/{first}/"))
    assert axes_of(stage) == ["economie", "solidariteit"]
    assert "Op deze assen bouwt u verder" in desk.get(f"/workshops/{stage.workshop.public_id}/").text
    desk.post(page(stage, "undo/"))
    assert axes_of(stage) == []


def test_the_contents_own_pair_is_one_click_away(desk: Client, stage: Stage) -> None:
    assert "Neem Economische ontwikkeling × Solidariteit" in desk.get(page(stage)).text
    desk.post(page(stage, "default/"))
    assert axes_of(stage) == ["economie", "solidariteit"]
    assert Workshop.objects.get(pk=stage.workshop_id).axes["reason"]
    assert "Neem Economische" not in desk.get(page(stage)).text


def test_only_who_runs_the_workshop_chooses(client: Client, stage: Stage) -> None:
    assert client.get(page(stage)).status_code == 302
    assert client.post(page(stage, "default/")).status_code == 302
    assert axes_of(stage) == []
