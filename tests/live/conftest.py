"""Phones for tests of the live part; all are hung up at the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from config.site import Site
from tests.live.phone import Join, Phone
from workshops.models import Workshop


@pytest.fixture
def join(site: Site, live_db: None) -> Iterator[Join]:
    """``join(workshop, code="0748", group="inwoner")``: a phone that has joined the workshop."""
    phones: list[Phone] = []

    def joined(workshop: Workshop, code: str = "0748", group: str = "inwoner") -> Phone:
        phones.append(Phone(site.url, workshop, code, group))
        return phones[-1]

    yield joined
    for phone in phones:
        phone.close()
