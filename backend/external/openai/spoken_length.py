"""How long speech plays, told from what of it has passed: vendors bill by time and tell none."""

from __future__ import annotations

import struct

PCM_RATE = 24_000
"""Of the vendor's raw samples: 16 bit, mono."""

_MP3_KILOBITS = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Layer III by version bits (3: MPEG 1, 2 and 0: MPEG 2 and 2.5)."""
_OPUS_RATE = 48_000
_OGG_GRANULE = struct.Struct("<q")


def seconds_of(audio_format: str, length: int, first: bytes, last: bytes) -> float:
    """Of ``length`` bytes of mp3, opus or pcm whose first and last pieces are these; 0 when it cannot be told."""
    match audio_format:
        case "pcm":
            return length / 2 / PCM_RATE
        case "mp3":
            bits = _mp3_bits_a_second(first)
            return length * 8 / bits if bits else 0.0
        case _:
            return _ogg_seconds(last)


def _mp3_bits_a_second(first: bytes) -> int:
    """Of the first frame; the vendor's mp3 has one rate throughout."""
    for at in range(min(len(first) - 3, 4_096)):
        if first[at] == 0xFF and first[at + 1] & 0xE6 == 0xE2:
            version = 3 if first[at + 1] >> 3 & 3 == 3 else 2
            rate = first[at + 2] >> 4
            if rate < len(_MP3_KILOBITS[version]):
                return _MP3_KILOBITS[version][rate] * 1_000
    return 0


def _ogg_seconds(last: bytes) -> float:
    """The last page's position, in samples of 48 kHz (RFC 7845)."""
    at = last.rfind(b"OggS")
    if at < 0 or len(last) < at + 14:
        return 0.0
    return max(0.0, float(_OGG_GRANULE.unpack_from(last, at + 6)[0]) / _OPUS_RATE)
