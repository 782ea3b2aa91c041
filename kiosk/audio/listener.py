"""Listener: one utterance from the open microphone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from kiosk.audio.interfaces import SoundInput, SpeechDetector
from kiosk.audio.voice_activity import Endpointer, EndpointRules, Phase, as_wav, level_of
from kiosk.errors import KioskError, LocalCode


@dataclass(frozen=True, slots=True)
class Utterance:
    """``wav``: 16 kHz mono s16, at most about 20 s. ``quiet_seconds``: silence at its end, which the customer has been
    waiting already."""

    wav: bytes
    quiet_seconds: float = 0.0


class Ear(Protocol):
    """What a voice turn needs of listening."""

    async def listen(self, on_open: Callable[[], None], on_level: Callable[[float], None]) -> Utterance:
        """Wait for an utterance.

        ``on_open()`` once the microphone delivers sound: what is said from then on is heard.
        ``on_level(0..1)`` about 30 times a second.

        Raises:
            KioskError: no_microphone, microphone_lost, speech_not_heard.
        """
        ...

    def finish(self) -> None:
        """Do not wait for the end: take what was said so far."""
        ...


class Listener(Ear):
    """Opens the microphone for one utterance and closes it before it is sent anywhere."""

    def __init__(
        self, microphone: SoundInput, new_detector: Callable[[], SpeechDetector], rules: EndpointRules | None = None
    ) -> None:
        """``new_detector`` is called in a worker thread, once."""
        self._microphone = microphone
        self._new_detector = new_detector
        self._rules = rules
        self._detector: SpeechDetector | None = None
        self._finish = asyncio.Event()

    async def warm_up(self) -> None:
        """Load the detector's model before it is needed."""
        if self._detector is None:
            self._detector = await asyncio.to_thread(self._new_detector)

    async def listen(self, on_open: Callable[[], None], on_level: Callable[[float], None]) -> Utterance:
        self._finish.clear()
        await self.warm_up()
        if self._detector is None:
            raise RuntimeError("no detector")
        endpointer = Endpointer(self._detector, self._rules)
        opened = False
        async with self._microphone.open() as frames:
            async for frame in frames:
                if not opened:
                    opened = True
                    on_open()
                on_level(level_of(frame))
                phase = await asyncio.to_thread(endpointer.feed, frame)
                if self._finish.is_set():
                    phase = endpointer.finish()
                if phase in {Phase.ENDED, Phase.NOBODY}:
                    break
        if endpointer.phase is not Phase.ENDED:
            raise KioskError(LocalCode.SPEECH_NOT_HEARD, retryable=True)
        return Utterance(as_wav(endpointer.utterance()), endpointer.quiet_seconds)

    def finish(self) -> None:
        self._finish.set()
