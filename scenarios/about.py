"""How much of a content set comes from where, counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from scenarios.models import PolicyOption, Position, Signpost
from trends.models import ContentSet, Source


@dataclass(frozen=True)
class Counts:
    """Numbers of parts by source; features over all scenarios, named or not named in the source."""

    trends: int
    trends_article: int
    trends_context: int
    trends_editorial: int
    extra_trends: int
    scenarios: int
    features: int
    features_not_named: int
    positions_article: int
    positions_editorial: int
    options_article: int
    options_editorial: int
    signposts: int
    findings: int

    @property
    def positions(self) -> int:
        return self.positions_article + self.positions_editorial

    @property
    def options(self) -> int:
        return self.options_article + self.options_editorial


def counts_of(content: ContentSet | None) -> Counts | None:
    """Counted in the database, so that the page stays true for whatever set is loaded."""
    if content is None:
        return None
    trends = {
        (extra, source): n
        for extra, source, n in content.trends.order_by().values_list("extra", "source").annotate(n=Count("id"))
    }
    core = {source: trends.get((False, source), 0) for source in Source.values}
    features = [value for held in content.scenarios.values_list("features", flat=True) for value in held.values()]
    positions = _by_source(Position.objects.filter(scenario__content_set=content).values_list("source", flat=True))
    options = _by_source(PolicyOption.objects.filter(content_set=content).values_list("source", flat=True))
    return Counts(
        trends=sum(core.values()),
        trends_article=core[Source.ARTICLE],
        trends_context=core[Source.CONTEXT],
        trends_editorial=core[Source.EDITORIAL],
        extra_trends=sum(n for (extra, _), n in trends.items() if extra),
        scenarios=content.scenarios.count(),
        features=len(features),
        features_not_named=features.count(None),
        positions_article=positions[Source.ARTICLE],
        positions_editorial=positions[Source.EDITORIAL],
        options_article=options[Source.ARTICLE],
        options_editorial=options[Source.EDITORIAL],
        signposts=Signpost.objects.filter(scenario__content_set=content).count(),
        findings=content.findings.count(),
    )


def _by_source(sources: Iterable[str]) -> dict[str, int]:
    held = list(sources)
    return {source: held.count(source) for source in Source.values}
