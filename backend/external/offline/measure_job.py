"""What is known of a recording before anybody hears it, found in the child process (see ``worker``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend.external.offline import audio_codec
from backend.external.offline.speech_sound import may_be_speech


def measure(request: Mapping[str, Any], payload: bytes) -> tuple[dict[str, Any], bytes]:
    """Job: a recording as payload -> ``container`` (FFmpeg's name), ``seconds``, ``sound`` (whether anybody may speak);
    with ``wav`` in the request also the recording as a WAV file: mono, 16 bit, 16 kHz.

    Fails as ``not_audio`` and ``too_long`` (past 60 s).
    """
    pcm = audio_codec.decode(payload)
    seconds = len(pcm) / audio_codec.BYTES_PER_SAMPLE / audio_codec.HEARING_RATE
    container = audio_codec.container_of(payload)
    wav = audio_codec.wav(pcm, audio_codec.HEARING_RATE) if request.get("wav") else b""
    return {"container": container, "seconds": round(seconds, 3), "sound": may_be_speech(pcm)}, wav
