"""The style page: there for whoever works on the look, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.factories import make_content_set

pytestmark = pytest.mark.django_db


def test_the_style_page_is_for_development_only(client: Client, settings: Any) -> None:
    make_content_set()
    settings.SHOW_STYLE = False
    assert client.get("/stijl/").status_code == 404
    settings.SHOW_STYLE = True
    page = client.get("/stijl/").content.decode()
    assert 'data-status="counted"' in page and 'class="matrix"' in page and 'class="plane"' in page


def test_the_accessibility_statement_says_what_is_known_and_claims_no_more(client: Client, settings: Any) -> None:
    settings.ACCESSIBILITY_AUDIT, settings.ACCESSIBILITY_CONTACT = None, ""
    page = client.get("/accessibility/").content.decode()
    assert "Status D" in page and "mailto:" not in page
    settings.ACCESSIBILITY_CONTACT = "toegankelijk@voorbeeld.nl"
    assert 'href="mailto:toegankelijk@voorbeeld.nl"' in client.get("/accessibility/").content.decode()
    assert 'href="/accessibility/"' in client.get("/").content.decode()
