"""One utterance from a microphone, without a conversation around it."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.audio.interfaces import SoundInput
from kiosk.audio.room import Room
from kiosk.audio.turn_watch import Change, TurnWatch
from kiosk.audio.voice_activity import EndpointRules, meter
from kiosk.errors import KioskError, LocalCode


class Listening:
    """Opens ``microphone`` for one utterance."""

    def __init__(self, microphone: SoundInput, rules: EndpointRules | None = None) -> None:
        self._microphone = microphone
        self._rules = rules
        self._finish = False

    def finish(self) -> None:
        """What was said so far is all."""
        self._finish = True

    async def utterance(self, on_open: Callable[[], None], on_level: Callable[[float], None]) -> bytes:
        """s16 at 16 kHz. Raises KioskError as the microphone does; speech_not_heard."""
        watch = TurnWatch(Room(), self._rules)
        opened = False
        async with self._microphone.open() as frames:
            async for heard in frames:
                if not opened:
                    opened = True
                    on_open()
                on_level(meter(heard.level))
                change = watch.finish() if self._finish else watch.feed(heard)
                if change is Change.ENDED:
                    return watch.pcm
                if change is Change.NOBODY:
                    break
        raise KioskError(LocalCode.SPEECH_NOT_HEARD, retryable=True)
