"""The eight features by which scenarios are compared. One that is null is not named in the source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from scenarios.models import Scenario

FEATURES: dict[str, Promise] = {
    "economy": _("Economie"),
    "principle": _("Leidend principe"),
    "residents": _("Inwoners"),
    "government": _("Overheid"),
    "municipality": _("Gemeente"),
    "region": _("Regio"),
    "state": _("Rijk"),
    "safety_net": _("Vangnet"),
}


@dataclass(frozen=True)
class FeatureRow:
    """One feature over some scenarios: (scenario, what it says), None where the source does not name it."""

    title: Promise
    named: tuple[tuple[Scenario, Any | None], ...]

    @property
    def only(self) -> Any | None:
        """What it says of the first scenario, on a page about one."""
        return self.named[0][1]


def feature_rows(scenarios: Sequence[Scenario]) -> tuple[FeatureRow, ...]:
    """All eight features, also those that no scenario names."""
    return tuple(
        FeatureRow(title, tuple((scenario, scenario.features.get(key)) for scenario in scenarios))
        for key, title in FEATURES.items()
    )
