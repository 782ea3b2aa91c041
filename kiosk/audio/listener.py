"""Listener: one utterance from the open microphone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from kiosk.audio.interfaces import SoundInput
from kiosk.audio.room import Gate, Room
from kiosk.audio.voice_activity import FINAL, WITHIN, Endpointer, EndpointRules, Phase, as_wav, meter
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
        ``on_level(0..1)`` about 50 times a second.

        Raises:
            KioskError: no_microphone, microphone_lost, microphone_silent, speech_not_heard.
        """
        ...

    def finish(self) -> None:
        """Do not wait for the end: take what was said so far."""
        ...


class Listener(Ear):
    """Opens the microphone for one utterance and closes it before it is sent anywhere."""

    def __init__(self, microphone: SoundInput, rules: EndpointRules | None = None, room: Room | None = None) -> None:
        """``room``: how loud it is here, learnt on."""
        self._microphone = microphone
        self._rules = rules
        self._room = room or Room()
        self._finish = asyncio.Event()

    async def listen(self, on_open: Callable[[], None], on_level: Callable[[float], None]) -> Utterance:
        self._finish.clear()
        self._room.reopened()
        endpointer, gate = Endpointer(self._rules), Gate(self._room)
        opened = False
        async with self._microphone.open() as frames:
            async for heard in frames:
                if not opened:
                    opened = True
                    on_open()
                on_level(meter(heard.level))
                voiced = gate.voiced(heard, in_turn=endpointer.phase in WITHIN)
                phase = endpointer.feed(heard.pcm, voiced=voiced)
                if self._finish.is_set():
                    phase = endpointer.finish()
                if phase in FINAL:
                    break
        if endpointer.phase is not Phase.ENDED:
            raise KioskError(LocalCode.SPEECH_NOT_HEARD, retryable=True)
        return Utterance(as_wav(endpointer.utterance()), endpointer.quiet_seconds)

    def finish(self) -> None:
        self._finish.set()
