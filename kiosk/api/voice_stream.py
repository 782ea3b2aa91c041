"""VoiceStream: one WebSocket for whole spoken turns, kept up while a customer is here."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

import structlog
from pydantic import ValidationError
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus, InvalidURI

from kiosk.api.link import BackendLink
from kiosk.errors import KioskError
from kiosk.tasks import TaskScope
from shared import paths
from shared.messages import CloseCode
from shared.voice_stream import (
    FramingError,
    Open,
    Ready,
    StreamReply,
    StreamRequest,
    pack_sound,
    stream_reply,
    unpack_sound,
)

logger = structlog.get_logger(__name__)

OUTBOX = 512
"""Messages: 10 s of sound. A line that takes none for so long is dead."""
LARGEST_BYTES = 1024 * 1024
"""An answer with a whole order in it; the sound comes in chunks of 0.2 s."""

_FOR_GOOD = frozenset({CloseCode.UNAUTHENTICATED, CloseCode.FORBIDDEN})


@dataclass(frozen=True, slots=True)
class VoiceStreamTimes:
    """Seconds. ``refused``: a backend without a stream, or one that does not let us in, is asked again so seldom.

    ``stuck``: so long may one message take to leave.
    """

    opening: float = 5.0
    first_backoff: float = 0.25
    longest_backoff: float = 5.0
    refused: float = 60.0
    stuck: float = 5.0


class StreamListener(Protocol):
    """On the loop, in order."""

    def opened(self, ready: Ready, opening: Open) -> None: ...
    def told(self, reply: StreamReply) -> None: ...
    def sounded(self, number: int, pcm: bytes) -> None: ...
    def lost(self) -> None:
        """The line is gone, and with it all turns; after each ``opened``, once."""
        ...


class _Refused(Exception):
    """A new attempt now would end the same way."""


class VoiceStream:
    """Reconnects by itself. What is sent while there is no line goes nowhere: whoever sends asks ``ready`` first."""

    def __init__(
        self,
        link: BackendLink,
        times: VoiceStreamTimes | None = None,
        jitter: Callable[[float], float] | None = None,
    ) -> None:
        """``jitter(limit)`` draws the pause from 0 to ``limit`` seconds."""
        self._link = link
        self._times = times or VoiceStreamTimes()
        self._jitter = jitter or (lambda limit: random.uniform(0, limit))  # noqa: S311 -- spreads load only
        self._outbox: asyncio.Queue[str | bytes] | None = None
        self._line: ClientConnection | None = None

    @property
    def ready(self) -> bool:
        return self._outbox is not None

    async def run(self, opening: Callable[[], Awaitable[Open]], listener: StreamListener) -> None:
        """Until cancelled. ``opening()`` is asked for each line and may raise KioskError: tried again."""
        failures = 0
        while True:
            limit = self._times.longest_backoff
            try:
                if await self._one_line(opening, listener):
                    failures = 0
            except _Refused:
                limit, failures = self._times.refused, 20
                logger.info("voice stream refused: speaking over single calls")
            except (KioskError, OSError, TimeoutError, InvalidHandshake, InvalidURI, ConnectionClosed) as error:
                logger.info("voice stream not there", reason=type(error).__name__)
            await asyncio.sleep(self._jitter(min(limit, self._times.first_backoff * 2**failures)))
            failures += 1

    def send(self, message: StreamRequest) -> None:
        self._put(message.model_dump_json())

    def send_sound(self, number: int, pcm: bytes) -> None:
        """``number``: frames before it in the turn; at most ``MAX_FRAMES_AT_ONCE`` of them in ``pcm``."""
        self._put(pack_sound(number, pcm))

    def reopen(self) -> None:
        """Another session, customer or language: end this line, and begin the next as ``opening`` tells then."""
        self._outbox = None
        if self._line is not None:
            self._line.transport.abort()

    def _put(self, message: str | bytes) -> None:
        if self._outbox is None:
            return
        if self._outbox.full():
            logger.warning("voice stream stuck")
            self.reopen()
        else:
            self._outbox.put_nowait(message)

    async def _one_line(self, opening: Callable[[], Awaitable[Open]], listener: StreamListener) -> bool:
        """Whether it was opened. Raises _Refused, KioskError, OSError, TimeoutError, and what websockets raises."""
        base_url = await self._link.wait_up(self._times.longest_backoff)
        url = "ws" + base_url.removeprefix("http") + paths.VOICE_STREAM
        begin = await opening()
        try:
            async with connect(
                url,
                proxy=None,
                open_timeout=self._times.opening,
                close_timeout=1,
                max_size=LARGEST_BYTES,
                compression=None,
            ) as line:
                await line.send(begin.model_dump_json())
                async with asyncio.timeout(self._times.opening):
                    ready = _reply(await line.recv())
                if not isinstance(ready, Ready):
                    raise _Refused
                await self._serve(line, listener, ready, begin)
        except InvalidStatus as error:
            if 400 <= error.response.status_code < 500:
                raise _Refused from error
            raise
        except ConnectionClosed as error:
            if error.rcvd is not None and error.rcvd.code in _FOR_GOOD:
                raise _Refused from error
            raise
        return True

    async def _serve(self, line: ClientConnection, listener: StreamListener, ready: Ready, begin: Open) -> None:
        outbox: asyncio.Queue[str | bytes] = asyncio.Queue(OUTBOX)
        writing = TaskScope("voice stream")
        self._outbox, self._line = outbox, line
        writing.start(self._write(line, outbox), "write")
        listener.opened(ready, begin)
        try:
            async for message in line:
                self._take(message, listener)
        finally:
            self._outbox, self._line = None, None
            await writing.close()
            listener.lost()

    async def _write(self, line: ClientConnection, outbox: asyncio.Queue[str | bytes]) -> None:
        try:
            while True:
                message = await outbox.get()
                async with asyncio.timeout(self._times.stuck):
                    await line.send(message)
        except TimeoutError:
            logger.warning("voice stream stuck")
            line.transport.abort()
        except ConnectionClosed:
            return

    @staticmethod
    def _take(message: str | bytes, listener: StreamListener) -> None:
        if isinstance(message, bytes):
            try:
                number, pcm = unpack_sound(message)
            except FramingError:
                logger.warning("sound that is none passed over", size=len(message))
                return
            listener.sounded(number, pcm)
        else:
            reply = _reply(message)
            if reply is not None:
                listener.told(reply)


def _reply(message: str | bytes) -> StreamReply | None:
    """None: of a kind that a newer backend knows."""
    try:
        return stream_reply.validate_json(message)
    except ValidationError:
        logger.warning("message of an unknown kind passed over", size=len(message))
        return None
