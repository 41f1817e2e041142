"""The policy options of the content, as the items that a wind tunnel and an agenda begin with."""

from __future__ import annotations

from workshops.models import Item, Workshop


def content_options(workshop: Workshop) -> list[Item]:
    """Every option of the workshop's content with its price, numbered from 1, not saved."""
    return [
        Item(
            number=number,
            key=option.key,
            title=option.title,
            text=option.text,
            origin={"source": option.source, "text_source": option.text_source, "instead": option.instead},
        )
        for number, option in enumerate(workshop.content_set.policy_options.order_by("number"), start=1)
    ]
