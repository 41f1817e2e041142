"""What of ideas may be seen by whom: nothing that waits, was left out or was put into other words, anywhere; and the
result: support in numbers and shares, from five people on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from reports.facts import workshop_facts
from tests.factories import make_workshop
from tests.reports.reading import texts
from tests.reports.test_schema import errors
from tests.workshops.ideas_room import choose, options, propose, support
from workshops import idea_options, results, tallies
from workshops.fragments import render
from workshops.idea_options import version
from workshops.identity import cookie_name, seal
from workshops.logbook import lines
from workshops.models import Idea, Item, Participant, Stage, Workshop
from workshops.participants import join
from workshops.rounds import close_stage, open_stage, reveal_stage
from workshops.stages import kind

pytestmark = pytest.mark.django_db

# Words that only the author and the facilitator may read; each stands in one idea's title, price or why.
SECRETS = ("Wachtzwaan", "Verborgenvos", "Samenslak", "Wachtprijs", "Verborgenprijs", "Waaromwolf", "Redenrat")
PUBLIC = "Open het buurthuis weer"


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop(rounds=["ideas"])


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    """An open round in which ideas wait, were left out, merged under other words, and chosen."""
    stage = open_stage(workshop.stages.get())
    propose(stage, "Wachtzwaan voeren", instead="minder Wachtprijs", why="Waaromwolf")
    hidden = propose(stage, "Verborgenvos jagen", instead="minder Verborgenprijs")
    idea_options.hide(hidden, version(hidden), "Redenrat", None)
    choose(stage, propose(stage, "Samenslak redden", instead="minder stoep"), propose(stage, "Slak"), title=PUBLIC)
    options(stage, "Plant bomen")
    return stage


def be(person: Participant) -> Client:
    client = Client()
    public_id = person.workshop.public_id
    client.cookies[cookie_name(public_id)] = seal(public_id, person.pk)
    return client


def everywhere(workshop: Workshop) -> Iterator[tuple[str, str]]:
    """All that a screen, the streams and somebody else's phone get, by name."""
    fresh = Workshop.objects.select_related("content_set").get(pk=workshop.pk)
    for audience, events in render(fresh).items():
        for name, text in events.items():
            yield f"{audience} {name}", text
    phone = be(join(workshop, "0748", "inwoner"))
    stage = workshop.stages.get()
    for address in ("", "main/", f"result/{stage.pk}/"):
        yield f"phone {address}", phone.get(f"/room/{workshop.public_id}/{address}").content.decode()
    screen = Client()
    for address in ("", "main/"):
        yield f"screen {address}", screen.get(f"/screen/{workshop.screen_token}/{address}").content.decode()
    yield "logbook", "\n".join(line.sentence for line in lines(fresh, 100))


def no_secret_in(found: Iterator[tuple[str, str]]) -> None:
    for name, text in found:
        assert not [secret for secret in SECRETS if secret in text], name


def hold(stage: Stage, people: int = 6) -> Stage:
    """Let the room support, close and reveal: everybody the first option, all but one the second."""
    idea_options.open_support(stage, None)
    items = list(stage.items.order_by("number"))
    for who in range(people):
        support(stage, join(stage.workshop, "0503", "bedrijf"), items[:1] if who == 0 else items[:2])
    close_stage(stage)
    reveal_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    return Stage.objects.get(pk=stage.pk)


def test_nothing_unmoderated_or_left_out_is_shown_in_any_state(workshop, stage) -> None:
    no_secret_in(everywhere(workshop))
    idea_options.open_support(stage, None)
    no_secret_in(everywhere(workshop))
    for person in range(5):
        support(stage, join(workshop, "0503", "bedrijf"), stage.items.all()[: person % 2 + 1])
    close_stage(stage)
    no_secret_in(everywhere(workshop))
    reveal_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    found = dict(everywhere(workshop))
    no_secret_in(iter(found.items()))
    assert PUBLIC in found["screen main/"]
    assert PUBLIC in found["phone main/"]


