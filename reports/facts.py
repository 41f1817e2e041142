"""The one set of facts of a workshop's report, in the shape of ``docs/report.schema.json``.

Every writer gets these facts and nothing else. Figures come through ``workshops.release`` only, and only of rounds
that are closed and revealed; other rounds are listed with their state and without figures. Texts are Dutch, as the
report is. No kind of round is known here: the registry's module says what its figures mean.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import override

from municipalities.models import ELSEWHERE, Group
from reports.software import software
from trends.models import ContentSet, Source
from trends.text import localized
from workshops import results
from workshops.models import Criterion, Item, Stage, Workshop
from workshops.release import Released, ReleasedCell, ReleasedGroup, release_counts
from workshops.stages import kind
from workshops.worlds import World, worlds_of

SCHEMA = "urn:scenariotafel:report:1"
LANGUAGE = "nl"
ELSEWHERE_NAME = "Andere gemeente"
CONCEPT, RELEASED = "concept", "released"


def workshop_facts(workshop: Workshop, *, version: int, made_on: str) -> dict[str, Any]:
    """All facts of a workshop's report; ``made_on`` is an ISO date. The report is a concept until it is released."""
    stages = list(workshop.stages.prefetch_related("items", "criteria").order_by("position", "attempt"))
    listed = [stage_facts(stage) for stage in stages if not stage.void]
    return {
        "schema": SCHEMA,
        "software": software(),
        "content": content_facts(workshop.content_set),
        "report": {"version": version, "status": CONCEPT, "made_on": made_on, "released_on": None},
        "workshop": about(workshop),
        "participants": participants(workshop),
        "scenarios": [scenario_facts(world) for world in worlds_of(workshop)],
        "stages": listed,
        "void": [head(stage) for stage in stages if stage.void],
        "findings": findings(workshop.content_set, listed),
    }


def as_released(facts: Mapping[str, Any], released_on: str) -> dict[str, Any]:
    """The same facts, said to be released on an ISO date."""
    return {**facts, "report": {**facts["report"], "status": RELEASED, "released_on": released_on}}


def about(workshop: Workshop) -> dict[str, Any]:
    """The workshop itself: no owner, no links."""
    return {
        "title": workshop.title,
        "code": workshop.code,
        "date": workshop.date.isoformat(),
        "language": workshop.language,
        "focal_question": workshop.focal_question,
        "horizon_year": workshop.horizon_year,
        "municipalities": [{"code": m.code, "name": m.name} for m in workshop.municipalities.order_by("sort_key")],
    }


def content_facts(content: ContentSet) -> dict[str, Any]:
    """Which content was used, and where it comes from: themes and wording counted by source."""
    trends = list(content.trends.filter(extra=False))
    return {
        "key": content.key,
        "title": localized(content.title, LANGUAGE),
        "checksum": content.checksum,
        "provenance": provenance(len(trends)),
        "original_horizon": content.original_horizon,
        "sources": {
            "themes": by_source(trend.source for trend in trends),
            "wording": by_source(trend.text_source for trend in trends),
        },
    }


def by_source(sources: Iterable[str]) -> dict[str, int]:
    found = Counter(sources)
    return {source: found[source] for source in Source.values}


def provenance(trends: int) -> str:
    """Said in every report: what comes from the source of 2016, and what does not."""
    return (
        "De drie scenario’s komen uit een artikel van 2016 over de toekomstscenario’s voor het sociaal domein. "
        f"Dat artikel zegt dat ze rusten op 21 kerntrends, maar noemt die lijst niet. De {trends} kerntrends hier zijn "
        "een werklijst van de redactie: de thema’s staan in het artikel of in berichten bij hetzelfde project, de "
        "woorden zijn van de redactie. Van de plaats van een scenario op een as komt de richting uit het artikel, "
        "nooit de mate."
    )


def scenario_facts(world: World) -> dict[str, Any]:
    """A world: one of the content, or one that the room made (``source`` "room").

    A feature that the source does not name is null, and so is a newspaper that it doesn't have.
    """
    economy, principle = (localized(world.features.get(name), LANGUAGE) or None for name in ("economy", "principle"))
    return {
        "key": world.key,
        "title": localized(world.title, LANGUAGE),
        "motto": localized(world.motto, LANGUAGE),
        "source": world.source,
        "economy": economy,
        "principle": principle,
        "newspaper": localized(world.newspaper.get("title"), LANGUAGE) or None,
        "positions": {
            axis: {"value": place["value"], "source": place["source"]} for axis, place in world.positions.items()
        },
    }


def participants(workshop: Workshop) -> dict[str, Any]:
    """Who joined: the total is exact, municipalities and groups follow the rule for groups."""
    joined = list(workshop.participants.filter(struck_out_at=None).select_related("municipality"))
    names = municipality_names(workshop)
    by_code = Counter(person.municipality_code for person in joined)
    by_group = Counter(person.group for person in joined)
    codes = release_counts({code: by_code[code] for code in [*names, *(by_code.keys() - names.keys())]})
    groups = release_counts({key: by_group[key] for key in [*workshop.groups, *(by_group.keys() - {*workshop.groups})]})
    return {
        "total": len(joined),
        "by_municipality": [
            {"code": code, "name": names.get(code, code), "total": count.total, "hidden": count.hidden}
            for code, count in codes.items()
        ],
        "by_group": [
            {"key": key, "name": group_name(key), "total": count.total, "hidden": count.hidden}
            for key, count in groups.items()
        ],
    }


