"""Where content comes from, in the words that pages and reports show. The only place where they stand."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trends.models import Source, Trend

# Where a trend's theme comes from.
THEME_WORDS: dict[str, Promise] = {
    Source.ARTICLE: gettext_lazy("thema uit het artikel van 2016"),
    Source.CONTEXT: gettext_lazy("thema uit berichten bij hetzelfde project, 2015–2016"),
}
# Whose words describe it.
TEXT_WORDS: dict[str, Promise] = {
    Source.ARTICLE: gettext_lazy("woorden uit het artikel"),
    Source.CONTEXT: gettext_lazy("woorden uit berichten bij het project"),
    Source.EDITORIAL: gettext_lazy("woorden van de redactie"),
}


def of_trend(trend: Trend) -> str:
    """One line: where the theme comes from and whose words these are."""
    if trend.source == Source.EDITORIAL:
        return _("thema en woorden van de redactie")
    return f"{THEME_WORDS[trend.source]}; {TEXT_WORDS[trend.text_source]}"
