"""``manage.py demo``: a whole exploration by made-up people, from the first question to an agenda; another plan too."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from config.rehearsal.proposals import CHOSEN, PROPOSALS, REFUSED
from config.rehearsal.script import shipped_content
from config.site import Site
from tests.config.test_rehearse import FILES, manage, read, stages_of
from tests.factories import PASSWORD, make_facilitator


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a demo that was stopped after its rehearsal, and what it said."""
    folder = tmp_path_factory.mktemp("demo")
    done = manage("demo", "--folder", folder, own_services=True, timeout=400, DEMO_EXIT="1", DEMO="")
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


def test_the_demo_holds_a_whole_exploration_up_to_its_released_report(demo: tuple[Path, str]) -> None:
    folder, said = demo
    assert said.count("receipts = stored = counted = reported") == 1
    assert "The workshop that is open now" in said
    assert sorted(path.name for path in folder.glob("report.*")) == FILES
    own = json.loads((folder / "bergen-op-zoom" / "report.json").read_text())
    assert own["report"]["status"] == "released" and own["participants"]["total"] == 60
    chain = ["question", "trends", "trends-2", "axes", "scenarios", "immersion", "position", "ideas", "windtunnel"]
    assert list(stages_of(folder)) == [*chain, "agenda", "question-2"]


def test_in_the_demo_one_round_goes_on_with_another(demo: tuple[Path, str]) -> None:
    stages = stages_of(demo[0])
    divided = stages["trends"]["analysis"]["most_divided"][:6]
    assert [item["key"] for item in stages["trends-2"]["items"]] == divided
    assert all(0.6 < row["kept"] < 1 for row in stages["trends-2"]["analysis"]["shifts"])
    assert stages["axes"]["analysis"]["chosen"] == {"x": "economie", "y": "solidariteit"}
    assert stages["axes"]["analysis"]["reason"]
    options = [item["title"] for item in stages["ideas"]["items"]]
    assert len(options) == 12 and [item["title"] for item in stages["windtunnel"]["items"]] == options
    classes = {row["class"] for row in stages["windtunnel"]["analysis"]["options"]}
    assert classes == {"robust", "promising", "gamble", "set_aside"}
    hopeful = [
        row["key"] for row in stages["windtunnel"]["analysis"]["options"] if row["class"] in {"robust", "promising"}
    ]
    assert {item["key"] for item in stages["agenda"]["items"]} == set(hopeful)


def test_the_demo_ends_with_an_agenda_that_somebody_carries(demo: tuple[Path, str]) -> None:
    rows = [row for row in stages_of(demo[0])["agenda"]["analysis"]["items"] if row["chosen"]]
    assert len(rows) == 5
    for row in rows:
        assert row["mode"] and row["first_step"] and row["due"] and row["assumption"] and row["signpost"]["indicator"]
        assert row["responsibility_now"]["gemeente"] > 0.4
    wanted = {max(row["responsibility_wanted"], key=row["responsibility_wanted"].get) for row in rows}
    assert "gemeente" in wanted and len(wanted) > 1


def test_nothing_that_was_left_out_is_in_the_files_of_the_demo(demo: tuple[Path, str]) -> None:
    folder, _said = demo
    report = (folder / "report.json").read_text()
    table = (folder / "report.csv").read_text()
    left_out = [proposal for proposal in PROPOSALS if proposal.key not in CHOSEN]
    for proposal in left_out:
        assert proposal.title not in report and proposal.title not in table
    assert all(reason not in report for reason in REFUSED.values())


def test_what_a_file_can_hold_of_the_demo_can_be_replayed(demo: tuple[Path, str]) -> None:
    script = read(demo[0] / "votes.csv")
    rounds = ["question", "trends", "trends-2", "axes", "scenarios", "position", "question-2"]
    assert script.stages == rounds and len(script.people) == 60
    divided = {item["key"] for item in stages_of(demo[0])["trends-2"]["items"]}
    keys = [trend.key for trend in shipped_content().trends]
    assert {keys[row.item - 1] for row in script.rows if row.stage == "trends-2"} == divided


def test_another_shipped_plan_can_be_rehearsed_too(site: Site, live_db: None, tmp_path: Path) -> None:
    words = ("rehearse", "--plan", "agreement", "--seed", "2041", "--url", site.url, "--out", tmp_path)
    login = {"REHEARSE_EMAIL": make_facilitator().email, "REHEARSE_PASSWORD": PASSWORD}
    done = manage(*words, timeout=300, **login)
    assert done.returncode == 0, done.stderr
    stages = stages_of(tmp_path)
    assert list(stages) == ["scenarios", "immersion", "windtunnel", "question"]
    headlines = stages["immersion"]["analysis"]["headlines"]
    assert {row["scenario"] for row in headlines} == {"samendam", "ikhoven", "staatsburcht"}
    assert 20 < len(headlines) < stages["immersion"]["analysis"]["received"]
    options = stages["windtunnel"]["analysis"]["options"]
    assert {option["class"] for option in options} == {"robust", "promising", "gamble", "set_aside"}
    assert any(option["contested"] for option in options) and any(option["widens_gap"] for option in options)
    assert any(option["not_in"]["municipalities"] for option in options)


def test_the_short_demo_shows_the_trends_alone_and_stops_when_asked(tmp_path: Path) -> None:
    done = manage("demo", "--folder", tmp_path, own_services=True, DEMO_EXIT="1", DEMO="short")
    assert done.returncode == 0, done.stderr
    assert "receipts = stored = counted = reported" in done.stdout
    assert "The workshop that is open now" in done.stdout
    assert sorted(path.name for path in tmp_path.glob("report.*")) == FILES
    own = json.loads((tmp_path / "bergen-op-zoom" / "report.json").read_text())
    assert own["report"]["status"] == "released" and own["participants"]["total"] == 60
    with (tmp_path / "votes.csv").open() as file:
        assert len({row["participant"] for row in csv.DictReader(file)}) == 60
