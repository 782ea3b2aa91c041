"""Recordings in, 16 kHz mono out; speech in, mp3, wav or opus out. All in memory, with PyAV.

Runs in the child process (see ``worker``). The container is told from its first bytes and named to the decoder:
left to guess, FFmpeg would also try formats that are lists of other files to open.
"""

from __future__ import annotations

import io
import wave

import av
import av.audio.resampler
import av.error

from backend.external import wav_stream
from backend.external.offline.job import JobError

HEARING_RATE = 16_000
MAX_SECONDS = 60
BYTES_PER_SAMPLE = 2
_MAX_PCM_BYTES = MAX_SECONDS * HEARING_RATE * BYTES_PER_SAMPLE
_MAX_CHANNELS = 8
_MAX_PACKETS_WITHOUT_SOUND = 2_000
_ENCODINGS = {"mp3": ("mp3", "libmp3lame", 64_000, 24_000), "opus": ("ogg", "libopus", 32_000, 48_000)}


def container_of(audio: bytes) -> str | None:
    """FFmpeg's name of the container that ``audio`` begins as, or ``None`` when it is none that we take."""
    if audio[:4] == b"RIFF" and audio[8:12] == b"WAVE":
        return "wav"
    if audio[:4] == b"OggS":
        return "ogg"
    if audio[:4] == b"\x1a\x45\xdf\xa3":
        return "matroska"
    if audio[4:8] == b"ftyp":
        return "mov"
    if audio[:3] == b"ID3" or (len(audio) > 1 and audio[0] == 0xFF and audio[1] & 0xE6 == 0xE2):
        return "mp3"
    return None


def decode(audio: bytes) -> bytes:
    """Samples of a recording: signed 16 bit, mono, 16 kHz; at most 60 s.

    Raises:
        JobError: ``not_audio`` when it cannot be decoded, ``too_long`` past 60 s.
    """
    container = container_of(audio)
    if container is None:
        raise JobError("not_audio")
    if (ready := _ready(audio)) is not None:
        return ready
    try:
        with av.open(io.BytesIO(audio), mode="r", format=container, metadata_errors="ignore") as source:
            return _decode_stream(source)
    except (av.error.FFmpegError, ValueError, ArithmeticError, MemoryError, UnicodeError) as error:
        raise JobError("not_audio") from error


def _ready(audio: bytes) -> bytes | None:
    """The samples of a WAV that is what is wanted already, as kiosks record it: of a customer's 3 s that saves 4 ms."""
    found = wav_stream.samples(audio)
    if found is None or found[1] != HEARING_RATE or not found[0]:
        return None
    if len(found[0]) > _MAX_PCM_BYTES:
        raise JobError("too_long")
    return found[0]


def _decode_stream(source: av.container.InputContainer) -> bytes:
    if not source.streams.audio:
        raise JobError("not_audio")
    stream = source.streams.audio[0]
    if not 1 <= stream.codec_context.channels <= _MAX_CHANNELS:
        raise JobError("not_audio")
    resampler = av.audio.resampler.AudioResampler(format="s16", layout="mono", rate=HEARING_RATE)
    pcm = bytearray()
    silent_packets = 0
    for packet in source.demux(stream):
        before = len(pcm)
        try:
            frames = packet.decode()
        except av.error.InvalidDataError:
            frames = []  # one broken packet in a stream is not yet a broken recording
        for frame in frames:
            _take(resampler.resample(frame), pcm)
        silent_packets = silent_packets + 1 if len(pcm) == before else 0
        if silent_packets > _MAX_PACKETS_WITHOUT_SOUND:
            raise JobError("not_audio")
    if not pcm:
        raise JobError("not_audio")
    _take(resampler.resample(None), pcm)
    return bytes(pcm)


def _take(frames: list[av.AudioFrame], pcm: bytearray) -> None:
    for frame in frames:
        pcm += bytes(frame.planes[0])[: frame.samples * BYTES_PER_SAMPLE]
    if len(pcm) > _MAX_PCM_BYTES:
        raise JobError("too_long")


def wav(pcm: bytes, rate: int) -> bytes:
    """Mono 16 bit samples as a WAV file."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(BYTES_PER_SAMPLE)
        file.setframerate(rate)
        file.writeframes(pcm)
    return out.getvalue()


def encode(pcm: bytes, rate: int, audio_format: str) -> bytes:
    """Mono 16 bit samples at ``rate`` Hz as ``wav``, ``mp3`` or ``opus`` (in Ogg)."""
    recording = wav(pcm, rate)
    if audio_format == "wav":
        return recording
    container, codec, bit_rate, out_rate = _ENCODINGS[audio_format]
    out = io.BytesIO()
    source = av.open(io.BytesIO(recording), mode="r", format="wav")
    with source, av.open(out, mode="w", format=container) as target:
        stream = target.add_stream(codec, rate=out_rate, layout="mono")
        if not isinstance(stream, av.AudioStream):
            raise TypeError(codec)
        stream.bit_rate = bit_rate
        stream.options = {"compression_level": "5"}
        for frame in source.decode(source.streams.audio[0]):
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return out.getvalue()
