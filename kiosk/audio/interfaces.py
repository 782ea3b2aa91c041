"""Sound in and out as the services see it. ``Microphone`` and ``Speaker`` do it through PortAudio."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Final, Protocol

SAMPLE_RATE: Final = 16_000
"""Hz. All that is recorded is mono, signed 16 bit, little endian, at this rate."""
FRAME_SAMPLES: Final = 320
FRAME_BYTES: Final = 2 * FRAME_SAMPLES
FRAME_SECONDS: Final = FRAME_SAMPLES / SAMPLE_RATE
"""0.02: what is passed on, judged and sent at once."""
WINDOW_SAMPLES: Final = 512
WINDOW_BYTES: Final = 2 * WINDOW_SAMPLES
"""What the speech detector takes at once, 32 ms."""
STEP_SAMPLES: Final = 160
STEP_BYTES: Final = 2 * STEP_SAMPLES
"""What the echo canceller takes at once, 10 ms."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One frame of the microphone, cleaned.

    ``pcm``: ``FRAME_BYTES``. ``speech``: how likely it holds speech, 0 to 1. ``level``: dBFS, -100 to 0.
    ``echo``: the kiosk itself is to be heard on the loudspeaker now.
    ``dead``: the device gave nothing but zeros; ``clipped``: it was driven into its limits.
    """

    pcm: bytes
    speech: float
    level: float
    echo: bool = False
    dead: bool = False
    clipped: bool = False


@dataclass(frozen=True, slots=True)
class Played:
    """A block that a loudspeaker was handed, interleaved s16.

    ``at``: when it was. ``heard_at``: when its first sample is heard, as the device tells it; None: it does not. Both
    in s of the monotonic clock.
    """

    pcm: bytes
    rate: int
    channels: int
    at: float
    heard_at: float | None = None

    @property
    def seconds(self) -> float:
        return len(self.pcm) / (2 * self.channels * self.rate)


class SoundInput(Protocol):
    def open(self) -> AbstractAsyncContextManager[AsyncIterator[Heard]]:
        """Record while the context is open: frames of 20 ms, in order, without end.

        Raises:
            KioskError: no_microphone on entering; microphone_lost, microphone_silent (nothing but zeros for 2 s) from
                the iterator.
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

    async def play_stream(self, chunks: AsyncIterator[bytes], rate: int, channels: int = 1) -> None:
        """The same for interleaved s16 at ``rate`` Hz that is still being made: begins with the first chunk and
        bridges what comes late with silence.

        Raises:
            KioskError: no_speaker; bad_answer when it has no end; what ``chunks`` raises.
        """
        ...

    def stop(self) -> None:
        """Silence within 300 ms; the running ``play`` comes back. Nothing playing is no error."""
        ...

    def pause(self) -> None:
        """Silence within 300 ms, until ``resume`` or ``stop``."""
        ...

    def resume(self) -> None:
        """On from where ``pause`` came."""
        ...

    @property
    def played_ms(self) -> int:
        """How much of the sound that was begun last was really heard, in ms."""
        ...

    @property
    def left_ms(self) -> int:
        """How much of it is still to be played, in ms; a minute more while it is still being made."""
        ...

    @property
    def begun_at(self) -> float | None:
        """When its first sample was heard, in s of ``time.monotonic()``; None: nothing was yet."""
        ...


class SpeechDetector(Protocol):
    def probability(self, window: bytes) -> float:
        """How likely this window of ``WINDOW_BYTES`` holds speech, 0 to 1; windows come in order. Takes about 2 ms."""
        ...

    def reset(self) -> None:
        """Forget what came before."""
        ...


class Canceller(Protocol):
    """Takes the loudspeaker and the room's hum out of the microphone. One thread; steps in order."""

    def clean(self, near: bytes, far: bytes, delay_ms: int) -> bytes:
        """One step of ``STEP_BYTES`` of the microphone, cleaned. ``far``: the loudspeaker's step, as long.

        ``delay_ms``: from a step's being given as ``far`` to its echo's being given as ``near``, about.
        """
        ...
