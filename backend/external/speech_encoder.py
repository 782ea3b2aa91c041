"""Samples that a model speaks, as mp3, wav or opus while they come."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING, Protocol

from backend.external import wav_stream

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

MIME = {"mp3": "audio/mpeg", "wav": "audio/wav", "opus": "audio/ogg"}
"""The formats of the contract."""

# Container, codec, bit rate and sample rate are those of the shop's own voice. Pages of 0.1 s: FFmpeg's own of a
# second would hold back the first sound for so long.
_ENCODINGS: dict[str, tuple[str, str, int, int, dict[str, str]]] = {
    "mp3": ("mp3", "libmp3lame", 64_000, 24_000, {"write_xing": "0"}),
    "opus": ("ogg", "libopus", 32_000, 48_000, {"page_duration": "100000"}),
}


class SpeechEncoder(Protocol):
    """Takes mono samples (signed 16 bit, little endian) in pieces of any length. Blocks while it works."""

    def feed(self, pcm: bytes) -> bytes:
        """What is ready of the encoded sound; may be empty."""
        ...

    def finish(self) -> bytes:
        """The rest. Nothing may be fed afterwards."""
        ...


def speech_encoder(rate: int, audio_format: str) -> SpeechEncoder:
    """An encoder of samples at ``rate`` Hz to a format that ``MIME`` has.

    Raises:
        KeyError: no such format.
    """
    return _WavEncoder(rate) if audio_format == "wav" else _CodecEncoder(rate, audio_format)


async def encoded(pcm: AsyncGenerator[bytes, None], rate: int, audio_format: str) -> AsyncGenerator[bytes, None]:
    """``pcm`` encoded piece by piece, off the event loop; no piece is empty. What ``pcm`` raises goes through, and
    ``pcm`` is closed when this ends, however it ends.
    """
    async with aclosing(pcm):
        encoder = await asyncio.to_thread(speech_encoder, rate, audio_format)
        async for piece in pcm:
            if ready := await asyncio.to_thread(encoder.feed, piece):
                yield ready
        if rest := await asyncio.to_thread(encoder.finish):
            yield rest


class _WavEncoder:
    def __init__(self, rate: int) -> None:
        self._ready = wav_stream.header(rate)

    def feed(self, pcm: bytes) -> bytes:
        ready, self._ready = self._ready + pcm, b""
        return ready

    def finish(self) -> bytes:
        return self._ready


class _CodecEncoder:
    def __init__(self, rate: int, audio_format: str) -> None:
        import av  # noqa: PLC0415 - PyAV takes 20 MB: only when needed

        container, codec, bit_rate, out_rate, options = _ENCODINGS[audio_format]
        self._pipe = _Pipe()
        self._target = av.open(self._pipe, mode="w", format=container, options=options)
        stream = self._target.add_stream(codec, rate=out_rate, layout="mono")
        if not isinstance(stream, av.AudioStream):
            raise TypeError(codec)
        stream.bit_rate = bit_rate
        self._stream = stream
        self._rate = rate
        self._half = b""
        self._samples = 0

    def feed(self, pcm: bytes) -> bytes:
        import av  # noqa: PLC0415 - see above

        pcm = self._half + pcm
        whole = len(pcm) - len(pcm) % wav_stream.BYTES_PER_SAMPLE
        pcm, self._half = pcm[:whole], pcm[whole:]
        if pcm:
            frame = av.AudioFrame(format="s16", layout="mono", samples=len(pcm) // wav_stream.BYTES_PER_SAMPLE)
            frame.planes[0].update(pcm)
            frame.sample_rate = self._rate
            frame.pts = self._samples
            self._samples += frame.samples
            self._target.mux(self._stream.encode(frame))
        return self._pipe.take()

    def finish(self) -> bytes:
        self._target.mux(self._stream.encode(None))
        self._target.close()
        return self._pipe.take()


class _Pipe(io.RawIOBase):
    """A file that cannot be wound back, so that the container is written for a stream."""

    def __init__(self) -> None:
        super().__init__()
        self._written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        self._written += data
        return memoryview(data).nbytes

    def take(self) -> bytes:
        ready = bytes(self._written)
        self._written.clear()
        return ready
