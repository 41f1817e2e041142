"""A workshop before its first round, its owner behind the desk, and somebody who joined."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import make_workshop
from workshops.models import Participant, Workshop


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop()


@pytest.fixture
def desk(client: Client, workshop: Workshop) -> Client:
    client.force_login(workshop.owner)
    return client


@pytest.fixture
def participant(client: Client, workshop: Workshop) -> Participant:
    client.post(f"/m/{workshop.join_token}/", {"municipality": "0748", "group": "inwoner"})
    return Participant.objects.get(workshop=workshop)
