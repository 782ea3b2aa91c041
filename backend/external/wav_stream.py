"""WAV while it is made: a header before anybody knows the length, and the true lengths once all of it is there."""

from __future__ import annotations

import struct
from dataclasses import dataclass

BYTES_PER_SAMPLE = 2
_UNKNOWN = 0xFFFF_FFFF
"""What FFmpeg and the vendors write where the length is not known yet; readers then read to the end."""
_PCM, _EXTENSIBLE = 1, 0xFFFE


@dataclass(frozen=True, slots=True)
class WavHeader:
    """``rate`` in Hz, ``bits`` a sample; ``start`` is where the samples begin and ``size`` their claimed bytes."""

    rate: int
    channels: int
    bits: int
    start: int
    size: int


def header(rate: int, size: int | None = None) -> bytes:
    """The 44 bytes before mono samples of 16 bit; ``size`` None: not known yet."""
    riff, data = (_UNKNOWN, _UNKNOWN) if size is None else (36 + size, size)
    byte_rate = rate * BYTES_PER_SAMPLE
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        *(b"RIFF", riff, b"WAVE", b"fmt ", 16, _PCM, 1, rate, byte_rate, BYTES_PER_SAMPLE, 16, b"data", data),
    )


def read_header(audio: bytes) -> WavHeader | None:
    """What ``audio`` begins with; None where that is no whole header of plain samples (PCM)."""
    if audio[:4] != b"RIFF" or audio[8:12] != b"WAVE":
        return None
    at, rate, channels, bits = 12, 0, 0, 0
    while at + 8 <= len(audio):
        name, size = struct.unpack_from("<4sI", audio, at)
        at += 8
        if name == b"data":
            return WavHeader(rate, channels, bits, at, size) if rate and channels and bits else None
        if name == b"fmt ":
            if size < 16 or at + 16 > len(audio):
                return None
            kind, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", audio, at)
            if kind not in (_PCM, _EXTENSIBLE):
                return None
        at += size + size % 2
    return None


def samples(audio: bytes) -> tuple[bytes, int] | None:
    """Samples and rate of a whole recording, mono and 16 bit; None where it is anything else."""
    found = read_header(audio)
    if found is None or found.channels != 1 or found.bits != 8 * BYTES_PER_SAMPLE:
        return None
    size = min(found.size, len(audio) - found.start)
    return audio[found.start : found.start + size - size % BYTES_PER_SAMPLE], found.rate


def completed(audio: bytes) -> bytes:
    """``audio`` with its true lengths where its header does not know them; anything else as it is."""
    found = read_header(audio)
    if found is None or found.size <= len(audio) - found.start:
        return audio
    whole = bytearray(audio)
    struct.pack_into("<I", whole, 4, len(audio) - 8)
    struct.pack_into("<I", whole, found.start - 4, len(audio) - found.start)
    return bytes(whole)
