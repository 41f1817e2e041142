"""The themes that a content set sorts its trends by."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

THEMES: dict[str, Promise] = {
    "samenleving": _("Samenleving"),
    "economie": _("Economie"),
    "bestuur": _("Bestuur"),
    "technologie": _("Technologie"),
    "demografie": _("Demografie"),
    "ruimte": _("Ruimte"),
    "ecologie": _("Ecologie"),
}


def theme_title(key: str) -> str:
    """The theme's name; a key that an imported set made up stands for itself."""
    return str(THEMES.get(key, key.capitalize()))
