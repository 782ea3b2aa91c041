"""Speaker: plays a WAV through PortAudio and falls silent at once when told."""

from __future__ import annotations

import asyncio
import io
import wave
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyaudio
import structlog

from kiosk.audio.devices import find_device
from kiosk.audio.driver import SoundDriver, Stream
from kiosk.audio.interfaces import SoundOutput
from kiosk.errors import KioskError, LocalCode

logger = structlog.get_logger(__name__)

BUFFER_SECONDS = 0.04
TAIL_SECONDS = 0.15
"""What the device still holds when the last sample was handed over."""
STUCK_SECONDS = 2.0
"""So much later than its length a sound is taken for stuck: the device is gone."""


@dataclass(frozen=True, slots=True)
class Pcm:
    """Interleaved s16."""

    data: bytes
    rate: int
    channels: int

    @property
    def seconds(self) -> float:
        return len(self.data) / (2 * self.channels * self.rate)


def read_wav(wav: bytes) -> Pcm:
    """Raises KioskError bad_answer."""
    try:
        with wave.open(io.BytesIO(wav)) as reader:
            if reader.getsampwidth() != 2:
                raise KioskError(LocalCode.BAD_ANSWER)
            # A streamed WAV may claim more frames than it has; readframes gives what is there.
            return Pcm(reader.readframes(reader.getnframes()), reader.getframerate(), reader.getnchannels())
    except (wave.Error, EOFError) as error:
        raise KioskError(LocalCode.BAD_ANSWER) from error


class Speaker(SoundOutput):
    """The default output device, or the first whose name contains ``device``."""

    def __init__(self, driver: SoundDriver, device: str = "") -> None:
        self._driver = driver
        self._device = device
        self._source: _Source | None = None

    async def play(self, wav: bytes) -> None:
        pcm = read_wav(wav)
        if not pcm.data:
            return
        self.stop()
        source = _Source(pcm, asyncio.get_running_loop())
        self._source = source
        try:
            stream = await self._driver.open(lambda audio: self._start(audio, source))
        except (OSError, ValueError) as error:
            logger.info("no loudspeaker", reason=str(error))
            raise KioskError(LocalCode.NO_SPEAKER) from error
        try:
            async with asyncio.timeout(pcm.seconds + STUCK_SECONDS):
                await source.ended.wait()
                if not source.stopped:
                    await source.drained(TAIL_SECONDS)
        except TimeoutError as error:
            raise KioskError(LocalCode.NO_SPEAKER) from error
        finally:
            source.stop()
            await self._driver.close_stream(stream)

    def stop(self) -> None:
        source, self._source = self._source, None
        if source is not None:
            source.stop()

    def _start(self, audio: Any, source: _Source) -> Stream:
        """In the worker thread. Raises OSError."""
        info = find_device(audio, self._device, "maxOutputChannels")
        stream: Stream = audio.open(
            rate=source.pcm.rate,
            channels=source.pcm.channels,
            format=pyaudio.paInt16,
            output=True,
            output_device_index=int(info["index"]),
            frames_per_buffer=round(source.pcm.rate * BUFFER_SECONDS),
            stream_callback=source.pull(pyaudio.paContinue, pyaudio.paComplete),
        )
        return stream


class _Source:
    """Hands the sound out piece by piece to PortAudio's thread."""

    def __init__(self, pcm: Pcm, loop: asyncio.AbstractEventLoop) -> None:
        self.pcm = pcm
        self.ended = asyncio.Event()
        self.stopped = False
        self._loop = loop
        self._stop = asyncio.Event()
        self._at = 0

    def stop(self) -> None:
        """The loop's thread: from the next buffer on there is silence."""
        self.stopped = True
        self._stop.set()
        self.ended.set()

    async def drained(self, seconds: float) -> None:
        """Wait until the device has played its last buffer, or ``stop``."""
        try:
            async with asyncio.timeout(seconds):
                await self._stop.wait()
        except TimeoutError:
            return

    def pull(self, go_on: int, complete: int) -> Callable[[bytes | None, int, object, int], tuple[bytes, int]]:
        """The callback for PortAudio's thread; ``go_on`` and ``complete`` are its answers."""
        width = 2 * self.pcm.channels

        def pull(_input: bytes | None, count: int, _times: object, _flags: int) -> tuple[bytes, int]:
            size = count * width
            if self.stopped:
                return bytes(size), complete
            piece = self.pcm.data[self._at : self._at + size]
            self._at += size
            if self._at < len(self.pcm.data):
                return piece, go_on
            try:
                self._loop.call_soon_threadsafe(self.ended.set)
            except RuntimeError:
                self.stopped = True
            return piece + bytes(size - len(piece)), complete

        return pull
