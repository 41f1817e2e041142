"""What a test needs in the database: accounts, municipalities, the shipped content, a workshop.

Each function gives back a saved row and takes what the test cares about; the rest is filled in.
"""

from __future__ import annotations

import datetime
import functools
import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password

from municipalities.importing import MunicipalityRow, keys_of, read_municipalities
from municipalities.models import Group, Membership, Municipality, User
from scenarios.content_import import import_content
from trends.models import ContentSet
from workshops.creation import create_workshop
from workshops.models import Workshop
from workshops.preparing import Round

CONTENT = Path(__file__).resolve().parent.parent / "content"
CATALOGUE = CONTENT / "catalogue.yaml"
PASSWORD = "een-lang-wachtwoord"

_serial = itertools.count(1)


@functools.cache
def shipped_municipalities() -> dict[str, MunicipalityRow]:
    """The rows of the shipped list by CBS code."""
    return {row.code: row for row in read_municipalities((CONTENT / "gemeenten.csv").read_bytes())}


def make_municipality(code: str = "0748") -> Municipality:
    """A municipality of the shipped list (0748 Bergen op Zoom, 0503 Delft, 0363 Amsterdam, …)."""
    row = shipped_municipalities()[code]
    return Municipality.objects.get_or_create(
        code=code,
        defaults={
            "name": row.name,
            "province": row.province,
            "safety_region": row.safety_region,
            **keys_of(row.name, row.province),
        },
    )[0]


# Hashing is slow on purpose; the same password needs it once.
_hash_of = functools.cache(make_password)


def make_user(email: str = "", password: str = PASSWORD, **fields: Any) -> User:
    """An account that can log in with ``PASSWORD``."""
    return User.objects.create(
        email=email or f"account{next(_serial)}@voorbeeld.nl", password=_hash_of(password), **fields
    )


def make_staff(email: str = "", **fields: Any) -> User:
    return make_user(email, is_staff=True, **fields)


def make_facilitator(email: str = "", **fields: Any) -> User:
    return make_user(email, is_facilitator=True, **fields)


def make_civil_servant(*municipalities: Municipality, email: str = "", **fields: Any) -> User:
    """An account that belongs to these municipalities (none given: to Bergen op Zoom)."""
    user = make_user(email, **fields)
    for municipality in municipalities or (make_municipality(),):
        Membership.objects.create(user=user, municipality=municipality)
    return user


def make_content_set() -> ContentSet:
    """The shipped content set; a second call in the same test gives the same row."""
    return import_content(CATALOGUE.read_bytes()).content_set


def make_workshop(
    owner: User | None = None,
    *,
    title: str = "Iedereen doet mee",
    focal_question: str = "Hoe doet in 2041 iedereen mee?",
    date: datetime.date = datetime.date(2026, 11, 24),
    horizon_year: int = 2041,
    language: str = "nl",
    municipalities: Iterable[Municipality] | None = None,
    groups: list[str] | None = None,
    content_set: ContentSet | None = None,
    rounds: Sequence[Round | str] = ("trends",),
) -> Workshop:
    """A workshop with prepared rounds (a name: a bare round of that kind); Bergen op Zoom and Delft take part unless
    told."""
    if municipalities is None:
        municipalities = [make_municipality("0748"), make_municipality("0503")]
    return create_workshop(
        owner or make_facilitator(),
        title=title,
        focal_question=focal_question,
        date=date,
        horizon_year=horizon_year,
        language=language,
        municipalities=municipalities,
        groups=[str(key) for key in Group.values] if groups is None else groups,
        content_set=content_set or make_content_set(),
        rounds=[Round(each) if isinstance(each, str) else each for each in rounds],
    )
