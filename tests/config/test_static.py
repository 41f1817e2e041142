"""Styles and scripts on their way to a phone: compressed also where nothing was collected."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

TOKENS = "/static/css/tokens.css"

# Closing a response has Django look after its connections, so these tests may have one.
pytestmark = pytest.mark.django_db


def test_a_style_sheet_goes_out_compressed_to_whoever_takes_that(client: Client) -> None:
    plain = client.get(TOKENS)
    small = client.get(TOKENS, headers={"Accept-Encoding": "gzip, br"})
    whole = b"".join(plain)
    plain.close()
    content = (Path(settings.BASE_DIR) / "static" / "css" / "tokens.css").read_bytes()
    assert whole == content == gzip.decompress(small.content)
    assert len(small.content) < len(content) / 2
    assert (small["Content-Encoding"], small["Vary"]) == ("gzip", "Accept-Encoding")
    assert small["Content-Length"] == str(len(small.content))


def test_a_font_is_left_as_it_is_and_an_unchanged_file_is_not_sent_again(client: Client) -> None:
    font = client.get("/static/fonts/source-sans-400.woff2", headers={"Accept-Encoding": "gzip"})
    assert not font.has_header("Content-Encoding")
    font.close()
    known = client.get(TOKENS, headers={"Accept-Encoding": "gzip"})["Last-Modified"]
    again = client.get(TOKENS, headers={"Accept-Encoding": "gzip", "If-Modified-Since": known})
    assert again.status_code == 304
    again.close()
