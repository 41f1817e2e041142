"""Ideas of the room: options that people propose in an ``ideas`` round, and what became of each.

An idea is tied to no participant and to no vote: ``author`` is a seal (``contributions.seal``). Nobody but its author
and those who run the room reads one; what the facilitator makes of them (``idea_options.py``) are the round's items,
and only those are shown. Ideas come in while the round is open and its support is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from trends.text import localized
from workshops import contributions, locks, similar, tasks
from workshops.contributions import ContributionError, cleaned
from workshops.models import Criterion, Idea, Participant, Stage, Workshop

LONGEST = {"title": 100, "instead": 200, "why": 300}  # characters
MOST = 10  # ideas of one person in a round
PLACE = "idea"  # what the seal says beside the person and the round
# The criterion of an ``ideas`` round that is opened once its list stands.
SUPPORT = "support"


class IdeaError(ContributionError):
    """The idea can't be taken, or what was asked of it can't be done; the message says what to do."""


@dataclass(frozen=True)
class Words:
    """An idea, or an option: ``title`` (with one verb), ``instead`` (its price) and ``why``; kept once it is clean."""

    title: str
    instead: str = ""
    why: str = ""

    def clean(self) -> Words:
        """Each on one line, without what can't be seen. IdeaError without a title, or where one is too long."""
        made = Words(*(cleaned(words) for words in (self.title, self.instead, self.why)))
        if not made.title:
            raise IdeaError(_("Schrijf eerst wat u wilt doen."))
        for name, longest in LONGEST.items():
            if len(getattr(made, name)) > longest:
                raise IdeaError(_("Maak de tekst korter: hoogstens %(limit)d tekens.") % {"limit": longest})
        return made


@dataclass(frozen=True)
class Own:
    """A person's own idea and what became of it: ``options`` are the titles, in the active language, of what it is in
    now; ``reason`` says why it was left out."""

    pk: int
    words: Words
    state: str
    reason: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Similar:
    """Something that says about the same: ``of`` is "chosen", "own" or "content"."""

    title: str
    of: str


def seal(participant: Participant, stage: Stage) -> str:
    """What stands for this person in this round, and nowhere else: 32 hexadecimal digits."""
    return contributions.seal(participant, stage, None, PLACE)


def gathering(stage: Stage) -> bool:
    """Whether the round gathers ideas, as far as its support goes: that is not open yet (one query)."""
    return not Criterion.objects.filter(stage=stage, key=SUPPORT, is_open=True).exists()


@transaction.atomic
def propose(participant: Participant, stage: Stage, title: str, instead: str, why: str = "") -> Idea:
    """Take a person's idea; the same words of the same person again are the same idea, so sending twice is safe.

    ``title`` 1–100 characters, ``instead`` (its price) 1–200, ``why`` 0–300. IdeaError where no ideas come in now, the
    words can't be, or the person has MOST already.
    """
    _check_open(participant, stage)
    words = _of_person(Words(title, instead, why))
    author = seal(participant, stage)
    mine = Idea.objects.filter(stage=stage, author=author)
    found = mine.filter(**vars(words)).first()
    if found is not None:
        return found
    if mine.count() >= MOST:
        raise IdeaError(_("U hebt al %(most)d ideeën ingestuurd. Verander of haal er een terug.") % {"most": MOST})
    transaction.on_commit(lambda: tasks.mark_stage(stage.pk))
    return Idea.objects.create(stage=stage, author=author, **vars(words))


@transaction.atomic
def change(participant: Participant, stage: Stage, idea_id: int, title: str, instead: str, why: str = "") -> Idea:
    """Give an own idea other words while it waits. IdeaError as ``propose``, and where it doesn't wait any more."""
    _check_open(participant, stage)
    words = _of_person(Words(title, instead, why))
    idea = _own_waiting(participant, stage, idea_id)
    if vars(words).items() <= vars(idea).items():
        return idea
    for name, text in vars(words).items():
        setattr(idea, name, text)
    idea.save(update_fields=list(LONGEST))
    transaction.on_commit(lambda: tasks.mark_stage(stage.pk))
    return idea


@transaction.atomic
def take_back(participant: Participant, stage: Stage, idea_id: int) -> None:
    """Delete an own idea while it waits. IdeaError where it doesn't any more, or the round is not open."""
    _check_open(participant, stage)
    _own_waiting(participant, stage, idea_id).delete()
    transaction.on_commit(lambda: tasks.mark_stage(stage.pk))


