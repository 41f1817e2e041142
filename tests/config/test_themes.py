"""Tokens and themes: every text can be read in our own look, in its dark one, and in a municipality's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from config import themes
from config.themes import DARK, TOKENS, ThemeError, declared, own_tokens, slim, theme_is_there, too_faint

TOKENS_TEXT = TOKENS.read_text()


def test_our_own_colours_can_be_told_apart_light_and_dark() -> None:
    dark = declared(TOKENS_TEXT.partition(DARK)[2].partition("\n}\n")[0])
    assert list(too_faint(own_tokens())) == []
    assert list(too_faint(own_tokens() | dark)) == []


def test_a_theme_that_makes_a_text_faint_is_refused() -> None:
    own = "\n".join(f"{name}: {value};" for name, value in own_tokens().items())
    assert slim("own", own).startswith(".own-theme {")
    with pytest.raises(ThemeError, match="action-1-inverse-bg-default"):
        slim("faint", own + "--basis-color-action-1-inverse-bg-default: #9bb7d4;")
    with pytest.raises(ThemeError, match="missing"):
        slim("half", "--basis-color-default-bg-document: #ffffff;")


@pytest.mark.parametrize("name", sorted(themes.PACKAGES))
def test_the_open_token_packages_make_a_theme_in_which_every_text_can_be_read(name: str) -> None:
    """``make theme`` made them; set-up for the tests does."""
    css = (themes.FOLDER / "themes" / f"{name}.css").read_text()
    values = declared(css.partition(DARK)[0])
    assert set(values) == set(own_tokens())
    assert list(too_faint(values)) == []
    assert len(css) < 3000


@pytest.mark.django_db
def test_one_setting_puts_a_theme_after_the_tokens(
    client: Client, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "stad.css").write_text(".stad-theme { --basis-border-radius-md: 0 }")
    monkeypatch.setattr(themes, "FOLDER", tmp_path)
    monkeypatch.setattr(themes, "_at_start", [])
    settings.THEME = "stad"
    assert theme_is_there() == []
    page = client.get("/privacy/").content.decode()
    assert '<html lang="nl" class="stad-theme light">' in page
    assert page.index("css/tokens.css") < page.index("themes/stad.css") < page.index("css/elements.css")
    settings.THEME = "dorp"
    assert [each.msg for each in theme_is_there()] == [
        "SCENARIOTAFEL_THEME is “dorp”, but there is no static/themes/dorp.css."
    ]
