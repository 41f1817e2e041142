"""What the demo shows: workshops from the first phone to the report, and one more that is open for you."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from config.rehearsal.browser import Browser, RehearsalError
from config.rehearsal.chain import nameable
from config.rehearsal.day import make_day
from config.rehearsal.facilitator import Facilitator, Room, download, log_in
from config.rehearsal.play import Outcome, Play, connections, rehearse
from config.rehearsal.script import Script
from config.rehearsal.votes_file import write_votes
from config.site import say

FACILITATOR = "begeleider@example.nl"
STAFF = "beheerder@example.nl"
# CBS code, name and the e-mail address of the civil servant.
CIVIL_SERVANTS = (
    ("0748", "Bergen op Zoom", "bergen-op-zoom@example.nl"),
    ("0503", "Delft", "delft@example.nl"),
    ("0777", "Etten-Leur", "etten-leur@example.nl"),
)
YOURS = "Doe zelf mee"
PEOPLE = 60
# With this number the trends propose the very axes on which the source places its scenarios.
SEED = 2034
# Every demo has a password of its own, for it can be reached from the whole network.
PASSWORD_WORDS = """
    appel avond berg boom boot brug dijk duin fiets fluit gans haven herfst hond kade kaars kast kers klok
    koffie lamp lente maan markt melk molen muur noot oever ochtend paard peer plein polder regen rivier roos
    school sleutel sloot sneeuw spiegel steen ster straat tafel toren trein tuin veer venster vlag vogel
    water weide wilg wind winter zee zon
""".split()  # noqa: SIM905 (a list of them would be fifty lines)


# The workshop that is held, and the plan that it begins with; with DEMO=short the trends round alone.
TITLE = "Iedereen doet mee"
PLAN, SHORT = "exploration", "trends"
# What earlier versions held as well.
TITLES = {TITLE, YOURS, "Ons bestuursakkoord getoetst"}


@dataclass(frozen=True)
class Shown:
    """What came of the rehearsed workshop on this plan, and the room of the one that is open now."""

    plan: str
    outcome: Outcome
    open_now: Room


async def show(url: str, password: str, folder: Path, *, short: bool = False) -> Shown:
    """Rehearse the workshop up to a civil servant's download, and open one more. RehearsalError.

    ``short``: the trends round alone.
    """
    codes = [code for code, _name, _email in CIVIL_SERVANTS]
    plan = SHORT if short else PLAN
    async with connections() as transports:
        browser = Browser(url, next(transports))
        await log_in(browser, FACILITATOR, password)
        facilitator = Facilitator(browser)
        await tidy_up(facilitator)
        script, asks = make_day(plan, PEOPLE, codes, SEED)
        say(cast_in_words(script))
        play = Play(url, script, asks, 0.0, say, transports)
        room = await facilitator.create(TITLE, codes, plan=plan)
        say(f"{FACILITATOR} made the workshop “{TITLE}”, code {room.code}")
        outcome = await rehearse(play, facilitator, room, folder, release=True)
        (folder / "votes.csv").write_text(write_votes(nameable(play)))
        await read_as_civil_servant(play, password, folder, outcome)
        open_now = await facilitator.create(YOURS, codes)
        await facilitator.press(open_now, "open")
    return Shown(plan, outcome, open_now)


async def knows_us(url: str, password: str) -> bool:
    """Whether an earlier run made the accounts of this site, with this password."""
    async with connections() as transports:
        try:
            await log_in(Browser(url, next(transports)), FACILITATOR, password)
        except RehearsalError:
            return False
    return True


def cast_in_words(script: Script) -> str:
    """Who comes, in one line."""
    late = sum(1 for person in script.people if person.joins is not None)
    lost = sum(1 for person in script.people if person.drops_out)
    answered = [rows for stage in script.stages for rows in script.rows_of(stage).values()]
    minds = len({rows[0].participant for rows in answered if len(rows) > len({row[3:5] for row in rows})})
    return (
        f"{len(script.people)} people are on their way: {late} will be late, {minds} change their mind, "
        f"{lost} loses the network and comes back"
    )


async def tidy_up(facilitator: Facilitator) -> None:
    """End what earlier runs left running, so that the new workshops stand alone on top."""
    for path, title in await facilitator.running():
        if title in TITLES:
            await facilitator.end(path)


async def read_as_civil_servant(play: Play, password: str, folder: Path, outcome: Outcome) -> None:
    """The civil servant of the first municipality finds the report and downloads it: the same as the facilitator's."""
    email = CIVIL_SERVANTS[0][2]
    own = folder / email.partition("@")[0]
    browser = play.browser()
    await log_in(browser, email, password)
    page = await browser.page("/my-municipality/")
    if await download(browser, page, own) != outcome.facts:
        raise RehearsalError(f"{email} finds another report than the facilitator's at {page.url}")
    say(f"{email} found the report of this workshop and downloaded it: {own}")


def where_to_look(url: str, public_url: str, shown: Shown, password: str, folder: Path) -> Iterator[str]:
    """The lines that a newcomer reads: addresses, log-ins, files. ``url`` is for this machine."""
    yield ""
    yield f"The site                {url}/"
    yield f"Log in                  {url}/accounts/login/   password: {password}"
    yield f"  facilitator           {FACILITATOR}"
    for _code, name, email in CIVIL_SERVANTS:
        yield f"  civil servant         {email} ({name})"
    yield f"  staff                 {STAFF}   ({url}/staff/)"
    rounds = ", ".join(stage["title"] for stage in shown.outcome.facts["stages"])
    again = ".venv/bin/python manage.py rehearse"
    yield ""
    yield f"The workshop that was held: “{TITLE}”"
    yield f"  rounds                {rounds}"
    yield f"  cockpit               {url}{shown.outcome.room.path}"
    yield f"  screen                {at(url, shown.outcome.room.screen_url)}"
    yield f"  files                 {folder}/report.pdf, report.xlsx, report.csv, report.json"
    yield f"  a civil servant's     {folder / CIVIL_SERVANTS[0][2].partition('@')[0]}/"
    yield f"  rehearse it again     {again} --plan {shown.plan} --seed {SEED}   (or --plan agreement, …)"
    yield f"  replay its votes      {again} --votes {folder / 'votes.csv'}"
    yield ""
    second = shown.open_now
    spaced = " ".join(second.code[place : place + 2] for place in range(0, len(second.code), 2))
    yield f"The workshop that is open now: “{YOURS}”, code {spaced}"
    yield f"  join                  {at(url, second.join_url)}"
    if "localhost" not in public_url:
        yield f"  join with a phone     {at(public_url, second.join_url)}   (on the same network; or scan the screen)"
    yield f"  screen                {at(url, second.screen_url)}"
    yield f"  cockpit               {url}{second.path}"
    yield ""


def at(url: str, address: str) -> str:
    """The same page at this address of the site."""
    return url + "/" + address.split("/", 3)[3]
