"""The ``immersion`` round: each phone wakes up in one scenario with a role, and writes one headline for its paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workshops.models import Item, Workshop
from workshops.stages.kind import Kind, Scale
from workshops.worlds import worlds_of

if TYPE_CHECKING:
    from scenarios.content_file import ContentFile

# settings["deal"]: every scenario to as many phones, or the key of the one that all get.
EVENLY = "evenly"
HEADLINE_LENGTH = 80


class Immersion(Kind):
    """The scenarios as items; what people write are contributions, not votes."""

    KEY = "immersion"
    ORDER = 40
    TITLE = gettext_lazy("Een dag in het scenario")
    ABOUT = gettext_lazy("Ieder stapt met een rolkaart in één scenario en schrijft de krantenkop van die dag.")
    MINUTES = 20
    HAS_VOTES = False

    def asked(self, content: ContentFile) -> tuple[int, dict[str, Scale]]:
        return len(content.scenarios), {}

    def notes(self, workshop: Workshop) -> str:
        return _(
            "Open de ronde: elke telefoon krijgt een scenario en een rol. Lees de dag voor. Daarna schrijft ieder één "
            "krantenkop; u laat door wat op het scherm komt."
        )

    def settings(self, workshop: Workshop, wanted: Mapping[str, Any]) -> dict[str, Any]:
        immersion = workshop.content_set.extras.get("immersion", {})
        kept = {"question": immersion.get("question", {}), "roles": immersion.get("roles", [])}
        return {"deal": EVENLY, **kept, **wanted}

    def items(self, workshop: Workshop, settings: Mapping[str, Any]) -> list[Item]:
        worlds = [world for world in worlds_of(workshop) if not world.is_of_room]
        return [world.as_item(number) for number, world in enumerate(worlds, start=1)]


KIND = Immersion()
