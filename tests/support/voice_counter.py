"""A customer at the voice button: everything of a conversation but the devices and the backend."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from kiosk.errors import KioskErrorCode
from kiosk.services.http_line import HttpLine
from kiosk.services.line import Elapsed
from kiosk.services.talk import Talk
from kiosk.services.voice_snapshot import VoiceState
from shared.voice import VoiceAnalysisResponse
from tests.fakes.flaky_backend import FlakyBackend
from tests.fakes.sound_devices import FakeMicrophone, FakeOutput
from tests.support.waiting import until

SESSION = "session-0000000001"


class Counter:
    """``sentences``: what the conversation was told; ``now``: the kiosk's clock."""

    def __init__(self) -> None:
        self.backend = FlakyBackend()
        self.backend.known_tokens.add("token")
        self.backend.sign_in("token")
        self.ear = FakeMicrophone()
        self.output = FakeOutput()
        self.sentences: list[str] = []
        self.now = 100.0
        self.line = HttpLine(self.backend, self._converse)
        self.voice = Talk(self.backend, lambda: self.line, self.ear, self.output, clock=lambda: self.now)

    async def _converse(self, sentence: str, elapsed: Elapsed) -> VoiceAnalysisResponse:
        self.sentences.append(sentence)
        return await self.backend.analyze(sentence, SESSION, elapsed=elapsed())

    def state(self) -> VoiceState:
        return self.voice.snapshot.state

    def error(self) -> KioskErrorCode | None:
        error = self.voice.snapshot.error
        return error.code if error is not None else None

    async def idle(self) -> None:
        await until(lambda: self.state() is VoiceState.IDLE)

    async def press(self) -> None:
        self.voice.press()
        await until(lambda: self.voice.snapshot.ready)

    async def rest(self) -> None:
        """The turn is over, and the microphone still open."""
        await until(lambda: self.state() is VoiceState.LISTENING and not self.voice.busy)

    async def turn(self, seconds: float = 1.0) -> None:
        """Say something, and wait until it is answered or has failed."""
        states: list[VoiceState] = []
        unsubscribe = self.voice.subscribe(lambda: states.append(self.state()))
        self.ear.speak(seconds)
        await until(lambda: VoiceState.THINKING in states)
        unsubscribe()
        await until(lambda: self.state() in {VoiceState.LISTENING, VoiceState.IDLE})


@asynccontextmanager
async def voice_counter() -> AsyncIterator[Counter]:
    counter = Counter()
    try:
        yield counter
    finally:
        await counter.voice.close()
