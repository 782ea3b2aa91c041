"""Speaker: plays sound through PortAudio as it comes, and falls silent at once when told."""

from __future__ import annotations

import io
import time
import wave
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pyaudio
import structlog

from kiosk.audio.capture import EchoReference
from kiosk.audio.devices import find_device
from kiosk.audio.driver import SoundDriver, Stream
from kiosk.audio.interfaces import Played, SoundOutput
from kiosk.audio.playback import Playback
from kiosk.audio.resampler import Resampler
from kiosk.audio.when_heard import WhenHeard
from kiosk.errors import KioskError, LocalCode

logger = structlog.get_logger(__name__)

BUFFER_SECONDS = 0.02
TAIL_SECONDS = 0.15
"""What the device still holds when the last sample was handed over."""
STUCK_SECONDS = 2.0
"""A device that asks for nothing for so long is gone."""


@dataclass(frozen=True, slots=True)
class Pcm:
    """Interleaved s16."""

    data: bytes
    rate: int
    channels: int

    @property
    def seconds(self) -> float:
        return len(self.data) / (2 * self.channels * self.rate)


class Speaker(SoundOutput):
    """The default output device, or the first whose name contains ``device``."""

    def __init__(self, driver: SoundDriver, device: str = "", reference: EchoReference | None = None) -> None:
        """``reference`` is told every block that is really handed to the device."""
        self._driver = driver
        self._device = device
        self._reference = reference or EchoReference()
        self._playback: Playback | None = None

    async def play(self, wav: bytes) -> None:
        pcm = read_wav(wav)
        if pcm.data:
            await self.play_stream(_once(pcm.data), pcm.rate, pcm.channels)

    async def play_stream(self, chunks: AsyncIterator[bytes], rate: int, channels: int = 1) -> None:
        self.stop()
        playback = Playback(rate, channels)
        self._playback = playback
        try:
            stream = await self._driver.open(lambda audio: self._start(audio, playback))
        except (OSError, ValueError) as error:
            logger.info("no loudspeaker", reason=str(error))
            raise KioskError(LocalCode.NO_SPEAKER) from error
        try:
            await playback.run(chunks, STUCK_SECONDS, TAIL_SECONDS)
        except TimeoutError as error:
            raise KioskError(LocalCode.NO_SPEAKER) from error
        finally:
            playback.stop()
            await self._driver.close_stream(stream)

    def stop(self) -> None:
        if self._playback is not None:
            self._playback.stop()

    def pause(self) -> None:
        if self._playback is not None:
            self._playback.pause()

    def resume(self) -> None:
        if self._playback is not None:
            self._playback.resume()

    @property
    def played_ms(self) -> int:
        return 0 if self._playback is None else self._playback.played_ms

    @property
    def left_ms(self) -> int:
        return 0 if self._playback is None else self._playback.left_ms

    @property
    def begun_at(self) -> float | None:
        return None if self._playback is None else self._playback.begun_at

    def _start(self, audio: Any, playback: Playback) -> Stream:
        """In the worker thread. Raises OSError."""
        info = find_device(audio, self._device, "maxOutputChannels")
        index = int(info["index"])

        def stream_of(rate: int, channels: int) -> Stream:
            def tell(block: Played) -> None:
                self._reference.played(playback, block, playback.latency)

            told = WhenHeard(tell)

            def pull(_input: bytes | None, count: int, times: object, _flags: int) -> tuple[bytes, int]:
                at = time.monotonic()
                piece, more = playback.pull(count)
                told.handed(Played(piece, rate, channels, at), times)
                return piece, pyaudio.paContinue if more else pyaudio.paComplete

            stream: Stream = audio.open(
                rate=rate,
                channels=channels,
                format=pyaudio.paInt16,
                output=True,
                output_device_index=index,
                frames_per_buffer=round(rate * BUFFER_SECONDS),
                stream_callback=pull,
            )
            playback.latency = stream.get_output_latency()
            return stream

        try:
            return stream_of(playback.rate, playback.channels)
        except (OSError, ValueError) as error:
            rate = int(float(info["defaultSampleRate"]))
            if rate <= 0 or int(info["maxOutputChannels"]) < 1:
                raise OSError("loudspeaker offers no usable rate") from error
            channels = min(2, int(info["maxOutputChannels"]))
            logger.info("loudspeaker resampled", rate=rate, channels=channels)
            playback.convert(Resampler(playback.rate, playback.channels, rate), rate, channels)
            return stream_of(rate, channels)


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


async def _once(pcm: bytes) -> AsyncIterator[bytes]:
    yield pcm
