"""The little of ASGI that the live part needs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

import msgspec

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
# A request's headers by lower-case name.
Headers = Mapping[bytes, bytes]

MAX_BODY = 128 * 1024
MAX_HEARD = 8 * 1024 * 1024
encode = msgspec.json.Encoder().encode


class Refused(Exception):
    """A request that is answered with an error: HTTP status, code for programs, sentence for people."""

    def __init__(self, status: int, code: str, message: str, retry_after: int = 0) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.retry_after = retry_after


def cookie(header: str, name: str) -> str:
    """The value of one cookie in a Cookie header, else the empty string."""
    for part in header.split(";"):
        key, _, value = part.strip().partition("=")
        if key == name:
            return value.strip('"')
    return ""


async def body(receive: Receive) -> bytes:
    """The whole body. Refused (413) where it is too large, after hearing it out: else no answer would be heard."""
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(400, "gone", "De verbinding is verbroken.")
        chunk = message.get("body", b"")
        size += len(chunk)
        if size <= MAX_BODY:
            chunks.append(chunk)
        if size > MAX_HEARD or not message.get("more_body"):
            break
    if size > MAX_BODY:
        raise Refused(413, "too_large", "Dit bericht is te groot. Stuur minder antwoorden tegelijk.")
    return b"".join(chunks)


async def respond(send: Send, status: int, content: bytes, headers: Iterable[tuple[bytes, bytes]] = ()) -> None:
    """Send a JSON answer whole."""
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [
                (b"content-type", b"application/json"),
                (b"content-length", str(len(content)).encode()),
                (b"cache-control", b"no-store"),
                (b"x-content-type-options", b"nosniff"),
                *headers,
            ],
        }
    )
    await send({"type": "http.response.body", "body": content})


async def refuse(send: Send, error: Refused) -> None:
    """Send an error as JSON."""
    headers = [(b"retry-after", str(error.retry_after).encode())] if error.retry_after else []
    await respond(send, error.status, encode({"error": error.code, "message": error.message}), headers)
