"""What an author of a content file meets: errors at their lines, all or nothing, and no change to what was held."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from scenarios.content_file import read_content_file
from scenarios.content_import import import_content
from scenarios.models import PolicyOption, Scenario
from scenarios.yaml_lines import ContentFileError
from tests.factories import CATALOGUE, make_content_set, make_workshop
from trends.models import ContentSet, Finding, Trend
from workshops.models import Criterion, Item

SHIPPED = CATALOGUE.read_text(encoding="utf-8")


def line_of(text: str) -> int:
    """The number of the first line of the shipped file that has this text."""
    return next(number for number, line in enumerate(SHIPPED.splitlines(), start=1) if text in line)


def edited(old: str, new: str) -> bytes:
    assert old in SHIPPED
    return SHIPPED.replace(old, new, 1).encode()


def errors_of(data: bytes) -> list[str]:
    with pytest.raises(ContentFileError) as refused:
        read_content_file(data)
    return refused.value.errors


def test_the_shipped_file_is_filled_in_whole(db: None) -> None:
    content_set = make_content_set()
    assert content_set.trends.filter(extra=False).count() == 21
    assert content_set.trends.filter(extra=True).count() == 5
    assert [trend.number for trend in content_set.trends.all()] == list(range(1, 27))
    assert content_set.trends.filter(sphere="own").count() == 2
    assert [axis.key for axis in content_set.axes.all()] == ["economie", "solidariteit", "regie", "schaal"]
    assert [scenario.key for scenario in content_set.scenarios.all()] == ["samendam", "ikhoven", "staatsburcht"]
    assert content_set.policy_options.count() == 12
    samendam = content_set.scenarios.get(key="samendam")
    assert samendam.features["region"] is None
    assert samendam.day["en"].startswith("Tuesday morning")
    assert {p.axis.key: (p.value, p.source) for p in samendam.positions.all()} == {
        "economie": (-1, "article"),
        "solidariteit": (2, "article"),
        "regie": (-1, "editorial"),
        "schaal": (-2, "article"),
    }
    assert samendam.signposts.get(key="samendam-hulp").rule == {
        "kind": "change",
        "min": 3.0,
        "unit": "points",
        "times": 1,
    }
    finding = content_set.findings.get(key="keerzijde")
    assert {trend.key for trend in finding.trends.all()} == {"arm-rijk", "gezondheidskloof", "meedoen-afwachten"}
    assert sorted(content_set.extras) == ["groups", "immersion", "responsibility_holders"]


def test_an_option_without_text_source_has_its_sources_words(db: None) -> None:
    content_set = make_content_set()
    assert content_set.policy_options.get(key="binnenstad").text_source == "editorial"
    assert content_set.policy_options.get(key="buurtbudget").text_source == "editorial"
    assert content_set.trends.get(key="klimaat").text_source == "editorial"


def test_importing_twice_writes_nothing_the_second_time(db: None) -> None:
    first = make_content_set()
    again = import_content(CATALOGUE.read_bytes())
    assert again.changed is False
    assert again.content_set.imported_at == first.imported_at


def test_importing_again_on_purpose_keeps_every_row(db: None) -> None:
    make_content_set()
    before = [set(model.objects.values_list("pk", flat=True)) for model in (Trend, Scenario, PolicyOption, Finding)]
    assert import_content(CATALOGUE.read_bytes(), again=True).changed is True
    after = [set(model.objects.values_list("pk", flat=True)) for model in (Trend, Scenario, PolicyOption, Finding)]
    assert after == before


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        (
            'title: {nl: "Stand van de economie", en:',
            "title: {en:",
            "Stand van de economie",
            "trends[3].title.nl ontbreekt",
        ),
        ("    theme: economie\n", "", "key: economie", "trends[3].theme ontbreekt"),
        ("sphere: own", "sfeer: own", "sphere: own", "trends[14].sfeer is een onbekend veld"),
        (
            "source: context",
            "source: krant",
            "source: context",
            "trends[18].source moet een van deze woorden zijn: article, context, editorial",
        ),
        (
            "horizon_years: 15",
            "horizon_years: vijftien",
            "horizon_years",
            "horizon_years moet een geheel getal zijn van 1 tot en met 100",
        ),
        (
            "regie: {value: -1",
            "regie: {value: -3",
            "regie: {value: -1",
            "scenarios[1].positions.regie.value moet een geheel getal zijn van -2 tot en met 2",
        ),
        (
            "regie: {value: -1",
            "macht: {value: -1",
            "regie: {value: -1",
            "scenarios[1].positions.macht: er is geen as met de sleutel “macht”",
        ),
        (
            "trends: [decentralisatie, schaalvergroting]",
            "trends: [decentralisatie, schaal]",
            "trends: [decentralisatie",
            "axes[4].trends[2]: er is geen trend met de sleutel “schaal”",
        ),
        (
            "trend: kennis-technologie",
            "trend: kennis",
            "trend: kennis",
            "findings[1].trend: er is geen trend met de sleutel “kennis”",
        ),
        (
            "  - key: big-data",
            "  - key: vergrijzing",
            "key: big-data",
            f"trends[19].key: “vergrijzing” is al gebruikt op regel {line_of('key: vergrijzing')}",
        ),
        (
            "original_horizon: 2030",
            "key: iets-anders",
            "original_horizon",
            "key staat er twee keer",
        ),
        (
            'motto: {nl: "Verbinden en vernieuwen"',
            "motto: {nl: yes",
            "Verbinden en vernieuwen",
            "scenarios[1].motto.nl moet tekst zijn (zet er aanhalingstekens omheen)",
        ),
        (
            "gemeente, tot {year}?",
            "gemeente, tot {jaar}?",
            "tot {year}?",
            "scoring.impact.nl: “{jaar}” wordt niet ingevuld; hier kan alleen {year}",
        ),
        (
            "rule: {kind: ratio, min: 2.0, years: 4}",
            "rule: {kind: ratio, years: 4}",
            "kind: ratio",
            "scenarios[1].signposts[3].rule.min ontbreekt",
        ),
    ],
)
def test_an_error_names_its_line_and_what_to_do(old: str, new: str, at: str, said: str) -> None:
    assert f"regel {line_of(at)}: {said}" in errors_of(edited(old, new))


def test_the_groups_are_the_six() -> None:
    told = errors_of(edited("  - key: bedrijf\n", "  - key: bedrijven\n"))
    six = "gemeente, maatschappelijke-organisatie, bedrijf, inwoner, regio, rijk"
    groups = SHIPPED.splitlines().index("groups:") + 1
    assert told == [
        f"regel {groups}: groups: groep “bedrijf” ontbreekt",
        f"regel {groups + 5}: groups[3].key moet een van de zes groepen zijn: {six}",
    ]


def test_all_errors_are_told_at_once() -> None:
    broken = SHIPPED.replace("sphere: own", "sfeer: own").replace("source: context", "source: krant")
    told = errors_of(broken.encode())
    assert len(told) == 2 + 4
    assert told == sorted(told, key=lambda text: int(text.split(":")[0].removeprefix("regel ")))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "regel 1: het bestand is leeg"),
        (b"key: x\ntitle: {", "regel 3: geen geldige YAML: did not find expected node content"),
        (b"key: x\n\xff\xfe", "regel 2: het bestand is geen UTF-8"),
        (b"- key: x", "regel 1: het bestand moet een blok met velden zijn"),
        (b"axes: &a []\ntrends: *a", "regel 1: trends: verwijzingen (& en *) worden hier niet gelezen"),
        (b'key: "a\\0b"', "regel 1: key bevat een teken dat niet in tekst hoort"),
        (b"horizon_years: .nan", "regel 1: horizon_years moet een geheel getal zijn van 1 tot en met 100"),
        (b"scenarios: 3\nkey: 2024-02-31", "regel 2: key: “2024-02-31” is hier niet te lezen"),
    ],
)
def test_a_file_that_is_something_else_is_refused(data: bytes, said: str) -> None:
    assert said in errors_of(data)


def test_the_command_fails_with_the_lines_and_changes_nothing(db: None, tmp_path: Path) -> None:
    before = make_content_set()
    file = tmp_path / "kapot.yaml"
    broken = SHIPPED.replace("Stand van de economie", "Hoe de economie ervoor staat").replace(
        "sphere: own", "sfeer: own"
    )
    file.write_text(broken, encoding="utf-8")
    told = StringIO()
    with pytest.raises(CommandError, match="er is niets ingelezen"):
        call_command("import_content", str(file), stderr=told)
    assert told.getvalue().splitlines() == [
        f"regel {line_of('sphere: own')}: trends[14].sfeer is een onbekend veld",
        f"regel {line_of('key: vertrouwen-professionals') + 2}: trends[16].sfeer is een onbekend veld",
    ]
    assert ContentSet.objects.get().checksum == before.checksum
    assert Trend.objects.get(key="economie").title["nl"] == "Stand van de economie"


def test_the_command_says_whether_it_wrote(db: None, tmp_path: Path) -> None:
    file = tmp_path / "inhoud.yaml"
    file.write_bytes(edited("key: sociaal-domein", "key: eigen-inhoud"))
    said = [StringIO(), StringIO()]
    for out in said:
        call_command("import_content", str(file), stdout=out)
    assert [out.getvalue() for out in said] == [
        "Inhoud “Sociaal domein: toekomstscenario's” (eigen-inhoud): ingelezen.\n",
        "Inhoud “Sociaal domein: toekomstscenario's” (eigen-inhoud): niet veranderd.\n",
    ]


def test_a_missing_file_is_told(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_content", str(tmp_path / "nergens.yaml"))


def test_an_edit_changes_rows_in_place_and_leaves_a_held_workshop_alone(db: None) -> None:
    workshop = make_workshop()
    stage = workshop.stages.get()
    items = list(Item.objects.filter(stage=stage).values())
    criteria = list(Criterion.objects.filter(stage=stage).values())
    trend = Trend.objects.get(key="economie")
    renamed = edited("Stand van de economie", "Hoe de economie ervoor staat").decode()
    start, end = renamed.index("  - key: kennis-technologie\n"), renamed.index("  - key: macht-invloed\n")
    block, rest = renamed[start:end], renamed[:start] + renamed[end:]
    last = rest.index("\n# Outside the 21")
    moved = rest[:last] + block + rest[last:]
    content_set = import_content(moved.encode()).content_set
    assert content_set.pk == workshop.content_set_id
    after = Trend.objects.get(key="economie")
    assert (after.pk, after.number) == (trend.pk, 2)
    assert after.title["nl"] == "Hoe de economie ervoor staat"
    assert Trend.objects.get(key="kennis-technologie").number == 21
    assert list(Item.objects.filter(stage=stage).values()) == items
    assert list(Criterion.objects.filter(stage=stage).values()) == criteria


def test_what_the_newer_file_leaves_out_is_gone_from_the_content_only(db: None) -> None:
    workshop = make_workshop()
    start = SHIPPED.index("  - key: deeleconomie")
    shorter = SHIPPED[:start] + SHIPPED[SHIPPED.index("\n# Outside the 21") :]
    content_set = import_content(shorter.encode()).content_set
    assert not content_set.trends.filter(key="deeleconomie").exists()
    assert content_set.trends.filter(extra=False).count() == 20
    assert Item.objects.filter(stage__workshop=workshop, key="deeleconomie").exists()
