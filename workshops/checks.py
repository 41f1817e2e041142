""" "Alles klaar?": is every part there that the day needs, in words for who never saw a server.

Each check takes at most five seconds and never raises: what can't be looked at is said so.
"""

from __future__ import annotations

import datetime
import ipaddress
import logging
import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
import psycopg
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connections
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.utils.translation import ngettext as _n
from redis import Redis

from workshops import screen, tasks
from workshops.live.publishing import publish_once
from workshops.models import Workshop

log = logging.getLogger(__name__)

# Seconds: until a part counts as away, and how far clocks may be apart.
PATIENCE = 3.0
APART = 2.0
GOOD, NOTE, BAD = "good", "note", "bad"


@dataclass(frozen=True)
class Result:
    """``level``: "good", "note" (works, but know this) or "bad"; ``advice`` is what to do, "" where it is good."""

    level: str
    sentence: str
    advice: str = ""


@dataclass(frozen=True)
class Case:
    """What is checked: the workshop, and the host by which the browser that asks reached the site."""

    workshop: Workshop
    host: str


@dataclass(frozen=True)
class Check:
    title: str | Promise
    look: Callable[[Case], Result]


def address(case: Case) -> Result:
    """Whether phones can reach what the QR code says."""
    parts = urlsplit(settings.SITE_URL)
    shown = parts.netloc
    if case.workshop.ended_at is not None:
        return Result(BAD, _("Deze workshop is afgelopen: de code werkt niet meer."), _("Gebruik haar opnieuw."))
    if is_of_this_machine(parts.hostname or ""):
        return Result(
            BAD,
            _("De QR-code leidt naar %(host)s. Dat werkt alleen op deze computer; telefoons komen er niet.")
            % {"host": shown},
            _("Vraag de beheerder om het adres van de site (SITE_URL) goed in te stellen."),
        )
    if case.host != shown and not answers(f"{settings.SITE_URL}/health/"):
        return Result(
            NOTE,
            _("De QR-code leidt naar %(host)s. De server kon dat adres zelf niet openen.") % {"host": shown},
            _("Scan de QR-code met uw telefoon. Ziet u de pagina om mee te doen, dan is het goed."),
        )
    if is_private(parts.hostname or ""):
        return Result(
            NOTE,
            _("De QR-code leidt naar %(host)s. Daar komen alleen telefoons op dit netwerk.") % {"host": shown},
            _("Zet alle telefoons op dezelfde wifi als deze computer."),
        )
    if parts.scheme != "https":
        return Result(
            NOTE,
            _("De QR-code leidt naar %(host)s, zonder beveiligde verbinding (https).") % {"host": shown},
            _("Vraag de beheerder om https. Zonder https kan iemand op hetzelfde netwerk meelezen."),
        )
    return Result(GOOD, _("De QR-code leidt naar %(host)s; telefoons kunnen daar meedoen.") % {"host": shown})


def is_of_this_machine(host: str) -> bool:
    """Whether a name or address means the machine that asks."""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return found.is_loopback or found.is_unspecified


def is_private(host: str) -> bool:
    """Whether this is an address of a local network."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host.endswith(".local") or "." not in host


def answers(url: str) -> bool:
    """Whether a page of ours is there."""
    try:
        return httpx.get(url, timeout=PATIENCE, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def big_screen(case: Case) -> Result:
    """Whether the screen's picture can be made."""
    with override(case.workshop.language):
        render_to_string("workshops/screen/main.html", screen.context(case.workshop))
    return Result(GOOD, _("Het scherm kan getoond worden. Open de link en zet de pagina op de beamer."))


def rounds(case: Case) -> Result:
    """Whether there is something to do."""
    stages = list(case.workshop.stages.filter(void=False).prefetch_related("items", "criteria"))
    if not stages or not all(stage.items.all() and stage.criteria.all() for stage in stages):
        return Result(BAD, _("Er is een ronde zonder vragen, of er is geen ronde."), _("Vraag de beheerder om hulp."))
    minutes = sum(stage.minutes for stage in stages)
    said = _n(
        "%(count)d ronde staat klaar: %(minutes)d minuten.",
        "%(count)d rondes staan klaar, samen %(minutes)d minuten.",
        len(stages),
    )
    return Result(GOOD, said % {"count": len(stages), "minutes": minutes})


def database(_case: Case) -> Result:
    """Whether PostgreSQL takes a transaction that writes."""
    with database_now() as connection:
        connection.execute("SELECT pg_current_xact_id()")
    return Result(GOOD, _("Antwoorden kunnen bewaard worden."))


def database_now() -> psycopg.Connection[tuple[object, ...]]:
    """A connection of our own: the pages' pool would wait longer than a check may. psycopg.Error where it is away."""
    options = f"-c statement_timeout={int(PATIENCE * 1000)}"
    return psycopg.connect(settings.DATABASE_URL, connect_timeout=2, options=options, autocommit=True)


