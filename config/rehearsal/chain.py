"""What a facilitator does before, in and after a round of each kind, so that the next round can go on with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from config.rehearsal import decisions
from config.rehearsal.facilitator import Facilitator, Room
from config.rehearsal.participant import Round
from config.rehearsal.script import Asked, Script, asked, keys_by_title, kind_key, shipped_content
from config.rehearsal.writers import writings
from workshops.stages import agenda

if TYPE_CHECKING:
    from config.rehearsal.play import Play

HELD_BACK = 5  # one in so many short texts is not let through
MOST_SHOWN = 24
PROPOSED_FROM = 5  # ballots from which those with the most dots may be put on an agenda
# The rounds that ask about places on the axes: what the script says of those is about the content's own.
PLACING = ("scenarios", "position")


async def before(play: Play, facilitator: Facilitator, room: Room, stage: str) -> None:
    """What comes before the opening: scenarios are told on the screen, a wind tunnel asks about each of them, and a
    second round begins with the arguments."""
    kind = kind_key(stage)
    if kind == "scenarios":
        play.say(f"{await facilitator.tell(room)} slides of the scenarios were on the screen")
    elif kind == "windtunnel" and (opened := await facilitator.open_scenarios(room)):
        play.say(f"The facilitator lets {opened} scenarios be tested that were not told")
    elif kind == "trends" and stage != kind and play.written(kind):
        pinned = await decisions.pin_reasons(facilitator, room)
        play.let_through[kind] = pinned
        shown = await facilitator.tell(room)
        play.say(
            f"{len(pinned)} of {len(play.written(kind))} reasons were fixed, those of {shown} trends on the screen"
        )
    elif kind == "agenda":
        play.open[stage] = (agenda.DOTS,)


async def halfway(play: Play, facilitator: Facilitator, room: Room, stage: str) -> bool:
    """What comes between two questions of one round; whether there is a second one."""
    kind = kind_key(stage)
    if kind == "ideas":
        came = sum(len(phone.proposed.get(stage, [])) for phone in play.phones.values())
        if not came:
            return False
        play.options[stage] = await decisions.work_ideas(facilitator, room)
        play.say(f"{came} ideas came in, the facilitator made {len(play.options[stage])} options of them")
        await play.read(stage)
        return True
    if kind == "agenda":
        named = {row.item for row in play.script.rows if row.stage == stage and row.criterion != agenda.DOTS}
        options = [] if play.script.hall else decisions.ids(named, play.items[stage])
        enough = options or sum(1 for phone in play.phones.values() if stage in phone.told) >= PROPOSED_FROM
        if not enough:
            return False
        chosen = await decisions.put_on_agenda(facilitator, room, options)
        play.say(f"{len(chosen)} options are on the agenda")
        if play.script.hall:
            carried = [place for place, item in enumerate(play.items[stage], start=1) if item in chosen]
            carry(play, stage, carried)
        play.open[stage] = [key for key in play.asks[stage].criteria if key != agenda.DOTS]
        return True
    return False


async def moderate(play: Play, facilitator: Facilitator, room: Room, stage: str) -> None:
    """Let most of the short texts through, as far as three front pages hold them. Reasons wait for a second round."""
    texts = sorted(play.written(stage))
    if not texts or kind_key(stage) == "trends":
        return
    chosen = {text for place, text in enumerate(texts) if place % HELD_BACK}
    shown = await facilitator.let_through(room, sorted(chosen)[:MOST_SHOWN])
    play.let_through[stage] = shown
    play.say(f"{len(texts)} short texts came in, the facilitator let {len(shown)} through")


async def after(play: Play, facilitator: Facilitator, room: Room, stage: str) -> None:
    """What follows the result: the axes are chosen, the agenda is worked out."""
    kind = kind_key(stage)
    if kind == "axes":
        wanted = default_axes() if any(kind_key(each) in PLACING for each in play.script.stages) else []
        play.say(f"The facilitator decides. {await decisions.choose_axes(facilitator, room, wanted)}")
    elif kind == "agenda" and stage in play.open and agenda.DOTS not in play.open[stage]:
        count = await decisions.fill_agenda(facilitator, room, keys_by_title(shipped_content()))
        play.say(f"Of {count} options the room agreed on how, the first step, by when and the signal")


def default_axes() -> list[str]:
    """The two axes on which the content places its scenarios, by key: x and y."""
    found = {axis.default: axis.key for axis in shipped_content().axes if axis.default}
    return [found[side] for side in sorted(found)]


def asked_now(stage: str, seen: Round) -> Asked:
    """What the form asks, by its items' titles."""
    content = shipped_content()
    found = asked(stage, content)
    if found is None:
        raise KeyError(stage)
    known = keys_by_title(content)
    keys = tuple(known.get(title, str(number)) for number, title in enumerate(seen.titles, start=1))
    return replace(found, items=len(keys), keys=keys)


def improvise(play: Play, stage: str) -> None:
    """Let everybody think of answers to what they see now."""
    hall = play.script.hall
    if hall is None:
        return
    asks = play.asks[stage]
    first = kind_key(stage)
    before = play.asks.get(first) if stage != first and first == "trends" else None
    play.script.rows += hall.answers(stage, asks, before=before)
    play.script.texts.update(writings(hall.people, hall.seed, {stage: asks}))


def carry(play: Play, stage: str, chosen: list[int]) -> None:
    """Leave out who carries what is not on the agenda: nobody is asked."""
    play.script.rows[:] = [
        row for row in play.script.rows if row.stage != stage or row.criterion == agenda.DOTS or row.item in chosen
    ]


def nameable(play: Play) -> Script:
    """The script as a file of votes can hold it: a second round by the numbers of the first; without the rounds that
    asked about what the room made itself."""
    content = shipped_content()
    rows, stages = [], []
    for stage in play.script.stages:
        known, now = asked(stage, content), play.asks.get(stage)
        if known is None or now is None or not known.items or not set(now.keys) <= set(known.keys):
            continue
        numbers = {place: known.keys.index(key) + 1 for place, key in enumerate(now.keys, start=1)}
        stages.append(stage)
        rows += [row._replace(item=numbers[row.item]) for row in play.script.rows if row.stage == stage]
    return replace(play.script, rows=rows, stages=stages)