def test_nothing_of_them_is_in_any_file(workshop, stage) -> None:
    hold(stage)
    facts = workshop_facts(Workshop.objects.get(pk=workshop.pk), version=1, made_on="2026-11-25")
    assert errors(facts) == []
    written = {**texts(facts), "facts": json.dumps(facts, ensure_ascii=False)}
    no_secret_in(iter(written.items()))
    for name, text in written.items():
        if name != "zip":  # pictures, of which this round has none
            assert PUBLIC in " ".join(text.split()), name


def test_the_cockpit_and_its_stream_have_numbers_only(workshop, stage) -> None:
    desk = Client()
    desk.force_login(workshop.owner)
    for address in ("", "live/"):
        found = desk.get(f"/workshops/{workshop.public_id}/{address}").content.decode()
        assert "1 idee wacht op u" in found
        no_secret_in(iter([(address, found)]))


def test_an_author_reads_ones_own_and_no_others(workshop, stage) -> None:
    author = join(workshop, "0748", "inwoner")
    propose(stage, "Mijn eigen plan", author)
    found = be(author).get(f"/room/{workshop.public_id}/").content.decode()
    assert "Mijn eigen plan" in found
    no_secret_in(iter([("own page", found)]))


def test_an_idea_is_tied_to_no_participant(stage) -> None:
    person = join(stage.workshop, "0748", "inwoner")
    idea = propose(stage, "Mijn eigen plan", person)
    assert str(person.pk) not in str(vars(Idea.objects.get(pk=idea.pk)))
    assert idea.author != propose(open_stage(make_workshop(rounds=["ideas"]).stages.get()), "Mijn eigen plan").author


# The screen while it goes on


def screen(workshop: Workshop) -> str:
    return Client().get(f"/screen/{workshop.screen_token}/main/").content.decode()


def test_the_screen_shows_the_number_of_ideas_and_only_what_was_chosen(workshop) -> None:
    stage = open_stage(workshop.stages.get())
    propose(stage, "Wachtzwaan voeren")
    found = screen(workshop)
    assert "Wat kunnen wij doen?" in found
    assert "Noem geen namen." in found
    assert '<b class="count">1</b> <span>idee binnen</span>' in found
    options(stage, "Plant bomen")
    found = screen(workshop)
    assert '<b class="count">2</b> <span>ideeën binnen</span>' in found
    assert "Plant bomen" in found
    assert "ten koste van minder parkeerplaatsen" in found
    assert "Wachtzwaan" not in found


def test_while_the_room_supports_the_screen_shows_the_list_and_no_support(workshop, stage) -> None:
    idea_options.open_support(stage, None)
    support(stage, join(workshop, "0503", "bedrijf"), stage.items.all()[:1])
    found = screen(workshop)
    assert "Kies er hoogstens vijf" in found
    assert "van de 6 mensen hebben geantwoord" in " ".join(found.split())
    assert "ideas-bars" not in found


def test_a_long_list_goes_on_to_next_slides_at_every_size(workshop) -> None:
    stage = open_stage(workshop.stages.get())
    for number in range(30):
        title = {"nl": f"Open een buurthuis in wijk {number} en houd het elke avond open voor iedereen"}
        origin = {"instead": {"nl": "minder geld voor groen, wegen en de parkeergarage in het centrum"}}
        Item.objects.create(stage=stage, number=number + 1, key=f"k{number}", title=title, origin=origin)
    for step in (-1, 0, 1, 2):
        for shape in kind("ideas").asking(stage, step)["shapes"]:
            rows = [row for page in shape["pages"] for column in page for row in column]
            assert [row["number"] for row in rows] == list(range(1, 31))
            assert len(shape["pages"]) > 2


# The result


def released(stage: Stage) -> Any:
    found = results.released(stage)
    assert found is not None
    return found


def test_the_analysis_has_support_shares_and_numbers_of_ideas(workshop, stage) -> None:
    options(stage, "Bouw huizen")
    stage = hold(stage)
    found = kind("ideas").analysis(released(stage), stage)
    assert [(o["title"], o["support"], o["share"], o["hidden"], o["made_from"]) for o in found["options"]] == [
        (PUBLIC, 6, 1.0, False, 2),
        ("Plant bomen", 5, 5 / 6, False, 1),
        ("Bouw huizen", 0, 0.0, False, 1),
    ]
    assert found["options"][0]["instead"] == "minder stoep"
    assert found["ideas"] == {"received": 6, "chosen": 2, "merged": 2, "hidden": 1}


