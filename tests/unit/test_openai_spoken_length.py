"""How long speech plays is told from its bytes."""

from __future__ import annotations

import math
import struct

import pytest

from backend.external.offline.audio_codec import encode
from backend.external.openai.spoken_length import PCM_RATE, seconds_of


def tone(seconds: float) -> bytes:
    count = int(PCM_RATE * seconds)
    return b"".join(struct.pack("<h", int(9_000 * math.sin(k / 9))) for k in range(count))


@pytest.mark.parametrize("audio_format", ["mp3", "opus"])
@pytest.mark.parametrize("seconds", [0.5, 3.0])
def test_encoded_speech(audio_format: str, seconds: float) -> None:
    audio = encode(tone(seconds), PCM_RATE, audio_format)
    assert seconds_of(audio_format, len(audio), audio[:4_096], audio[-65_536:]) == pytest.approx(seconds, abs=0.2)


def test_samples() -> None:
    assert seconds_of("pcm", 48_000, b"", b"") == 1.0


@pytest.mark.parametrize("audio_format", ["mp3", "opus"])
@pytest.mark.parametrize("junk", [b"", b"\xff", b"<html>", b"\xff\xfb\xf0", b"OggS", bytes(64)])
def test_what_cannot_be_told_is_none(audio_format: str, junk: bytes) -> None:
    assert seconds_of(audio_format, len(junk), junk, junk) == 0.0
