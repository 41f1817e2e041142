"""``manage.py rehearse`` and ``manage.py demo``: a room over HTTP, and every receipt found again in the report."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from config.management.commands.rehearse import report_outcome
from config.rehearsal.browser import Page
from config.rehearsal.checking import differences, unmoderated
from config.rehearsal.facilitator import STEP, Room
from config.rehearsal.participant import Participant, Told, titles_in
from config.rehearsal.play import Outcome
from config.rehearsal.proposals import Proposal
from config.rehearsal.script import Asked, Script, last_answers, shipped_content, shipped_municipalities
from config.rehearsal.votes_file import read_votes
from config.site import BASE_DIR, Site
from tests.factories import PASSWORD, make_facilitator

ASKS = {"trends": Asked(21, {"impact": (1, 5), "uncertainty": (1, 5)})}
FILES = ["report.csv", "report.json", "report.pdf", "report.xlsx"]

# Six people, one of them in two minds, and an item that only three answer.
VOTES = """participant,municipality,group,item,criterion,value,second
a,0748,inwoner,1,impact,5,1
b,0748,inwoner,1,impact,4,1
c,0503,bedrijf,1,impact,4,2
d,0503,bedrijf,1,impact,,2
e,anders,rijk,1,impact,2,3
f,0748,gemeente,1,impact,1,3
a,0748,inwoner,1,impact,3,9
a,0748,inwoner,2,uncertainty,3,4
b,0748,inwoner,2,uncertainty,3,4
c,0503,bedrijf,2,uncertainty,,4
"""


def manage(
    *words: str | Path, own_services: bool = False, timeout: float = 120, **environ: str
) -> subprocess.CompletedProcess[str]:
    """Run ``manage.py`` as somebody would at a terminal; with ``own_services`` it knows of no others."""
    known = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    env = (known if own_services else dict(os.environ)) | environ
    command = [sys.executable, str(BASE_DIR / "manage.py"), *map(str, words)]
    return subprocess.run(command, env=env, cwd=BASE_DIR, text=True, capture_output=True, check=False, timeout=timeout)


@pytest.fixture(scope="module")
def votes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("votes") / "votes.csv"
    path.write_text(VOTES)
    return path


def test_a_rehearsal_at_its_own_site_ends_with_four_files_and_nothing_running(tmp_path: Path) -> None:
    done = manage("rehearse", "--participants", "12", "--seed", "5", "--out", tmp_path, own_services=True)
    assert done.returncode == 0, done.stderr
    assert "receipts = stored = counted = reported" in done.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == FILES
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["participants"]["total"] == 12
    assert [place["code"] for place in report["workshop"]["municipalities"]] == ["0748", "0503", "0777"]


def test_a_file_of_votes_comes_back_in_the_report(site: Site, live_db: None, votes: Path, tmp_path: Path) -> None:
    facilitator = make_facilitator()
    words = ("rehearse", "--votes", votes, "--url", site.url, "--out", tmp_path, "--speed", "20")
    done = manage(*words, REHEARSE_EMAIL=facilitator.email, REHEARSE_PASSWORD=PASSWORD)
    assert done.returncode == 0, done.stderr
    (stage,) = json.loads((tmp_path / "report.json").read_text())["stages"]
    first = stage["items"][0]["criteria"]["impact"]
    assert first["counts"] == {"1": 1, "2": 1, "3": 1, "4": 2, "5": 0}
    assert (first["n"], first["dont_know"], first["hidden"]) == (5, 1, False)
    assert stage["items"][1]["criteria"]["uncertainty"]["hidden"] is True
    assert stage["items"][2]["criteria"]["impact"]["n"] == 0
    assert stage["respondents"] == 6
    wrong = differences(read(votes), phones(read(votes)), ASKS, {"participants": {"total": 6}, "stages": [stage]})
    assert wrong == []


def test_a_log_in_that_is_refused_says_so(site: Site, votes: Path, tmp_path: Path) -> None:
    words = ("rehearse", "--votes", votes, "--url", site.url, "--out", tmp_path)
    done = manage(*words, REHEARSE_EMAIL="niemand@voorbeeld.nl", REHEARSE_PASSWORD="niet-het-goede")
    assert done.returncode == 1
    assert "logging in as niemand@voorbeeld.nl was refused" in done.stderr


def test_a_broken_file_is_refused_before_anything_starts(tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    path.write_text(VOTES.replace("0503", "0000"))
    done = manage("rehearse", "--votes", path, "--out", tmp_path / "out", own_services=True)
    assert done.returncode == 1
    assert "regel 4: gemeente ‘0000’ bestaat niet" in done.stderr
    assert done.stdout == ""
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["--municipalities", "0748,1234"], "no municipality with code 1234\\."),
        (["--participants", "0"], "--participants is 1"),
        (["--speed", "-1"], "--speed is 0 or more"),
        (["--votes", "nergens.csv"], "nergens"),
        (["--plan", "nergens"], "invalid choice"),
        (["--plan", "agreement", "--votes", "nergens.csv"], "Give --plan or --votes"),
        (["--plan", "exploration", "--participants", "7"], "--plan exploration takes 8 people or more"),
        (["--url", "http://127.0.0.1:1"], "REHEARSE_EMAIL"),
    ],
)
def test_what_cannot_be_played_is_told(words: list[str], what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REHEARSE_EMAIL", raising=False)
    with pytest.raises(CommandError, match=what):
        call_command("rehearse", *words)


def stages_of(folder: Path) -> dict[str, dict[str, Any]]:
    return {stage["key"]: stage for stage in json.loads((folder / "report.json").read_text())["stages"]}


# Six people think again, divide dots, and say who carries what.
CHAIN = "".join(
    f"{name},{code},inwoner,{line}\n"
    for name, code in (("a", "0748"), ("b", "0748"), ("c", "0748"), ("d", "0503"), ("e", "0503"), ("f", "0503"))
    for line in (
        *(
            f"{item},{criterion},{item % 5 + 1},trends,1"
            for item in range(1, 22)
            for criterion in ("impact", "uncertainty")
        ),
        f"21,impact,{1 if name == 'a' else 2},trends-2,1",
        "1,together,2,axes,1",
        "1,dots,2,axes,2",
        "3,dots,1,axes,2",
        "2,dots,2,agenda,1",
        "12,dots,1,agenda,1",
        "2,dots,1,agenda,8",
        "7,wanted-inwoners,1,agenda,9",
    )
)


def test_a_second_round_axes_and_dots_come_back_in_the_report(site: Site, live_db: None, tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    path.write_text(f"participant,municipality,group,item,criterion,value,stage,second\n{CHAIN}")
    facilitator = make_facilitator()
    words = ("rehearse", "--votes", path, "--url", site.url, "--out", tmp_path)
    done = manage(*words, REHEARSE_EMAIL=facilitator.email, REHEARSE_PASSWORD=PASSWORD)
    assert done.returncode == 0, done.stderr
    stages = stages_of(tmp_path)
    assert list(stages) == ["trends", "trends-2", "axes", "agenda"]
    assert [item["number"] for item in stages["trends-2"]["items"]] == list(range(1, 22))
    moved = {(row["key"], row["criterion"]): row for row in stages["trends-2"]["analysis"]["shifts"]}
    last = moved[stages["trends"]["items"][20]["key"], "impact"]
    assert (last["n"], last["kept"]) == (6, 5 / 6)
    assert [item["criteria"]["dots"]["counts"] for item in stages["axes"]["items"]] == [
        {"0": 0, "1": 0, "2": 6, "3": 0},
        {"0": 6, "1": 0, "2": 0, "3": 0},
        {"0": 0, "1": 6, "2": 0, "3": 0},
    ]
    dots = [item["criteria"]["dots"]["counts"] for item in stages["agenda"]["items"]]
    # The second ballot took the place of the whole first.
    assert dots[1] == {"0": 0, "1": 6, "2": 0} and dots[11] == {"0": 6, "1": 0, "2": 0}
    assert stages["agenda"]["items"][6]["criteria"]["wanted-inwoners"]["counts"] == {"0": 0, "1": 6}


# What a difference looks like: a report is made from the same receipts, and then changed.


def read(path: Path) -> Script:
    return read_votes(path.read_bytes(), content=shipped_content(), known=shipped_municipalities())


def phones(script: Script) -> list[Participant]:
    """The phones as they are when all was received."""
    found = []
    for person in script.people:
        phone = Participant(person, cast(Any, None), cast(Any, None))
        phone.told["trends"] = Told(last_answers(script.rows_of("trends")[person.name]))
        found.append(phone)
    return found


def facts(script: Script) -> dict[str, Any]:
    """A report of these votes, with what is compared."""
    finals = {person.name: last_answers(script.rows_of("trends")[person.name]) for person in script.people}
    items = []
    for number in range(1, 22):
        criteria = {}
        for criterion in ("impact", "uncertainty"):
            cell = (number, criterion)
            given = Counter(own[cell] for own in finals.values() if cell in own)
            hidden = 0 < sum(given.values()) < 5
            values = {str(value): given[value] for value in range(1, 6)}
            figures = {
                "counts": values,
                "n": sum(values.values()),
                "dont_know": given[None],
                "mean": None,
                "median": None,
            }
            if hidden:
                figures = dict.fromkeys(figures)
            criteria[criterion] = {**figures, "hidden": hidden, "by_municipality": [], "by_group": []}
        items.append({"number": number, "criteria": criteria})
    stage = {"key": "trends", "respondents": len(finals), "items": items}
    return {"participants": {"total": len(finals)}, "stages": [stage]}


def test_the_same_everywhere_is_no_difference(votes: Path) -> None:
    assert differences(read(votes), phones(read(votes)), ASKS, facts(read(votes))) == []


def test_a_count_that_differs_is_named_and_makes_it_fail(votes: Path) -> None:
    changed = copy.deepcopy(facts(read(votes)))
    changed["stages"][0]["items"][0]["criteria"]["impact"]["counts"]["4"] = 3
    wrong = differences(read(votes), phones(read(votes)), ASKS, changed)
    assert len(wrong) == 1 and wrong[0].startswith("round trends, item 1, impact: receipts give counts")
    room = Room("", "", "", "")
    with pytest.raises(CommandError, match="item 1, impact"):
        report_outcome(Outcome(room, changed, 9, wrong))


def test_what_is_shown_though_it_should_be_hidden_is_a_difference(votes: Path) -> None:
    changed = facts(read(votes))
    figures = changed["stages"][0]["items"][1]["criteria"]["uncertainty"]
    figures["hidden"] = False
    assert "item 2, uncertainty: 3 people answered" in differences(read(votes), phones(read(votes)), ASKS, changed)[0]
    figures.update(hidden=True, n=2)
    assert "shows figures" in differences(read(votes), phones(read(votes)), ASKS, changed)[0]


def test_an_answer_that_was_not_received_or_refused_is_a_difference(votes: Path) -> None:
    own = phones(read(votes))
    del own[0].told["trends"].stored[1, "impact"]
    own[1].told["trends"].refused.append(((1, "impact"), "closed"))
    wrong = differences(read(votes), own, ASKS, facts(read(votes)))
    assert wrong[:2] == [
        "a, item 1, impact: 3 was sent and not received",
        "b, item 1, impact: refused (closed)",
    ]
    assert all("item 1, impact: receipts give" in line for line in wrong[2:])


def test_a_headline_that_got_lost_or_slipped_through_is_a_difference(votes: Path) -> None:
    own, changed = phones(read(votes)), facts(read(votes))
    own[0].wrote["trends"] = ["Buurt regelt het zelf"]
    own[1].wrote["trends"] = ["Wie betaalt dat?"]
    analysis = {"headlines": [{"scenario": "samendam", "text": "Wie betaalt dat?"}], "received": 1}
    changed["stages"][0]["analysis"] = analysis
    let_through = {"trends": ["Buurt regelt het zelf"]}
    assert differences(read(votes), own, ASKS, changed, let_through) == [
        "round trends: 2 headlines were written, the report has 1",
        "round trends: “Buurt regelt het zelf” was let through and is not in the report",
        "round trends: “Wie betaalt dat?” is in the report and was not let through",
    ]
    changed["stages"][0]["analysis"] = {
        "headlines": [{"scenario": "samendam", "text": "Buurt regelt het zelf"}],
        "received": 2,
    }
    assert differences(read(votes), own, ASKS, changed, let_through) == []


def test_words_that_nobody_let_through_are_a_difference(votes: Path) -> None:
    own = phones(read(votes))
    own[0].wrote["trends"] = ["Zonder werk houdt alles op."]
    own[1].proposed["ideas"] = [Proposal("x", "Alles gratis maken", "hogere belasting", "Omdat het kan.")]
    own[2].proposed["ideas"] = [Proposal("y", "Bomen planten", "minder parkeerplekken", "Schaduw.")]
    items = [{"title": "Bomen planten", "text": "Schaduw.", "number": 1}]
    changed = {"stages": [{"key": "ideas", "items": items, "analysis": {}}]}
    assert unmoderated(own, changed, {}, {"ideas": ["Bomen planten"]}) == []
    changed["stages"][0]["analysis"] = {"found": ["Zonder werk houdt alles op.", {"of": "Omdat het kan."}]}
    assert unmoderated(own, changed, {}, {"ideas": ["Bomen planten"]}) == [
        "round trends: “Zonder werk houdt alles op.” is in the report and was not let through",
        "round ideas: “Omdat het kan.” is in the report and was not let through",
    ]
    changed["stages"][0]["analysis"] = {}
    (wrong,) = unmoderated(own, changed, {}, {"ideas": ["Bomen planten", "Banken zetten"]})
    assert wrong == "round ideas: the report has other options than the facilitator made of the ideas"


def test_what_is_asked_is_read_from_the_form_by_card_and_by_row_of_dots() -> None:
    html = """<section data-item="31" data-part="x"><h2 id="t1" tabindex="-1">Werk &amp; zorg</h2></section>
      <section data-item="31" data-part="y"><h2 id="t2">Werk &amp; zorg</h2></section>
      <section data-item="0"><h2>Wat kunnen wij doen?</h2></section>
      <section data-item="all-dots"><h2>Verdeel</h2><div data-dots="dots"><ul>
      <li data-option="32" data-cell="32/dots" data-name="Een ‘boom’">…</li></ul></div></section>"""
    assert titles_in(html) == {31: "Werk & zorg", 32: "Een ‘boom’"}


def test_a_form_is_read_as_a_browser_sends_it() -> None:
    html = """<form action="/add/" method="post"><select name="after"><option value="">At the end</option>
      <option value="3">After 3</option></select><input type="checkbox" name="all"></form>
      <button form="f" formaction="/workshops/1/stages/2/scenarios/ikhoven/open/">No</button>
      <button form="f" formaction="/workshops/1/stages/2/open/">Yes</button>"""
    page = Page(httpx.Response(200, html=html, request=httpx.Request("GET", "http://site/")))
    form = page.form("after")
    assert form.fields == {"after": [""]}
    assert form.choices == {"after": ["", "3"], "all": ["on"]}
    assert page.button(STEP.format(verb="open")).text == "Yes"
