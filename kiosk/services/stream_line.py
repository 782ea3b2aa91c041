"""StreamLine: turns over the voice stream, heard ahead in each pause and spoken as they are made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import structlog
from pydantic import SecretStr

from kiosk.api.voice_stream import StreamListener, VoiceStream
from kiosk.services.line import Line, LineTurn, Words
from kiosk.services.order_session import OrderSession
from kiosk.services.stream_turn import StreamTurn
from kiosk.tasks import TaskScope
from shared.voice_stream import Open, Ready, Speech, StreamProblem, StreamReply, TurnBegins

logger = structlog.get_logger(__name__)

_TURNS_KEPT: Final = 4


class StreamLine(Line, StreamListener):
    """Usable while the line is up, for the customer and in the language that it was opened for."""

    hears_ahead = True

    def __init__(self, stream: VoiceStream, order: OrderSession, fallback: Line) -> None:
        """``fallback``: what takes over a turn whose line was cut before its end."""
        self._stream = stream
        self._order = order
        self._fallback = fallback
        self._scope = TaskScope("voice line")
        self._opened: Open | None = None
        self._turns: dict[int, StreamTurn] = {}
        self._sounding: StreamTurn | None = None
        self._number = 0
        self.language: str | None = None
        """What is spoken into the microphone; None: detect."""

    def connect(self) -> None:
        """A customer is here. Idempotent."""
        if not self._scope.running("stream"):
            self._scope.start(self._stream.run(self._opening, self), "stream", group="stream")

    def disconnect(self) -> None:
        """They are gone. Idempotent."""
        self._scope.cancel("stream")

    async def close(self) -> None:
        """Idempotent."""
        await self._scope.close()

    @property
    def usable(self) -> bool:
        """A line that was opened for somebody else, or another language, is made anew once its turns are over."""
        if self._opened is None or not self._stream.ready:
            return False
        now = (self._order.snapshot.session_id, self.language)
        if (self._opened.session_id, self._opened.language) == now:
            return True
        if not self._turns:
            self._stream.reopen()
        return False

    def turn(self, before_ms: int, on_words: Callable[[Words], None]) -> LineTurn:
        spare = self._fallback.turn(before_ms, on_words)
        turn = self._begin(spare, on_words)
        self._stream.send(TurnBegins(turn=turn.number, heard_before_ms=before_ms))
        return turn

    def say(self, text: str) -> LineTurn:
        return self._begin(self._fallback.say(text), lambda _words: None, text)

    # -- what the stream tells (StreamListener) ----------------------------------------------------------------------

    def opened(self, ready: Ready, opening: Open) -> None:
        self._opened = opening
        logger.info("voice stream open", languages=ready.languages)

    def told(self, reply: StreamReply) -> None:
        if isinstance(reply, Ready):
            return
        if isinstance(reply, StreamProblem) and reply.turn is None:
            logger.info("voice stream told a problem", code=reply.problem.code.value)
            return
        turn = self._turns.get(reply.turn or 0)
        if isinstance(reply, Speech):
            self._sounding = turn
        if turn is not None:
            turn.told(reply)

    def sounded(self, number: int, pcm: bytes) -> None:
        if self._sounding is not None:
            self._sounding.sounded(number, pcm)

    def lost(self) -> None:
        self._opened, self._sounding = None, None
        turns, self._turns = self._turns, {}
        for turn in turns.values():
            turn.lost()

    def _begin(self, spare: LineTurn, on_words: Callable[[Words], None], text: str | None = None) -> StreamTurn:
        self._number += 1
        turn = StreamTurn(
            self._stream, self._order, self._number, spare=spare, on_words=on_words, over=self._over, text=text
        )
        self._turns[self._number] = turn
        while len(self._turns) > _TURNS_KEPT:
            self._turns.pop(min(self._turns))
        return turn

    def _over(self, number: int) -> None:
        self._turns.pop(number, None)

    async def _opening(self) -> Open:
        session_id, token = await self._order.signed_in()
        return Open(session_id=session_id, token=SecretStr(token), language=self.language)