def own(participant: Participant, stage: Stage) -> list[Own]:
    """This person's ideas in the round, in the order in which they came (two queries)."""
    found = Idea.objects.filter(stage=stage, author=seal(participant, stage)).prefetch_related("items").order_by("pk")
    return [
        Own(
            idea.pk,
            Words(idea.title, idea.instead, idea.why),
            idea.state,
            idea.reason,
            tuple(localized(item.title) for item in sorted(idea.items.all(), key=lambda item: item.number)),
        )
        for idea in found
    ]


def of_person(participant: Participant, stages: Iterable[Stage]) -> dict[int, list[int]]:
    """The ids of this person's ideas in these rounds, by round (one query)."""
    seals = {seal(participant, stage): stage.pk for stage in stages}
    found: dict[int, list[int]] = {}
    for pk, author in Idea.objects.filter(author__in=seals).values_list("pk", "author"):
        found.setdefault(seals[author], []).append(pk)
    return found


def counts(stage: Stage) -> dict[str, int]:
    """How many ideas of the round stand in each state, and ``received``: all of them, those of its earlier attempts
    too, whose options a new attempt has (one query)."""
    attempts = Idea.objects.filter(stage__workshop=stage.workshop_id, stage__key=stage.key)
    rows = attempts.values_list("state").annotate(number=Count("pk")).order_by("state")
    found = dict.fromkeys(Idea.State.values, 0) | dict(rows)
    return {**found, "received": sum(found.values())}


def written(stage: Stage) -> tuple[int, int]:
    """How many ideas came in, and of how many people (one query)."""
    found = Idea.objects.filter(stage=stage).aggregate(ideas=Count("pk"), people=Count("author", distinct=True))
    return found["ideas"], found["people"]


def similar_to(participant: Participant, stage: Stage, workshop: Workshop, title: str) -> list[Similar]:
    """What says about the same as somebody is typing: the options of the round, those of the content set, and the
    person's own ideas, never another's (three queries). At most three, the likest first."""
    options = [Similar(localized(words), "chosen") for words in stage.items.values_list("title", flat=True)]
    mine = Idea.objects.filter(stage=stage, author=seal(participant, stage)).values_list("title", flat=True)
    shipped = workshop.content_set.policy_options.values_list("title", flat=True)
    found = [*options, *(Similar(text, "own") for text in mine)]
    found += [Similar(localized(words), "content") for words in shipped]
    # An idea that was chosen as it was is one thing, not two.
    kept = list({each.title: each for each in reversed(found)}.values())[::-1]
    return [kept[place] for place in similar.alike(title, [each.title for each in kept])]


def _check_open(participant: Participant, stage: Stage) -> None:
    """Hold the person; IdeaError where the round takes no ideas of theirs now.

    The shared lock keeps closing, and the opening of the support, until this idea is in.
    """
    locks.share(locks.VOTES, stage.pk)
    now = Stage.objects.filter(pk=stage.pk, void=False).first()
    if now is None or not now.is_open:
        raise IdeaError(_("De ronde is niet meer open. Uw idee is niet meegenomen."), closed=True)
    if not gathering(now):
        raise IdeaError(_("De ideeën zijn verzameld; er komt niets meer bij."), closed=True)
    person = Participant.objects.select_for_update(no_key=True).filter(pk=participant.pk).first()
    if person is None or person.struck_out_at is not None or person.workshop_id != now.workshop_id:
        raise IdeaError(_("Dit apparaat doet hier niet meer mee."))


def _of_person(words: Words) -> Words:
    made = words.clean()
    if not made.instead:
        raise IdeaError(_("Zeg ook wat het kost: ten koste waarvan doen wij dit?"))
    return made


def _own_waiting(participant: Participant, stage: Stage, idea_id: int) -> Idea:
    mine = Idea.objects.select_for_update().filter(stage=stage, author=seal(participant, stage))
    idea = mine.filter(pk=idea_id).first()
    if idea is None:
        raise IdeaError(_("Dit idee is er niet meer. Ververs de pagina."))
    if idea.state != Idea.State.WAITING:
        raise IdeaError(_("De begeleider las dit idee al. Het ligt nu vast."))
    return idea
