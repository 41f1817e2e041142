"""Which short Dutch sentences say about the same: to find what exists already, and to lay ideas side by side.

Words are compared without case, accents, order and the commonest little words, and with their endings cut off
("bouwen", "bouwt" → "bouw"), as edit distances (rapidfuzz). Two sentences are called alike from THRESHOLD on. Of the
pairs in ``tests/workshops/test_ideas_similar.py`` it finds those that people would call the same option; what merely
has many words in common ("Bouw woningen in de Lindewijk", "Bouw een school in de Lindewijk") may be found too, for it
is a hint and decides nothing. Pure functions: no database, no settings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz import fuzz, process

THRESHOLD = 75.0  # of 100
SHORTEST = 4  # letters of a text without spaces: of less nothing is said
LEAST_STEM = 4  # letters that stay when an ending is cut off

_ENDINGS = ("eren", "en", "er", "e", "s")
_LITTLE = frozenset(
    re.split(
        r"\s+",
        "aan als bij dat de deze die dit door een en er geen het in is met meer naar niet of om ons onze op te uit van "
        "voor we wij zijn a an and for in more of on our the to we with",
    )
)
_WORD = re.compile(r"[a-z0-9]+")


def plain(text: str) -> str:
    """The words that tell, stemmed and sorted, with a space between; "" where there is no letter or digit."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    words = _WORD.findall("".join(each for each in letters if not unicodedata.combining(each)))
    telling = [word for word in words if word not in _LITTLE] or words
    return " ".join(sorted(_stem(word) for word in telling))


def _stem(word: str) -> str:
    """About the part that a word keeps in all its forms: "huizen" and "huis" → "huis", "scholen" and "school" →
    "schol"."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST_STEM:
            word = word[: -len(ending)]
            break
    if len(word) > 2 and word[-1] == word[-2]:
        word = word[:-1]
    return re.sub(r"([aeou])\1", r"\1", word).replace("v", "f").replace("z", "s")


def _score(a: str, b: str) -> float:
    """Of two ``plain`` texts: halfway between how they differ as a whole and whether one is in the other."""
    return (fuzz.ratio(a, b) + fuzz.token_set_ratio(a, b)) / 2 if a and b else 0.0


def similarity(a: str, b: str) -> float:
    """How far two sentences say the same, 0–100; the order of the two makes no difference."""
    return _score(*sorted((plain(a), plain(b))))


def alike(text: str, others: Sequence[str], most: int = 3) -> list[int]:
    """The places of at most ``most`` of the ``others`` that say about the same as ``text``, the likest first (ties:
    in their order)."""
    words = plain(text)
    if len(words.replace(" ", "")) < SHORTEST:
        return []
    scores = [_score(*sorted((words, plain(other)))) for other in others]
    found = [place for place, score in enumerate(scores) if score >= THRESHOLD]
    return sorted(found, key=lambda place: (-scores[place], place))[:most]


def groups(texts: Sequence[str]) -> list[list[int]]:
    """The places of all texts, those together that are like the first one of their group; groups in the order of their
    first, and so are the texts in each.

    Every text is in one group, alone where nothing is like it. Being like the first, and not like just any, keeps a
    group from growing from one subject into another.
    """
    words = [plain(text) for text in texts]
    made: list[list[int]] = []
    heads: list[str] = []
    for place, text in enumerate(words):
        best = process.extractOne(text, heads, scorer=_either_way, score_cutoff=THRESHOLD) if text else None
        if best is None:
            made.append([place])
            heads.append(text)
        else:
            made[best[2]].append(place)
    return made


def _either_way(a: str, b: str, **_given: object) -> float:
    """As rapidfuzz calls a scorer."""
    return _score(*sorted((a, b)))
