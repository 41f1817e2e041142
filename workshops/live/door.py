"""The votes' door: who posts, is it well-formed, what became of it. One bad value never takes its neighbours down."""

from __future__ import annotations

import random
import re
from functools import lru_cache
from typing import Annotated, Any, cast

import msgspec
import psycopg
from msgspec import Meta

from workshops.identity import cookie_name, handle, unseal
from workshops.live.committer import Busy, Committer
from workshops.live.http import Headers, Receive, Refused, Scope, Send, body, cookie, encode, respond
from workshops.votes import Answer, Outcome, Receipt

MAX_ANSWERS = 500
Key = Annotated[int, Meta(ge=1, le=2**31 - 1)]


class Incoming(msgspec.Struct, frozen=True):
    """One answer as a phone sends it. The scale itself is checked where the answer is stored."""

    counter: Annotated[int, Meta(ge=1, le=2**53)]
    item: Key
    criterion: Annotated[str, Meta(min_length=1, max_length=60)]
    value: Annotated[int, Meta(ge=-100, le=100)] | None


class Post(msgspec.Struct, frozen=True):
    stage: Key
    answers: Annotated[list[Incoming], Meta(min_length=1)]


class Envelope(msgspec.Struct, frozen=True):
    """The same, its answers still closed: read when one of them is malformed."""

    stage: Key
    answers: list[msgspec.Raw]


# A number beyond every range, bytes that are no text and brackets without end each have an error of their own.
UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
decode_post = msgspec.json.Decoder(Post).decode
decode_envelope = msgspec.json.Decoder(Envelope).decode
decode_answer = msgspec.json.Decoder(Incoming).decode


async def votes(scope: Scope, receive: Receive, send: Send, public_id: str, committer: Committer) -> None:
    """Take one post of answers. Answers 200 with a receipt for each, or raises Refused."""
    headers = dict(scope["headers"])
    check_origin(headers)
    participant = identify(public_id, headers.get(b"cookie", b""))
    if participant is None:
        raise Refused(403, "not_joined", "Wij herkennen deze telefoon niet. Doe opnieuw mee met de code.")
    check_person(headers, participant)
    stage, answers, malformed = read(await body(receive))
    rows = [Answer(participant, stage, a.item, a.criterion, a.value, a.counter) for a in answers]
    try:
        outcome = await committer.submit(rows) if rows else Outcome([], 0)
    except Busy as error:
        pause = random.randint(1, 4)  # noqa: S311 spreads the phones, guards nothing
        raise Refused(503, "busy", "Het is even te druk. Uw telefoon probeert het zo opnieuw.", pause) from error
    except psycopg.Error as error:
        raise Refused(422, "not_storable", "Deze antwoorden kunnen niet worden opgeslagen.") from error
    await respond(send, 200, encode(answer(outcome, malformed)))


def check_origin(headers: Headers) -> None:
    """Only our own pages may post. Refused (403, 415) otherwise."""
    if headers.get(b"content-type", b"").partition(b";")[0].strip() != b"application/json":
        raise Refused(415, "not_json", "Stuur JSON, met Content-Type application/json.")
    site, origin = headers.get(b"sec-fetch-site"), headers.get(b"origin", b"")
    if not (site == b"same-origin" if site else origin.partition(b"://")[2] == headers.get(b"host") != b""):
        raise Refused(403, "foreign_origin", "Dit bericht komt niet van onze eigen pagina.")


def check_person(headers: Headers, participant: int) -> None:
    """A page may say whose it is: another tab may have made this device somebody else. Refused (403) then."""
    said = headers.get(b"x-participant")
    if said is not None and said.decode("latin-1") != handle_of(participant):
        raise Refused(403, "somebody_else", "Op dit apparaat doet nu iemand anders mee.")


handle_of = lru_cache(maxsize=20_000)(handle)


@lru_cache(maxsize=20_000)
def identify(public_id: str, cookies: bytes) -> int | None:
    """The participant in a Cookie header; verified once, then remembered."""
    value = cookie(cookies.decode("latin-1"), cookie_name(public_id))
    return unseal(public_id, value) if value else None


@lru_cache(maxsize=1_000)
def is_key(criterion: str) -> bool:
    return re.fullmatch(r"[A-Za-z0-9_-]{1,60}", criterion) is not None


def read(content: bytes) -> tuple[int, list[Incoming], list[Receipt]]:
    """The round, its well-formed answers, and a refusal for each that is not. Refused (400, 413) as a whole."""
    try:
        post = decode_post(content)
        stage, answers, malformed = post.stage, post.answers, list[Receipt]()
    except UNREADABLE:
        stage, answers, malformed = read_one_by_one(content)
    check_number(len(answers) + len(malformed))
    strange = [a for a in answers if not is_key(a.criterion)]
    if strange:
        malformed += [Receipt(a.counter, a.item, a.criterion, "refused", "unknown_criterion") for a in strange]
        answers = [a for a in answers if is_key(a.criterion)]
    return stage, answers, malformed


def read_one_by_one(content: bytes) -> tuple[int, list[Incoming], list[Receipt]]:
    """Slower, and only after something was malformed: each answer for itself."""
    try:
        envelope = decode_envelope(content)
    except UNREADABLE as error:
        raise Refused(400, "malformed", "Dit bericht is niet te lezen.") from error
    if not envelope.answers:
        raise Refused(400, "empty", "Er staat geen antwoord in dit bericht.")
    check_number(len(envelope.answers))
    answers: list[Incoming] = []
    malformed: list[Receipt] = []
    for raw in envelope.answers:
        try:
            answers.append(decode_answer(raw))
        except UNREADABLE:
            malformed.append(refusal(raw))
    return envelope.stage, answers, malformed


def check_number(answers: int) -> None:
    """Refused (413) where there are more answers than one request may carry."""
    if answers > MAX_ANSWERS:
        raise Refused(413, "too_many", f"Stuur hoogstens {MAX_ANSWERS} antwoorden tegelijk.")


def refusal(raw: msgspec.Raw) -> Receipt:
    """The receipt of a malformed answer: which it was, as far as that can be read, and what is wrong."""
    try:
        read = msgspec.json.decode(raw)
    except UNREADABLE:
        read = None
    fields = read if isinstance(read, dict) else {}
    # Given back as they came, so that the sender finds its own answer again.
    counter, item, criterion = (
        cast(Any, value) if isinstance(value := fields.get(name), int | str) else cast(Any, None)
        for name in ("counter", "item", "criterion")
    )
    value = fields.get("value")
    reason = "out_of_range" if isinstance(value, int | float) and not isinstance(value, bool) else "malformed"
    return Receipt(counter, item, criterion, "refused", reason)


def answer(outcome: Outcome, malformed: list[Receipt]) -> dict[str, Any]:
    """The body of the answer: a receipt each, the highest counter and transaction among them."""
    return {
        "receipts": outcome.receipts + malformed if malformed else outcome.receipts,
        "highest": max([receipt.highest for receipt in outcome.receipts], default=0),
        "transaction": outcome.transaction,
    }