def municipality_names(workshop: Workshop) -> dict[str, str]:
    """Names by code, in the order of every list; "anders" is the last."""
    names = {m.code: m.name for m in workshop.municipalities.order_by("sort_key")}
    return {**names, ELSEWHERE: ELSEWHERE_NAME}


def group_name(key: str) -> str:
    with override(LANGUAGE):
        return str(Group(key).label)


def head(stage: Stage) -> dict[str, Any]:
    """A round without any figure."""
    return {
        "key": stage.key,
        "kind": stage.kind,
        "title": stage.title,
        "state": stage.state,
        "attempt": stage.attempt,
        "respondents": None,
    }


def stage_facts(stage: Stage) -> dict[str, Any]:
    """A round; with figures only where it is closed and revealed."""
    released = results.released(stage) if stage.is_closed and stage.revealed else None
    facts = {
        **head(stage),
        "revealed": released is not None,
        "answers": None,
        "criteria": [criterion_facts(criterion) for criterion in stage.criteria.all()],
        "items": [],
        "analysis": None,
    }
    if released is None:
        return facts
    return {
        **facts,
        "respondents": released.respondents,
        "answers": released.answers,
        "criteria": [
            {**criterion, "asked": criterion["asked"] or was_answered(released, criterion["key"])}
            for criterion in facts["criteria"]
        ],
        "items": [item_facts(item, released) for item in stage.items.all()],
        "analysis": analysis_facts(stage, released),
    }


def was_answered(released: Released, criterion: str) -> bool:
    """Whether anybody answered it; what is asked no longer at the end of a round was asked all the same."""
    cells = [cells[criterion] for cells in released.cells.values() if criterion in cells]
    return any(cell.hidden or cell.n or cell.dont_know for cell in cells)


def analysis_facts(stage: Stage, released: Released) -> dict[str, Any]:
    """What the kind concludes, in Dutch whoever asks."""
    with override(LANGUAGE):
        return dict(kind(stage.kind).analysis(released, stage))


def criterion_facts(criterion: Criterion) -> dict[str, Any]:
    """What was asked, on which scale.

    ``choices``: what the values are called, low to high, where they have no order (``nominal``): of what people divide
    there are counts only, and the values are called by their number. ``asked``: whether it
    could be answered at all; a scenario that was never told could not.
    """
    choices = criterion.choices or ([] if criterion.budget is None else [str(value) for value in criterion.values])
    return {
        "key": criterion.key,
        "title": localized(criterion.title, LANGUAGE),
        "question": localized(criterion.question, LANGUAGE),
        "low": criterion.low,
        "high": criterion.high,
        "low_label": localized(criterion.low_label, LANGUAGE),
        "high_label": localized(criterion.high_label, LANGUAGE),
        "nominal": criterion.is_nominal or criterion.budget is not None,
        "choices": [localized(choice, LANGUAGE) for choice in choices],
        "asked": criterion.is_open,
    }


def item_facts(item: Item, released: Released) -> dict[str, Any]:
    """An item with the figures of each criterion; ``instead`` is an option's price, null where it has none."""
    return {
        "number": item.number,
        "key": item.key,
        "title": localized(item.title, LANGUAGE),
        "text": localized(item.text, LANGUAGE),
        "source": item.origin.get("source"),
        "text_source": item.origin.get("text_source"),
        "instead": localized(item.origin.get("instead"), LANGUAGE) or None,
        "criteria": {key: cell_facts(cell) for key, cell in released.cells[item.key].items()},
    }


def cell_facts(cell: ReleasedCell) -> dict[str, Any]:
    """The figures of one item on one criterion, as ``release()`` lets them through."""
    return {
        "counts": None if cell.counts is None else {str(value): n for value, n in cell.counts.items()},
        "n": cell.n,
        "dont_know": cell.dont_know,
        "mean": cell.mean,
        "median": cell.median,
        "q1": cell.q1,
        "q3": cell.q3,
        "agreement": cell.agreement,
        "hidden": cell.hidden,
        "by_municipality": [group_facts("code", group) for group in cell.by_municipality],
        "by_group": [group_facts("key", group) for group in cell.by_group],
    }


def group_facts(name: str, group: ReleasedGroup) -> dict[str, Any]:
    """``dont_know`` tells a group that only said "weet ik niet" from one of which nobody answered."""
    return {
        name: group.key,
        "n": group.n,
        "dont_know": group.dont_know,
        "median": group.median,
        "hidden": group.hidden,
    }


def findings(content: ContentSet, stages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the source concludes, beside what the room's figures say of the same items."""
    return [
        {
            "key": finding.key,
            "source": finding.source,
            "text": localized(finding.text, LANGUAGE),
            "items": [
                {"key": trend.key, "title": localized(trend.title, LANGUAGE), "verdict": verdict(trend.key, stages)}
                for trend in finding.trends.order_by("number")
            ],
        }
        for finding in content.findings.prefetch_related("trends")
    ]


def verdict(key: str, stages: list[dict[str, Any]]) -> dict[str, Any] | None:
    """What the last round that weighed this item concluded of it; null where none did. A second round, which cuts a few
    trends by their own lines, is asked last."""
    again = [stage for stage in stages if "shifts" in (stage["analysis"] or {})]
    for stage in (*reversed([each for each in stages if each not in again]), *reversed(again)):
        analysis = stage["analysis"] or {}
        for row in (*analysis.get("items", ()), *analysis.get("options", ())):
            if row["key"] == key:
                return {"stage": stage["key"], **{name: value for name, value in row.items() if name != "key"}}
    return None
