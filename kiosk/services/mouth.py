"""Mouth: what the kiosk says aloud: one sound at a time, on hold while somebody speaks into it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from kiosk.audio.delivery import Delivery
from kiosk.audio.interfaces import SoundOutput
from kiosk.errors import KioskError, LocalCode
from kiosk.services.line import Speech, Streamed

logger = structlog.get_logger(__name__)

NOT_BEGUN_MS = 60_000
"""What is left of an answer that nothing was heard of yet."""


class Mouth:
    """``delivery``: how loud and slow, for this customer."""

    def __init__(self, output: SoundOutput) -> None:
        self.delivery = Delivery()
        self._output = output
        self._playing = False
        self._undisturbed = asyncio.Event()
        self._undisturbed.set()

    @property
    def left_ms(self) -> int:
        return self._output.left_ms if self._playing else NOT_BEGUN_MS

    @property
    def played_ms(self) -> int:
        """Of what was said last."""
        return self._output.played_ms

    def waited_ms(self, since: float) -> int | None:
        """From ``since``, in s of the monotonic clock, to the first sound of what was said last; None: there was
        none."""
        begun = self._output.begun_at
        return None if begun is None else max(0, round(1000 * (begun - since)))

    async def speak(self, speech: Callable[[], Awaitable[Speech | None]], begins: Callable[[], None]) -> None:
        """To its end. ``speech()`` brings the sound; ``begins()`` is called before its first sample.

        Raises:
            KioskError: no_speaker, not_spoken.
        """
        try:
            sound = await speech()
            await self._undisturbed.wait()
            self._playing = True
            begins()
            if isinstance(sound, Streamed):
                chunks = self.delivery.stream(sound.chunks, sound.rate, sound.channels)
                await self._output.play_stream(chunks, sound.rate, sound.channels)
            elif sound is not None:
                changed = self.delivery != Delivery()
                wav = await asyncio.to_thread(self.delivery.applied, sound.wav) if changed else sound.wav
                await self._output.play(wav)
        except KioskError as error:
            if error.code is LocalCode.NO_SPEAKER:
                raise
            logger.info("answer not spoken", code=error.code.value)
            raise KioskError(LocalCode.NOT_SPOKEN) from error
        finally:
            self._playing = False

    def hold(self) -> None:
        """Silence now; what has not begun does not begin."""
        self._undisturbed.clear()
        self._output.pause()

    def go_on(self) -> None:
        """On from where ``hold`` came."""
        self._undisturbed.set()
        self._output.resume()

    def stop(self) -> None:
        """What is being said is over."""
        self._output.stop()

    def free(self) -> None:
        """Nobody speaks into what comes next."""
        self._undisturbed.set()