def messages(_case: Case) -> Result:
    """Whether Redis takes and gives back."""
    token, client = secrets.token_hex(8), messenger()
    client.set(f"check:{token}", 1, ex=60)
    if not client.get(f"check:{token}"):
        return Result(BAD, _("De berichtendienst (Redis) onthoudt niets."), _("Vraag de beheerder om hulp."))
    return Result(GOOD, _("Berichten tussen de onderdelen komen aan."))


def messenger() -> Redis:
    """The Redis client. OSError where none is set."""
    if tasks.redis is None:
        raise OSError("no REDIS_URL")
    return tasks.redis


def worker(_case: Case) -> Result:
    """Whether a task goes through the broker and a worker does it."""
    client, token = messenger(), secrets.token_hex(8)
    client.ping()
    tasks.answer.apply_async([token], retry=False, expires=30)
    if came(f"check:{token}"):
        return Result(GOOD, _("Het tellen van antwoorden loopt."))
    return Result(
        BAD,
        _("Er is niemand die telt: antwoorden worden bewaard, maar de cijfers lopen achter."),
        _("Vraag de beheerder om de worker (Celery) te starten."),
    )


def clockwork(_case: Case) -> Result:
    """Whether beat's sweep came by lately."""
    if came(tasks.HEARD):
        return Result(GOOD, _("Elke paar seconden wordt nagekeken of er iets is blijven liggen."))
    return Result(
        BAD,
        _("Er wordt niet nagekeken of er iets is blijven liggen."),
        _("Vraag de beheerder om de klok (Celery beat) te starten."),
    )


def came(key: str) -> bool:
    """Whether this key is there, or comes within the patience of a check."""
    client, deadline = messenger(), time.monotonic() + PATIENCE + 0.5
    while not client.exists(key):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def streams(case: Case) -> Result:
    """Whether a web process hears what is published."""
    if publish_once(case.workshop.public_id, "cockpit", "check", ""):
        return Result(GOOD, _("De server geeft veranderingen meteen door."))
    return Result(
        BAD,
        _("De server geeft niets live door; telefoons halen de stand dan zelf op."),
        _("Vraag de beheerder om de site opnieuw te starten."),
    )


def clock(_case: Case) -> Result:
    """Whether web server, database and Redis agree on the time."""
    now = timezone.now()
    with database_now() as connection:
        row = connection.execute("SELECT clock_timestamp()").fetchone()
    theirs = row[0] if row else now
    seconds, micros = messenger().time()
    apart = [
        abs((moment - timezone.now()).total_seconds())
        for moment in (theirs, at(seconds, micros))
        if isinstance(moment, datetime.datetime)
    ]
    text = f"{timezone.localtime(now):%H:%M}"
    if max(apart) > APART:
        return Result(
            BAD,
            _("De klokken van de server lopen %(seconds)d seconden uiteen.") % {"seconds": max(apart)},
            _("Vraag de beheerder om de klokken gelijk te zetten."),
        )
    return Result(GOOD, _("Op de server is het %(time)s.") % {"time": text})


def at(seconds: int, micros: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(seconds + micros / 1_000_000, tz=datetime.UTC)


# In the order of the page. An app that stands above this one adds its own (see ``reports.apps``).
CHECKS: dict[str, Check] = {
    "address": Check(gettext_lazy("QR-code"), address),
    "screen": Check(gettext_lazy("Scherm"), big_screen),
    "rounds": Check(gettext_lazy("Rondes"), rounds),
    "database": Check(gettext_lazy("Bewaren"), database),
    "messages": Check(gettext_lazy("Doorgeven"), messages),
    "worker": Check(gettext_lazy("Tellen"), worker),
    "beat": Check(gettext_lazy("Nakijken"), clockwork),
    "streams": Check(gettext_lazy("Live"), streams),
    "clock": Check(gettext_lazy("Klok"), clock),
}


def run(key: str, case: Case) -> Result:
    """What one check says. KeyError where there is no such check."""
    look = CHECKS[key].look
    try:
        return look(case)
    except tasks.broker_errors:
        return without(_("De berichtendienst (Redis) antwoordt niet. Stemmen kan; wat u ziet, loopt achter."))
    except (psycopg.Error, DatabaseError):
        return away()
    except Exception:
        log.exception("the check “%s” failed", key)
        return without(_("Dit kon niet worden nagekeken."))


def away() -> Result:
    """PostgreSQL does not answer."""
    return without(_("De database antwoordt niet. Telefoons bewaren antwoorden tot zij terug is."))


def without(sentence: str) -> Result:
    """A part that is away: the facilitator can do nothing about it but ask for help or look again."""
    return Result(BAD, sentence, _("Vraag de beheerder om hulp, of wacht een minuut en kijk opnieuw."))


def run_all(case: Case) -> dict[str, Result]:
    """Every check at the same time, in the order of the page; for a browser without JavaScript."""
    language = get_language() or settings.LANGUAGE_CODE

    def one(key: str) -> Result:
        try:
            with override(language):
                return run(key, case)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(CHECKS)) as pool:
        return dict(zip(CHECKS, pool.map(one, list(CHECKS)), strict=True))
