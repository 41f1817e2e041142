"""What is on the phones of a workshop, for pages that tell it."""

from __future__ import annotations

from typing import Any

from django import template

from workshops import messages
from workshops.edit_forms import MessageForm
from workshops.models import Workshop

register = template.Library()


@register.inclusion_tag("workshops/cockpit/message_form.html", takes_context=True)
def phone_message(context: dict[str, Any], workshop: Workshop) -> dict[str, Any]:
    """The part of a page that sends a message to all phones, with the one that is on them (one query).

    A form with errors stands in the page's context as ``message_form``.
    """
    return {
        "workshop": workshop,
        "message": messages.on_phones(workshop),
        "form": context.get("message_form") or MessageForm(),
        "ready": [str(sentence) for sentence in messages.READY],
        "length": messages.LENGTH,
        "csrf_token": context.get("csrf_token"),
    }
