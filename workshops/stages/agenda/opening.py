"""What happens when an agenda is opened: the dots come first."""

from __future__ import annotations

from workshops.agenda import DOTS, FIELDS, HOLDERS
from workshops.items import raise_version
from workshops.models import AgendaLine, LogEntry, Stage


def begin(stage: Stage) -> None:
    """Ask for dots, and not yet who carries what; take over what was agreed on in the attempt before."""
    changed = stage.criteria.filter(key=DOTS, is_open=False).update(is_open=True)
    changed += stage.criteria.filter(HOLDERS, is_open=True).update(is_open=False)
    if changed and LogEntry.objects.filter(stage=stage, verb="unopen").exists():
        raise_version(stage)  # phones may have the form of the opening that was taken back
    if stage.attempt == 1:
        return
    before = AgendaLine.objects.filter(
        item__stage__workshop=stage.workshop_id, item__stage__key=stage.key, item__stage__attempt=stage.attempt - 1
    )
    earlier = {line.item.key: line for line in before.select_related("item")}
    fresh = stage.items.filter(key__in=earlier, agenda_line=None)
    AgendaLine.objects.bulk_create(
        AgendaLine(item=item, **{name: getattr(earlier[item.key], name) for name in FIELDS}) for item in fresh
    )
