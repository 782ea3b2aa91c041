"""Microphone: cleaned frames from PortAudio, opened only while somebody is being listened to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pyaudio
import structlog

from kiosk.audio.capture import Capture, EchoReference
from kiosk.audio.devices import find_device
from kiosk.audio.driver import SoundDriver, Stream
from kiosk.audio.front_end import FrontEnd
from kiosk.audio.interfaces import FRAME_SECONDS, SAMPLE_RATE, Heard, SoundInput
from kiosk.errors import KioskError, LocalCode

logger = structlog.get_logger(__name__)

QUEUE_FRAMES = 100
"""2 s: a loop that is busy for longer loses the oldest sound rather than growing."""
BLOCK_SECONDS = 0.01
FIRST_FRAME_SECONDS = 4.0
"""Some devices sleep while nobody listens and take 2 s to wake up."""
LOST_AFTER_SECONDS = 1.5
"""A device that is there delivers a frame every 20 ms; one that was pulled out often just falls silent."""
DEAD_AFTER_SECONDS = 2.0
"""No room is so quiet that a microphone gives nothing but zeros: it is switched off, or no microphone at all."""


class Microphone(SoundInput):
    """The default input device, or the first whose name contains ``device``.

    What the front end learnt of the echo's way through the room is kept from one opening to the next.
    """

    def __init__(
        self,
        driver: SoundDriver,
        new_front_end: Callable[[], FrontEnd],
        device: str = "",
        reference: EchoReference | None = None,
    ) -> None:
        """``new_front_end`` is called in a worker thread, once. ``reference``: what the loudspeakers play."""
        self._driver = driver
        self._device = device
        self._reference = reference or EchoReference()
        self._new_front_end = new_front_end
        self._front_end: FrontEnd | None = None
        self._last: Capture | None = None

    async def warm_up(self) -> None:
        """Load what listening needs, before it is needed; the microphone stays shut."""
        if self._front_end is None:
            self._front_end = await asyncio.to_thread(self._new_front_end)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[AsyncIterator[Heard]]:
        tray = _Tray(asyncio.get_running_loop())
        capture = Capture(self._fresh_front_end, tray.put, tray.fail)
        await self._one_at_a_time()
        try:
            stream = await self._driver.open(lambda audio: self._start(audio, capture))
        except OSError as error:
            logger.info("no microphone", reason=str(error))
            raise KioskError(LocalCode.NO_MICROPHONE) from error
        self._reference.listen(capture)
        capture.start()
        self._last = capture
        try:
            yield tray.frames(stream)
        finally:
            tray.close()
            self._reference.listen(None)
            capture.close()
            await self._driver.close_stream(stream)

    async def _one_at_a_time(self) -> None:
        """The thread of the opening before may still be at its last block."""
        if self._last is not None:
            await asyncio.to_thread(self._last.join, LOST_AFTER_SECONDS)

    def _fresh_front_end(self) -> FrontEnd:
        if self._front_end is None:
            self._front_end = self._new_front_end()
        self._front_end.reopened()
        return self._front_end

    def _start(self, audio: Any, capture: Capture) -> Stream:
        """In the worker thread. Raises OSError."""
        info = find_device(audio, self._device, "maxInputChannels")
        index = int(info["index"])

        def arrived(data: bytes | None, _count: int, _times: object, _flags: int) -> tuple[None, int]:
            if data:
                capture.heard(data)
            return None, pyaudio.paContinue

        def stream_of(rate: int, channels: int) -> Stream:
            stream: Stream = audio.open(
                rate=rate,
                channels=channels,
                format=pyaudio.paInt16,
                input=True,
                input_device_index=index,
                frames_per_buffer=round(BLOCK_SECONDS * rate),
                stream_callback=arrived,
            )
            capture.latencies(stream.get_input_latency(), self._reference.latency)
            return stream

        try:
            return stream_of(SAMPLE_RATE, 1)
        except (OSError, ValueError) as error:
            rate = int(float(info["defaultSampleRate"]))
            channels = max(1, min(2, int(info["maxInputChannels"])))
            if rate <= 0:
                raise OSError("microphone offers no usable rate") from error
            logger.info("microphone resampled", rate=rate, channels=channels)
            capture.convert_from(rate, channels)
            return stream_of(rate, channels)


class _Tray:
    """Between the capture's thread, which puts frames in, and the loop, which takes them out."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._queue: asyncio.Queue[Heard | None] = asyncio.Queue(QUEUE_FRAMES)
        self._closed = False

    def put(self, frames: list[Heard]) -> None:
        """The capture's thread."""
        self._call(lambda: self._arrived(frames))

    def fail(self) -> None:
        """The capture's thread: no more comes."""
        self._call(lambda: self._arrived([None]))

    def close(self) -> None:
        self._closed = True

    async def frames(self, stream: Stream) -> AsyncIterator[Heard]:
        patience = FIRST_FRAME_SECONDS
        dead = 0.0
        while True:
            try:
                async with asyncio.timeout(patience):
                    frame = await self._queue.get()
            except TimeoutError as error:
                logger.info("microphone lost", active=_is_active(stream))
                raise KioskError(LocalCode.MICROPHONE_LOST, retryable=True) from error
            if frame is None:
                raise KioskError(LocalCode.MICROPHONE_LOST, retryable=True)
            dead = dead + FRAME_SECONDS if frame.dead else 0.0
            if dead >= DEAD_AFTER_SECONDS:
                logger.warning("microphone gives nothing but zeros")
                raise KioskError(LocalCode.MICROPHONE_SILENT)
            patience = LOST_AFTER_SECONDS
            yield frame

    def _call(self, job: Callable[[], object]) -> None:
        if self._closed:
            return
        try:
            self._loop.call_soon_threadsafe(job)
        except RuntimeError:
            self._closed = True

    def _arrived(self, frames: Sequence[Heard | None]) -> None:
        if self._closed:
            return
        for frame in frames:
            if self._queue.full():
                self._queue.get_nowait()
            self._queue.put_nowait(frame)


def _is_active(stream: Stream) -> bool:
    try:
        return stream.is_active()
    except OSError:
        return False
