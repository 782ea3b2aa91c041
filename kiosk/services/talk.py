"""Talk: the conversation with one customer, from the press of the button until they go."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from typing import Any

import structlog

from kiosk.api.backend import Backend
from kiosk.audio.delivery import Delivery
from kiosk.audio.interfaces import SoundInput, SoundOutput
from kiosk.audio.room import Room
from kiosk.audio.voice_activity import EndpointRules
from kiosk.errors import KioskError, KioskErrorCode, LocalCode
from kiosk.services.http_line import spoken
from kiosk.services.line import Elapsed, Line, LineTurn, Speech
from kiosk.services.mouth import Mouth
from kiosk.services.observable import Observable
from kiosk.services.open_ear import OpenEar
from kiosk.services.voice_snapshot import (
    SILENT,
    VoiceSnapshot,
    VoiceState,
    Wish,
    as_answered,
    as_wished,
    wishes_of,
)
from kiosk.tasks import TaskScope
from shared import limits
from shared.problems import ProblemCode

logger = structlog.get_logger(__name__)

NOTHING_SAID: frozenset[KioskErrorCode] = frozenset(
    {LocalCode.SPEECH_NOT_HEARD, ProblemCode.SILENCE, ProblemCode.NOT_AUDIO}
)
"""Somebody near the microphone made a sound: worth telling only to who has just pressed."""
MOST_EMPTY = 4
"""Turns in a row in which nothing was said: nobody is here, or it is too loud to be heard. The microphone closes."""
IN_VAIN: frozenset[KioskErrorCode] = frozenset({LocalCode.HEARING_UNAVAILABLE, ProblemCode.LANGUAGE_NOT_SERVED})
"""Nothing that is said further will be understood: the microphone closes."""

Work = Callable[[], Coroutine[Any, Any, None]]


class Talk(Observable[VoiceSnapshot]):
    """Hands-free: pressing once opens the microphone for this order, and it stays open, with a light on the screen.

    Every failure leaves the state that it found, with an ``error``; the cart is never touched by it.
    """

    def __init__(
        self,
        backend: Backend,
        line: Callable[[], Line],
        microphone: SoundInput,
        output: SoundOutput,
        *,
        room: Room | None = None,
        rules: EndpointRules | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``line()``: what turns are sent over, asked before each. ``room``: what is known of its loudness.

        ``clock``: monotonic, in seconds, the one by which ``output`` tells when it began.
        """
        super().__init__(VoiceSnapshot())
        self._backend = backend
        self._line = line
        self._microphone = microphone
        self._mouth = Mouth(output)
        self._room = room or Room()
        self._rules = rules or EndpointRules()
        self._clock = clock
        self._scope = TaskScope("talk", self._failed_unexpectedly)
        self._ear: OpenEar | None = None
        self._exchange: _Exchange | None = None
        """Whose answer is awaited or spoken."""
        self._unspoken: _Exchange | None = None
        """Whose answer counts, and is not spoken: the customer spoke on."""
        self._pressed = False
        self._empty = 0
        self._silence_told = False

    @property
    def busy(self) -> bool:
        """An utterance or an answer is under way; an open microphone alone is not."""
        now = self.snapshot
        if now.state is VoiceState.LISTENING:
            return not now.ready or (self._ear is not None and self._ear.speaking)
        return now.state is not VoiceState.IDLE

    def press(self) -> None:
        """The voice button. idle: listen, until the order is over. listening: send what was said; close the microphone
        when nothing was. speaking: be silent and listen. thinking: nothing."""
        match self.snapshot.state:
            case VoiceState.IDLE:
                self._open()
            case VoiceState.SPEAKING:
                self._stop_speaking()
                self._open()
            case VoiceState.LISTENING if self._ear is not None and self._ear.speaking:
                self._ear.finish()
            case VoiceState.LISTENING:
                self.cancel()
            case VoiceState.THINKING:
                pass

    def listen(self) -> None:
        """The same, and never closes anything."""
        if self.snapshot.state is VoiceState.LISTENING:
            self._open()
        else:
            self.press()

    def say(self, text: str) -> None:
        """A typed (or corrected) sentence, 1 to 1,000 characters; skips the microphone.

        It takes the place of whatever is going on: an utterance that is still being thought about does not count.
        """
        sentence = text.strip()[: limits.MAX_TRANSCRIPT_CHARS]
        if sentence:
            self._stop_speaking()
            if self._ear is not None:
                self._ear.drop()
            self._think(self._line().say(sentence), 0, self._clock())

    def repeat(self) -> None:
        """Speak the last caption again."""
        if self.snapshot.caption:
            self.announce(self.snapshot.caption)

    def announce(self, text: str) -> None:
        """Speak ``text`` as the kiosk's own words (idle question, voice guide) and caption it.

        Never over a customer who is speaking or waiting for an answer.
        """
        now = self.snapshot
        quiet = now.ready and self._ear is not None and not self._ear.speaking
        if text and (now.state in {VoiceState.IDLE, VoiceState.SPEAKING} or (quiet and not self.busy)):
            self._stop_speaking()
            self._begin(VoiceState.SPEAKING, lambda: self._announce(text), None, caption=text)

    def hush(self) -> None:
        """Stop speaking within 300 ms; the caption stays."""
        if self.snapshot.state is VoiceState.SPEAKING:
            self._stop_speaking()
            self._rest()

    def cancel(self) -> None:
        """Drop whatever is going on, close the microphone, back to idle."""
        self._stop_speaking()
        if self._unspoken is not None:
            self._unspoken.turn.cancel()
            self._scope.cancel("unspoken")
        self._close_ear()
        self._rest()

    def forget_words(self) -> None:
        """Stop speaking and drop caption, choices and error (another language was chosen); a turn under way goes on."""
        self.hush()
        self._publish(replace(self.snapshot, caption="", chips=(), questions=(), error=None))

    def reset(self) -> None:
        """``cancel``, and forget transcript, caption, chips, error and how loud and slow (end of the session)."""
        self.cancel()
        self._mouth.delivery = Delivery()
        self._silence_told = False
        self._publish(VoiceSnapshot(turn=self.snapshot.turn))

    async def close(self) -> None:
        """Idempotent."""
        self._mouth.stop()
        await self._scope.close()

    # -- the microphone ----------------------------------------------------------------------------------------------

    def _open(self) -> None:
        self._pressed, self._empty = True, 0
        self._publish(replace(self.snapshot, error=None, pausing=False, level=0.0))
        if self._ear is None:
            self._room.reopened()
            self._ear = OpenEar(self._microphone, self._line, self, self._room, self._rules)
            self._scope.start(self._listen(self._ear), "ear", group="ear")
        self._rest()

    async def _listen(self, ear: OpenEar) -> None:
        try:
            await ear.run()
        except KioskError as error:
            if ear is self._ear:
                self._ear = None
                self._publish(replace(self.snapshot, open=False, ready=False))
                self._mouth.free()
                self._rest(error)

    def _close_ear(self) -> None:
        self._scope.cancel("ear")
        self._ear = None
        self._mouth.free()
        self._publish(replace(self.snapshot, open=False, ready=False, pausing=False, level=0.0))

    # -- what the ear asks and tells (open_ear.Floor) ----------------------------------------------------------------

    @property
    def taken(self) -> bool:
        return self.snapshot.state in {VoiceState.THINKING, VoiceState.SPEAKING}

    @property
    def left_ms(self) -> int:
        return self._mouth.left_ms

    def opened(self) -> None:
        self._publish(replace(self.snapshot, open=True, ready=True))

    def loud(self, level: float) -> None:
        if self.snapshot.state is VoiceState.LISTENING:
            self._publish(replace(self.snapshot, level=level))

    def overdriven(self) -> None:
        if not self.snapshot.overdriven:
            logger.warning("microphone overdriven")
            self._publish(replace(self.snapshot, overdriven=True))

    def pausing(self, *, pausing: bool) -> None:
        if self.snapshot.state is VoiceState.LISTENING:
            self._publish(replace(self.snapshot, pausing=pausing))

    def hearing(self, words: str) -> None:
        self._publish(replace(self.snapshot, transcript=words))

    def hold(self) -> None:
        self._mouth.hold()

    def go_on(self) -> None:
        self._mouth.go_on()

    def give_way(self) -> None:
        self._listen_on()
        self._rest()

    def said(self, turn: LineTurn, frames: int, quiet_seconds: float) -> None:
        self._listen_on()
        self._think(turn, frames, self._clock() - quiet_seconds)

    # -- what a turn tells (line.Told) -------------------------------------------------------------------------------

    def heard(self, transcript: str) -> None:
        self._empty = 0
        self._publish(replace(self.snapshot, transcript=transcript, chips=(), questions=()))

    def caption(self, text: str) -> None:
        self._publish(replace(self.snapshot, caption=text))

    # -- turns -------------------------------------------------------------------------------------------------------

    def _think(self, turn: LineTurn, frames: int, ended_at: float) -> None:
        self._exchange = exchange = _Exchange(turn, frames, ended_at)
        self._begin(VoiceState.THINKING, lambda: self._answer(exchange), exchange)

    def _begin(self, state: VoiceState, work: Work, exchange: _Exchange | None, caption: str | None = None) -> None:
        """``exchange``: None for the kiosk's own words. ``work`` is not made before its task runs: the next words may
        come first."""
        now = self.snapshot
        said = now.caption if caption is None else caption
        self._publish(replace(now, state=state, level=0.0, pausing=False, caption=said, error=None))
        self._scope.start(self._guarded(work, exchange), "turn", group="turn")

    async def _guarded(self, work: Work, exchange: _Exchange | None) -> None:
        error = None
        try:
            await work()
        except KioskError as failure:
            error = self._worth_telling(failure)
            if failure.code in NOTHING_SAID:
                self._empty += 1
            if self._empty >= MOST_EMPTY:
                error = failure
            if failure.code in IN_VAIN or self._empty >= MOST_EMPTY:
                self._close_ear()
        finally:
            if exchange is not None:
                exchange.done.set()
        if exchange is self._exchange:
            self._exchange = None
            self._rest(error)
            return
        if exchange is self._unspoken:
            self._unspoken = None
        if error is not None:
            self._publish(replace(self.snapshot, error=error))

    async def _answer(self, exchange: _Exchange) -> None:
        if self._unspoken is not None:
            await self._unspoken.done.wait()  # what was said first counts first
        self._scope.start(self._say_aloud(exchange), "voice", group="voice")
        try:
            analysis = await exchange.turn.answer(exchange.frames, self._since(exchange.ended_at), self)
        except KioskError:
            if exchange is self._exchange:
                self._scope.cancel("voice")
                self._mouth.stop()
            raise
        exchange.answered = True
        self._pressed = False
        wishes = wishes_of(analysis)
        self._mouth.delivery = as_wished(self._mouth.delivery, wishes)
        now = replace(
            self.snapshot,
            larger=Wish.LARGER in wishes,
            staff_called=analysis.analysis.get("staff_called") is True,
            turn=self.snapshot.turn + 1,
        )
        spoken_on = exchange is not self._exchange
        self._publish(now if spoken_on else as_answered(now, analysis))
        if analysis.order_state.order_number is not None:
            self._close_ear()  # the order is over
        if spoken_on:
            exchange.turn.stopped(exchange.played_ms, None)
            return
        await exchange.over.wait()
        if exchange.error is not None:
            raise exchange.error

    async def _say_aloud(self, exchange: _Exchange) -> None:
        """What can be said before the whole answer is known is."""
        try:
            await self._speak(exchange.turn.speech)
            exchange.turn.played(self._mouth.played_ms, self._mouth.waited_ms(exchange.ended_at))
        except KioskError as error:
            exchange.error = error
        finally:
            exchange.over.set()

    async def _announce(self, text: str) -> None:
        await self._speak(lambda: spoken(self._backend, text))

    async def _speak(self, speech: Callable[[], Coroutine[Any, Any, Speech | None]]) -> None:
        await self._mouth.speak(speech, lambda: self._publish(replace(self.snapshot, state=VoiceState.SPEAKING)))

    def _listen_on(self) -> None:
        """The customer speaks on: what is thought about counts, and is answered in silence; speech ends here."""
        self._stop_speaking(and_thinking=False)

    def _stop_speaking(self, *, and_thinking: bool = True) -> None:
        """Speech ends here; ``and_thinking``: what nothing was spoken of yet is dropped.

        What was said aloud in part counts, even where the rest of its answer is still on its way.
        """
        exchange, self._exchange = self._exchange, None
        speaking = self.snapshot.state is VoiceState.SPEAKING
        if exchange is not None and not exchange.answered and (speaking or not and_thinking):
            exchange.played_ms = self._mouth.played_ms if speaking else 0
            self._unspoken = exchange
            self._scope.move("turn", "unspoken")
        elif exchange is not None and speaking:
            exchange.turn.stopped(self._mouth.played_ms, self._mouth.waited_ms(exchange.ended_at))
        elif exchange is not None:
            exchange.turn.cancel()
        self._scope.cancel("turn")
        self._mouth.stop()
        self._scope.cancel("voice")
        self._mouth.free()

    def _rest(self, error: KioskError | None = None) -> None:
        """Nothing is thought about or spoken."""
        now = self.snapshot
        state = VoiceState.IDLE if self._ear is None else VoiceState.LISTENING
        self._publish(replace(now, state=state, level=0.0, pausing=False, error=error or now.error))

    def _since(self, moment: float) -> Elapsed:
        return lambda: max(0.0, self._clock() - moment)

    def _worth_telling(self, error: KioskError) -> KioskError | None:
        """That nothing is heard of the answers is told once a customer: the captions go on."""
        if error.code in NOTHING_SAID:
            pressed, self._pressed = self._pressed, False
            return error if pressed else None
        if error.code not in SILENT:
            return error
        told, self._silence_told = self._silence_told, True
        return None if told else error

    def _failed_unexpectedly(self, name: str, error: Exception) -> None:
        logger.error("voice turn failed", task=name, exc_info=error)
        self._exchange = None
        self._close_ear()
        self._rest(KioskError(ProblemCode.INTERNAL, retryable=True))


@dataclass(eq=False)
class _Exchange:
    """A sentence of the customer, and the answer to it.

    ``ended_at``: on the kiosk's clock. ``answered``: the order is as the sentence has it. ``over``: the answer was
    spoken, or could not be (``error``). ``played_ms``: of an answer that the customer spoke into. ``done``: it came to
    its end, whatever that was.
    """

    turn: LineTurn
    frames: int
    ended_at: float
    answered: bool = False
    over: asyncio.Event = field(default_factory=asyncio.Event)
    error: KioskError | None = None
    played_ms: int = 0
    done: asyncio.Event = field(default_factory=asyncio.Event)
