"""What the demo shows: one workshop from the first phone to the report, and a second one that is open for you."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from config.rehearsal.browser import Browser, RehearsalError
from config.rehearsal.facilitator import Facilitator, Room, download, log_in
from config.rehearsal.people import make_script
from config.rehearsal.play import Outcome, Play, connections, enter, rehearse
from config.rehearsal.script import Script, asked, shipped_content
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
HELD, YOURS = "Iedereen doet mee", "Doe zelf mee"
PEOPLE = 60
SEED = 2041
# Every demo has a password of its own, for it can be reached from the whole network.
PASSWORD_WORDS = """
    appel avond berg boom boot brug dijk duin fiets fluit gans haven herfst hond kade kaars kast kers klok
    koffie lamp lente maan markt melk molen muur noot oever ochtend paard peer plein polder regen rivier roos
    school sleutel sloot sneeuw spiegel steen ster straat tafel toren trein tuin veer venster vlag vogel
    water weide wilg wind winter zee zon
""".split()  # noqa: SIM905 (a list of them would be fifty lines)


@dataclass(frozen=True)
class Shown:
    """``outcome`` of the rehearsed workshop, and the room of the second one."""

    outcome: Outcome
    second: Room


async def show(url: str, password: str, folder: Path) -> Shown:
    """Rehearse one workshop up to a civil servant's download, and open a second. RehearsalError."""
    codes = [code for code, _name, _email in CIVIL_SERVANTS]
    content = shipped_content()
    asks = asked("trends", content)
    if asks is None:
        raise RehearsalError("there is no trends round")
    script = make_script(PEOPLE, codes, SEED, {"trends": asks})
    say(cast_in_words(script))
    async with connections() as transports:
        play = Play(url, script, {"trends": asks}, 0.0, say, transports)
        facilitator = await enter(play, FACILITATOR, password)
        await tidy_up(facilitator)
        room = await facilitator.create(HELD, codes)
        say(f"{FACILITATOR} logged in and made the workshop “{HELD}”, code {room.code}")
        outcome = await rehearse(play, facilitator, room, folder, release=True)
        (folder / "votes.csv").write_text(write_votes(script))
        await read_as_civil_servant(play, password, folder, outcome)
        second = await facilitator.create(YOURS, codes)
        await facilitator.press(second, "open")
    return Shown(outcome, second)


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
    minds = sum(1 for rows in script.rows_of("trends").values() if len(rows) > len({row[3:5] for row in rows}))
    return (
        f"{len(script.people)} people are on their way: {late} will be late, {minds} change their mind, "
        f"{lost} loses the network and comes back"
    )


async def tidy_up(facilitator: Facilitator) -> None:
    """End what earlier runs left running, so that the new workshops stand alone on top."""
    for path, title in await facilitator.running():
        if title in {HELD, YOURS}:
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
    held, second = shown.outcome.room, shown.second
    spaced = " ".join(second.code[at : at + 2] for at in range(0, len(second.code), 2))
    yield ""
    yield f"The site                {url}/"
    yield f"Log in                  {url}/accounts/login/   password: {password}"
    yield f"  facilitator           {FACILITATOR}"
    for _code, name, email in CIVIL_SERVANTS:
        yield f"  civil servant         {email} ({name})"
    yield f"  staff                 {STAFF}   ({url}/staff/)"
    yield ""
    yield f"The workshop that was held: “{HELD}”"
    yield f"  cockpit               {url}{held.path}"
    yield f"  screen                {at(url, held.screen_url)}"
    yield f"  files                 {folder}/report.pdf, report.xlsx, report.csv, report.json"
    yield f"  a civil servant's     {folder / CIVIL_SERVANTS[0][2].partition('@')[0]}/"
    yield f"  rehearse it again     .venv/bin/python manage.py rehearse --votes {folder / 'votes.csv'}"
    yield ""
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