def test_ties_stand_in_listed_order(stage) -> None:
    items = options(stage, "Bouw huizen", "Verlaag de snelheid")
    idea_options.move(items[1], idea_options.order_of(stage), None, up=True)
    idea_options.open_support(stage, None)
    listed = list(stage.items.order_by("number"))
    for _ in range(5):
        support(stage, join(stage.workshop, "0503", "bedrijf"), listed)
    close_stage(stage)
    reveal_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    stage = Stage.objects.get(pk=stage.pk)
    found = kind("ideas").analysis(released(stage), stage)["options"]
    assert [each["key"] for each in found] == [item.key for item in listed]


def test_support_of_fewer_than_five_is_hidden_everywhere(workshop, stage) -> None:
    stage = hold(stage, people=4)
    found = kind("ideas").analysis(released(stage), stage)["options"]
    assert all((each["support"], each["share"], each["hidden"]) == (None, None, True) for each in found)
    assert "Te weinig mensen" in screen(workshop)
    phone = be(join(workshop, "0748", "inwoner")).get(f"/room/{workshop.public_id}/").content.decode()
    assert "vanaf vijf antwoorden" in phone


def test_a_round_closed_before_the_support_shows_its_options_without_figures(workshop, stage) -> None:
    close_stage(stage)
    reveal_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    stage = Stage.objects.get(pk=stage.pk)
    found = kind("ideas").analysis(released(stage), stage)["options"]
    assert [(each["support"], each["share"]) for each in found] == [(0, None)] * 2
    shown = screen(workshop)
    assert "Dit zijn de keuzes van deze zaal" in shown
    assert "%" not in shown.split("<table")[1].split("</table")[0]
    facts = workshop_facts(Workshop.objects.get(pk=workshop.pk), version=1, made_on="2026-11-25")
    assert errors(facts) == []
    assert "Om steun is niet gevraagd." in " ".join(texts(facts)["pdf"].split())


def test_a_round_without_a_single_idea_says_so(workshop) -> None:
    stage = open_stage(workshop.stages.get())
    close_stage(stage)
    reveal_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    assert "Er is geen idee gekozen" in screen(workshop)
    facts = workshop_facts(Workshop.objects.get(pk=workshop.pk), version=1, made_on="2026-11-25")
    assert errors(facts) == []
    assert "droeg niemand een idee aan" in " ".join(texts(facts)["pdf"].split())


def test_a_phone_shows_own_support_beside_the_rooms(workshop, stage) -> None:
    person = join(workshop, "0748", "inwoner")
    idea_options.open_support(stage, None)
    support(stage, person, stage.items.order_by("number")[1:2])
    for _ in range(5):
        support(stage, join(workshop, "0503", "bedrijf"), stage.items.order_by("number")[:1])
    close_stage(stage)
    closed = be(person).get(f"/room/{workshop.public_id}/").content.decode()
    assert "idea-bars" not in closed
    reveal_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    found = be(person).get(f"/room/{workshop.public_id}/").content.decode()
    assert "U steunde 1 keuze." in found
    assert found.count("u steunt dit") == 1
    assert found.index("Plant bomen") < found.index("u steunt dit")
    assert "5 mensen · 83 %" in found.replace("\xa0", " ").replace("\u202f", " ")
    other = be(join(workshop, "0748", "inwoner")).get(f"/room/{workshop.public_id}/").content.decode()
    assert "U zei niet wat u steunt." in other
    assert "u steunt dit" not in other


def test_the_result_costs_as_many_queries_for_many_options(workshop, stage, django_assert_max_num_queries) -> None:
    options(stage, *(f"Keuze nummer {number}" for number in range(20)))
    hold(stage)
    phone = be(join(workshop, "0748", "inwoner"))
    phone.get(f"/room/{workshop.public_id}/")
    with django_assert_max_num_queries(14):
        phone.get(f"/room/{workshop.public_id}/")
