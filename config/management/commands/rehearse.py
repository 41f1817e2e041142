"""``manage.py rehearse``: a whole workshop over HTTP, with people made up or given votes, checked to the end."""

from __future__ import annotations

import asyncio
import os
import secrets
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.rehearsal.browser import RehearsalError
from config.rehearsal.day import PLANS, fewest, make_day
from config.rehearsal.play import Outcome, Play, connections, enter, rehearse
from config.rehearsal.script import Asked, Script, asked, shipped_content, shipped_municipalities
from config.rehearsal.votes_file import VotesFileError, read_votes
from config.services.places import ServiceError
from config.services.supervisor import PartFailed
from config.site import running_site, say
from workshops.plans import DEFAULT

MUNICIPALITIES = "0748,0503,0777"
PARTICIPANTS = 60
FACILITATOR = "begeleider@example.nl"
SHOWN_ERRORS = 40


@dataclass(frozen=True)
class Day:
    """What is played: who comes, what is asked by round, the codes that take part, and the shipped plan; none: the
    rounds of the script."""

    script: Script
    asks: dict[str, Asked]
    codes: list[str]
    plan: str = ""


class Command(BaseCommand):
    """Without --url it starts a site of its own on free ports, and stops it."""

    help = "Rehearse a workshop as people hold it, and compare every receipt with the report."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--participants", type=int, metavar="N", help=f"how many people come (default: {PARTICIPANTS})"
        )
        parser.add_argument(
            "--municipalities", metavar="CODES", help=f"CBS codes (default: {MUNICIPALITIES}, or the file's)"
        )
        parser.add_argument("--seed", type=int, default=1, help="another number, other people")
        parser.add_argument(
            "--plan", choices=PLANS, help=f"the rounds of a shipped plan (default: {DEFAULT}; not with --votes)"
        )
        parser.add_argument("--votes", type=Path, metavar="FILE.csv", help="replay these votes instead")
        parser.add_argument("--url", help="a running site; REHEARSE_EMAIL and REHEARSE_PASSWORD log in there")
        parser.add_argument(
            "--out", type=Path, default=Path(settings.DATA_DIR) / "rehearsal", help="where the files go"
        )
        parser.add_argument(
            "--speed", type=float, default=0.0, metavar="F", help="seconds of the script a second; 0: at once"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        day = self.read(options)
        try:
            if options["url"]:
                outcome = asyncio.run(self.at(options["url"], *log_in_from_environment(), day, options))
            else:
                outcome = self.at_own_site(day, options)
        except (RehearsalError, ServiceError, PartFailed) as error:
            raise CommandError(str(error)) from error
        report_outcome(outcome)

    def read(self, options: dict[str, Any]) -> Day:
        """What is played; all checks come before anything is started."""
        known = shipped_municipalities()
        given = options["municipalities"]
        codes = [code.strip() for code in (given or MUNICIPALITIES).split(",") if code.strip()]
        if strange := [code for code in codes if code not in known]:
            raise CommandError(f"--municipalities: there is no municipality with code {', '.join(strange)}.")
        if options["speed"] < 0:
            raise CommandError("--speed is 0 or more.")
        if options["votes"] is None:
            count = PARTICIPANTS if options["participants"] is None else options["participants"]
            if count < 1:
                raise CommandError("--participants is 1 or more.")
            plan = options["plan"] or DEFAULT
            if count < fewest(plan):
                raise CommandError(f"--plan {plan} takes {fewest(plan)} people or more: its rounds need figures.")
            return Day(*make_day(plan, count, codes, options["seed"]), codes, plan)
        if options["participants"] is not None:
            raise CommandError("Give --participants or --votes: the file says who comes.")
        if options["plan"] is not None:
            raise CommandError("Give --plan or --votes: the file says which rounds there are.")
        content = shipped_content()
        try:
            data = options["votes"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['votes']}: {error.strerror}") from error
        try:
            script = read_votes(data, content=content, known=known, taking_part=codes if given else None)
        except VotesFileError as error:
            raise CommandError(shortened(error.lines)) from error
        asks = {stage: found for stage in script.stages if (found := asked(stage, content))}
        return Day(script, asks, codes if given else script.municipalities)

    def at_own_site(self, day: Day, options: dict[str, Any]) -> Outcome:
        """Services, site and accounts of this rehearsal's own, gone when it is over."""
        password = secrets.token_urlsafe(16)
        with tempfile.TemporaryDirectory(prefix="scenariotafel-rehearsal-") as folder:
            Path(folder).chmod(0o711)  # as root, the database's own user has to pass
            with running_site(Path(folder)) as site:
                helped = replace(site, environ={**site.environ, "REHEARSE_PASSWORD": password})
                helped.manage("rehearsal_accounts", "--facilitator", FACILITATOR)
                try:
                    return asyncio.run(self.at(site.url, FACILITATOR, password, day, options))
                except RehearsalError as error:
                    raise RehearsalError(f"{error}\n{site.supervisor.log_tail('web')}") from error

    async def at(self, url: str, email: str, password: str, day: Day, options: dict[str, Any]) -> Outcome:
        """The rehearsal at the site with this address."""
        async with connections() as transports:
            play = Play(url, day.script, day.asks, options["speed"], say, transports)
            facilitator = await enter(play, email, password)
            rounds = [] if day.plan else day.script.stages
            room = await facilitator.create("Repetitie", day.codes, plan=day.plan or "empty", rounds=rounds)
            say(f"Workshop {room.code} is made: {url.rstrip('/')}{room.path}")
            return await rehearse(play, facilitator, room, options["out"])


def log_in_from_environment() -> tuple[str, str]:
    """The facilitator's e-mail address and password. CommandError where they are not set."""
    email, password = os.environ.get("REHEARSE_EMAIL", ""), os.environ.get("REHEARSE_PASSWORD", "")
    if not (email and password):
        raise CommandError("With --url, set REHEARSE_EMAIL and REHEARSE_PASSWORD to a facilitator's log-in.")
    return email, password


def report_outcome(outcome: Outcome) -> None:
    """Say that all is one. CommandError with every difference where it isn't."""
    if outcome.wrong:
        count = f"{len(outcome.wrong)} differences"
        raise CommandError(f"Receipts, count and report are not the same ({count}):\n{shortened(outcome.wrong)}")
    say(f"receipts = stored = counted = reported: {outcome.answers:,} answers")


def shortened(lines: list[str]) -> str:
    """The first lines, and how many more there are."""
    more = len(lines) - SHOWN_ERRORS
    return "\n".join(lines[:SHOWN_ERRORS] + ([f"… (+ {more})"] if more > 0 else []))
