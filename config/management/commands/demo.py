"""``manage.py demo`` (``make demo``): rehearsed workshops, then the site until Ctrl-C with one more open."""

from __future__ import annotations

import asyncio
import os
import secrets
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.management.commands.rehearse import report_outcome
from config.rehearsal.browser import RehearsalError
from config.rehearsal.demo import (
    CIVIL_SERVANTS,
    FACILITATOR,
    PASSWORD_WORDS,
    STAFF,
    Shown,
    knows_us,
    show,
    where_to_look,
)
from config.services.lifetime import tie_to_make
from config.services.places import ServiceError
from config.services.supervisor import PartFailed
from config.site import Site, free_port, port_is_free, running_site, say

# Everybody on this network can reach it: that is how a phone joins.
HOST = "0.0.0.0"  # noqa: S104
PORT = 8000


class Command(BaseCommand):
    """Everything is kept under ``demo/``; a second run starts from there. DEMO_EXIT=1 stops after the rehearsal, and
    DEMO=short rehearses the trends alone."""

    help = "Show whole workshops: rehearsed, counted, reported; then stay up so that you can look and join."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        folder = Path(settings.BASE_DIR) / "demo"
        parser.add_argument("--folder", type=Path, default=folder, help=f"where everything is kept (default: {folder})")

    def handle(self, *args: Any, **options: Any) -> None:
        tie_to_make()
        folder = options["folder"].resolve()
        folder.mkdir(parents=True, exist_ok=True)
        stays = os.environ.get("DEMO_EXIT", "") not in {"1", "true", "yes"}
        try:
            with running_site(folder / "data", port(), host=HOST) as site:
                password = make_accounts(site, folder)
                short = os.environ.get("DEMO", "") == "short"
                shown = asyncio.run(show(site.url, password, folder, short=short))
                report_outcome(shown.outcome)
                self.tell(site, shown, password, folder)
                if stays:
                    say("Ctrl-C stops the site.")
                    site.wait()
        except (RehearsalError, ServiceError, PartFailed) as error:
            raise CommandError(str(error)) from error

    def tell(self, site: Site, shown: Shown, password: str, folder: Path) -> None:
        for line in where_to_look(site.url.replace("127.0.0.1", "localhost"), site.public_url, shown, password, folder):
            say(line)


def port() -> int:
    """The port of DEMO_PORT, else 8000, else a free one. CommandError where the asked one is taken."""
    asked = os.environ.get("DEMO_PORT", "")
    if not asked:
        return PORT if port_is_free(PORT, HOST) else free_port(HOST)
    if not asked.isdigit() or not 0 < int(asked) < 65536:
        raise CommandError("DEMO_PORT is a port: a number from 1 to 65535.")
    if not port_is_free(int(asked), HOST):
        raise CommandError(f"Port {asked} is taken. Choose another: DEMO_PORT=… make demo.")
    return int(asked)


def make_accounts(site: Site, folder: Path) -> str:
    """All accounts of the demo; gives their password, which is made once and kept in the folder."""
    path = folder / "password.txt"
    if not path.exists():
        words = "-".join(secrets.choice(PASSWORD_WORDS) for _ in range(3))
        path.touch(mode=0o600)
        path.write_text(f"{words}-{secrets.randbelow(90) + 10}\n")
    elif asyncio.run(knows_us(site.url, path.read_text().strip())):
        return path.read_text().strip()
    password = path.read_text().strip()
    people = [f"--civil-servant={email}={code}" for code, _name, email in CIVIL_SERVANTS]
    helped = replace(site, environ={**site.environ, "REHEARSE_PASSWORD": password})
    helped.manage("rehearsal_accounts", "--facilitator", FACILITATOR, "--staff", STAFF, *people)
    return password
