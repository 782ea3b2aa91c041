"""PortAudio, begun on first need, called from one thread, begun anew when its devices changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final, Protocol, TypeVar

import pyaudio
import structlog

from kiosk.audio.devices import Channels, find_device
from kiosk.audio.quiet import quieten_drivers
from kiosk.audio.worker import WorkerThread

logger = structlog.get_logger(__name__)

OPEN_SECONDS = 6.0
CLOSE_SECONDS = 2.0
_DIRECTIONS: Final[dict[str, Channels]] = {"microphone": "maxInputChannels", "loudspeaker": "maxOutputChannels"}

Result = TypeVar("Result")


class Stream(Protocol):
    """What is used of ``pyaudio.Stream``."""

    def start_stream(self) -> None: ...
    def is_active(self) -> bool: ...
    def get_input_latency(self) -> float: ...
    def get_output_latency(self) -> float: ...
    def close(self) -> None: ...


class SoundDriver:
    """One for both directions: PortAudio numbers its devices once, when it is initialised."""

    def __init__(self) -> None:
        self._worker = WorkerThread("portaudio")
        self._audio: Any = None
        self._streams = 0
        self._quiet = False

    async def warm_up(self) -> None:
        """Look for devices now (about 0.3 s): the first press need not wait, and what is missing is said.

        Never raises.
        """
        try:
            missing = await self._worker.run(self._missing, OPEN_SECONDS)
        except (OSError, TimeoutError) as error:
            logger.info("no sound yet", reason=type(error).__name__)
            return
        if missing:
            logger.info("no sound card for this: touch, keys and typing do everything", missing=missing)

    async def open(self, opener: Callable[[Any], Stream]) -> Stream:
        """``opener(pyaudio.PyAudio())`` in the worker thread. A device that came or went is found on a second try.

        Raises:
            OSError: there is no such device, or it does not open.
        """
        try:
            return await self._worker.run(lambda: self._open(opener), OPEN_SECONDS)
        except TimeoutError:
            # The thread hangs inside the driver and keeps what it holds: start over with nothing of it.
            self._audio, self._streams = None, 0
            raise OSError("sound device does not answer") from None

    async def close_stream(self, stream: Stream) -> None:
        """Shielded from cancellation; a driver that hangs while closing is given up. Never raises."""
        await asyncio.shield(self._close_stream(stream))

    async def close(self) -> None:
        """Idempotent."""
        try:
            await self._worker.run(self._end, CLOSE_SECONDS)
        except (OSError, TimeoutError) as error:
            logger.info("sound ended badly", reason=type(error).__name__)
        self._worker.close()

    def _begin(self) -> Any:
        if self._audio is None:
            if not self._quiet:
                quieten_drivers()
                self._quiet = True
            self._audio = pyaudio.PyAudio()
        return self._audio

    def _missing(self) -> list[str]:
        """Which of the two directions has no default device."""
        audio = self._begin()
        missing = []
        for direction, channels in _DIRECTIONS.items():
            try:
                find_device(audio, "", channels)
            except OSError:
                missing.append(direction)
        return missing

    def _end(self) -> None:
        audio, self._audio, self._streams = self._audio, None, 0
        if audio is not None:
            audio.terminate()

    def _open(self, opener: Callable[[Any], Stream]) -> Stream:
        try:
            stream = opener(self._begin())
        except OSError:
            if self._streams:
                raise
            self._end()
            stream = opener(self._begin())
        self._streams += 1
        return stream

    async def _close_stream(self, stream: Stream) -> None:
        def close() -> None:
            self._streams = max(0, self._streams - 1)
            stream.close()

        try:
            await self._worker.run(close, CLOSE_SECONDS)
        except TimeoutError:
            self._audio, self._streams = None, 0
            logger.warning("sound device hung while closing")
        except OSError as error:
            logger.info("sound stream closed badly", reason=str(error))
