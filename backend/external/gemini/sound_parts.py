"""Samples out of what Gemini's speech models send."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.external import wav_stream
from backend.external.interfaces import EngineBadResponse

if TYPE_CHECKING:
    from google.genai.types import Part

RATE = 24_000
"""What every speech model sends; a MIME type that tells another is believed."""
_RATES = range(8_000, 48_001)
_RATE = re.compile(r"\brate=(\d{1,6})\b")
_CHANNELS = re.compile(r"\bchannels=(\d{1,2})\b")
_SAMPLES = re.compile(r"audio/(l16|pcm|raw)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sound:
    """Mono samples, signed 16 bit, little endian (whatever RFC 3551 says of L16); ``rate`` in Hz."""

    pcm: bytes
    rate: int

    @property
    def seconds(self) -> float:
        return len(self.pcm) / wav_stream.BYTES_PER_SAMPLE / self.rate


def sound_of(parts: Iterable[Part]) -> Iterator[Sound]:
    """The sound in an answer's parts, in order, none empty.

    Raises:
        EngineBadResponse: sound of another kind than mono samples of 16 bit.
    """
    for part in parts:
        blob = part.inline_data
        if blob is not None and blob.data:
            sound = _sound(blob.data, blob.mime_type or "")
            if sound.pcm:
                yield sound


def _sound(data: bytes, mime_type: str) -> Sound:
    if data.startswith(b"RIFF"):
        found = wav_stream.samples(data)
    elif _SAMPLES.match(mime_type) and _mono(mime_type):
        rate = _RATE.search(mime_type)
        found = (data, int(rate[1]) if rate else RATE)
    else:
        found = None
    if found is None or found[1] not in _RATES:
        raise EngineBadResponse("sound that is no mono samples of 16 bit")
    return Sound(*found)


def _mono(mime_type: str) -> bool:
    channels = _CHANNELS.search(mime_type)
    return channels is None or int(channels[1]) == 1
