"""Speech in the formats that the vendors send, and the length of what they are sent."""

from __future__ import annotations

import asyncio
import io

import av
from av.audio.resampler import AudioResampler

from backend.external.offline.audio_codec import BYTES_PER_SAMPLE, HEARING_RATE, decode, encode, wav
from backend.external.offline.job import JobError
from tests.fakes.vendors.brain import SPEECH_RATE

MIME = {"mp3": "audio/mpeg", "wav": "audio/wav", "opus": "audio/ogg", "pcm": "audio/pcm"}
_UNKNOWN = b"\xff\xff\xff\xff"


async def seconds_of(audio: bytes) -> float | None:
    """Its length, or ``None`` when it is no audio that can be decoded."""
    try:
        pcm = await asyncio.to_thread(decode, audio)
    except JobError:
        return None
    return len(pcm) / BYTES_PER_SAMPLE / HEARING_RATE


async def encoded(pcm: bytes, audio_format: str) -> bytes:
    """Samples at ``SPEECH_RATE`` as ``mp3``, ``wav``, ``opus`` or ``pcm``; none at all stay none."""
    if audio_format == "pcm" or not pcm:
        return pcm
    if audio_format == "wav":
        return _streamed_wav(wav(pcm, SPEECH_RATE))
    return await asyncio.to_thread(encode, pcm, SPEECH_RATE, audio_format)


async def at_speech_rate(recording: bytes) -> bytes:
    """Samples at ``SPEECH_RATE`` of a WAV file of any rate."""
    return await asyncio.to_thread(_resampled, recording)


def _resampled(recording: bytes) -> bytes:
    resampler = AudioResampler(format="s16", layout="mono", rate=SPEECH_RATE)
    pcm = bytearray()
    with av.open(io.BytesIO(recording), mode="r", format="wav") as source:
        for frame in (*source.decode(source.streams.audio[0]), None):
            for made in resampler.resample(frame):
                pcm += bytes(made.planes[0])[: made.samples * BYTES_PER_SAMPLE]
    return bytes(pcm)


def _streamed_wav(whole: bytes) -> bytes:
    """OpenAI writes the header before it knows the length: both sizes in it are 0xFFFFFFFF."""
    data = whole.index(b"data")
    return whole[:4] + _UNKNOWN + whole[8 : data + 4] + _UNKNOWN + whole[data + 8 :]
