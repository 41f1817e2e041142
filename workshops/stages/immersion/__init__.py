"""The ``immersion`` round: each phone wakes up in one scenario with a role, and writes one headline for its paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workshops import worlds
from workshops.models import Criterion, Item, Participant, Stage, Workshop
from workshops.stages.kind import Ask, Kind, PhoneResult, Scale, View
from workshops.worlds import World, worlds_of

if TYPE_CHECKING:
    from municipalities.models import User
    from scenarios.content_file import ContentFile
    from workshops.edit_forms import SettingsForm
    from workshops.release import Released

# settings["deal"]: every scenario to as many phones, or the key of the one that all get.
EVENLY = "evenly"
HEADLINE_LENGTH = 80
# A view of the screen: a world's front page.
PAPER = "paper-"


class Immersion(Kind):
    """The scenarios as items; what people write are contributions, not votes."""

    KEY = "immersion"
    ORDER = 40
    TITLE = gettext_lazy("Een dag in het scenario")
    ABOUT = gettext_lazy("Ieder stapt met een rolkaart in één scenario en schrijft de krantenkop van die dag.")
    MINUTES = 20
    SCREEN_STYLES = ("css/components/newspaper.css",)
    ITEM_NAME = gettext_lazy("scenario")
    ITEM_NAMES = gettext_lazy("scenario’s")
    HAS_VOTES = False
    HAS_TEXTS = True
    LONGEST_TEXT = HEADLINE_LENGTH

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
        own = [world for world in worlds_of(workshop) if not world.is_of_room]
        return [world.as_item(number) for number, world in enumerate(own, start=1)]

    def settings_form(self, stage: Stage) -> type[SettingsForm]:
        from workshops.stages.immersion.settings import ImmersionSettings

        return ImmersionSettings

    def asks(self, items: Sequence[Item], criteria: Sequence[Criterion]) -> Iterable[Ask]:
        """Every world is a card with room for a headline; a form shows the one that was dealt."""
        return [Ask(item, (), item.key) for item in items]

    def variant(self, stage: Stage, participant: Participant) -> str:
        """ "<scenario>.<role>" (a role may be missing), dealt by turns in the order of joining."""
        from workshops.stages.immersion.dealing import dealt

        return dealt(stage, participant)

    def form(self, stage: Stage, variant: str) -> Mapping[str, Any]:
        from workshops.stages.immersion.dealing import card

        return card(stage, variant)

    def opened(self, stage: Stage, who: User | None) -> None:
        """The room is told of every world that somebody wakes up in."""
        keys = list(stage.items.order_by("number").values_list("key", flat=True))
        deal = stage.settings.get("deal", EVENLY)
        for key in [deal] if deal in keys else keys:
            worlds.tell(stage.workshop, key, who)

    def views(self, stage: Stage) -> list[View]:
        """The newspapers with a headline that was let through."""
        from workshops.stages.immersion.paper import headlines, name_of

        printed = {} if stage.is_prepared else headlines(stage)
        items = list(stage.items.order_by("number")) if printed else []
        return [View(f"{PAPER}{item.key}", name_of(World.of_item(item))) for item in items if item.key in printed]

    def view(self, stage: Stage, released: Released | None, text_step: int = 0) -> Mapping[str, Any] | None:
        from workshops.stages.immersion.paper import papers

        if not stage.view.startswith(PAPER):
            return None
        found = papers(stage, text_step, only=stage.view.removeprefix(PAPER))
        return {"papers": found, "own_foot": True} if found else None

    def cockpit(self, stage: Stage) -> Mapping[str, Any] | None:
        """Which scenarios were dealt, and the sheets to hand out."""
        deal = stage.settings.get("deal", EVENLY)
        items = list(stage.items.order_by("number"))
        return {
            "worlds": [item for item in items if item.key == deal] or items,
            "handout_url": reverse("stage-handout", args=[stage.workshop.public_id, stage.pk]),
        }

    def analysis(self, released: Released | None, stage: Stage) -> Mapping[str, Any]:
        """The headlines that were let through, in that order, and how many there were in all."""
        from workshops import contributions

        if released is None:
            return {}
        shown = [{"scenario": each.scenario, "text": each.text} for each in contributions.shown(stage)]
        return {"headlines": shown, "received": sum(contributions.counts(stage).values())}

    def screen(self, released: Released, stage: Stage, text_step: int = 0) -> Mapping[str, Any]:
        from workshops.stages.immersion.paper import papers

        found = papers(stage, text_step)
        return {"papers": found, "empty": not found, "own_foot": bool(found)}

    def phone(self, released: Released, stage: Stage) -> PhoneResult:
        from workshops.stages.immersion.phone import Papers

        return Papers(stage)


KIND = Immersion()
