"""Microphone: frames of speech from PortAudio, opened only while somebody is being listened to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pyaudio
import structlog

from kiosk.audio.devices import find_device
from kiosk.audio.driver import SoundDriver, Stream
from kiosk.audio.interfaces import FRAME_BYTES, FRAME_SAMPLES, SAMPLE_RATE, SoundInput
from kiosk.errors import KioskError, LocalCode

logger = structlog.get_logger(__name__)

QUEUE_FRAMES = 64
"""2 s: a loop that is busy for longer loses the oldest sound rather than growing."""
FIRST_FRAME_SECONDS = 4.0
"""Some devices sleep while nobody listens and take 2 s to wake up."""
LOST_AFTER_SECONDS = 1.5
"""A device that is there delivers a frame every 32 ms; one that was pulled out often just falls silent."""


class Microphone(SoundInput):
    """The default input device, or the first whose name contains ``device``."""

    def __init__(self, driver: SoundDriver, device: str = "") -> None:
        self._driver = driver
        self._device = device

    @asynccontextmanager
    async def open(self) -> AsyncIterator[AsyncIterator[bytes]]:
        tray = _Tray(asyncio.get_running_loop())
        try:
            stream = await self._driver.open(lambda audio: self._start(audio, tray))
        except OSError as error:
            logger.info("no microphone", reason=str(error))
            raise KioskError(LocalCode.NO_MICROPHONE) from error
        try:
            yield tray.frames(stream)
        finally:
            tray.close()
            await self._driver.close_stream(stream)

    def _start(self, audio: Any, tray: _Tray) -> Stream:
        """In the worker thread. Raises OSError."""
        info = find_device(audio, self._device, "maxInputChannels")
        index = int(info["index"])

        def stream_of(rate: int, channels: int, take: Callable[[bytes], None]) -> Stream:
            def arrived(data: bytes | None, _count: int, _times: object, _flags: int) -> tuple[None, int]:
                if data:
                    take(data)
                return None, pyaudio.paContinue

            stream: Stream = audio.open(
                rate=rate,
                channels=channels,
                format=pyaudio.paInt16,
                input=True,
                input_device_index=index,
                frames_per_buffer=round(FRAME_SAMPLES * rate / SAMPLE_RATE),
                stream_callback=arrived,
            )
            return stream

        try:
            return stream_of(SAMPLE_RATE, 1, tray.put)
        except (OSError, ValueError) as error:
            rate = int(float(info["defaultSampleRate"]))
            channels = max(1, min(2, int(info["maxInputChannels"])))
            if rate <= SAMPLE_RATE:
                raise OSError("microphone offers no usable rate") from error
            from kiosk.audio.resampler import Resampler  # noqa: PLC0415 -- numpy, which few microphones need

            logger.info("microphone resampled", rate=rate, channels=channels)
            resampler = Resampler(rate, channels)
            return stream_of(rate, channels, lambda data: tray.put(resampler.feed(data)))


class _Tray:
    """Between PortAudio's thread, which puts sound in, and the loop, which takes whole frames out."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._queue: asyncio.Queue[bytes] = asyncio.Queue(QUEUE_FRAMES)
        self._rest = b""
        self._closed = False

    def put(self, pcm: bytes) -> None:
        """PortAudio's thread."""
        if self._closed:
            return
        try:
            self._loop.call_soon_threadsafe(self._arrived, pcm)
        except RuntimeError:
            self._closed = True

    def close(self) -> None:
        self._closed = True

    async def frames(self, stream: Stream) -> AsyncIterator[bytes]:
        patience = FIRST_FRAME_SECONDS
        while True:
            try:
                async with asyncio.timeout(patience):
                    frame = await self._queue.get()
            except TimeoutError as error:
                logger.info("microphone lost", active=_is_active(stream))
                raise KioskError(LocalCode.MICROPHONE_LOST, retryable=True) from error
            patience = LOST_AFTER_SECONDS
            yield frame

    def _arrived(self, pcm: bytes) -> None:
        if self._closed:
            return
        self._rest += pcm
        while len(self._rest) >= FRAME_BYTES:
            frame, self._rest = self._rest[:FRAME_BYTES], self._rest[FRAME_BYTES:]
            if self._queue.full():
                self._queue.get_nowait()
            self._queue.put_nowait(frame)


def _is_active(stream: Stream) -> bool:
    try:
        return stream.is_active()
    except OSError:
        return False
