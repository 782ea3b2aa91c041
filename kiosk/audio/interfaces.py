"""Sound in and out as the services see it. ``Microphone`` and ``Speaker`` do it through PortAudio."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import Final, Protocol

SAMPLE_RATE: Final = 16_000
"""Hz. All that is recorded is mono, signed 16 bit, little endian, at this rate."""
FRAME_SAMPLES: Final = 512
FRAME_BYTES: Final = 2 * FRAME_SAMPLES
FRAME_SECONDS: Final = FRAME_SAMPLES / SAMPLE_RATE
"""0.032: what the voice activity detector takes at once."""


class SoundInput(Protocol):
    def open(self) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """Record while the context is open: frames of ``FRAME_BYTES``, in order, without end.

        Raises:
            KioskError: no_microphone on entering; microphone_lost from the iterator.
        """
        ...


class SoundOutput(Protocol):
    async def play(self, wav: bytes) -> None:
        """Play a WAV (PCM of 16 bit) to its end, or until ``stop`` or cancellation. One sound at a time: a
        second ``play`` ends the first.

        Raises:
            KioskError: no_speaker; bad_answer when ``wav`` is not such a WAV.
        """
        ...

    def stop(self) -> None:
        """Silence within 300 ms; the running ``play`` comes back. Nothing playing is no error."""
        ...


class SpeechDetector(Protocol):
    def probability(self, frame: bytes) -> float:
        """How likely this frame of ``FRAME_BYTES`` holds speech, 0 to 1; frames come in order. Takes about 2 ms."""
        ...

    def reset(self) -> None:
        """Forget what came before."""
        ...
